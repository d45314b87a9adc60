#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/color.h"
#include "figures/layer-plot.h"
#include "figures/text.h"

enum { BETA0, BETA1, BETA2, OMEGA, N_CURVES };

/* Ω of a class or superclass, or of all: its line and band. */
typedef struct
{
  NerveLayerCurve curve;
  double         *low;
  double         *high;
} Banded;

/* Behind to in front. */
static const guint painting_order[N_CURVES] = { BETA2, BETA0, BETA1, OMEGA };

typedef struct
{
  NerveLayerPlot  plot;
  GPtrArray      *betti;             /* of each layer: NerveBettiLayer or NULL */
  NerveTicks      ticks;
  NerveLayerCurve curves[N_CURVES];
  NerveLayerCurve outside[N_CURVES]; /* what is no part of the tensors' curves: input and vectors */
  GArray         *groups;            /* of Banded; NULL without */
  Banded          whole;
  double          eta;
  gboolean        any;
  gboolean        tensors;           /* some are counted */
  gboolean        zero;              /* all is 0, of which a logarithmic axis has nothing to show */
} Decay;

static void
banded_clear (gpointer data)
{
  Banded *self = data;

  g_clear_pointer (&self->curve.values, g_free);
  g_clear_pointer (&self->low, g_free);
  g_clear_pointer (&self->high, g_free);
}

static void
decay_clear (Decay *self)
{
  nerve_layer_plot_clear (&self->plot);
  g_clear_pointer (&self->betti, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_array_unref);
  banded_clear (&self->whole);
  for (guint i = 0; i < N_CURVES; i++)
    {
      g_clear_pointer (&self->curves[i].values, g_free);
      g_clear_pointer (&self->outside[i].values, g_free);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decay, decay_clear)

static void
set_curves (Decay *self, const NerveStyle *style, guint n)
{
  self->curves[OMEGA] = (NerveLayerCurve) { "Ω", style->text, 2.2, FALSE, NERVE_MARK_NONE, 0, TRUE };
  self->curves[BETA1] = (NerveLayerCurve) { "β₁", style->dim, 1.2, FALSE, NERVE_MARK_TRIANGLE, 2.4 };
  self->curves[BETA0] = (NerveLayerCurve) { "β₀", style->edge, 1.2, FALSE, NERVE_MARK_DOT, 2.1 };
  self->curves[BETA2] = (NerveLayerCurve) { "β₂", style->edge, 1.2, TRUE, NERVE_MARK_SQUARE, 2.1 };
  for (guint i = 0; i < N_CURVES; i++)
    {
      self->curves[i].values = g_new (double, MAX (n, 1));
      self->outside[i] = self->curves[i];
      self->outside[i].values = g_new (double, MAX (n, 1));
      for (guint k = 0; k < n; k++)
        self->curves[i].values[k] = self->outside[i].values[k] = NAN;
    }
}

/* What a logarithmic axis can show; no hole is no point on it. */
static double
shown (double value)
{
  return value > 0 ? value : NAN;
}

static void
drop_betti (gpointer betti)
{
  if (betti != NULL)
    nerve_betti_layer_unref (betti);
}

/* What is counted at the η asked for. */
static GPtrArray *
list_betti (const NerveFigureModel *model)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (drop_betti);

  for (guint i = 0; i < model->n_layers; i++)
    g_ptr_array_add (list, nerve_figure_model_betti (model, i));

  return list;
}

/* β0 counted on vectors is another quantity (DESIGN.md "Learned" 7), no part of Ω, whether they are whole images or
 * sampled positions; the input is shown, not counted. */
static void
set_values (Decay *self, const NerveFigureModel *model)
{
  for (guint i = 0; i < model->n_layers; i++)
    {
      NerveBettiLayer *betti = self->betti->pdata[i];
      const NerveLayer *layer = nerve_dataset_get_layer (model->dataset, i);
      NerveLayerGroup group = nerve_layer_group (layer);
      double mean[N_CURVES];

      if (betti == NULL || nerve_betti_layer_get_n_etas (betti) == 0)
        continue;
      nerve_betti_layer_mean (betti, 0, mean);
      self->eta = nerve_betti_layer_get_etas (betti)[0];
      self->any = TRUE;
      if (group == NERVE_LAYER_GROUP_TENSOR)
        for (guint k = BETA0; k < (layer->is_vector ? BETA1 : N_CURVES); k++)
          self->curves[k].values[i] = shown (mean[k]);
      else
        for (guint k = BETA0; k < (layer->is_vector || group == NERVE_LAYER_GROUP_VECTOR ? BETA1 : OMEGA); k++)
          self->outside[k].values[i] = shown (mean[k]);
    }
}

