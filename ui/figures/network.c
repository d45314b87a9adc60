#include "figures/network.h"

void
nerve_network_results_init (NerveNetworkResults *self, guint n_layers, guint n_columns)
{
  *self = (NerveNetworkResults) { .n_layers = n_layers, .n_couplings = n_columns > 0 ? n_columns - 1 : 0 };
  self->hierarchies = g_new0 (NerveHierarchy *, MAX (n_layers, 1));
  self->projections = g_new0 (NerveProjection *, MAX (n_layers, 1));
  self->couplings = g_new0 (NerveCoupling *, MAX (self->n_couplings, 1));
}

void
nerve_network_results_clear (NerveNetworkResults *self)
{
  g_clear_pointer (&self->matrix, nerve_layer_matrix_unref);
  g_clear_pointer (&self->parting, nerve_parting_unref);
  for (guint i = 0; i < self->n_layers; i++)
    {
      g_clear_pointer (&self->hierarchies[i], nerve_hierarchy_unref);
      g_clear_pointer (&self->projections[i], nerve_projection_unref);
    }
  for (guint i = 0; i < self->n_couplings; i++)
    g_clear_pointer (&self->couplings[i], nerve_coupling_unref);
  g_clear_pointer (&self->hierarchies, g_free);
  g_clear_pointer (&self->projections, g_free);
  g_clear_pointer (&self->couplings, g_free);
  self->n_layers = self->n_couplings = 0;
}
