#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/layer-plot.h"
#include "figures/text.h"

#define MOST_CURVES 6

/* The mix of two classes or groups over the layers: two colours, one line. */
typedef struct
{
  guint    a;
  guint    b;
  double  *values;
  char    *name;
} Curve;

typedef struct
{
  const NerveFigureModel *model;
  const NerveParting     *parting;
  guint                   level;  /* of the class tree: 0 are classes */
  GArray                 *curves;
  NerveLayerPlot          plot;
  NerveTicks              ticks;
} Mix;

static void
curve_clear (gpointer data)
{
  Curve *curve = data;

  g_free (curve->values);
  g_free (curve->name);
}

static void
mix_clear (Mix *self)
{
  nerve_layer_plot_clear (&self->plot);
  g_clear_pointer (&self->curves, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mix, mix_clear)

static const char *
name_of (const Mix *self, guint one)
{
  return self->level == 0 ? nerve_dataset_get_class_name (self->model->dataset, one)
                          : nerve_dataset_get_group_name (self->model->dataset, self->level, one);
}

static NerveColor
color_of (const Mix *self, guint one)
{
  gboolean dark = self->plot.style->dark;

  return self->level == 0 ? nerve_palette_get_class_color (self->model->palette, one, dark)
                          : nerve_palette_get_group_color (self->model->palette, one, dark);
}

static void
add_curve (Mix *self, guint a, guint b)
{
  /* Translators: two classes */
  Curve curve = { a, b, g_new (double, MAX (self->model->n_layers, 1)),
                  g_strdup_printf (_("%s × %s"), name_of (self, a), name_of (self, b)) };

  for (guint i = 0; i < self->model->n_layers; i++)
    curve.values[i] = nerve_parting_get_point (self->parting, self->level, a, b, i)->mix;
  g_array_append_val (self->curves, curve);
}

/* The two that were chosen; else all pairs of superclasses, as far as they can be told apart. */
static void
choose_curves (Mix *self)
{
  const int *pair = self->model->pair;
  guint n;

  self->level = pair[0] < 0 && nerve_parting_get_n_levels (self->parting) > 1 ? 1 : 0;
  n = nerve_parting_get_n (self->parting, self->level);
  if (pair[0] >= 0)
    {
      add_curve (self, pair[0], pair[1]);
      return;
    }
  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n && self->curves->len < MOST_CURVES; b++)
      add_curve (self, a, b);
}

static gboolean
mix_init (Mix *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr, double width, double height)
{
  if (width < 1 || height < 1 || model->network == NULL || model->network->parting == NULL)
    return FALSE;

  self->model = model;
  self->parting = model->network->parting;
  self->curves = g_array_new (FALSE, FALSE, sizeof (Curve));
  g_array_set_clear_func (self->curves, curve_clear);
  choose_curves (self);
  self->ticks = (NerveTicks) { { 0, .5, 1 }, 3, 1 };
  nerve_layer_plot_init (&self->plot, model, style, cr, width, height, &self->ticks, 9 * style->scale, 0);

  return self->curves->len > 0;
}

/* Below it two classes are parted. */
static void
paint_bound (const Mix *self)
{
  const NerveStyle *style = self->plot.style;
  double dashes[2] = { 3 * style->scale, 3 * style->scale };
  double y = nerve_layer_plot_y (&self->plot, nerve_parting_get_parameters (self->parting)->parted_below);

  nerve_color_set (self->plot.cr, style->dim);
  cairo_set_line_width (self->plot.cr, style->scale);
  cairo_set_dash (self->plot.cr, dashes, 2, 0);
  cairo_move_to (self->plot.cr, self->plot.left, y);
  cairo_line_to (self->plot.cr, self->plot.right, y);
  cairo_stroke (self->plot.cr);
  cairo_set_dash (self->plot.cr, NULL, 0, 0);
}