/* Ω of the tensors over @wanted classes (NULL: all). */
static void
fill_banded (Banded *self, const NerveFigureModel *model, GPtrArray *all, const gboolean *wanted)
{
  self->curve.values = g_new (double, model->n_layers + 1);
  self->low = g_new (double, model->n_layers + 1);
  self->high = g_new (double, model->n_layers + 1);
  for (guint i = 0; i < model->n_layers; i++)
    {
      NerveBettiLayer *betti = all->pdata[i];
      const NerveLayer *layer = nerve_dataset_get_layer (model->dataset, i);
      NerveBettiBand band = { NAN, NAN, NAN };

      if (betti != NULL && nerve_betti_layer_get_n_etas (betti) > 0 && !layer->is_vector &&
          nerve_layer_group (layer) == NERVE_LAYER_GROUP_TENSOR)
        nerve_betti_band_find (betti, 0, wanted, model->decay.bootstrap, &band);
      self->curve.values[i] = shown (band.mean);
      self->low[i] = band.low;
      self->high[i] = band.high;
    }
}

static void
add_group (Decay *self, const NerveFigureModel *model, const NerveStyle *style, const char *code, NerveColor color,
           const gboolean *wanted)
{
  Banded group = { { code, color, 1.4, FALSE, NERVE_MARK_NONE, .led = TRUE } };

  fill_banded (&group, model, self->betti, wanted);
  g_array_append_val (self->groups, group);
}

static gboolean
has_values (const NerveLayerCurve *curve, guint n)
{
  for (guint i = 0; i < n; i++)
    if (isfinite (curve->values[i]))
      return TRUE;

  return FALSE;
}

/* A line for each class or superclass, in class-tree order; of vectors there is no Ω to draw by class. */
static void
set_groups (Decay *self, const NerveFigureModel *model, const NerveStyle *style)
{
  NervePalette *palette = model->palette;
  guint n_classes = nerve_palette_get_n_classes (palette);
  gboolean by_class = model->decay.by == NERVE_DECAY_BY_CLASS;
  guint n = by_class ? n_classes : nerve_palette_get_n_groups (palette);
  g_autofree gboolean *wanted = g_new0 (gboolean, n_classes + 1);

  if (model->decay.by == NERVE_DECAY_BY_NOTHING || !has_values (&self->curves[OMEGA], model->n_layers))
    return;

  self->groups = g_array_new (FALSE, FALSE, sizeof (Banded));
  g_array_set_clear_func (self->groups, banded_clear);
  for (guint k = 0; k < n; k++)
    {
      guint which = by_class ? nerve_palette_get_order (palette)[k] : k;

      for (guint c = 0; c < n_classes; c++)
        wanted[c] = by_class ? c == which : nerve_palette_get_group (palette, c) == which;
      add_group (self, model, style,
                 by_class ? nerve_palette_get_class_code (palette, which)
                          : nerve_palette_get_group_code (palette, which),
                 by_class ? nerve_palette_get_class_color (palette, which, style->dark)
                          : nerve_palette_get_group_color (palette, which, style->dark), wanted);
    }
}

static void
extend (const double *values, guint n, double *least, double *largest)
{
  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]) && values[i] > 0)
      {
        *least = MIN (*least, values[i]);
        *largest = MAX (*largest, values[i]);
      }
}

/* The largest of 1, 2 and 5 times a power of ten that is no more than @value. */
static double
round_down (double value)
{
  double power = pow (10, floor (log10 (value) + 1e-9)), share = value / power;

  return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}

/* Lines of classes lie close together: the axis is theirs, with their bands. */
static void
find_groups_extent (const Decay *self, guint n, double *least, double *largest)
{
  extend (self->curves[OMEGA].values, n, least, largest);
  for (guint g = 0; g < self->groups->len; g++)
    {
      const Banded *group = &g_array_index (self->groups, Banded, g);

      extend (group->curve.values, n, least, largest);
      extend (group->low, n, least, largest);
      extend (group->high, n, least, largest);
    }
}

