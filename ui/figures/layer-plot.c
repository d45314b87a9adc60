#include "figures/layer-plot.h"

#include <math.h>

#include "figures/color.h"
#include "figures/text.h"

/* DESIGN.md "Over the layers" */
#define BAND 14.
#define BAND_INK .06
#define BAND_OF_CURVE .12
#define NEAREST_LABELS 13.5
#define NEAREST_NAMES 12.5
#define LEADER 16. /* from a line to its name */
#define SIDE 6.
#define GROUP_GAP .8
/* Heights: of a plot over its width; of what has room for names, of type; of names at most, of the whole. */
#define ASPECT .52
#define NAMED 14.5
#define MOST_NAMES .3

static double
labels_width (const NerveTicks *ticks, const NerveStyle *style)
{
  double width = 0;

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = nerve_ticks_label (ticks, i);

      width = MAX (width, nerve_text_width (NULL, style, label, style->tick, 0));
    }

  return width;
}

static char *
layer_name (const NerveFigureModel *model, guint layer)
{
  return g_utf8_make_valid (nerve_dataset_get_layer (model->dataset, layer)->name, -1);
}

static double
names_height (const NerveFigureModel *model, const NerveStyle *style)
{
  double longest = 0;

  for (guint i = 0; i < model->n_layers; i++)
    {
      g_autofree char *name = layer_name (model, i);

      longest = MAX (longest, nerve_text_width (NULL, style, name, style->tick, NERVE_TEXT_BOLD));
    }

  return longest;
}

double
nerve_layer_plot_height (const NerveFigureModel *model, const NerveStyle *style, double width)
{
  double plot = ASPECT * width;
  double names = names_height (model, style);

  return plot + MIN (names, plot * MOST_NAMES / (1 - MOST_NAMES));
}

static void
place_layers (NerveLayerPlot *self, double gap)
{
  double side = MAX (SIDE * self->style->scale, .62 * self->style->tick);
  double first = self->left + side;
  double last = MAX (self->right - side, first);
  guint breaks = 0;
  double extra;

  for (guint i = 1; i < self->n; i++)
    breaks += self->groups[i] != self->groups[i - 1];

  self->step = self->n > 1 ? (last - first) / (self->n - 1 + GROUP_GAP * breaks) : last - first;
  extra = GROUP_GAP * self->step;
  if (self->n > 1 && self->step + extra < gap && breaks < self->n - 1)
    {
      self->step = MAX ((last - first - breaks * gap) / (self->n - 1 - breaks), 0);
      extra = gap - self->step;
    }

  for (guint i = 0; i < self->n; i++)
    {
      if (i == 0)
        self->x[i] = self->n == 1 ? (first + last) / 2 : first;
      else
        self->x[i] = self->x[i - 1] + self->step + (self->groups[i] != self->groups[i - 1] ? extra : 0);
    }
}

void
nerve_layer_plot_init (NerveLayerPlot *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr,
                       double width, double height, const NerveTicks *ticks, double margin, double gap)
{
  double px = style->scale;

  *self = (NerveLayerPlot) { .model = model, .style = style, .cr = cr, .n = model->n_layers };
  self->x = g_new0 (double, MAX (self->n, 1));
  self->groups = g_new0 (NerveLayerGroup, MAX (self->n, 1));
  for (guint i = 0; i < self->n; i++)
    self->groups[i] = nerve_layer_group (nerve_dataset_get_layer (model->dataset, i));

  self->width = width;
  self->left = labels_width (ticks, style) + 5 * px;
  self->right = MAX (width - margin, self->left + 1);
  self->top = style->print ? 1.35 * style->caption + 4 * px : 10 * px;
  if (style->print && height > NAMED * style->tick)
    self->names = MIN (names_height (model, style), MOST_NAMES * height);
  self->bottom = MAX (height - 5 * px - MAX (self->names, 1.15 * style->tick), self->top + 1);
  self->lower = 0;
  self->upper = 1;
  place_layers (self, gap);
}

void
nerve_layer_plot_clear (NerveLayerPlot *self)
{
  g_clear_pointer (&self->x, g_free);
  g_clear_pointer (&self->groups, g_free);
}