/* A hollow point: a class is covered too little for a verdict. */
static void
paint_doubts (const Mix *self, const Curve *curve)
{
  const NerveStyle *style = self->plot.style;
  cairo_t *cr = self->plot.cr;

  for (guint i = 0; i < self->model->n_layers; i++)
    {
      const NerveMixPoint *point = nerve_parting_get_point (self->parting, self->level, curve->a, curve->b, i);

      if (point->has_verdict || !isfinite (point->mix))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, self->plot.x[i], nerve_layer_plot_y (&self->plot, MIN (point->mix, self->plot.upper)),
                 3.4 * style->scale, 0, 2 * G_PI);
      nerve_color_set (cr, style->card);
      cairo_fill_preserve (cr);
      nerve_color_set (cr, style->text);
      cairo_set_line_width (cr, style->scale);
      cairo_stroke (cr);
    }
}

/* What the bootstrap leaves open, where there is one curve only. */
static void
paint_band (const Mix *self, const Curve *curve)
{
  for (guint i = 0; i < self->model->n_layers; i++)
    {
      const NerveMixPoint *point = nerve_parting_get_point (self->parting, self->level, curve->a, curve->b, i);

      if (!isfinite (point->low) || !isfinite (point->high))
        continue;
      nerve_color_set_alpha (self->plot.cr, self->plot.style->text, .3);
      cairo_set_line_width (self->plot.cr, 2.4 * self->plot.style->scale);
      cairo_move_to (self->plot.cr, self->plot.x[i], nerve_layer_plot_y (&self->plot, MAX (point->low, 0)));
      cairo_line_to (self->plot.cr, self->plot.x[i],
                     nerve_layer_plot_y (&self->plot, MIN (point->high, self->plot.upper)));
      cairo_stroke (self->plot.cr);
    }
}

static void
paint_curve (const Mix *self, const Curve *curve)
{
  g_autofree double *values = g_memdup2 (curve->values, self->model->n_layers * sizeof (double));
  NerveLayerCurve line = { NULL, color_of (self, curve->a), 2.2, FALSE, NERVE_MARK_NONE };

  /* Where a class is in no node the mix is no number, which stays a gap. */
  for (guint i = 0; i < self->model->n_layers; i++)
    if (values[i] > self->plot.upper)
      values[i] = self->plot.upper;
  line.values = values;
  nerve_layer_plot_curve (&self->plot, &line);
  line.color = color_of (self, curve->b);
  line.dashed = TRUE;
  nerve_layer_plot_curve (&self->plot, &line);
}

#define STEPS 8

/* How much of the curves runs through a box. */
static guint
count_in (const Mix *self, double x, double y, double width, double height)
{
  guint n = 0;

  for (guint k = 0; k < self->curves->len; k++)
    for (guint i = 0; i + 1 < self->model->n_layers; i++)
      for (guint step = 0; step <= STEPS; step++)
        {
          const double *values = g_array_index (self->curves, Curve, k).values;
          double share = (double) step / STEPS;
          double at = (1 - share) * self->plot.x[i] + share * self->plot.x[i + 1];
          double value = (1 - share) * values[i] + share * values[i + 1];
          double level = isfinite (value) ? nerve_layer_plot_y (&self->plot, MIN (value, self->plot.upper)) : -1;

          n += level >= y && level <= y + height && at >= x && at <= x + width;
        }

  return n;
}

/* The box of the names goes where it hides least of the curves; from the upper right, where most have come down. */
static void
place_key (const Mix *self, double width, double height, double *x, double *y)
{
  double room = MAX (self->plot.bottom - self->plot.top - height, 0);
  guint least = G_MAXUINT;

  for (guint column = 0; column < 3; column++)
    for (guint row = 0; row < 6; row++)
      {
        double left = self->plot.right - width - column * (self->plot.right - self->plot.left - width) / 2;
        double top = self->plot.top + row * room / 5;
        guint n = count_in (self, left, top, width, height);

        if (n >= least)
          continue;
        least = n;
        *x = left;
        *y = top;
      }
}

