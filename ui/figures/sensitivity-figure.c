#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/axes.h"
#include "figures/color.h"
#include "figures/text.h"

#define NAME_STEPS 12 /* across the page, where its name may stand */

/* Distance to the whole layer over the share of directions dropped, and the line to pass. */
typedef struct
{
  const NerveSensitivity     *result;
  const NerveSensitivityStep *steps;
  guint                       n;
  const NerveStyle           *style;
  double                      left, right, top, bottom;
  double                      upper;
  double                      level, low, high;
  NerveTicks                  x_ticks;
  NerveTicks                  y_ticks;
} Plot;

static const NerveSensitivity *
result_of (const NerveFigureModel *model, guint layer)
{
  return model->network != NULL && layer < model->network->n_layers ? model->network->sensitivities[layer] : NULL;
}

static char *
level_name (const Plot *self)
{
  switch (nerve_sensitivity_get_level_kind (self->result))
    {
    case NERVE_LEVEL_SEEDS:
      return g_strdup (_("between networks"));
    case NERVE_LEVEL_POINTS:
      return g_strdup (_("bootstrap of points"));
    case NERVE_LEVEL_DIRECTIONS:
    default:
      return g_strdup (_("bootstrap of directions"));
    }
}

static gboolean
plot_init (Plot *self, const NerveFigureModel *model, guint layer, const NerveStyle *style, double width, double height)
{
  double px = style->scale;
  double labels = 0;

  self->result = result_of (model, layer);
  if (self->result == NULL || width < 1 || height < 1)
    return FALSE;

  self->style = style;
  self->steps = nerve_sensitivity_get_steps (self->result, &self->n);
  self->level = nerve_sensitivity_get_level (self->result, &self->low, &self->high);
  for (guint i = 0; i < self->n; i++)
    if (isfinite (self->steps[i].distance))
      self->upper = MAX (self->upper, self->steps[i].distance);
  if (isfinite (self->high))
    self->upper = MAX (self->upper, self->high);
  self->upper = self->upper > 0 ? 1.06 * self->upper : 1;

  self->top = style->print ? 1.35 * style->caption + 4 * px : 10 * px;
  self->bottom = MAX (height - 9 * px - 2.4 * style->tick, self->top + 1);
  nerve_ticks_linear (0, self->upper, MAX (2, (self->bottom - self->top) / (4 * style->tick)), &self->y_ticks);
  nerve_ticks_linear (0, 1, 5, &self->x_ticks);
  for (guint i = 0; i < self->y_ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->y_ticks, i);

      labels = MAX (labels, nerve_text_width (NULL, style, label, style->tick, 0));
    }
  self->left = labels + 7 * px;
  self->right = MAX (width - 8 * px - style->tick, self->left + 1);

  return TRUE;
}

static double
x_of (const Plot *self, double share)
{
  return self->left + (self->right - self->left) * share;
}

static double
y_of (const Plot *self, double distance)
{
  return self->bottom - (self->bottom - self->top) * CLAMP (distance / self->upper, 0, 1);
}

static void
paint_axes (const Plot *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double px = style->scale;

  cairo_set_line_width (cr, px);
  for (guint i = 0; i < self->y_ticks.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->y_ticks, i);
      double y = y_of (self, self->y_ticks.values[i]);

      nerve_color_set (cr, i == 0 ? style->edge : style->hairline);
      cairo_move_to (cr, self->left, y);
      cairo_line_to (cr, self->right, y);
      cairo_stroke (cr);
      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                       self->left - 4.5 * px, y);
    }
  for (guint i = 0; i < self->x_ticks.n; i++)
    {
      g_autofree char *label = nerve_text_percent (self->x_ticks.values[i]);

      nerve_text_draw (cr, style, label, style->tick, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->dim,
                       x_of (self, self->x_ticks.values[i]), self->bottom + 4 * px + .55 * style->tick);
    }
  nerve_text_draw_within (cr, style,
                          nerve_text_fitting (cr, style, _("directions dropped, the lowest first"),
                                              _("directions dropped"), style->tick, 0, self->right - self->left),
                          style->tick, NERVE_TEXT_MIDDLE, style->dim, self->left,
                          self->bottom + 6 * px + 1.8 * style->tick, self->right - self->left);
}

/* Does the curve run through the box that begins at @left and lies over @bottom? */
static gboolean
meets_curve (const Plot *self, double left, double bottom, double width, double height)
{
  for (guint i = 1; i < self->n; i++)
    {
      const NerveSensitivityStep *a = &self->steps[i - 1], *b = &self->steps[i];
      double from = MAX (x_of (self, a->share), left), to = MIN (x_of (self, b->share), left + width);
      double slope = (y_of (self, b->distance) - y_of (self, a->distance)) /
                     (x_of (self, b->share) - x_of (self, a->share));
      double y_from = y_of (self, a->distance) + slope * (from - x_of (self, a->share));
      double y_to = y_of (self, a->distance) + slope * (to - x_of (self, a->share));

      if (from <= to && isfinite (slope) && MIN (y_from, y_to) < bottom && MAX (y_from, y_to) > bottom - height)
        return TRUE;
    }

  return FALSE;
}

