#include "config.h"

#include "app/flow.h"

#include <string.h>

static gboolean
has_nodes (const NerveGraph *graph)
{
  return graph != NULL && nerve_mapper_get_n_nodes (graph->mapper) > 0;
}

/* An empty graph has no coupling with its neighbours; the figure shows a gap. */
static gboolean
couple (NerveFlow *self, guint c, const NerveLayerResults *layers, gsize n_images, const NerveProgress *progress,
        GError **error)
{
  NerveGraph *from = layers[self->columns[c]].graph;
  NerveGraph *to = layers[self->columns[c + 1]].graph;
  g_autoptr (NerveMembership) source = NULL;
  g_autoptr (NerveMembership) target = NULL;

  if (!has_nodes (from) || !has_nodes (to))
    return TRUE;
  source = nerve_membership_new (from->mapper, NULL, n_images);
  target = nerve_membership_new (to->mapper, NULL, n_images);
  self->couplings[c] = nerve_coupling_new (source, target, progress, error);

  return self->couplings[c] != NULL;
}

NerveFlow *
nerve_flow_new (NerveDataset *dataset, const guint *columns, guint n_columns, const NerveLayerResults *layers,
                const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveFlow) self = g_new0 (NerveFlow, 1);

  g_atomic_ref_count_init (&self->ref);
  self->n_columns = MIN (n_columns, NERVE_FLOW_MOST);
  memcpy (self->columns, columns, self->n_columns * sizeof *columns);
  for (guint c = 0; c + 1 < self->n_columns; c++)
    {
      NerveProgress part = nerve_progress_part (progress, c / (self->n_columns - 1.), (c + 1) / (self->n_columns - 1.));

      if (!couple (self, c, layers, nerve_dataset_get_n (dataset), &part, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

NerveFlow *
nerve_flow_new_of_twin (NerveTwin *twin)
{
  NerveFlow *self = g_new0 (NerveFlow, 1);

  g_atomic_ref_count_init (&self->ref);
  self->twin = twin;

  return self;
}

NerveFlow *
nerve_flow_ref (NerveFlow *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_flow_unref (NerveFlow *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  for (guint c = 0; c < NERVE_FLOW_MOST; c++)
    g_clear_pointer (&self->couplings[c], nerve_coupling_unref);
  g_clear_pointer (&self->twin, nerve_twin_unref);
  g_free (self);
}

gsize
nerve_flow_size (const NerveFlow *self)
{
  gsize size = sizeof *self;

  for (guint c = 0; c < NERVE_FLOW_MOST; c++)
    {
      guint n = 0;

      if (self->couplings[c] != NULL)
        nerve_coupling_get_ribbons (self->couplings[c], &n);
      size += n * sizeof (NerveRibbon);
    }
  if (self->twin != NULL)
    size += self->twin->n_images * sizeof (guint32);

  return size;
}

gboolean
nerve_flow_is_of (const NerveFlow *self, const guint *columns, guint n_columns)
{
  return self->twin == NULL && self->n_columns == n_columns &&
         memcmp (self->columns, columns, n_columns * sizeof *columns) == 0;
}
