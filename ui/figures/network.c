#include "figures/network.h"

#include <string.h>

#include "figures/noise.h"
#include "figures/sweep.h"
#include "figures/twin.h"

void
nerve_network_results_init (NerveNetworkResults *self, guint n_layers, guint n_columns)
{
  *self = (NerveNetworkResults) {
    .n_layers = n_layers, .n_couplings = n_columns > 0 ? n_columns - 1 : 0, .cell = { -1, -1 },
  };
  self->hierarchies = g_new0 (NerveHierarchy *, MAX (n_layers, 1));
  self->sensitivities = g_new0 (NerveSensitivity *, MAX (n_layers, 1));
  self->sweeps = g_new0 (NerveSweep *, MAX (n_layers, 1));
  self->noises = g_new0 (NerveNoise *, MAX (n_layers, 1));
  self->couplings = g_new0 (NerveCoupling *, MAX (self->n_couplings, 1));
}

void
nerve_network_results_clear (NerveNetworkResults *self)
{
  g_clear_pointer (&self->matrix, nerve_layer_matrix_unref);
  g_clear_pointer (&self->map, nerve_layer_matrix_unref);
  g_clear_pointer (&self->parting, nerve_parting_unref);
  g_clear_pointer (&self->specificity, nerve_specificity_unref);
  g_clear_pointer (&self->twin, nerve_twin_unref);
  for (guint i = 0; i < self->n_layers; i++)
    {
      g_clear_pointer (&self->hierarchies[i], nerve_hierarchy_unref);
      g_clear_pointer (&self->sensitivities[i], nerve_sensitivity_unref);
      g_clear_pointer (&self->sweeps[i], nerve_sweep_unref);
      g_clear_pointer (&self->noises[i], nerve_noise_unref);
    }
  for (guint i = 0; i < self->n_couplings; i++)
    g_clear_pointer (&self->couplings[i], nerve_coupling_unref);
  g_clear_pointer (&self->hierarchies, g_free);
  g_clear_pointer (&self->sensitivities, g_free);
  g_clear_pointer (&self->sweeps, g_free);
  g_clear_pointer (&self->noises, g_free);
  g_clear_pointer (&self->couplings, g_free);
  self->n_layers = self->n_couplings = 0;
}

NerveNetworkResults *
nerve_network_results_new (guint n_layers, guint n_columns)
{
  NerveNetworkResults *self = g_new (NerveNetworkResults, 1);

  nerve_network_results_init (self, n_layers, n_columns);
  g_atomic_ref_count_init (&self->ref);

  return self;
}

NerveNetworkResults *
nerve_network_results_ref (NerveNetworkResults *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_network_results_unref (NerveNetworkResults *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  nerve_network_results_clear (self);
  g_free (self);
}

gboolean
nerve_network_results_same (const NerveNetworkResults *a, const NerveNetworkResults *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->n_layers != b->n_layers || a->n_couplings != b->n_couplings)
    return FALSE;

  return a->matrix == b->matrix && a->by_dendrogram == b->by_dendrogram && a->map == b->map &&
         a->cell[0] == b->cell[0] && a->cell[1] == b->cell[1] && a->parting == b->parting &&
         a->specificity == b->specificity && a->twin == b->twin &&
         memcmp (a->hierarchies, b->hierarchies, a->n_layers * sizeof *a->hierarchies) == 0 &&
         memcmp (a->sensitivities, b->sensitivities, a->n_layers * sizeof *a->sensitivities) == 0 &&
         memcmp (a->sweeps, b->sweeps, a->n_layers * sizeof *a->sweeps) == 0 &&
         memcmp (a->noises, b->noises, a->n_layers * sizeof *a->noises) == 0 &&
         memcmp (a->couplings, b->couplings, a->n_couplings * sizeof *a->couplings) == 0;
}
