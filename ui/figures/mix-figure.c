#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/layer-plot.h"
#include "figures/selected-classes.h"
#include "figures/text.h"

#define MOST_CURVES 6
#define SAMPLE 22. /* of a line, in the key */

/* The mix of two classes or groups over the layers: two colours, one line; or of what is selected with the rest. */
typedef struct
{
  guint      a;
  guint      b;
  double    *values;
  char      *name;
  gboolean   of_selection; /* a and b mean nothing */
  gboolean   of_control;   /* labels permuted: neither */
  double     opacity;
} Curve;

typedef struct
{
  const NerveFigureModel *model;
  const NerveParting     *parting;
  guint                   level;  /* of the class tree: 0 are classes */
  GArray                 *curves;
  guint                   n_more; /* pairs without a curve */
  NerveSelectedClasses    selected;
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
  nerve_selected_classes_clear (&self->selected);
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
color_of (const Mix *self, const Curve *curve, gboolean second)
{
  gboolean dark = self->plot.style->dark;
  guint one = second ? curve->b : curve->a;

  if (curve->of_control)
    return self->plot.style->dim;
  if (curve->of_selection)
    return second ? self->plot.style->text : self->plot.style->accent;

  return self->level == 0 ? nerve_palette_get_class_color (self->model->palette, one, dark)
                          : nerve_palette_get_group_color (self->model->palette, one, dark);
}

/* As far as the selected images are in its classes. */
static NerveColor
faded (const Mix *self, const Curve *curve, gboolean second)
{
  const NerveStyle *style = self->plot.style;

  return nerve_color_mix (color_of (self, curve, second), style->print ? style->window : style->card, curve->opacity);
}

static void
add_curve (Mix *self, guint a, guint b)
{
  /* Translators: two classes */
  Curve curve = { a, b, .values = g_new (double, MAX (self->model->n_layers, 1)),
                  .name = g_strdup_printf (_("%s × %s"), name_of (self, a), name_of (self, b)),
                  .opacity = nerve_selected_classes_pair (&self->selected, a, b) };

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

  self->level = pair[0] < 0 && nerve_parting_get_n_levels (self->parting) > 1 &&
                nerve_parting_get_n (self->parting, 1) > 1;
  n = nerve_parting_get_n (self->parting, self->level);
  nerve_selected_classes_init (&self->selected, self->model, self->level);
  if (pair[0] >= 0)
    {
      add_curve (self, pair[0], pair[1]);
      return;
    }
  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n; b++)
      if (self->curves->len < MOST_CURVES)
        add_curve (self, a, b);
      else
        self->n_more++;
}

