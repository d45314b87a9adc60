#include "figures/cells.h"

#include <math.h>

#include "figures/color.h"

#define HUE 306.
#define GAP 1.

NerveColor
nerve_cell_color (const NerveStyle *style, double share)
{
  share = CLAMP (share, 0, 1);
  if (style->dark)
    return nerve_color_from_oklch (.80 - .38 * share, .03 + .11 * share, HUE);

  return nerve_color_from_oklch (.88 - .48 * share, .025 + .095 * share, HUE);
}

NerveColor
nerve_cell_ink (const NerveStyle *style)
{
  return nerve_color_from_oklch (style->dark ? .22 : .26, .025, HUE);
}

void
nerve_rounded_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
outline (cairo_t *cr, const NerveStyle *style, double x, double y, double width, double height)
{
  double gap = MIN (GAP * style->scale, .08 * MIN (width, height));

  nerve_rounded_rectangle (cr, x + gap, y + gap, MAX (width - 2 * gap, .1), MAX (height - 2 * gap, .1),
                           MIN (3 * style->scale, .15 * MIN (width, height)));
}

void
nerve_cell_paint (cairo_t *cr, const NerveStyle *style, double x, double y, double width, double height,
                  NerveColor color, const char *text, double size)
{
  outline (cr, style, x, y, width, height);
  nerve_color_set (cr, color);
  cairo_fill (cr);
  if (text == NULL || size > .8 * height || !nerve_style_is_legible (style, size) ||
      nerve_text_width (cr, style, text, size, 0) > width - 3 * style->scale)
    return;

  nerve_text_draw (cr, style, text, size, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, nerve_color_contrast (color),
                   x + width / 2, y + height / 2);
}

void
nerve_cell_never (cairo_t *cr, const NerveStyle *style, double x, double y, double width, double height,
                  NerveColor color)
{
  double length = MIN (.55 * MIN (width, height), .7 * style->tick);
  double thickness = MAX (.17 * length, .5 * style->scale);

  nerve_cell_paint (cr, style, x, y, width, height, color, NULL, 0);
  nerve_color_set (cr, nerve_color_contrast (color));
  cairo_rectangle (cr, x + (width - length) / 2, y + (height - thickness) / 2, length, thickness);
  cairo_fill (cr);
}

void
nerve_cell_hatch (cairo_t *cr, const NerveStyle *style, double x, double y, double width, double height)
{
  double step = 4 * style->scale;

  cairo_save (cr);
  outline (cr, style, x, y, width, height);
  cairo_clip (cr);
  nerve_color_set (cr, style->hairline);
  cairo_paint (cr);
  nerve_color_set (cr, style->edge);
  cairo_set_line_width (cr, .8 * style->scale);
  for (double at = x - height; at < x + width; at += step)
    {
      cairo_move_to (cr, at, y + height);
      cairo_line_to (cr, at + height, y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}
