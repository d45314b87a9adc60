#include "figures/legend.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/kinds.h"
#include "figures/legend-layout.h"
#include "figures/legend-ramp.h"
#include "figures/short-name.h"
#include "figures/text.h"

#define NAMES_SPOKEN 30

static const char *
code_of (const NerveFigureModel *model, const NerveLegendItem *item)
{
  return item->kind == NERVE_LEGEND_CLASS ? nerve_palette_get_class_code (model->palette, item->index)
                                          : nerve_palette_get_group_code (model->palette, item->index);
}

/* What is grey in the figure is grey here too. */
static gboolean
is_greyed (const NerveFigureModel *model, const NerveLegendItem *item)
{
  gboolean of_groups = model->color_by == NERVE_COLOR_BY_SUPERCLASS && nerve_palette_get_n_groups (model->palette) > 0;

  return of_groups == (item->kind == NERVE_LEGEND_GROUP) && !nerve_figure_model_shows (model, item->index);
}

static void
paint_chip (cairo_t *cr, const NerveFigureModel *model, const NerveStyle *style, const NerveLegendLayout *layout,
            const NerveLegendItem *item)
{
  gboolean greyed = is_greyed (model, item);
  NerveColor color = item->kind == NERVE_LEGEND_CLASS
                       ? nerve_palette_get_class_color (model->palette, item->index, style->dark)
                       : nerve_palette_get_group_color (model->palette, item->index, style->dark);
  const char *code = code_of (model, item);
  double size = style->print ? .8 * style->body : style->tick;
  double room = 1.62 * layout->radius;
  double x = item->x + layout->radius;
  double width;

  if (greyed)
    color = style->hairline;
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, item->y, layout->radius - .45 * style->scale, 0, 2 * G_PI);
  nerve_color_set (cr, color);
  cairo_fill_preserve (cr);
  nerve_color_set_alpha (cr, style->text, .55);
  cairo_set_line_width (cr, .9 * style->scale);
  cairo_stroke (cr);

  width = nerve_text_width (NULL, style, code, size, NERVE_TEXT_BOLD);
  if (width > room)
    size *= room / width;
  nerve_text_draw (cr, style, code, size, NERVE_TEXT_BOLD | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE,
                   greyed ? style->dim : nerve_color_contrast (color), x, item->y);
  if (layout->size > 0)
    {
      double left = x + layout->radius + layout->gap;
      double space = item->x + item->width - left + 1;
      g_autofree char *name = nerve_short_name (style, item->text, layout->size, 0, space);

      nerve_text_draw_within (cr, style, name, layout->size, NERVE_TEXT_MIDDLE, greyed ? style->dim : style->text, left,
                              item->y, space);
    }
}

static void
paint_item (cairo_t *cr, const NerveFigureModel *model, const NerveStyle *style, const NerveLegendLayout *layout,
            const NerveLegendItem *item)
{
  switch (item->kind)
    {
    case NERVE_LEGEND_CLASS:
    case NERVE_LEGEND_GROUP:
      paint_chip (cr, model, style, layout, item);
      break;
    case NERVE_LEGEND_HEADER:
    case NERVE_LEGEND_MORE:
      nerve_text_draw_within (cr, style, item->text, layout->size, NERVE_TEXT_MIDDLE, style->dim, item->x, item->y,
                              item->width + 1);
      break;
    case NERVE_LEGEND_SEPARATOR:
    default:
      nerve_color_set (cr, style->hairline);
      cairo_set_line_width (cr, style->scale);
      cairo_move_to (cr, item->x, item->y - layout->radius);
      cairo_line_to (cr, item->x, item->y + layout->radius);
      cairo_stroke (cr);
      break;
    }
}

double
nerve_legend_measure (const NerveFigureModel *model, const NerveStyle *style, double width)
{
  g_auto (NerveLegendLayout) layout = { NULL };

  if (nerve_color_by_is_measure (model->color_by))
    return nerve_legend_ramp_measure (style);

  nerve_legend_layout_init (&layout, model, style, width, 0);

  return layout.height;
}

