#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/command.h"
#include "app/cli/table.h"
#include "layers/specificity.h"

#define MOST_FILES 64

typedef struct
{
  NerveSpecificityParameters specificity;
  NerveMeasureParameters     measure;
  NerveCloudParameters       cloud;
  NerveMapperParameters      mapper;
} Values;

/* The files, and the same parameters for every layer of each. */
typedef struct
{
  GPtrArray                    *datasets;
  const NerveCloudParameters  **clouds;
  const NerveMapperParameters **mappers;
} Models;

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_specificity_table, &values->specificity);
  nerve_parameters_init (&nerve_measure_table, &values->measure);
  nerve_parameters_init (&nerve_cloud_table, &values->cloud);
  nerve_parameters_init (&nerve_mapper_table, &values->mapper);
  nerve_options_add_table (options, &nerve_specificity_table, &values->specificity);
  nerve_options_add_table (options, &nerve_measure_table, &values->measure);
  nerve_options_add_heading (options, N_("Cloud"));
  nerve_options_add_table (options, &nerve_cloud_table, &values->cloud);
  nerve_options_add_heading (options, N_("Mapper graph (of --measure mapper)"));
  nerve_options_add_table (options, &nerve_mapper_table, &values->mapper);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_specificity_table, &values->specificity);
  nerve_parameters_clear (&nerve_measure_table, &values->measure);
  nerve_parameters_clear (&nerve_cloud_table, &values->cloud);
  nerve_parameters_clear (&nerve_mapper_table, &values->mapper);
}

static void
unref_dataset (gpointer dataset)
{
  nerve_dataset_unref (dataset);
}

static void
models_clear (Models *self)
{
  g_clear_pointer (&self->datasets, g_ptr_array_unref);
  g_free (self->clouds);
  g_free (self->mappers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Models, models_clear)

static gboolean
models_init (Models *self, const Values *values, NerveInvocation *invocation, GError **error)
{
  char **files = nerve_invocation_get_files (invocation);
  guint most = 0;

  self->datasets = g_ptr_array_new_with_free_func (unref_dataset);
  for (guint i = 0; files[i] != NULL; i++)
    {
      NerveDataset *dataset = nerve_invocation_open_dataset (invocation, i, error);

      if (dataset == NULL)
        return FALSE;
      g_ptr_array_add (self->datasets, dataset);
      most = MAX (most, nerve_dataset_get_n_layers (dataset));
    }
  self->clouds = g_new (const NerveCloudParameters *, most);
  self->mappers = g_new (const NerveMapperParameters *, most);
  for (guint i = 0; i < most; i++)
    {
      self->clouds[i] = &values->cloud;
      self->mappers[i] = &values->mapper;
    }
  nerve_invocation_blame (invocation, files[0]);

  return TRUE;
}

static NerveSpecificity *
compute (const Values *values, const Models *models, const NerveProgress *progress, GError **error)
{
  NerveModelLayers layers[MOST_FILES];

  for (guint i = 0; i < models->datasets->len; i++)
    layers[i] = (NerveModelLayers) { g_ptr_array_index (models->datasets, i), models->clouds, models->mappers };

  return nerve_specificity_new (layers, models->datasets->len, &values->measure, &values->specificity,
                                values->cloud.seed, progress, error);
}

static void
write_layer (NerveOutput *output, const char *name, const char *index, const NerveSpecificityLayer *layer,
             const char *nearest)
{
  const double before[] = { layer->same, layer->others };
  const double after[] = { layer->nearest, layer->rank, layer->share, layer->control_low, layer->control_high,
                           layer->p };

  nerve_csv_text (output, name);
  nerve_output_printf (output, ",%s", index);
  for (guint k = 0; k < G_N_ELEMENTS (before); k++)
    {
      nerve_output_printf (output, ",");
      nerve_output_number (output, before[k]);
    }
  nerve_output_printf (output, ",");
  nerve_csv_text (output, nearest);
  for (guint k = 0; k < G_N_ELEMENTS (after); k++)
    {
      nerve_output_printf (output, ",");
      nerve_output_number (output, after[k]);
    }
  nerve_output_printf (output, "\n");
}

static void
write_layers (NerveOutput *output, const NerveSpecificity *specificity, NerveDataset *dataset)
{
  nerve_output_printf (output, "layer,index,same,others,nearest,nearest_distance,rank,share,control_low,control_high,"
                       "p\n");
  for (guint i = 0; i < nerve_specificity_get_n (specificity); i++)
    {
      const NerveSpecificityLayer *layer = nerve_specificity_get_layer (specificity, i);
      const NerveLayer *at = nerve_dataset_get_layer (dataset, i);
      g_autofree char *index = g_strdup_printf ("%" G_GINT64_FORMAT, at->index);

      write_layer (output, at->name, index, layer, nerve_dataset_get_layer (dataset, layer->nearest_layer)->name);
    }
  write_layer (output, "", "", nerve_specificity_get_all (specificity), NULL);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveSpecificity) specificity = NULL;
  g_auto (Models) models = { NULL };

  if (output == NULL || !models_init (&models, values, invocation, error))
    return FALSE;
  specificity = compute (values, &models, nerve_invocation_get_progress (invocation), error);
  if (specificity == NULL)
    return FALSE;

  for (const char * const *note = nerve_specificity_get_notes (specificity); *note != NULL; note++)
    nerve_invocation_warn (invocation, "%s", *note);
  write_layers (output, specificity, g_ptr_array_index (models.datasets, 0));

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_specificity = {
  .name = "specificity",
  .files = "FILE FILE2…",
  .min_files = 2,
  .max_files = MOST_FILES,
  .summary = N_("Whether a measure finds the same layer again in networks of other seeds; beside it, layers dealt out "
                "at random. The last line, without a name, is over all layers"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