static void
find_numbers_extent (const Decay *self, guint n, double *least, double *largest)
{
  for (guint k = 0; k < N_CURVES; k++)
    {
      extend (self->curves[k].values, n, least, largest);
      extend (self->outside[k].values, n, least, largest);
    }
  extend (self->whole.high, n, least, largest);
}

/* From 1, or from the power of ten under the least value, to somewhat over the largest. */
static void
set_range (Decay *self, const NerveFigureModel *model, double *lower, double *upper)
{
  double least = INFINITY;
  double largest = 0;

  (self->groups != NULL ? find_groups_extent : find_numbers_extent) (self, model->n_layers, &least, &largest);
  self->zero = !model->decay.linear && !isfinite (least);
  if (model->decay.linear)
    {
      *lower = 0;
      *upper = largest > 0 ? largest * 1.08 : 1;
      return;
    }
  if (self->groups != NULL && isfinite (least))
    {
      *lower = round_down (least / 1.1);
      *upper = MAX (largest * 1.3, 3 * *lower);
      return;
    }
  *lower = least < 1 ? pow (10, floor (log10 (least) + 1e-9)) : 1;
  *upper = MAX (largest * 1.8, 12 * *lower);
}

static gboolean
counts_tensors (const Decay *self, guint n)
{
  for (guint k = 0; k < N_CURVES; k++)
    if (has_values (&self->curves[k], n))
      return TRUE;

  return FALSE;
}

static double
find_names_width (const Decay *self, const NerveStyle *style)
{
  double width = nerve_layer_plot_names_width (style, self->curves, N_CURVES);

  for (guint g = 0; self->groups != NULL && g < self->groups->len; g++)
    width = MAX (width, nerve_layer_plot_names_width (style, &g_array_index (self->groups, Banded, g).curve, 1));

  return width;
}

static gboolean
decay_init (Decay *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr, double width,
            double height)
{
  double lower;
  double upper;
  double names;

  self->betti = list_betti (model);
  set_curves (self, style, model->n_layers);
  set_values (self, model);
  self->whole.curve.color = style->text;
  fill_banded (&self->whole, model, self->betti, NULL);
  set_groups (self, model, style);
  set_range (self, model, &lower, &upper);
  if (model->decay.linear)
    nerve_ticks_linear (lower, upper, height > 14 * style->tick ? 5 : 3, &self->ticks);
  else
    nerve_ticks_log (lower, upper, height > 14 * style->tick ? 5 : 3, &self->ticks);
  names = find_names_width (self, style) + 9 * style->scale;
  nerve_layer_plot_init (&self->plot, model, style, cr, width, height, &self->ticks, 0, names + 8 * style->scale);
  self->tensors = counts_tensors (self, model->n_layers);
  /* Names stand in the gap after the tensors; where nothing follows these, or none is counted, at the right. */
  if (model->n_layers > 0 &&
      (!self->tensors || self->plot.groups[model->n_layers - 1] == NERVE_LAYER_GROUP_TENSOR))
    {
      nerve_layer_plot_clear (&self->plot);
      nerve_layer_plot_init (&self->plot, model, style, cr, width, height, &self->ticks, names, names);
    }
  self->plot.logarithmic = !model->decay.linear;
  self->plot.lower = lower;
  self->plot.upper = upper;

  return self->any;
}

/* Ω of classes, that of all above them. */
static void
draw_groups (const Decay *self)
{
  g_autofree NerveLayerCurve *curves = g_new (NerveLayerCurve, self->groups->len + 1);

  for (guint g = 0; g < self->groups->len; g++)
    {
      const Banded *group = &g_array_index (self->groups, Banded, g);

      nerve_layer_plot_band (&self->plot, group->curve.color, group->low, group->high);
      curves[g] = group->curve;
    }
  for (guint g = 0; g < self->groups->len; g++)
    nerve_layer_plot_curve (&self->plot, &curves[g]);
  nerve_layer_plot_curve (&self->plot, &self->curves[OMEGA]);
  curves[self->groups->len] = self->curves[OMEGA];
  curves[self->groups->len].led = TRUE;
  nerve_layer_plot_names (&self->plot, curves, self->groups->len + 1, NERVE_LAYER_GROUP_TENSOR);
}

