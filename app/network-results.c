#include "config.h"

#include "app/network-results.h"

#include <glib/gi18n.h>

#include "app/comparisons.h"
#include "app/noise.h"
#include "app/rivals.h"
#include "app/seed-tests.h"
#include "app/sweeps.h"
#include "app/twin-flow.h"
#include "layers/betti-band.h"
#include "layers/betti-heat.h"
#include "layers/hierarchy.h"
#include "layers/parting.h"
#include "layers/sublevel.h"

NerveNetworkInput *
nerve_network_input_new (NerveDataset *dataset, guint layer, gsize image, const NerveLayerParameters *parameters,
                         const NerveLayerResults *layers)
{
  NerveNetworkInput *self = g_new0 (NerveNetworkInput, 1);

  g_atomic_ref_count_init (&self->ref);
  self->dataset = nerve_dataset_ref (dataset);
  self->n_layers = nerve_dataset_get_n_layers (dataset);
  self->parameters = g_new0 (NerveLayerParameters, self->n_layers);
  self->layer = layer;
  self->image = image;
  self->layers = g_memdup2 (layers, self->n_layers * sizeof *layers);
  for (guint i = 0; i < self->n_layers; i++)
    {
      nerve_layer_parameters_init (&self->parameters[i]);
      nerve_layer_parameters_copy (&self->parameters[i], &parameters[i]);
      for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
        {
          gpointer *slot = nerve_result_slot (&self->layers[i], kind);

          if (*slot != NULL)
            nerve_result_type (kind)->ref (*slot);
        }
    }

  return self;
}

NerveNetworkInput *
nerve_network_input_ref (NerveNetworkInput *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_network_input_unref (NerveNetworkInput *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  for (guint i = 0; i < self->n_layers; i++)
    {
      nerve_layer_parameters_clear (&self->parameters[i]);
      for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
        {
          gpointer *slot = nerve_result_slot (&self->layers[i], kind);

          if (*slot != NULL)
            nerve_result_type (kind)->unref (*slot);
        }
    }
  g_clear_pointer (&self->matrix, nerve_matrix_input_unref);
  g_free (self->parameters);
  g_free (self->layers);
  nerve_dataset_unref (self->dataset);
  g_free (self);
}

/* Where classes part */

static gpointer
compute_parting (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  NerveComparisonParameters parameters;
  NerveNetworkResults results = { 0 };
  NerveParting *parting = NULL;

  nerve_comparison_parameters_init (&parameters);
  if (nerve_comparisons_compute (input->dataset, NERVE_FIGURE_NEEDS_PARTING, NULL, 0, input->parameters,
                                 input->layers, &parameters, &results, progress, error))
    parting = nerve_parting_ref (results.parting);
  nerve_network_results_clear (&results);
  nerve_comparison_parameters_clear (&parameters);

  return parting;
}

static gsize
parting_size (gpointer result)
{
  gsize pairs = 0;

  for (guint level = 0; level < nerve_parting_get_n_levels (result); level++)
    {
      gsize n = nerve_parting_get_n (result, level);

      pairs += n * n;
    }

  return pairs * (nerve_parting_get_n_layers (result) * sizeof (NerveMixPoint) + sizeof (NervePartingPair));
}

static gpointer ref_parting (gpointer result) { return nerve_parting_ref (result); }
static void unref_parting (gpointer result) { nerve_parting_unref (result); }

/* How a layer orders the classes */

static gpointer
compute_hierarchy (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  const NerveGraph *graph = input->layers[input->layer].graph;

  if (graph == NULL)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("%s: there are no points to compare classes by"),
                   nerve_dataset_get_layer (input->dataset, input->layer)->name);
      return NULL;
    }

  return nerve_hierarchy_new_from_cloud (nerve_mapper_get_cloud (graph->mapper), input->dataset, progress, error);
}