double
nerve_layer_plot_y (const NerveLayerPlot *self, double value)
{
  double share;

  if (self->logarithmic)
    share = value > 0 ? log (value / self->lower) / log (self->upper / self->lower) : 0;
  else
    share = (value - self->lower) / (self->upper - self->lower);

  return self->bottom - (self->bottom - self->top) * CLAMP (share, 0, 1);
}

void
nerve_layer_plot_caption (const NerveLayerPlot *self, const char *caption)
{
  /* On the screen it stands in the pane's title line. */
  if (!self->style->print)
    return;

  nerve_text_draw_within (self->cr, self->style, caption, self->style->caption, 0, self->style->dim,
                          0, self->style->caption, self->width);
}

static gboolean
is_column (const NerveFigureModel *model, guint layer, gboolean *pinned)
{
  *pinned = FALSE;
  for (guint i = 0; i < model->n_columns; i++)
    if (model->columns[i] == layer)
      {
        *pinned = model->pinned[i];
        return TRUE;
      }

  return FALSE;
}

static void
paint_bands (const NerveLayerPlot *self)
{
  double width = MIN (BAND * self->style->scale, MAX (.9 * self->step, 2 * self->style->scale));
  gboolean pinned;

  nerve_color_set (self->cr, nerve_color_mix (self->style->text, self->style->card, BAND_INK));
  for (guint i = 0; i < self->n; i++)
    if (is_column (self->model, i, &pinned) && pinned)
      {
        cairo_rectangle (self->cr, self->x[i] - width / 2, self->top, width, self->bottom - self->top);
        cairo_fill (self->cr);
      }
}

static void
paint_grid (const NerveLayerPlot *self, const NerveTicks *ticks)
{
  cairo_set_line_width (self->cr, self->style->scale);
  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = nerve_ticks_label (ticks, i);
      double y = nerve_layer_plot_y (self, ticks->values[i]);

      nerve_color_set (self->cr, fabs (y - self->bottom) < .5 ? self->style->edge : self->style->hairline);
      cairo_move_to (self->cr, self->left, y);
      cairo_line_to (self->cr, self->right, y);
      cairo_stroke (self->cr);
      nerve_text_draw (self->cr, self->style, label, self->style->tick, NERVE_TEXT_RIGHT | NERVE_TEXT_MIDDLE,
                       self->style->dim, self->left - 4.5 * self->style->scale, y);
    }

  nerve_color_set (self->cr, self->style->edge);
  cairo_move_to (self->cr, self->left, self->bottom);
  cairo_line_to (self->cr, self->right, self->bottom);
  cairo_stroke (self->cr);
}

static void
paint_layer (const NerveLayerPlot *self, const char *label, double x, gboolean shown)
{
  const NerveStyle *style = self->style;
  guint flags = shown ? NERVE_TEXT_BOLD : 0;
  NerveColor color = shown ? style->text : style->dim;
  double y = self->bottom + 4 * style->scale;

  if (self->names > 0)
    nerve_text_draw_upwards (self->cr, style, label, style->tick, flags, color, x, y, self->names);
  else
    nerve_text_draw (self->cr, style, label, style->tick, flags | NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE, color, x,
                     y + .55 * style->tick);
}

/* Pinned ones first, then from the left what has room. */
static void
paint_layers (const NerveLayerPlot *self)
{
  const NerveStyle *style = self->style;
  double nearest = self->names > 0 ? 0 : NEAREST_LABELS * style->tick / 11;
  g_autofree double *kept = g_new (double, 2 * MAX (self->n, 1)); /* middle, half width */
  guint n_kept = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->n; i++)
      {
        long long index = nerve_dataset_get_layer (self->model->dataset, i)->index;
        g_autofree char *label = self->names > 0 ? layer_name (self->model, i) : g_strdup_printf ("%lld", index);
        gboolean pinned;
        gboolean shown = is_column (self->model, i, &pinned);
        double half = .43 * style->tick;
        gboolean room = TRUE;

        if (shown != (pass == 0))
          continue;
        if (self->names == 0)
          half = nerve_text_width (self->cr, style, label, style->tick, shown ? NERVE_TEXT_BOLD : 0) / 2;
        for (guint k = 0; k < n_kept; k++)
          {
            double distance = fabs (kept[2 * k] - self->x[i]);

            room = room && distance >= nearest && distance >= half + kept[2 * k + 1] + .2 * style->tick;
          }
        if (!room)
          continue;
        kept[2 * n_kept] = self->x[i];
        kept[2 * n_kept++ + 1] = half;
        paint_layer (self, label, self->x[i], shown);
      }
}

