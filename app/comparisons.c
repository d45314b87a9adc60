#include "config.h"

#include "app/comparisons.h"

#include "app/flow.h"
#include "app/sweeps.h"

void
nerve_comparison_parameters_init (NerveComparisonParameters *self)
{
  *self = (NerveComparisonParameters) { .from_mapper = FALSE };
  nerve_parameters_init (&nerve_measure_table, &self->measure);
  nerve_parameters_init (&nerve_parting_table, &self->parting);
  nerve_parameters_init (&nerve_sensitivity_table, &self->sensitivity);
}

void
nerve_comparison_parameters_clear (NerveComparisonParameters *self)
{
  nerve_parameters_clear (&nerve_measure_table, &self->measure);
  nerve_parameters_clear (&nerve_parting_table, &self->parting);
  nerve_parameters_clear (&nerve_sensitivity_table, &self->sensitivity);
}

static gboolean
compute_matrix (NerveDataset *dataset, const NerveLayerParameters *parameters, const NerveComparisonParameters *network,
                NerveNetworkResults *results, const NerveProgress *progress, GError **error)
{
  guint n = nerve_dataset_get_n_layers (dataset);
  g_autofree const NerveCloudParameters **clouds = g_new (const NerveCloudParameters *, n);
  g_autofree const NerveMapperParameters **mappers = g_new (const NerveMapperParameters *, n);
  NerveModelLayers model = { dataset, clouds, mappers };

  for (guint i = 0; i < n; i++)
    {
      clouds[i] = &parameters[i].cloud;
      mappers[i] = &parameters[i].mapper;
    }
  if (!nerve_cloud_leave_out (dataset, clouds, NULL, error))
    return FALSE;
  results->matrix = nerve_layer_matrix_new (&model, NULL, &network->measure, progress, error);
  results->by_dendrogram = network->by_dendrogram;

  return results->matrix != NULL;
}

static gboolean
compute_parting (NerveDataset *dataset, const NerveLayerParameters *parameters, const NerveLayerResults *layers,
                 const NerveComparisonParameters *network, NerveNetworkResults *results, const NerveProgress *progress,
                 GError **error)
{
  guint n = nerve_dataset_get_n_layers (dataset);
  g_autofree NerveSharing **sharing = g_new0 (NerveSharing *, n);

  for (guint i = 0; i < n; i++)
    if (layers[i].graph != NULL)
      sharing[i] = nerve_sharing_new (layers[i].graph->mapper);
  results->parting = nerve_parting_new (dataset, sharing, NULL, &network->parting, parameters[0].cloud.seed, progress,
                                        error);
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&sharing[i], nerve_sharing_unref);

  return results->parting != NULL;
}

/* The graph's cloud where there is a graph, else a new one. */
static NerveCloud *
cloud_of (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, const NerveLayerResults *layers,
          const NerveProgress *progress, GError **error)
{
  if (layers[layer].graph != NULL)
    return nerve_cloud_ref (nerve_mapper_get_cloud (layers[layer].graph->mapper));

  return nerve_cloud_new (dataset, layer, &parameters[layer].cloud, progress, error);
}

static NerveMapper *
mapper_of (NerveCloud *cloud, guint layer, const NerveLayerParameters *parameters, const NerveLayerResults *layers,
           const NerveProgress *progress, GError **error)
{
  if (layers[layer].graph != NULL)
    return nerve_mapper_ref (layers[layer].graph->mapper);

  return nerve_mapper_new (cloud, &parameters[layer].mapper, parameters[layer].cloud.paper, progress, error);
}

static gboolean
compute_hierarchy (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                   const NerveLayerResults *layers, gboolean from_mapper, NerveHierarchy **hierarchy,
                   const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveCloud) cloud = cloud_of (dataset, layer, parameters, layers, progress, error);
  g_autoptr (NerveMapper) mapper = NULL;

  if (cloud == NULL || *hierarchy != NULL)
    return cloud != NULL;
  if (from_mapper && (mapper = mapper_of (cloud, layer, parameters, layers, progress, error)) == NULL)
    return FALSE;
  *hierarchy = from_mapper ? nerve_hierarchy_new_from_mapper (mapper, dataset, error)
                           : nerve_hierarchy_new_from_cloud (cloud, dataset, progress, error);

  return *hierarchy != NULL;
}

static gboolean
compute_sensitivity (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                     const NerveComparisonParameters *network, NerveSensitivity **sensitivity,
                     const NerveProgress *progress, GError **error)
{
  if (*sensitivity == NULL)
    *sensitivity = nerve_sensitivity_new (&dataset, &layer, 1, &parameters[layer].cloud, &network->measure,
                                          &network->sensitivity, progress, error);

  return *sensitivity != NULL;
}

static gboolean
compute_sweep (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, gboolean by_eps,
               NerveSweep **sweep, const NerveProgress *progress, GError **error)
{
  if (*sweep == NULL)
    *sweep = nerve_sweeps_compute (dataset, layer, parameters, by_eps, progress, error);

  return *sweep != NULL;
}

static gboolean
compute_couplings (NerveDataset *dataset, const guint *columns, guint n_columns, const NerveLayerResults *layers,
                   NerveNetworkResults *results, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveFlow) flow = nerve_flow_new (dataset, columns, n_columns, layers, progress, error);

  for (guint c = 0; flow != NULL && c < results->n_couplings && c < NERVE_FLOW_MOST; c++)
    results->couplings[c] = flow->couplings[c] != NULL ? nerve_coupling_ref (flow->couplings[c]) : NULL;

  return flow != NULL;
}

gboolean
nerve_comparisons_compute (NerveDataset *dataset, guint flags, const guint *columns, guint n_columns,
                           const NerveLayerParameters *parameters, const NerveLayerResults *layers,
                           const NerveComparisonParameters *network, NerveNetworkResults *results,
                           const NerveProgress *progress, GError **error)
{
  NerveProgress comparing = nerve_progress_part (progress, 0, .6);
  NerveProgress rest = nerve_progress_part (progress, .6, 1);
  /* One tree beside all pairs: that of the last column. */
  guint first = !(flags & NERVE_FIGURE_NEEDS_PARTING) || n_columns == 0 ? 0 : n_columns - 1;

  nerve_network_results_init (results, nerve_dataset_get_n_layers (dataset), n_columns);
  if ((flags & NERVE_FIGURE_NEEDS_MATRIX) &&
      !compute_matrix (dataset, parameters, network, results, &comparing, error))
    return FALSE;
  if ((flags & NERVE_FIGURE_NEEDS_PARTING) &&
      !compute_parting (dataset, parameters, layers, network, results, &comparing, error))
    return FALSE;
  if ((flags & NERVE_FIGURE_NEEDS_COUPLINGS) &&
      !compute_couplings (dataset, columns, n_columns, layers, results, &rest, error))
    return FALSE;
  for (guint c = first; c < n_columns; c++)
    {
      guint layer = columns[c];

      if ((flags & NERVE_FIGURE_NEEDS_HIERARCHY) &&
          !compute_hierarchy (dataset, layer, parameters, layers, network->from_mapper, &results->hierarchies[layer],
                              &rest, error))
        return FALSE;
      if ((flags & NERVE_FIGURE_NEEDS_SENSITIVITY) &&
          !compute_sensitivity (dataset, layer, parameters, network, &results->sensitivities[layer], &rest, error))
        return FALSE;
      if ((flags & NERVE_FIGURE_NEEDS_SWEEP) &&
          !compute_sweep (dataset, layer, &parameters[layer], network->sweep_by_eps, &results->sweeps[layer], &rest,
                          error))
        return FALSE;
    }

  return TRUE;
}