static gsize
hierarchy_size (gpointer result)
{
  gsize n = nerve_hierarchy_get_n (result);

  return n * n * sizeof (double) + n * (sizeof (NerveMerge) + 2 * sizeof (guint));
}

static gpointer ref_hierarchy (gpointer result) { return nerve_hierarchy_ref (result); }
static void unref_hierarchy (gpointer result) { nerve_hierarchy_unref (result); }

/* Mean Betti numbers over η */

static gpointer
compute_heat (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  g_autofree NerveBettiCurves **curves = g_new0 (NerveBettiCurves *, input->n_layers + 1);

  for (guint i = 0; i < input->n_layers; i++)
    curves[i] = input->layers[i].curves;

  return nerve_betti_heat_new (curves, input->n_layers, NERVE_BETTI_HEAT_ETAS, progress, error);
}

static gsize
heat_size (gpointer result)
{
  return (gsize) nerve_betti_heat_get_n_layers (result) * nerve_betti_heat_get_n_etas (result) * 4 * sizeof (double);
}

static gpointer ref_heat (gpointer result) { return nerve_betti_heat_ref (result); }
static void unref_heat (gpointer result) { nerve_betti_heat_unref (result); }

/* Images drawn again and again, so that what is counted on them gets a band */

static gpointer
compute_resampling (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_betti_band_bootstrap (input->dataset, NERVE_RESAMPLING_REPLICATES, 0, error);
}

static gsize
resampling_size (gpointer result)
{
  return nerve_resampling_get_n_images (result) * nerve_resampling_get_n_replicates (result) * sizeof (guint16);
}

static gpointer ref_resampling (gpointer result) { return nerve_resampling_ref (result); }
static void unref_resampling (gpointer result) { nerve_resampling_unref (result); }

/* Graphs over a grid of parameters */

static gpointer
compute_sweep_overlap (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_sweeps_compute (input->dataset, input->layer, &input->parameters[input->layer], FALSE, progress, error);
}

static gpointer
compute_sweep_eps (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_sweeps_compute (input->dataset, input->layer, &input->parameters[input->layer], TRUE, progress, error);
}

static char *
sweep_overlap_key (const NerveNetworkInput *input)
{
  return nerve_sweeps_key (input->layer, &input->parameters[input->layer], FALSE);
}

static char *
sweep_eps_key (const NerveNetworkInput *input)
{
  return nerve_sweeps_key (input->layer, &input->parameters[input->layer], TRUE);
}

static gsize
sweep_size (gpointer result)
{
  const NerveSweep *sweep = result;
  gsize size = 0;

  for (guint i = 0; i < sweep->n_columns * sweep->n_rows; i++)
    size += nerve_result_type (NERVE_RESULT_GRAPH)->size (sweep->graphs[i]);

  return size;
}

static gpointer ref_sweep (gpointer result) { return nerve_sweep_ref (result); }
static void unref_sweep (gpointer result) { nerve_sweep_unref (result); }

/* One image's tensor */

static gpointer
compute_sublevel (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_sublevel_new (input->dataset, input->layer, input->image, error);
}

static char *
sublevel_key (const NerveNetworkInput *input)
{
  return g_strdup_printf ("%u|%zu", input->layer, input->image);
}

static gsize
sublevel_size (gpointer result)
{
  const gsize *shape = nerve_sublevel_get_shape (result);

  return shape[0] * shape[1] * shape[2] * sizeof (double);
}

static gpointer ref_sublevel (gpointer result) { return nerve_sublevel_ref (result); }
static void unref_sublevel (gpointer result) { nerve_sublevel_unref (result); }

/* Scores that come from no curve */

static gpointer
compute_tau (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_rivals_new (input->dataset, NERVE_RANKING_OF_DIAGRAMS, progress, error);
}

static gpointer
compute_transfer (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_rivals_new (input->dataset, NERVE_RANKING_OF_TRANSFER, progress, error);
}