/* Over or under its line, as far left as the curve lets it; else over or under all. */
static void
paint_level_name (const Plot *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double px = style->scale, height = style->caption;
  g_autofree char *name = level_name (self);
  double room = self->right - self->left - 4 * px;
  double width = MIN (nerve_text_width (cr, style, name, style->caption, 0), room);
  double above = MAX (y_of (self, self->high) - 3 * px, self->top + .8 * height);
  double below = y_of (self, self->low) + 1.05 * height;
  const double heights[] = { above, below, self->top + .8 * height, self->bottom - 3 * px };
  double x = self->left + 4 * px;
  double y = above;
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (heights) && !found; i++)
    for (guint step = 0; step <= NAME_STEPS && !found; step++)
      {
        double at = self->left + 4 * px + (room - width) * step / NAME_STEPS;

        found = heights[i] < self->bottom - 2 * px && heights[i] - height > self->top - 2 * px &&
                !meets_curve (self, at - 2 * px, heights[i] + 3 * px, width + 4 * px, height + 5 * px);
        x = found ? at : x;
        y = found ? heights[i] : y;
      }
  nerve_text_draw_within (cr, style, name, style->caption, 0, style->dim, x, y, room);
}

static void
paint_level (const Plot *self, cairo_t *cr)
{
  const NerveStyle *style = self->style;
  double px = style->scale;
  double dashes[2] = { 3.5 * px, 2.5 * px };
  double y = y_of (self, self->level);

  if (isnan (self->level))
    return;

  nerve_color_set (cr, nerve_color_mix (style->text, style->card, .08));
  cairo_rectangle (cr, self->left, y_of (self, self->high), self->right - self->left,
                   y_of (self, self->low) - y_of (self, self->high));
  cairo_fill (cr);
  nerve_color_set (cr, style->dim);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_move_to (cr, self->left, y);
  cairo_line_to (cr, self->right, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  paint_level_name (self, cr);
}

static void
paint_curve (const Plot *self, cairo_t *cr)
{
  gboolean open = FALSE;

  nerve_color_set (cr, self->style->text);
  cairo_set_line_width (cr, 1.8 * self->style->scale);
  for (guint i = 0; i < self->n; i++)
    {
      if (isfinite (self->steps[i].distance))
        (open ? cairo_line_to : cairo_move_to) (cr, x_of (self, self->steps[i].share),
                                                y_of (self, self->steps[i].distance));
      open = isfinite (self->steps[i].distance);
    }
  cairo_stroke (cr);
  for (guint i = 0; i < self->n && self->n <= 40; i++)
    if (isfinite (self->steps[i].distance))
      {
        cairo_arc (cr, x_of (self, self->steps[i].share), y_of (self, self->steps[i].distance),
                   2.2 * self->style->scale, 0, 2 * G_PI);
        cairo_fill (cr);
      }
}

void
nerve_sensitivity_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                               double width, double height)
{
  Plot self = { NULL };
  g_autofree char *caption = NULL;
  const char *measure;

  if (!plot_init (&self, model, layer, style, width, height))
    return;

  measure = nerve_measure_title (nerve_sensitivity_get_measure (self.result));
  caption = g_strdup_printf ("%s · %s · %s", measure, nerve_sensitivity_get_layer (self.result),
                             nerve_sensitivity_get_badge (self.result));
  cairo_save (cr);
  if (style->print)
    nerve_text_draw_within (cr, style, nerve_text_fitting (cr, style, caption, measure, style->caption, 0, width),
                            style->caption, 0, style->dim, 0, style->caption, width);
  paint_axes (&self, cr);
  paint_level (&self, cr);
  paint_curve (&self, cr);
  cairo_restore (cr);
}

char *
nerve_sensitivity_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveSensitivity *result = result_of (model, layer);
  const char *name = nerve_dataset_get_layer (model->dataset, layer)->name;
  g_autofree char *share = NULL;
  double passed;

  if (result == NULL)
    return g_strdup_printf (_("Whether a distance means anything at %s has not been tested yet."), name);

  passed = nerve_sensitivity_get_passed (result);
  if (isnan (passed))
    return g_strdup_printf (_("At %s the distance to the whole layer stays below the line to pass, whatever is "
                              "dropped."), name);

  share = nerve_text_percent (passed);
  /* Translators: a share of directions, a layer */
  return g_strdup_printf (_("Once %s of the directions of %s are dropped, the distance to the whole layer is past the "
                            "line."), share, name);
}