static void
draw_numbers (const Decay *self)
{
  nerve_layer_plot_band (&self->plot, self->whole.curve.color, self->whole.low, self->whole.high);
  for (guint k = 0; k < N_CURVES; k++)
    {
      nerve_layer_plot_curve (&self->plot, &self->outside[painting_order[k]]);
      nerve_layer_plot_curve (&self->plot, &self->curves[painting_order[k]]);
    }
  if (self->tensors)
    nerve_layer_plot_names (&self->plot, self->curves, N_CURVES, NERVE_LAYER_GROUP_TENSOR);
  else
    nerve_layer_plot_names (&self->plot, self->outside, N_CURVES, NERVE_LAYER_GROUP_VECTOR);
}

static void
say_zero (const Decay *self, cairo_t *cr)
{
  const NerveStyle *style = self->plot.style;

  nerve_text_draw_within (cr, style, _("all zero at this η"), style->caption, NERVE_TEXT_CENTER | NERVE_TEXT_MIDDLE,
                          style->dim, (self->plot.left + self->plot.right) / 2,
                          (self->plot.top + self->plot.bottom) / 2, self->plot.right - self->plot.left);
}

void
nerve_decay_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                         double width, double height)
{
  g_auto (Decay) self = { .any = FALSE };
  g_autofree char *eta = NULL;
  g_autofree char *caption = NULL;

  if (width < 1 || height < 1 || !decay_init (&self, model, style, cr, width, height))
    return;

  cairo_save (cr);
  eta = nerve_text_short (self.eta, 4);
  caption = g_strdup_printf (self.groups != NULL ? _("Ω at η = %s") : _("Betti numbers at η = %s"), eta);
  nerve_layer_plot_caption (&self.plot, caption);
  nerve_layer_plot_ground (&self.plot, &self.ticks);
  if (self.zero)
    say_zero (&self, cr);
  else if (self.groups != NULL)
    draw_groups (&self);
  else
    draw_numbers (&self);
  cairo_restore (cr);
}

gboolean
nerve_decay_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                        double height, double x, double y, NerveHit *hit)
{
  g_auto (Decay) self = { .any = FALSE };

  return width >= 1 && height >= 1 && decay_init (&self, model, style, NULL, width, height) &&
         nerve_layer_plot_hit (&self.plot, x, y, hit);
}

void
nerve_decay_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                          double height, GArray *hits)
{
  g_auto (Decay) self = { .any = FALSE };

  if (width >= 1 && height >= 1 && decay_init (&self, model, style, NULL, width, height))
    nerve_layer_plot_marks (&self.plot, hits);
}

char *
nerve_decay_figure_describe (const NerveFigureModel *model, guint layer)
{
  g_autofree double *omega = g_new (double, MAX (model->n_layers, 1));
  NerveDecayScores scores;
  guint n = 0;
  GString *text;

  for (guint i = 0; i < model->n_layers; i++)
    {
      g_autoptr (NerveBettiLayer) betti = nerve_figure_model_betti (model, i);
      double mean[4];

      if (betti == NULL || nerve_betti_layer_get_n_etas (betti) == 0 ||
          nerve_dataset_get_layer (model->dataset, i)->is_vector ||
          nerve_layer_group (nerve_dataset_get_layer (model->dataset, i)) != NERVE_LAYER_GROUP_TENSOR)
        continue;
      nerve_betti_layer_mean (betti, 0, mean);
      omega[n++] = mean[3];
    }
  if (n == 0)
    return g_strdup (_("There are no Betti numbers of tensors."));

  text = g_string_new (NULL);
  {
    g_autofree char *first = nerve_text_number (omega[0], 2);
    g_autofree char *last = nerve_text_number (omega[n - 1], 2);

    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE,
                                               "Betti numbers over the layers: Ω goes from %s to %s in %u layer",
                                               "Betti numbers over the layers: Ω goes from %s to %s in %u layers", n),
                            first, last, n);
  }
  nerve_decay_scores (omega, n, NERVE_DECAY_X_LAYERS, &scores);
  if (isfinite (scores.theta))
    {
      g_autofree char *theta = nerve_text_number (scores.theta, 2);

      g_string_append_printf (text, _("; decay score θ = %s"), theta);
    }
  g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}
