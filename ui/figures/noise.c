#include "figures/noise.h"

#include <math.h>

#include "mapper/statistics.h"
#include "mapper/structure.h"

static double
find_accuracy (NerveMapper *mapper, NerveDataset *dataset)
{
  gsize n = nerve_cloud_get_n (nerve_mapper_get_cloud (mapper));
  g_autofree guint32 *rows = g_new (guint32, MAX (n, 1));
  NerveStatistics statistics;

  for (gsize i = 0; i < n; i++)
    rows[i] = i;
  nerve_statistics_measure (mapper, rows, n, nerve_dataset_get_labels (dataset),
                            nerve_dataset_get_predictions (dataset), &statistics, NULL);

  return statistics.accuracy;
}

void
nerve_noise_summary_init (NerveNoiseSummary *self, NerveMapper *mapper, const NervePurity *purity,
                          NerveDataset *dataset)
{
  g_autoptr (NerveStructure) structure = nerve_structure_new (mapper);

  *self = (NerveNoiseSummary) {
    .nodes = nerve_mapper_get_n_nodes (mapper),
    .edges = nerve_mapper_get_n_edges (mapper),
    .components = nerve_mapper_get_n_components (mapper),
    .cycles = nerve_structure_get_n_cycles (structure),
    .leaves = nerve_structure_get_n_leaves (structure),
    .flares = nerve_structure_get_n_flares (structure),
    .coverage = nerve_mapper_get_coverage (mapper),
    .purity = purity != NULL ? nerve_purity_get_nodewise (purity) : NAN,
    .weighted_purity = purity != NULL ? nerve_purity_get_nodewise_weighted (purity) : NAN,
    .accuracy = find_accuracy (mapper, dataset),
  };
}

NerveNoise *
nerve_noise_new (NerveDataset * const datasets[NERVE_N_NOISE_SIDES], const guint layers[NERVE_N_NOISE_SIDES],
                 NerveGraph * const graphs[NERVE_N_NOISE_SIDES], NerveCoupling *coupling)
{
  NerveNoise *self = g_new0 (NerveNoise, 1);

  g_atomic_ref_count_init (&self->ref);
  for (guint side = 0; side < NERVE_N_NOISE_SIDES; side++)
    {
      self->datasets[side] = nerve_dataset_ref (datasets[side]);
      self->layers[side] = layers[side];
      self->graphs[side] = nerve_graph_ref (graphs[side]);
      nerve_noise_summary_init (&self->summaries[side], graphs[side]->mapper, graphs[side]->purity[0], datasets[side]);
    }
  self->coupling = coupling != NULL ? nerve_coupling_ref (coupling) : NULL;

  return self;
}

NerveNoise *
nerve_noise_ref (NerveNoise *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_noise_unref (NerveNoise *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  for (guint side = 0; side < NERVE_N_NOISE_SIDES; side++)
    {
      nerve_graph_unref (self->graphs[side]);
      nerve_dataset_unref (self->datasets[side]);
    }
  g_clear_pointer (&self->coupling, nerve_coupling_unref);
  g_free (self);
}

gsize
nerve_noise_size (const NerveNoise *self)
{
  guint n = 0;

  if (self->coupling != NULL)
    nerve_coupling_get_ribbons (self->coupling, &n);

  return sizeof *self + n * sizeof (NerveRibbon);
}
