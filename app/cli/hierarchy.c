#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/json.h"
#include "layers/hierarchy.h"

typedef struct
{
  int                   from;
  int                   format;
  NerveCloudValues      cloud;
  NerveMapperParameters mapper;
} Values;

enum { FROM_CLOUD, FROM_MAPPER };
enum { FORMAT_NEWICK, FORMAT_JSON };

static const char *const sources[] = { "cloud", "mapper", NULL };
static const char *const formats[] = { "newick", "json", NULL };

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_mapper_table, &values->mapper);
  values->mapper.preset = NERVE_PRESET_AUTOMATIC;
  nerve_options_add_choice (options, "from", sources, &values->from,
                            N_("Mean distances of the classes' points, or how little they mix in the mapper graph"));
  nerve_options_add_choice (options, "format", formats, &values->format,
                            N_("A tree with branch lengths; or the merges as SciPy has them"));
  nerve_cloud_values_declare (&values->cloud, options);
  nerve_options_add_heading (options, N_("Mapper graph (of --from mapper)"));
  nerve_options_add_table (options, &nerve_mapper_table, &values->mapper);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_cloud_values_clear (&values->cloud);
  nerve_parameters_clear (&nerve_mapper_table, &values->mapper);
}

static NerveHierarchy *
compute (const Values *values, NerveInvocation *invocation, NerveDataset *dataset, GError **error)
{
  const NerveProgress *progress = nerve_invocation_get_progress (invocation);
  NerveProgress sampling = nerve_progress_part (progress, 0, .3);
  NerveProgress working = nerve_progress_part (progress, .3, 1);
  g_autoptr (NerveCloud) cloud = nerve_cloud_values_make (&values->cloud, invocation, dataset, NULL, &sampling, error);
  g_autoptr (NerveMapper) mapper = NULL;

  if (cloud == NULL)
    return NULL;
  if (values->from == FROM_CLOUD)
    return nerve_hierarchy_new_from_cloud (cloud, dataset, &working, error);

  mapper = nerve_mapper_new (cloud, &values->mapper, values->cloud.parameters.paper, &working, error);

  return mapper != NULL ? nerve_hierarchy_new_from_mapper (mapper, dataset, error) : NULL;
}

static void
write_json (NerveOutput *output, const NerveHierarchy *hierarchy, NerveDataset *dataset)
{
  g_autoptr (NerveJson) json = nerve_json_new (output);
  const guint *classes = nerve_hierarchy_get_classes (hierarchy);
  const NerveMerge *merges = nerve_hierarchy_get_merges (hierarchy);
  guint n = nerve_hierarchy_get_n (hierarchy);

  nerve_json_begin_object (json, NULL);
  nerve_json_begin_row (json, "classes");
  for (guint i = 0; i < n; i++)
    nerve_json_string (json, NULL, nerve_dataset_get_class_name (dataset, classes[i]));
  nerve_json_end (json);
  nerve_json_begin_array (json, "linkage");
  for (guint k = 0; k + 1 < n; k++)
    {
      nerve_json_begin_row (json, NULL);
      nerve_json_integer (json, NULL, merges[k].a);
      nerve_json_integer (json, NULL, merges[k].b);
      nerve_json_number (json, NULL, merges[k].height);
      nerve_json_integer (json, NULL, merges[k].size);
      nerve_json_end (json);
    }
  nerve_json_end (json);
  nerve_json_number (json, "cophenetic", nerve_hierarchy_get_cophenetic (hierarchy));
  nerve_json_number (json, "cophenetic_distances", nerve_hierarchy_get_faithfulness (hierarchy));
  nerve_json_end (json);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveDataset) dataset = NULL;
  g_autoptr (NerveHierarchy) hierarchy = NULL;

  if (output == NULL)
    return FALSE;
  dataset = nerve_invocation_open_dataset (invocation, 0, error);
  if (dataset == NULL)
    return FALSE;
  hierarchy = compute (values, invocation, dataset, error);
  if (hierarchy == NULL)
    return FALSE;
  if (nerve_hierarchy_get_n_loose (hierarchy) > 0)
    nerve_invocation_warn (invocation, _("of %u of %u classes no two points share a node: these are 1 from all others"),
                           nerve_hierarchy_get_n_loose (hierarchy), nerve_hierarchy_get_n (hierarchy));

  if (values->format == FORMAT_JSON)
    write_json (output, hierarchy, dataset);
  else
    {
      g_autofree char *text = nerve_hierarchy_newick (hierarchy, dataset);

      nerve_output_printf (output, "%s\n", text);
    }

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_hierarchy = {
  .name = "hierarchy",
  .files = "FILE",
  .min_files = 1,
  .max_files = 1,
  .summary = N_("The tree in which a layer orders its classes: average linkage, Newick or JSON"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
