#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/json.h"
#include "app/cli/network-data.h"
#include "cloud/cloud.h"
#include "layers/parting.h"

typedef struct
{
  NervePartingParameters parting;
  NerveCloudParameters   cloud;
  NerveMapperParameters  mapper;
  int                    format;
  char                  *curves;
} Values;

enum { FORMAT_CSV, FORMAT_JSON };

static const char *const formats[] = { "csv", "json", NULL };

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_parting_table, &values->parting);
  nerve_parameters_init (&nerve_cloud_table, &values->cloud);
  nerve_parameters_init (&nerve_mapper_table, &values->mapper);
  values->mapper.preset = NERVE_PRESET_AUTOMATIC;
  nerve_options_add_choice (options, "format", formats, &values->format,
                            N_("A line a pair; or with it the story and the control with permuted labels"));
  nerve_options_add_string (options, "curves", 0, N_("FILE"), &values->curves,
                            N_("Also the mix of each pair at each layer, with its bounds, and with labels permuted: a "
                               "CSV"));
  nerve_options_add_table (options, &nerve_parting_table, &values->parting);
  nerve_options_add_heading (options, N_("Cloud"));
  nerve_options_add_table (options, &nerve_cloud_table, &values->cloud);
  nerve_options_add_heading (options, N_("Mapper graph"));
  nerve_options_add_table (options, &nerve_mapper_table, &values->mapper);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_parting_table, &values->parting);
  nerve_parameters_clear (&nerve_cloud_table, &values->cloud);
  nerve_parameters_clear (&nerve_mapper_table, &values->mapper);
  g_free (values->curves);
}

static NerveSharing *
share (const Values *values, NerveInvocation *invocation, NerveDataset *dataset, guint layer,
       const NerveProgress *progress, GError **error)
{
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress mapping = nerve_progress_part (progress, .3, 1);
  g_autoptr (NerveCloud) cloud = nerve_cloud_new (dataset, layer, &values->cloud, &sampling, error);
  g_autoptr (NerveMapper) mapper = NULL;

  if (cloud == NULL)
    return NULL;
  nerve_cloud_values_warn (&values->cloud, invocation, nerve_dataset_get_layer (dataset, layer), cloud);
  mapper = nerve_mapper_new (cloud, &values->mapper, values->cloud.paper, &mapping, error);

  return mapper != NULL ? nerve_sharing_new (mapper) : NULL;
}

static void
unref_sharing (gpointer sharing)
{
  if (sharing != NULL)
    nerve_sharing_unref (sharing);
}

static NerveParting *
compute (const Values *values, NerveInvocation *invocation, NerveDataset *dataset, GError **error)
{
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress counting = nerve_progress_part (progress, .4, 1);
  guint n = nerve_dataset_get_n_layers (dataset);
  g_autoptr (GPtrArray) sharing = g_ptr_array_new_with_free_func (unref_sharing);
  g_autofree const NerveCloudParameters **clouds = g_new (const NerveCloudParameters *, n);

  if (nerve_dataset_get_labels (dataset) == NULL)
    return nerve_parting_new (dataset, NULL, NULL, &values->parting, 0, progress, error);

  for (guint layer = 0; layer < n; layer++)
    clouds[layer] = &values->cloud;
  if (!nerve_cloud_values_leave_out (invocation, dataset, clouds, error))
    return NULL;
  g_ptr_array_set_size (sharing, n);
  for (guint layer = 0; layer < n; layer++)
    {
      NerveProgress part = nerve_progress_part (progress, .4 * layer / n, .4 * (layer + 1) / n);

      if (clouds[layer] != NULL &&
          (sharing->pdata[layer] = share (values, invocation, dataset, layer, &part, error)) == NULL)
        return NULL;
    }

  return nerve_parting_new (dataset, (NerveSharing **) sharing->pdata, NULL, &values->parting, values->cloud.seed,
                            &counting, error);
}

static void
add_pair (gpointer target, const NerveParting *parting, NerveDataset *dataset, guint level, guint a, guint b)
{
  NerveJson *json = target;
  const NervePartingPair *pair = nerve_parting_get_pair (parting, level, a, b);
  const NerveMixPoint *point = nerve_parting_get_point (parting, level, a, b, pair->layer);
  const NerveLayer *layer = nerve_dataset_get_layer (dataset, pair->layer);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "a", nerve_network_data_group_name (dataset, level, a));
  nerve_json_string (json, "b", nerve_network_data_group_name (dataset, level, b));
  nerve_json_integer (json, "level", level);
  nerve_json_string (json, "verdict", pair->verdict == NERVE_PARTING_PARTED ? "parted" :
                                      pair->verdict == NERVE_PARTING_NEVER ? "never" : "none");
  nerve_json_string (json, "layer", pair->verdict == NERVE_PARTING_PARTED ? layer->name : NULL);
  nerve_json_number (json, "low", point->low);
  nerve_json_number (json, "high", point->high);
  nerve_json_number (json, "coverage", point->coverage);
  nerve_json_end (json);
}

static void
write_json (NerveOutput *output, const NerveParting *parting, NerveDataset *dataset)
{
  g_autoptr (NerveJson) json = nerve_json_new (output);
  g_autofree char *headline = nerve_parting_headline (parting, dataset);
  g_autofree char *story = nerve_parting_story (parting, dataset);

  nerve_json_begin_object (json, NULL);
  nerve_json_string (json, "headline", headline);
  nerve_json_string (json, "story", story);
  nerve_json_integer (json, "bootstraps", nerve_parting_get_parameters (parting)->bootstraps);
  nerve_json_begin_object (json, "control");
  nerve_json_integer (json, "permutations", nerve_parting_get_parameters (parting)->permutations);
  nerve_json_begin_row (json, "parted_share_by_level");
  for (guint level = 0; level < nerve_parting_get_n_levels (parting); level++)
    nerve_json_number (json, NULL, nerve_parting_get_control (parting, level));
  nerve_json_end (json);
  nerve_json_end (json);
  nerve_json_begin_array (json, "pairs");
  nerve_network_data_for_pairs (parting, dataset, add_pair, json);
  nerve_json_end (json);
  nerve_json_end (json);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveOutput) curves = NULL;
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (NerveParting) parting = NULL;

  if (output == NULL)
    return FALSE;
  if (values->curves != NULL && (curves = nerve_invocation_open_output (invocation, values->curves, error)) == NULL)
    return FALSE;
  dataset = nerve_invocation_open_dataset (invocation, 0, error);
  if (dataset == NULL)
    return FALSE;
  parting = compute (values, invocation, dataset, error);
  if (parting == NULL)
    return FALSE;

  if (curves != NULL)
    {
      nerve_network_data_write_curves (parting, dataset, curves);
      if (!nerve_invocation_commit (invocation, g_steal_pointer (&curves), values->curves, error))
        return FALSE;
    }
  if (values->format == FORMAT_JSON)
    write_json (output, parting, dataset);
  else
    nerve_network_data_write_pairs (parting, dataset, output);

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_parting = {
  .name = "parting",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("From which layer on classes, and groups of them, share no nodes any more"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