static gsize
rivals_size (gpointer result)
{
  return NERVE_N_RANKING_SCORES * (sizeof (double) + 80);
}

static gpointer ref_rivals (gpointer result) { return nerve_rivals_ref (result); }
static void unref_rivals (gpointer result) { nerve_rivals_unref (result); }

/* Layers against layers */

static gpointer
compute_matrix (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_matrix_input_compute (input->matrix, input->dataset, input->parameters, FALSE, progress, error);
}

static gpointer
compute_map (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_matrix_input_compute (input->matrix, input->dataset, input->parameters, TRUE, progress, error);
}

static char *
matrix_key (const NerveNetworkInput *input)
{
  return nerve_matrix_input_key (input->matrix, input->dataset, input->parameters, FALSE);
}

static char *
map_key (const NerveNetworkInput *input)
{
  return nerve_matrix_input_key (input->matrix, input->dataset, input->parameters, TRUE);
}

static gsize
matrix_size (gpointer result)
{
  return (gsize) nerve_layer_matrix_get_n_rows (result) * nerve_layer_matrix_get_n_columns (result) * sizeof (double);
}

static gpointer ref_matrix (gpointer result) { return nerve_layer_matrix_ref (result); }
static void unref_matrix (gpointer result) { nerve_layer_matrix_unref (result); }

/* Whether their distance means anything */

static gpointer
compute_sensitivity (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_seed_tests_sensitivity (input->matrix, input->dataset, input->layer, input->parameters, progress, error);
}

static gpointer
compute_specificity (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  return nerve_seed_tests_specificity (input->matrix, input->dataset, input->parameters, progress, error);
}

static char *
sensitivity_key (const NerveNetworkInput *input)
{
  return nerve_seed_tests_key (input->matrix, input->dataset, input->parameters, input->layer);
}

static char *
specificity_key (const NerveNetworkInput *input)
{
  return nerve_seed_tests_key (input->matrix, input->dataset, input->parameters, -1);
}

static gsize
sensitivity_size (gpointer result)
{
  guint n;

  nerve_sensitivity_get_steps (result, &n);

  return n * sizeof (NerveSensitivityStep);
}

static gsize
specificity_size (gpointer result)
{
  return (nerve_specificity_get_n (result) + 1) * sizeof (NerveSpecificityLayer);
}

static gpointer ref_sensitivity (gpointer result) { return nerve_sensitivity_ref (result); }
static void unref_sensitivity (gpointer result) { nerve_sensitivity_unref (result); }
static gpointer ref_specificity (gpointer result) { return nerve_specificity_ref (result); }
static void unref_specificity (gpointer result) { nerve_specificity_unref (result); }

/* From column to column */

static gpointer
compute_flow (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  if (input->matrix->rival >= 0)
    {
      NerveTwin *twin = nerve_twin_flow_new (input->matrix, input->dataset, input->layer, input->layers, progress,
                                             error);

      return twin != NULL ? nerve_flow_new_of_twin (twin) : NULL;
    }

  return nerve_flow_new (input->dataset, input->columns, input->n_columns, input->layers, progress, error);
}

static char *
flow_key (const NerveNetworkInput *input)
{
  GString *key = g_string_new (NULL);

  if (input->matrix->rival >= 0)
    {
      g_string_free (key, TRUE);
      return nerve_twin_flow_key (input->matrix, input->dataset, input->layer, input->parameters, input->layers);
    }
  for (guint i = 0; i < input->n_columns; i++)
    g_string_append_printf (key, "%u,", input->columns[i]);

  return g_string_free (key, FALSE);
}

static gsize flow_size (gpointer result) { return nerve_flow_size (result); }
static gpointer ref_flow (gpointer result) { return nerve_flow_ref (result); }
static void unref_flow (gpointer result) { nerve_flow_unref (result); }

/* Noise on the inputs */

