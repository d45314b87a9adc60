#include "figures/legend-ramp.h"

#include <glib/gi18n.h>

#include "figures/cells.h"
#include "figures/color.h"

#define STEPS 48
#define LONGEST 120.
#define THICKNESS 10.

double
nerve_legend_ramp_measure (const NerveStyle *style)
{
  return style->print ? 1.9 * style->body : 36 * style->scale;
}

/* Each step reaches under the next, lest the ground shines through. */
void
nerve_legend_ramp_paint (const NerveStyle *style, cairo_t *cr, double x, double y, double width, double height)
{
  cairo_save (cr);
  nerve_rounded_rectangle (cr, x, y, width, height, height / 2);
  cairo_clip (cr);
  for (guint i = 0; i < STEPS; i++)
    {
      nerve_color_set (cr, nerve_cell_color (style, (i + .5) / STEPS));
      cairo_rectangle (cr, x + width * i / STEPS, y, width * (STEPS - i) / STEPS, height);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

void
nerve_legend_ramp_draw (NerveColorBy by, const NerveStyle *style, cairo_t *cr, double width, double height)
{
  const char *title = _(nerve_color_by_get_title (by));
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  double gap = .7 * style->body;
  double size = style->print ? style->body : style->caption;
  double thickness = MIN (THICKNESS * style->scale, .6 * height);
  double x = 0, room, ramp;

  nerve_color_by_get_ends (by, &low, &high);
  x += nerve_text_draw (cr, style, title, size, NERVE_TEXT_MIDDLE | NERVE_TEXT_BOLD, style->text, x, height / 2) + gap;
  room = width - x - nerve_text_width (cr, style, low, size, 0) - nerve_text_width (cr, style, high, size, 0) -
         1.2 * gap;
  ramp = CLAMP (room, 2 * size, LONGEST * style->scale);
  x += nerve_text_draw (cr, style, low, size, NERVE_TEXT_MIDDLE, style->dim, x, height / 2) + .6 * gap;
  nerve_legend_ramp_paint (style, cr, x, (height - thickness) / 2, ramp, thickness);
  x += ramp + .6 * gap;
  nerve_text_draw_within (cr, style, high, size, NERVE_TEXT_MIDDLE, style->dim, x, height / 2, MAX (width - x, 1));
}