void
nerve_legend_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr, double width,
                   double height)
{
  g_auto (NerveLegendLayout) layout = { NULL };

  if (width < 1 || height < 1)
    return;

  if (nerve_color_by_is_measure (model->color_by))
    {
      nerve_legend_ramp_draw (model->color_by, style, cr, width, height);
      return;
    }

  nerve_legend_layout_init (&layout, model, style, width, height);
  cairo_save (cr);
  for (guint i = 0; i < layout.items->len; i++)
    paint_item (cr, model, style, &layout, &g_array_index (layout.items, NerveLegendItem, i));
  cairo_restore (cr);
}

static gboolean
set_hit (const NerveLegendLayout *layout, const NerveLegendItem *item, NerveHit *hit)
{
  if (item->kind == NERVE_LEGEND_SEPARATOR || item->kind == NERVE_LEGEND_MORE)
    return FALSE;

  *hit = (NerveHit) {
    item->kind == NERVE_LEGEND_CLASS ? NERVE_HIT_CLASS : NERVE_HIT_GROUP, 0, item->index,
    item->kind == NERVE_LEGEND_HEADER ? item->x + item->width / 2 : item->x + layout->radius, item->y, layout->radius,
  };

  return TRUE;
}

gboolean
nerve_legend_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width, double height,
                  double x, double y, NerveHit *hit)
{
  g_auto (NerveLegendLayout) layout = { NULL };

  if (width < 1 || height < 1 || nerve_color_by_is_measure (model->color_by))
    return FALSE;

  nerve_legend_layout_init (&layout, model, style, width, height);
  for (guint i = 0; i < layout.items->len; i++)
    {
      const NerveLegendItem *item = &g_array_index (layout.items, NerveLegendItem, i);

      if (x >= item->x - 2 && x <= item->x + item->width + 2 && fabs (y - item->y) <= layout.radius + 4 * style->scale)
        return set_hit (&layout, item, hit);
    }

  return FALSE;
}

void
nerve_legend_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width, double height,
                    GArray *hits)
{
  g_auto (NerveLegendLayout) layout = { NULL };

  if (width < 1 || height < 1 || nerve_color_by_is_measure (model->color_by))
    return;

  nerve_legend_layout_init (&layout, model, style, width, height);
  for (guint i = 0; i < layout.items->len; i++)
    {
      const NerveLegendItem *item = &g_array_index (layout.items, NerveLegendItem, i);
      NerveHit hit;

      if (item->kind != NERVE_LEGEND_HEADER && set_hit (&layout, item, &hit))
        g_array_append_val (hits, hit);
    }
}

char *
nerve_legend_describe (const NerveFigureModel *model, guint layer)
{
  guint n = nerve_palette_get_n_classes (model->palette);
  const guint *order = nerve_palette_get_order (model->palette);
  GString *text;

  if (nerve_color_by_is_measure (model->color_by))
    {
      g_autofree char *low = NULL;
      g_autofree char *high = NULL;

      nerve_color_by_get_ends (model->color_by, &low, &high);
      /* Translators: "Colours stand for Purity, from 0 to 1." */
      return g_strdup_printf (_("Colours stand for %s, from %s to %s."), _(nerve_color_by_get_title (model->color_by)),
                              low, high);
    }
  if (n == 0)
    return g_strdup (_("There are no classes."));

  text = g_string_new (NULL);
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u class: ", "%u classes: ", n), n);
  for (guint i = 0; i < MIN (n, NAMES_SPOKEN); i++)
    g_string_append_printf (text, "%s%s (%s)", i > 0 ? ", " : "",
                            nerve_dataset_get_class_name (model->dataset, order[i]),
                            nerve_palette_get_class_code (model->palette, order[i]));
  if (n > NAMES_SPOKEN)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _("and %u more"), n - NAMES_SPOKEN);
    }
  g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}