/* Of the images of a dataset: 0 is selected, 1 the others. */
static int *
label_selected (const NerveFigureModel *model)
{
  gsize n = nerve_dataset_get_n (model->dataset);
  int *labels = g_new (int, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    labels[i] = i < nerve_bitset_length (model->selection) && nerve_bitset_get (model->selection, i) ? 0 : 1;

  return labels;
}

/* Counted when it is drawn, and not where the pointer only asks what is below it. */
static void
add_selected (Mix *self)
{
  const NerveFigureModel *model = self->model;
  Curve curve = { .of_selection = TRUE, .opacity = 1 };
  g_autofree int *labels = NULL;

  if (!self->selected.active)
    return;

  curve.values = g_new (double, MAX (model->n_layers, 1));
  curve.name = g_strdup (_("selected × others"));
  labels = label_selected (model);
  for (guint i = 0; i < model->n_layers; i++)
    {
      g_auto (NervePairCounts) counts = { 0 };
      g_autoptr (NerveSharing) sharing = NULL;

      curve.values[i] = NAN;
      if (model->layers[i].graph == NULL)
        continue;
      sharing = nerve_sharing_new (model->layers[i].graph->mapper);
      nerve_pair_counts_init (&counts, 2);
      nerve_sharing_count (sharing, labels, NULL, &counts);
      curve.values[i] = nerve_pair_counts_mix (&counts, 0, 1);
    }
  g_array_append_val (self->curves, curve);
}

/* What mix says where classes mean nothing. */
static void
add_control (Mix *self)
{
  Curve curve = { .of_control = TRUE, .opacity = 1 };

  if (self->model->n_layers == 0 || nerve_parting_get_control_point (self->parting, self->level, 0) == NULL)
    return;

  curve.values = g_new (double, self->model->n_layers);
  curve.name = g_strdup (_("labels permuted"));
  for (guint i = 0; i < self->model->n_layers; i++)
    curve.values[i] = nerve_parting_get_control_point (self->parting, self->level, i)->mix;
  g_array_append_val (self->curves, curve);
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
  NerveLayerCurve line = { NULL, faded (self, curve, FALSE), curve->of_control ? 1.2 : 2.2, FALSE, NERVE_MARK_NONE };

  /* Where a class is in no node the mix is no number, which stays a gap. */
  for (guint i = 0; i < self->model->n_layers; i++)
    if (values[i] > self->plot.upper)
      values[i] = self->plot.upper;
  line.values = values;
  nerve_layer_plot_curve (&self->plot, &line);
  line.color = faded (self, curve, TRUE);
  line.dashed = TRUE;
  nerve_layer_plot_curve (&self->plot, &line);
}

#define STEPS 64 /* a steep curve must not step over a name */

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

static void
paint_sample (const Mix *self, const Curve *curve, double x, double y)
{
  double px = self->plot.style->scale;
  const double dashes[2] = { 3.5 * px, 2.5 * px };

  cairo_set_line_width (self->plot.cr, 2.2 * px);
  for (guint side = 0; side < 2; side++)
    {
      nerve_color_set (self->plot.cr, faded (self, curve, side == 1));
      cairo_set_dash (self->plot.cr, dashes, side == 0 ? 0 : 2, 0);
      cairo_move_to (self->plot.cr, x, y);
      cairo_line_to (self->plot.cr, x + SAMPLE * px, y);
      cairo_stroke (self->plot.cr);
    }
  cairo_set_dash (self->plot.cr, NULL, 0, 0);
}

/* How many lines have a name of their own, of @n_rows. */
static guint
count_named (const Mix *self, guint n_rows)
{
  return self->n_more > 0 || n_rows < self->curves->len ? MIN (n_rows, self->curves->len + 1) - 1
                                                        : self->curves->len;
}

/* Names beside a piece of their line, closer where the plot is low; what has no room, or no curve, is counted. */
static void
paint_key (const Mix *self)
{
  const NerveStyle *style = self->plot.style;
  guint n_wished = self->curves->len + (self->n_more > 0);
  double room = MAX (self->plot.bottom - self->plot.top, 1);
  double leading = CLAMP (room / n_wished, 1.12 * style->tick, 1.45 * style->tick);
  guint n_rows = MAX (MIN (n_wished, (guint) (room / leading + .01)), 1);
  guint n = count_named (self, n_rows);
  guint n_more = self->n_more + self->curves->len - n;
  /* Translators: how many pairs of classes have no line */
  g_autofree char *more = n_more > 0 ? g_strdup_printf (_("and %u more"), n_more) : NULL;
  double sample = SAMPLE * style->scale;
  double width = more != NULL ? nerve_text_width (self->plot.cr, style, more, style->tick, 0) : 0;
  double x = self->plot.left;
  double top = self->plot.top;

  for (guint k = 0; k < n; k++)
    width = MAX (width, nerve_text_width (self->plot.cr, style, g_array_index (self->curves, Curve, k).name,
                                          style->tick, 0));
  width = MIN (width, .6 * (self->plot.right - self->plot.left));
  place_key (self, width + sample + 8 * style->scale, n_rows * leading, &x, &top);
  nerve_color_set_alpha (self->plot.cr, style->print ? style->window : style->card, .8);
  cairo_rectangle (self->plot.cr, x - 3 * style->scale, top, width + sample + 12 * style->scale, n_rows * leading);
  cairo_fill (self->plot.cr);
  for (guint k = 0; k < n; k++)
    {
      const Curve *curve = &g_array_index (self->curves, Curve, k);
      double y = top + (k + .5) * leading;

      paint_sample (self, curve, x, y);
      nerve_text_draw_within (self->plot.cr, style, curve->name, style->tick, NERVE_TEXT_MIDDLE, style->text,
                              x + sample + 6 * style->scale, y, width + 1);
    }
  if (more != NULL)
    nerve_text_draw_within (self->plot.cr, style, more, style->tick, NERVE_TEXT_MIDDLE, style->dim,
                            x + sample + 6 * style->scale, top + (n + .5) * leading, width + 1);
}

void
nerve_mix_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                       double width, double height)
{
  g_auto (Mix) self = { NULL };

  if (!mix_init (&self, model, style, cr, width, height))
    return;

  add_selected (&self);
  add_control (&self);
  cairo_save (cr);
  nerve_layer_plot_caption (&self.plot, _("Mix"));
  nerve_layer_plot_ground (&self.plot, &self.ticks);
  paint_bound (&self);
  for (guint k = 0; k < self.curves->len; k++)
    {
      const Curve *curve = &g_array_index (self.curves, Curve, k);

      if (curve->of_selection || curve->of_control)
        {
          paint_curve (&self, curve);
          continue;
        }
      if (model->pair[0] >= 0)
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
    {
      g_autofree char *headline = nerve_parting_headline (parting, model->dataset);
      g_autofree char *selected = nerve_selected_classes_describe (model);

      return g_strconcat (headline, selected, NULL);
    }

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
