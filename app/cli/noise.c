#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/json.h"
#include "app/cli/mapper-values.h"
#include "app/lens-values.h"
#include "app/noise.h"
#include "mapper/store.h"

typedef struct
{
  NerveCloudValues      cloud;
  NerveMapperParameters mapper;
} Values;

/* The graph of one file's layer, and what is known of its nodes. */
typedef struct
{
  NerveDataset *dataset;
  const char   *layer;
  NerveMapper  *mapper;
  NervePurity  *purity; /* NULL without labels */
} Side;

static void
side_clear (Side *self)
{
  g_clear_pointer (&self->purity, nerve_purity_unref);
  g_clear_pointer (&self->mapper, nerve_mapper_unref);
  g_clear_pointer (&self->dataset, nerve_dataset_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_mapper_table, &values->mapper);
  nerve_mapper_values_declare_lens (options, &values->mapper);
  nerve_options_add_table (options, &nerve_mapper_table, &values->mapper);
  nerve_cloud_values_declare (&values->cloud, options);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_mapper_table, &values->mapper);
  nerve_cloud_values_clear (&values->cloud);
}

static gboolean
side_compute (Side *self, const Values *values, const NerveMapperParameters *parameters, NerveInvocation *invocation,
              guint file, const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress mapping = nerve_progress_part (progress, .3, 1);
  g_autoptr (NerveCloud) cloud = NULL;
  g_autoptr (NerveMapperStore) store = NULL;
  g_autofree int *labels = NULL;
  const NerveLayer *layer = NULL;
  guint n_classes = 0;

  self->dataset = nerve_invocation_open_dataset (invocation, file, error);
  if (self->dataset == NULL)
    return FALSE;
  cloud = nerve_cloud_values_make (&values->cloud, invocation, self->dataset, &layer, &sampling, error);
  if (cloud == NULL)
    return FALSE;
  self->layer = layer->name;
  store = nerve_mapper_store_new_once (cloud);
  if (!nerve_lens_values_prepare (store, self->dataset, parameters, &mapping, error))
    return FALSE;
  self->mapper = nerve_mapper_new_from_store (store, parameters, values->cloud.parameters.paper, &mapping, error);
  if (self->mapper == NULL)
    return FALSE;
  labels = nerve_purity_labels (cloud, self->dataset, 0, &n_classes);
  if (labels != NULL)
    self->purity = nerve_purity_new (self->mapper, labels, n_classes);

  return TRUE;
}

static void
write_side (NerveJson *json, const char *key, const Side *self)
{
  NerveNoiseSummary summary;

  nerve_noise_summary_init (&summary, self->mapper, self->purity, self->dataset);
  nerve_json_begin_object (json, key);
  nerve_json_string (json, "file", nerve_dataset_get_path (self->dataset));
  nerve_json_integer (json, "nodes", summary.nodes);
  nerve_json_integer (json, "edges", summary.edges);
  nerve_json_integer (json, "components", summary.components);
  nerve_json_integer (json, "cycles", summary.cycles);
  nerve_json_integer (json, "leaves", summary.leaves);
  nerve_json_integer (json, "flares", summary.flares);
  nerve_json_number (json, "coverage", summary.coverage);
  nerve_json_number (json, "node_purity", summary.purity);
  nerve_json_number (json, "node_purity_weighted", summary.weighted_purity);
  nerve_json_number (json, "accuracy", summary.accuracy);
  nerve_json_end (json);
}

static void
write_ribbon (NerveJson *json, const Side *clean, const Side *noisy, const NerveRibbon *ribbon)
{
  g_autofree char *from = nerve_mapper_get_node_id (clean->mapper, ribbon->source);
  g_autofree char *to = nerve_mapper_get_node_id (noisy->mapper, ribbon->target);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "clean", from);
  nerve_json_string (json, "noisy", to);
  nerve_json_number (json, "mass", ribbon->mass);
  nerve_json_number (json, "shared", ribbon->shared);
  nerve_json_end (json);
}

/* An empty graph couples with nothing: null. */
static gboolean
write_coupling (NerveJson *json, const Side *clean, const Side *noisy, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveCoupling) coupling = NULL;
  g_autoptr (GError) cause = NULL;
  const NerveRibbon *ribbons;
  guint n_ribbons;

  coupling = nerve_noise_couple (clean->mapper, noisy->mapper, nerve_dataset_get_n (clean->dataset), progress, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (coupling == NULL)
    {
      nerve_json_null (json, "coupling");
      return TRUE;
    }

  ribbons = nerve_coupling_get_ribbons (coupling, &n_ribbons);
  nerve_json_begin_object (json, "coupling");
  nerve_json_number (json, "distance", nerve_coupling_get_distance (coupling));
  nerve_json_begin_array (json, "nodes");
  for (guint i = 0; i < n_ribbons; i++)
    write_ribbon (json, clean, noisy, &ribbons[i]);
  nerve_json_end (json);
  nerve_json_end (json);

  return TRUE;
}

static gboolean
write_sides (NerveOutput *output, const Side *clean, const Side *noisy, const NerveProgress *progress,
             GError **error)
{
  const NerveMapperParameters *used = nerve_mapper_get_parameters (clean->mapper);
  g_autoptr (NerveJson) json = nerve_json_new (output);
  gboolean coupled;

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "layer", clean->layer);
  nerve_json_integer (json, "intervals", used->intervals);
  nerve_json_exact (json, "overlap", used->overlap);
  nerve_json_exact (json, "eps", used->eps);
  write_side (json, "clean", clean);
  write_side (json, "noisy", noisy);
  coupled = write_coupling (json, clean, noisy, progress, error);
  nerve_json_end (json);

  return coupled;
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress first = nerve_progress_part (progress, 0, .4);
  NerveProgress second = nerve_progress_part (progress, .4, .8);
  NerveProgress coupling = nerve_progress_part (progress, .8, 1);
  g_auto (Side) clean = { NULL };
  g_auto (Side) noisy = { NULL };
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);

  if (output == NULL || !side_compute (&clean, values, &values->mapper, invocation, 0, &first, error))
    return FALSE;
  /* What "auto" came to for the clean inputs, so that both graphs are made alike. */
  if (!side_compute (&noisy, values, nerve_mapper_get_parameters (clean.mapper), invocation, 1, &second, error) ||
      !nerve_noise_check_alike (clean.dataset, noisy.dataset, error) ||
      !write_sides (output, &clean, &noisy, &coupling, error))
    {
      nerve_output_abort (g_steal_pointer (&output));
      return FALSE;
    }

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_noise = {
  .name = "noise",
  .files = "CLEAN NOISY",
  .min_files = 2,
  .max_files = 2,
  .summary = N_("What noise on its inputs does to a layer's mapper graph: both graphs side by side, made with the "
                "clean one's parameters, and which nodes go with which"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
