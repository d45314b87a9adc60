#include "layers/betti-heat.h"

#include <math.h>

/* Of each image's steps: the longest tail of all layers would else leave the others no way. */
#define LEAST_STEPS .01
#define MOST_STEPS .98

struct _NerveBettiHeat
{
  gatomicrefcount references;
  guint           n_layers;
  guint           n_etas;
  double         *etas;
  double        **means; /* of each layer n_etas × 4, or NULL */
};

gboolean
nerve_betti_heat_find_range (NerveBettiCurves * const *curves, guint n_layers, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < n_layers; i++)
    {
      double first, last;

      if (curves[i] == NULL)
        continue;
      first = nerve_betti_curves_get_quantile (curves[i], LEAST_STEPS);
      last = nerve_betti_curves_get_quantile (curves[i], MOST_STEPS);
      if (isnan (first))
        continue;
      *low = MIN (*low, first);
      *high = MAX (*high, last);
    }

  return *low < *high;
}

/* Threshold by threshold, so that only one layer of numbers is in memory. */
static gboolean
fill_layer (NerveBettiHeat *self, guint layer, const NerveBettiCurves *curves, const NerveProgress *progress,
            GError **error)
{
  self->means[layer] = g_new (double, 4 * self->n_etas);
  for (guint k = 0; k < self->n_etas; k++)
    {
      g_autoptr (NerveBettiLayer) numbers = NULL;

      if (!nerve_progress_step (progress, (layer + (double) k / self->n_etas) / self->n_layers))
        return nerve_progress_set_cancelled (error);
      numbers = nerve_betti_curves_at (curves, &self->etas[k], 1, error);
      if (numbers == NULL)
        return FALSE;
      nerve_betti_layer_mean (numbers, 0, self->means[layer] + 4 * k);
    }

  return TRUE;
}

NerveBettiHeat *
nerve_betti_heat_new (NerveBettiCurves * const *curves, guint n_layers, guint n_etas, const NerveProgress *progress,
                      GError **error)
{
  g_autoptr (NerveBettiHeat) self = NULL;
  double low, high;

  g_return_val_if_fail (curves != NULL && n_etas >= 2, NULL);

  if (!nerve_betti_heat_find_range (curves, n_layers, &low, &high))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "no layer's Betti numbers change with η");
      return NULL;
    }

  self = g_new0 (NerveBettiHeat, 1);
  g_atomic_ref_count_init (&self->references);
  self->n_layers = n_layers;
  self->n_etas = n_etas;
  self->etas = g_new (double, n_etas);
  self->means = g_new0 (double *, n_layers);
  for (guint k = 0; k < n_etas; k++)
    self->etas[k] = low + (high - low) * k / (n_etas - 1);
  for (guint i = 0; i < n_layers; i++)
    if (curves[i] != NULL && !fill_layer (self, i, curves[i], progress, error))
      return NULL;

  return g_steal_pointer (&self);
}

NerveBettiHeat *
nerve_betti_heat_ref (NerveBettiHeat *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_betti_heat_unref (NerveBettiHeat *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (guint i = 0; i < self->n_layers; i++)
    g_free (self->means[i]);
  g_free (self->means);
  g_free (self->etas);
  g_free (self);
}

guint
nerve_betti_heat_get_n_layers (const NerveBettiHeat *self)
{
  return self->n_layers;
}

guint
nerve_betti_heat_get_n_etas (const NerveBettiHeat *self)
{
  return self->n_etas;
}

const double *
nerve_betti_heat_get_etas (const NerveBettiHeat *self)
{
  return self->etas;
}

const double *
nerve_betti_heat_get (const NerveBettiHeat *self, guint layer, guint eta)
{
  g_return_val_if_fail (layer < self->n_layers && eta < self->n_etas, NULL);

  return self->means[layer] != NULL ? self->means[layer] + 4 * eta : NULL;
}