void
nerve_layer_plot_ground (const NerveLayerPlot *self, const NerveTicks *ticks)
{
  paint_bands (self);
  paint_grid (self, ticks);
  paint_layers (self);
}

static void
paint_mark (const NerveLayerPlot *self, const NerveLayerCurve *curve, double x, double y)
{
  double size = MIN (curve->mark_size * self->style->scale, MAX (.36 * self->step, .6 * self->style->scale));

  nerve_color_set (self->cr, curve->color);
  switch (curve->mark)
    {
    case NERVE_MARK_DOT:
      cairo_new_sub_path (self->cr);
      cairo_arc (self->cr, x, y, size, 0, 2 * G_PI);
      break;
    case NERVE_MARK_TRIANGLE:
      cairo_move_to (self->cr, x, y - 1.15 * size);
      cairo_line_to (self->cr, x + size, y + .7 * size);
      cairo_line_to (self->cr, x - size, y + .7 * size);
      cairo_close_path (self->cr);
      break;
    case NERVE_MARK_SQUARE:
      cairo_rectangle (self->cr, x - .9 * size, y - .9 * size, 1.8 * size, 1.8 * size);
      break;
    case NERVE_MARK_NONE:
    default:
      return;
    }
  cairo_fill (self->cr);
}

/* A value that stands alone between gaps would be invisible without a mark. */
static gboolean
is_alone (const NerveLayerPlot *self, const NerveLayerCurve *curve, guint i)
{
  gboolean before = i > 0 && self->groups[i - 1] == self->groups[i] && isfinite (curve->values[i - 1]);
  gboolean after = i + 1 < self->n && self->groups[i + 1] == self->groups[i] && isfinite (curve->values[i + 1]);

  return !before && !after;
}

void
nerve_layer_plot_curve (const NerveLayerPlot *self, const NerveLayerCurve *curve)
{
  double dashes[2] = { 3.5 * self->style->scale, 2.5 * self->style->scale };
  gboolean open = FALSE;

  nerve_color_set (self->cr, curve->color);
  cairo_set_line_width (self->cr, curve->width * self->style->scale);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (self->cr, dashes, curve->dashed ? 2 : 0, 0);
  for (guint i = 0; i < self->n; i++)
    {
      if (i > 0 && self->groups[i] != self->groups[i - 1])
        open = FALSE;
      if (isfinite (curve->values[i]))
        {
          (open ? cairo_line_to : cairo_move_to) (self->cr, self->x[i], nerve_layer_plot_y (self, curve->values[i]));
          open = TRUE;
        }
      else
        open = FALSE;
    }
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);

  for (guint i = 0; i < self->n; i++)
    {
      NerveLayerCurve own = *curve;

      if (!isfinite (curve->values[i]))
        continue;
      if (own.mark == NERVE_MARK_NONE && is_alone (self, curve, i))
        {
          own.mark = NERVE_MARK_DOT;
          own.mark_size = MAX (curve->width, 1.3);
        }
      paint_mark (self, &own, self->x[i], nerve_layer_plot_y (self, curve->values[i]));
    }
}

/* From @begin to @end, along the top and back along the bottom. */
static void
fill_band (const NerveLayerPlot *self, const double *low, const double *high, guint begin, guint end)
{
  for (guint i = begin; i < end; i++)
    cairo_line_to (self->cr, self->x[i], nerve_layer_plot_y (self, high[i]));
  for (guint i = end; i-- > begin;)
    cairo_line_to (self->cr, self->x[i], nerve_layer_plot_y (self, low[i]));
  cairo_close_path (self->cr);
  cairo_fill (self->cr);
}

void
nerve_layer_plot_band (const NerveLayerPlot *self, NerveColor color, const double *low, const double *high)
{
  guint begin = 0;

  nerve_color_set_alpha (self->cr, color, BAND_OF_CURVE);
  for (guint i = 0; i <= self->n; i++)
    {
      gboolean there = i < self->n && isfinite (low[i]) && isfinite (high[i]);

      if (i > begin && (!there || self->groups[i] != self->groups[i - 1]))
        fill_band (self, low, high, begin, i);
      if (!there)
        begin = i + 1;
      else if (i > 0 && self->groups[i] != self->groups[i - 1])
        begin = i;
    }
}

