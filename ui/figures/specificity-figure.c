#include "figures/kinds.h"

#include <math.h>

#include <glib/gi18n.h>

#include "figures/layer-plot.h"
#include "figures/text.h"

/* How far a layer is from the same one in networks of other seeds, beside the other layers and layers dealt out at
 * random: a distance that means something keeps the first line below the band. */

#define N_CURVES 2

typedef struct
{
  NerveLayerPlot          plot;
  NerveTicks              ticks;
  const NerveSpecificity *result;
  NerveLayerCurve         curves[N_CURVES];
  double                 *low;  /* of the control; one a layer */
  double                 *high;
} Specificity;

static void
specificity_clear (Specificity *self)
{
  nerve_layer_plot_clear (&self->plot);
  for (guint k = 0; k < N_CURVES; k++)
    g_free (self->curves[k].values);
  g_free (self->low);
  g_free (self->high);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Specificity, specificity_clear)

static const NerveSpecificity *
result_of (const NerveFigureModel *model)
{
  const NerveSpecificity *result = model->network != NULL ? model->network->specificity : NULL;

  return result != NULL && nerve_specificity_get_n (result) == model->n_layers ? result : NULL;
}

static void
take_values (Specificity *self, guint n, const NerveStyle *style, double *upper)
{
  self->curves[0] = (NerveLayerCurve) { _("same layer"), style->text, 2.2, FALSE, NERVE_MARK_DOT, 2.8, TRUE };
  self->curves[1] = (NerveLayerCurve) { _("other layers"), style->dim, 1.4, TRUE, NERVE_MARK_NONE, 0, FALSE };
  for (guint k = 0; k < N_CURVES; k++)
    self->curves[k].values = g_new (double, n);
  self->low = g_new (double, n);
  self->high = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      const NerveSpecificityLayer *layer = nerve_specificity_get_layer (self->result, i);
      const double values[] = { layer->same, layer->others, layer->control_high };

      self->curves[0].values[i] = layer->same;
      self->curves[1].values[i] = layer->others;
      self->low[i] = layer->control_low;
      self->high[i] = layer->control_high;
      for (guint k = 0; k < G_N_ELEMENTS (values); k++)
        if (isfinite (values[k]))
          *upper = MAX (*upper, values[k]);
    }
}

static gboolean
specificity_init (Specificity *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr, double width,
                  double height)
{
  double upper = 0;

  self->result = result_of (model);
  if (self->result == NULL || width < 1 || height < 1)
    return FALSE;

  take_values (self, model->n_layers, style, &upper);
  upper = upper > 0 ? 1.05 * upper : 1;
  nerve_ticks_linear (0, upper, 4, &self->ticks);
  nerve_layer_plot_init (&self->plot, model, style, cr, width, height, &self->ticks,
                         nerve_layer_plot_names_width (style, self->curves, N_CURVES) + 9 * style->scale, 0);
  self->plot.upper = upper;

  return TRUE;
}

void
nerve_specificity_figure_draw (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                               double width, double height)
{
  g_auto (Specificity) self = { .result = NULL };
  g_autofree char *caption = NULL;
  NerveMeasureKind measure;

  if (!specificity_init (&self, model, style, cr, width, height))
    return;

  measure = nerve_specificity_get_measure (self.result);
  /* Translators: 1 − if a measure is a similarity, a measure, how many networks */
  caption = g_strdup_printf (_("%s%s between %u networks; band: layers permuted"),
                             nerve_measure_is_similarity (measure) ? "1 − " : "", nerve_measure_title (measure),
                             nerve_specificity_get_n_models (self.result));
  cairo_save (cr);
  nerve_layer_plot_caption (&self.plot, caption);
  nerve_layer_plot_ground (&self.plot, &self.ticks);
  nerve_layer_plot_band (&self.plot, style->text, self.low, self.high);
  for (guint k = 0; k < N_CURVES; k++)
    nerve_layer_plot_curve (&self.plot, &self.curves[k]);
  nerve_layer_plot_names (&self.plot, self.curves, N_CURVES, -1);
  cairo_restore (cr);
}

gboolean
nerve_specificity_figure_hit (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                              double height, double x, double y, NerveHit *hit)
{
  g_auto (Specificity) self = { .result = NULL };

  return specificity_init (&self, model, style, NULL, width, height) && nerve_layer_plot_hit (&self.plot, x, y, hit);
}

void
nerve_specificity_figure_marks (const NerveFigureModel *model, guint layer, const NerveStyle *style, double width,
                                double height, GArray *hits)
{
  g_auto (Specificity) self = { .result = NULL };

  if (specificity_init (&self, model, style, NULL, width, height))
    nerve_layer_plot_marks (&self.plot, hits);
}

char *
nerve_specificity_figure_describe (const NerveFigureModel *model, guint layer)
{
  const NerveSpecificity *result = result_of (model);
  g_autofree char *share = NULL;
  g_autofree char *rank = NULL;
  g_autofree char *p = NULL;
  const NerveSpecificityLayer *all;

  if (result == NULL)
    return g_strdup (_("Whether a distance finds the same layer again in another network has not been tested yet."));

  all = nerve_specificity_get_all (result);
  share = nerve_text_percent (all->share);
  rank = nerve_text_number (all->rank, 2);
  p = nerve_text_number (all->p, 2);
  /* Translators: a measure, how many networks, a share, a mean rank, a probability */
  return g_strdup_printf (_("%s between %u networks: %s of other layers are farther than the same one, whose rank is "
                            "%s in the mean (p = %s, layers permuted)."),
                          nerve_measure_title (nerve_specificity_get_measure (result)),
                          nerve_specificity_get_n_models (result), share, rank, p);
}