/* Names beside a piece of their line. */
static void
paint_key (const Mix *self)
{
  const NerveStyle *style = self->plot.style;
  double leading = 1.45 * style->tick;
  double sample = 22 * style->scale;
  double dashes[2] = { 3.5 * style->scale, 2.5 * style->scale };
  double width = 0;
  double x = self->plot.left;
  double top = self->plot.top;
  guint n = MIN (self->curves->len, (guint) MAX ((self->plot.bottom - top) / leading, 0));

  for (guint k = 0; k < self->curves->len; k++)
    width = MAX (width, nerve_text_width (self->plot.cr, style, g_array_index (self->curves, Curve, k).name,
                                          style->tick, 0));
  width = MIN (width, .6 * (self->plot.right - self->plot.left));
  place_key (self, width + sample + 8 * style->scale, n * leading, &x, &top);
  nerve_color_set_alpha (self->plot.cr, style->print ? style->window : style->card, .8);
  cairo_rectangle (self->plot.cr, x - 3 * style->scale, top, width + sample + 12 * style->scale, n * leading);
  cairo_fill (self->plot.cr);
  for (guint k = 0; k < n; k++)
    {
      const Curve *curve = &g_array_index (self->curves, Curve, k);
      double y = top + (k + .5) * leading;

      cairo_set_line_width (self->plot.cr, 2.2 * style->scale);
      for (guint side = 0; side < 2; side++)
        {
          nerve_color_set (self->plot.cr, color_of (self, side == 0 ? curve->a : curve->b));
          cairo_set_dash (self->plot.cr, dashes, side == 0 ? 0 : 2, 0);
          cairo_move_to (self->plot.cr, x, y);
          cairo_line_to (self->plot.cr, x + sample, y);
          cairo_stroke (self->plot.cr);
        }
      cairo_set_dash (self->plot.cr, NULL, 0, 0);
      nerve_text_draw_within (self->plot.cr, style, curve->name, style->tick, NERVE_TEXT_MIDDLE, style->text,
                              x + sample + 6 * style->scale, y, width + 1);
    }
}

void
nerve_mix_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                       double width, double height)
{
  g_auto (Mix) self = { NULL };

  if (!mix_init (&self, model, style, cr, width, height))
    return;

  cairo_save (cr);
  nerve_layer_plot_caption (&self.plot, _("Mix"));
  nerve_layer_plot_ground (&self.plot, &self.ticks);
  paint_bound (&self);
  for (guint k = 0; k < self.curves->len; k++)
    {
      const Curve *curve = &g_array_index (self.curves, Curve, k);

      if (self.curves->len == 1)
        paint_band (&self, curve);
      paint_curve (&self, curve);
      paint_doubts (&self, curve);
    }
  paint_key (&self);
  cairo_restore (cr);
}

gboolean
nerve_mix_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                      double height, double x, double y, NerveHit *hit)
{
  g_auto (Mix) self = { NULL };

  return mix_init (&self, model, style, NULL, width, height) && nerve_layer_plot_hit (&self.plot, x, y, hit);
}

void
nerve_mix_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                        double height, GArray *hits)
{
  g_auto (Mix) self = { NULL };

  if (mix_init (&self, model, style, NULL, width, height))
    nerve_layer_plot_marks (&self.plot, hits);
}

char *
nerve_mix_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveParting *parting = model->network != NULL ? model->network->parting : NULL;
  const NervePartingPair *pair;
  const char *a;
  const char *b;

  if (parting == NULL)
    return g_strdup (_("Where classes part has not been computed yet."));
  if (model->pair[0] < 0)
    return nerve_parting_headline (parting, model->dataset);

  pair = nerve_parting_get_pair (parting, 0, model->pair[0], model->pair[1]);
  a = nerve_dataset_get_class_name (model->dataset, model->pair[0]);
  b = nerve_dataset_get_class_name (model->dataset, model->pair[1]);
  switch (pair->verdict)
    {
    case NERVE_PARTING_PARTED:
      /* Translators: two classes and a layer */
      return g_strdup_printf (_("%s and %s part at %s."), a, b, nerve_dataset_get_layer (model->dataset,
                                                                                       pair->layer)->name);
    case NERVE_PARTING_NEVER:
      return g_strdup_printf (_("%s and %s never part."), a, b);
    case NERVE_PARTING_NO_VERDICT:
    default:
      return g_strdup_printf (_("Too little of %s or %s is in the graphs to tell where they part."), a, b);
    }
}