static int
last_value (const NerveLayerPlot *self, const NerveLayerCurve *curve, int group)
{
  for (guint i = self->n; i-- > 0;)
    if (isfinite (curve->values[i]) && (group < 0 || (int) self->groups[i] == group))
      return i;

  return -1;
}

/* Where many lines end close together, only this tells whose a name is. */
static double
draw_leader (const NerveLayerPlot *self, const NerveLayerCurve *curve, int last, double x, double y)
{
  double px = self->style->scale, end = x + (7 + LEADER) * px;

  nerve_color_set (self->cr, curve->color);
  cairo_set_line_width (self->cr, px);
  cairo_move_to (self->cr, self->x[last], nerve_layer_plot_y (self, curve->values[last]));
  cairo_line_to (self->cr, x + .7 * LEADER * px, y);
  cairo_line_to (self->cr, end - 3 * px, y);
  cairo_stroke (self->cr);

  return end;
}

void
nerve_layer_plot_names (const NerveLayerPlot *self, const NerveLayerCurve *curves, guint n, int group)
{
  const NerveStyle *style = self->style;
  g_autofree double *ys = g_new0 (double, MAX (n, 1));
  g_autofree guint *which = g_new0 (guint, MAX (n, 1));
  double half = NEAREST_NAMES / 2 * style->caption / 12;
  double x = 0;
  guint n_named = 0;

  for (guint i = 0; i < n; i++)
    {
      int last = last_value (self, &curves[i], group);

      if (last < 0 || curves[i].name == NULL)
        continue;
      x = MAX (x, self->x[last]);
      ys[n_named] = nerve_layer_plot_y (self, curves[i].values[last]);
      which[n_named++] = i;
    }

  /* Past the end of the grid, whose lines would strike them out. */
  x += 7 * style->scale;
  if (self->n > 0 && x >= self->x[self->n - 1])
    x = MAX (x, MIN (self->right, self->width - 1) + 3 * style->scale);
  nerve_axes_spread (ys, n_named, 2 * half, self->top, self->bottom - half * .6);
  for (guint k = 0; k < n_named; k++)
    {
      const NerveLayerCurve *curve = &curves[which[k]];
      double at = curve->led ? draw_leader (self, curve, last_value (self, curve, group),
                                                        x - 7 * style->scale, ys[k]) : x;

      nerve_text_draw (self->cr, style, curve->name, style->caption,
                       NERVE_TEXT_MIDDLE | (curve->strong ? NERVE_TEXT_BOLD : 0),
                       curve->strong ? style->text : style->dim, at, ys[k]);
    }
}

double
nerve_layer_plot_names_width (const NerveStyle *style, const NerveLayerCurve *curves, guint n)
{
  double width = 0;

  for (guint i = 0; i < n; i++)
    if (curves[i].name != NULL)
      width = MAX (width, nerve_text_width (NULL, style, curves[i].name, style->caption,
                                            curves[i].strong ? NERVE_TEXT_BOLD : 0)
                          + (curves[i].led ? LEADER * style->scale : 0));

  return width;
}

static void
set_hit (const NerveLayerPlot *self, guint layer, NerveHit *hit)
{
  *hit = (NerveHit) {
    NERVE_HIT_LAYER, layer, layer, self->x[layer], (self->top + self->bottom) / 2,
    MIN (BAND / 2 * self->style->scale, MAX (self->step / 2, 1)),
  };
}

gboolean
nerve_layer_plot_hit (const NerveLayerPlot *self, double x, double y, NerveHit *hit)
{
  double best = MAX (.9 * self->step, 8 * self->style->scale);
  gboolean found = FALSE;

  if (y < self->top - 4 * self->style->scale)
    return FALSE;

  for (guint i = 0; i < self->n; i++)
    if (fabs (self->x[i] - x) < best)
      {
        best = fabs (self->x[i] - x);
        set_hit (self, i, hit);
        found = TRUE;
      }

  return found;
}

void
nerve_layer_plot_marks (const NerveLayerPlot *self, GArray *hits)
{
  for (guint i = 0; i < self->n; i++)
    {
      NerveHit hit;

      set_hit (self, i, &hit);
      g_array_append_val (hits, hit);
    }
}
