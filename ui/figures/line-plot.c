#include "figures/line-plot.h"

#include <math.h>

#include "figures/color.h"
#include "figures/short-name.h"
#include "figures/text.h"

#define MAX_DASHES 4
#define BAND .12
#define SAMPLE 18. /* of a line, beside its name */

static const double dashes[][MAX_DASHES] = { { 0 }, { 6, 3 }, { 1.5, 2.5 }, { 8, 2.5, 1.5, 2.5 }, { 3, 2 }, { 12, 3 } };

static double
share (const double range[2], gboolean logarithmic, double value)
{
  if (range[1] == range[0])
    return .5;
  if (logarithmic)
    return (log (value) - log (range[0])) / (log (range[1]) - log (range[0]));

  return (value - range[0]) / (range[1] - range[0]);
}

double
nerve_line_plot_x (const NerveLinePlot *self, double value)
{
  return self->left + share (self->x, self->log_x, value) * (self->right - self->left);
}

double
nerve_line_plot_y (const NerveLinePlot *self, double value)
{
  return self->bottom - share (self->y, self->log_y, value) * (self->bottom - self->top);
}

static void
set_ticks (const double range[2], gboolean logarithmic, guint wanted, NerveTicks *out)
{
  if (logarithmic)
    nerve_ticks_log (range[0], range[1], wanted, out);
  else
    nerve_ticks_linear (range[0], range[1], wanted, out);
}

void
nerve_line_plot_init (NerveLinePlot *self, const NerveStyle *style, cairo_t *cr, double width, double height,
                      double names)
{
  double px = style->scale, labels = 0;

  self->style = style;
  self->cr = cr;
  self->room = names;
  set_ticks (self->y, self->log_y, height > 14 * style->tick ? 5 : 3, &self->up);
  set_ticks (self->x, self->log_x, width > 24 * style->tick ? 6 : 4, &self->across);
  for (guint i = 0; i < self->up.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->up, i);

      labels = MAX (labels, nerve_text_width (NULL, style, label, style->tick, 0));
    }
  self->left = labels + 7 * px;
  self->right = MAX (width - names - 4 * px, self->left + 1);
  self->top = 1.6 * style->tick + 6 * px;
  self->bottom = MAX (height - 6 * px - 2.4 * style->tick, self->top + 1);
}

void
nerve_line_plot_whole (NerveLinePlot *self, NerveTicks *ticks)
{
  guint n = 0;

  for (guint i = 0; i < ticks->n; i++)
    if (ticks->values[i] == floor (ticks->values[i]))
      ticks->values[n++] = ticks->values[i];
  ticks->n = n;
  ticks->digits = 0;
}

void
nerve_line_plot_ground (const NerveLinePlot *self, const char *x_name, const char *y_name)
{
  const NerveStyle *style = self->style;
  double px = style->scale;

  cairo_set_line_width (self->cr, px);
  for (guint i = 0; i < self->up.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->up, i);
      double y = nerve_line_plot_y (self, self->up.values[i]);

      nerve_color_set (self->cr, style->hairline);
      cairo_move_to (self->cr, self->left, y);
      cairo_line_to (self->cr, self->right, y);
      cairo_stroke (self->cr);
      nerve_text_draw (self->cr, style, label, style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE, style->dim,
                       self->left - 4.5 * px, y);
    }
  for (guint i = 0; i < self->across.n; i++)
    {
      g_autofree char *label = nerve_ticks_label (&self->across, i);

      nerve_text_draw (self->cr, style, label, style->tick, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, style->dim,
                       nerve_line_plot_x (self, self->across.values[i]), self->bottom + 5 * px + .55 * style->tick);
    }
  nerve_color_set (self->cr, style->edge);
  cairo_move_to (self->cr, self->left, self->bottom);
  cairo_line_to (self->cr, self->right, self->bottom);
  cairo_stroke (self->cr);
  nerve_text_draw_within (self->cr, style, y_name, style->tick, NERVE_TEXT_ITALIC, style->dim, self->left,
                          self->top - 5 * px, self->right - self->left);
  nerve_text_draw (self->cr, style, x_name, style->tick, NERVE_TEXT_ITALIC | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE,
                   style->dim, (self->left + self->right) / 2, self->bottom + 5 * px + 1.75 * style->tick);
}

static gboolean
can_show (const NerveLinePlot *self, double x, double y)
{
  return isfinite (x) && isfinite (y) && (!self->log_x || x > 0) && (!self->log_y || y > 0);
}