static const NerveOpenModel *
get_rival (const NerveNetworkInput *input)
{
  const NerveMatrixInput *matrix = input->matrix;

  return matrix != NULL && matrix->rival >= 0 ? matrix->others->pdata[matrix->rival] : NULL;
}

static gpointer
compute_noise (const NerveNetworkInput *input, const NerveProgress *progress, GError **error)
{
  const NerveOpenModel *rival = get_rival (input);
  NerveGraph *graph = input->layers[input->layer].graph;

  if (rival == NULL || graph == NULL)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND,
                           rival == NULL ? _("The noise test compares two open files: this one, with clean inputs, and "
                                             "one with noise on them.")
                                         : _("This layer has no graph."));
      return NULL;
    }

  return nerve_noise_compute (input->dataset, input->layer, graph, &input->parameters[input->layer], rival->dataset,
                              progress, error);
}

static char *
noise_key (const NerveNetworkInput *input)
{
  const NerveOpenModel *rival = get_rival (input);

  return rival != NULL ? nerve_open_model_id (rival->dataset) : g_strdup ("none");
}

static gsize
noise_size (gpointer result)
{
  const NerveNoise *noise = result;

  return nerve_noise_size (noise) + nerve_result_type (NERVE_RESULT_GRAPH)->size (noise->graphs[NERVE_NOISE_NOISY]);
}

static gpointer ref_noise (gpointer result) { return nerve_noise_ref (result); }
static void unref_noise (gpointer result) { nerve_noise_unref (result); }

static const NerveNetworkType types[NERVE_N_NETWORK_RESULTS] = {
  [NERVE_NETWORK_PARTING] = {
    .type = { .name = "parting", .title = N_("Where classes part"),
      .ref = ref_parting, .unref = unref_parting, .size = parting_size },
    .needs = 1 << NERVE_RESULT_GRAPH, .compute = compute_parting,
  },
  [NERVE_NETWORK_HIERARCHY] = {
    .type = { .name = "hierarchy", .title = N_("Tree of classes"),
      .ref = ref_hierarchy, .unref = unref_hierarchy, .size = hierarchy_size },
    .needs = 1 << NERVE_RESULT_GRAPH, .of_layer = TRUE, .compute = compute_hierarchy,
  },
  [NERVE_NETWORK_HEAT] = {
    .type = { .name = "heat", .title = N_("Ω over the layers and η"),
      .ref = ref_heat, .unref = unref_heat, .size = heat_size },
    .needs = 1 << NERVE_RESULT_CURVES, .compute = compute_heat,
  },
  [NERVE_NETWORK_RESAMPLING] = {
    .type = { .name = "resampling", .title = N_("Resampled images"),
      .ref = ref_resampling, .unref = unref_resampling, .size = resampling_size },
    .compute = compute_resampling,
  },
  [NERVE_NETWORK_SWEEP_OVERLAP] = {
    .type = { .name = "sweep-overlap", .title = N_("Graphs over their parameters"),
      .ref = ref_sweep, .unref = unref_sweep, .size = sweep_size },
    .of_layer = TRUE, .compute = compute_sweep_overlap, .key = sweep_overlap_key,
  },
  [NERVE_NETWORK_SWEEP_EPS] = {
    .type = { .name = "sweep-eps", .title = N_("Graphs over their parameters"),
      .ref = ref_sweep, .unref = unref_sweep, .size = sweep_size },
    .of_layer = TRUE, .compute = compute_sweep_eps, .key = sweep_eps_key,
  },
  [NERVE_NETWORK_SUBLEVEL] = {
    .type = { .name = "sublevel", .title = N_("What is counted in an image"),
      .ref = ref_sublevel, .unref = unref_sublevel, .size = sublevel_size },
    .of_layer = TRUE, .compute = compute_sublevel, .key = sublevel_key,
  },
  [NERVE_NETWORK_TAU] = {
    .type = { .name = "tau", .title = N_("Lifetime score τ"),
      .ref = ref_rivals, .unref = unref_rivals, .size = rivals_size },
    .compute = compute_tau,
  },
  [NERVE_NETWORK_TRANSFER] = {
    .type = { .name = "transfer", .title = N_("LogME, H-score, LEEP, NCE"),
      .ref = ref_rivals, .unref = unref_rivals, .size = rivals_size },
    .compute = compute_transfer,
  },
  [NERVE_NETWORK_MATRIX] = {
    .type = { .name = "matrix", .title = N_("Layers against layers"),
      .ref = ref_matrix, .unref = unref_matrix, .size = matrix_size },
    .compute = compute_matrix, .key = matrix_key,
  },
  [NERVE_NETWORK_MAP] = {
    .type = { .name = "map", .title = N_("Map of the layers"),
      .ref = ref_matrix, .unref = unref_matrix, .size = matrix_size },
    .compute = compute_map, .key = map_key,
  },
  [NERVE_NETWORK_SENSITIVITY] = {
    .type = { .name = "sensitivity", .title = N_("Sensitivity of the distance"),
      .ref = ref_sensitivity, .unref = unref_sensitivity, .size = sensitivity_size },
    .of_layer = TRUE, .compute = compute_sensitivity, .key = sensitivity_key,
  },
  [NERVE_NETWORK_SPECIFICITY] = {
    .type = { .name = "specificity", .title = N_("Specificity of the distance"),
      .ref = ref_specificity, .unref = unref_specificity, .size = specificity_size },
    .compute = compute_specificity, .key = specificity_key,
  },
  [NERVE_NETWORK_FLOW] = {
    .type = { .name = "flow", .title = N_("Flow between layers"),
      .ref = ref_flow, .unref = unref_flow, .size = flow_size },
    .needs = 1 << NERVE_RESULT_GRAPH, .of_board = TRUE, .compute = compute_flow, .key = flow_key,
  },
  [NERVE_NETWORK_NOISE] = {
    .type = { .name = "noise", .title = N_("Noise test"),
      .ref = ref_noise, .unref = unref_noise, .size = noise_size },
    .needs = 1 << NERVE_RESULT_GRAPH, .of_layer = TRUE, .compute = compute_noise, .key = noise_key,
  },
};