/* Within a save of the context. */
static void
set_line (const NerveLinePlot *self, guint which, gboolean strong)
{
  const double *dash = dashes[which % G_N_ELEMENTS (dashes)];
  double scaled[MAX_DASHES], px = self->style->scale;
  int n_dashes = 0;

  for (; n_dashes < MAX_DASHES && dash[n_dashes] > 0; n_dashes++)
    scaled[n_dashes] = dash[n_dashes] * px;
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (self->cr, scaled, n_dashes, 0);
  cairo_set_line_width (self->cr, (strong ? 2.2 : 1.4) * px);
  nerve_color_set (self->cr, strong ? self->style->text : self->style->dim);
}

void
nerve_line_plot_line (const NerveLinePlot *self, guint which, gboolean strong, const double *x, const double *y,
                      guint n)
{
  gboolean on = FALSE;

  cairo_save (self->cr);
  set_line (self, which, strong);
  for (guint i = 0; i < n; i++)
    {
      gboolean shown = can_show (self, x[i], y[i]);

      if (shown && on)
        cairo_line_to (self->cr, nerve_line_plot_x (self, x[i]), nerve_line_plot_y (self, y[i]));
      else if (shown)
        cairo_move_to (self->cr, nerve_line_plot_x (self, x[i]), nerve_line_plot_y (self, y[i]));
      on = shown;
    }
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

void
nerve_line_plot_band (const NerveLinePlot *self, guint n_bands, const double *x, const double *low,
                      const double *high, guint n)
{
  nerve_color_set_alpha (self->cr, self->style->text, BAND * MIN (1, 3. / MAX (n_bands, 1)));
  for (guint i = 1; i < n; i++)
    {
      if (!can_show (self, x[i - 1], low[i - 1]) || !can_show (self, x[i], low[i]))
        continue;
      cairo_move_to (self->cr, nerve_line_plot_x (self, x[i - 1]), nerve_line_plot_y (self, low[i - 1]));
      cairo_line_to (self->cr, nerve_line_plot_x (self, x[i]), nerve_line_plot_y (self, low[i]));
      cairo_line_to (self->cr, nerve_line_plot_x (self, x[i]), nerve_line_plot_y (self, high[i]));
      cairo_line_to (self->cr, nerve_line_plot_x (self, x[i - 1]), nerve_line_plot_y (self, high[i - 1]));
      cairo_close_path (self->cr);
    }
  cairo_fill (self->cr);
}

/* A piece of its line, then the name. */
static void
draw_name (const NerveLinePlot *self, const char *name, guint which, gboolean strong, double y)
{
  double px = self->style->scale;
  double left = self->right + 6 * px, text = left + (SAMPLE + 4) * px;
  double room = MAX (self->right + self->room - text, 1);
  guint flags = strong ? NERVE_TEXT_BOLD : 0;
  g_autofree char *shown = NULL;

  cairo_save (self->cr);
  set_line (self, which, strong);
  cairo_move_to (self->cr, left, y);
  cairo_line_to (self->cr, left + SAMPLE * px, y);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
  shown = nerve_short_name (self->style, name, self->style->tick, flags, room);
  nerve_text_draw_within (self->cr, self->style, shown, self->style->tick, NERVE_TEXT_MIDDLE | flags,
                          strong ? self->style->text : self->style->dim, text, y, room);
}

void
nerve_line_plot_names (const NerveLinePlot *self, const char *const *names, const double *y, guint n, guint strong)
{
  g_autofree double *places = g_new (double, n + 1);
  g_autofree guint *which = g_new (guint, n + 1);
  guint k = 0;

  for (guint i = 0; i < n; i++)
    if (can_show (self, self->x[1], y[i]))
      {
        places[k] = nerve_line_plot_y (self, y[i]);
        which[k++] = i;
      }
  nerve_axes_spread (places, k, 1.2 * self->style->tick, self->top, self->bottom);
  for (guint i = 0; i < k; i++)
    draw_name (self, names[which[i]], which[i], which[i] == strong, places[i]);
}

double
nerve_line_plot_names_width (const NerveStyle *style, const char *const *names, guint n, double most)
{
  double width = 0;

  for (guint i = 0; i < n; i++)
    width = MAX (width, nerve_text_width (NULL, style, names[i], style->tick, NERVE_TEXT_BOLD));

  return MIN (width + (SAMPLE + 12) * style->scale, most);
}