const NerveNetworkType *
nerve_network_type (NerveNetworkKind kind)
{
  g_return_val_if_fail ((guint) kind < NERVE_N_NETWORK_RESULTS, NULL);

  return &types[kind];
}

gboolean
nerve_network_reads (NerveNetworkKind kind, const NerveNetworkInput *input, guint layer)
{
  const NerveNetworkType *type = nerve_network_type (kind);

  for (guint i = 0; type->of_board && i < input->n_columns; i++)
    if (input->columns[i] == layer)
      return TRUE;

  return !type->of_board && (!type->of_layer || layer == input->layer);
}

char *
nerve_network_key (NerveNetworkKind kind, const NerveNetworkInput *input)
{
  const NerveNetworkType *type = nerve_network_type (kind);
  GString *key = g_string_new (type->type.name);

  g_string_append_printf (key, "|%s", nerve_dataset_get_fingerprint (input->dataset));
  for (guint i = 0; i < input->n_layers; i++)
    for (guint of_layer = 0; of_layer < NERVE_N_RESULTS; of_layer++)
      if ((type->needs & (1 << of_layer)) && nerve_network_reads (kind, input, i))
        {
          g_autofree char *text = nerve_result_key (of_layer, input->dataset, i, &input->parameters[i]);
          gboolean missing = *nerve_result_slot (&input->layers[i], of_layer) == NULL;

          g_string_append_printf (key, "|%s%s", text, missing ? " (none)" : "");
        }

  if (type->key != NULL)
    {
      g_autofree char *own = type->key (input);

      g_string_append_printf (key, "|%s", own);
    }

  return g_string_free (key, FALSE);
}
