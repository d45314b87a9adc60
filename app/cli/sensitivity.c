#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/measure-values.h"
#include "app/cli/network-data.h"
#include "layers/sensitivity.h"

#define MOST_FILES 64

typedef struct
{
  NerveSensitivityParameters sensitivity;
  NerveMeasureValues         values;
  char                      *layer;
} Values;

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_sensitivity_table, &values->sensitivity);
  nerve_options_add_string (options, "layer", 0, N_("NAME"), &values->layer, N_("Whose directions are dropped"));
  nerve_options_add_table (options, &nerve_sensitivity_table, &values->sensitivity);
  nerve_measure_values_declare (&values->values, options, FALSE);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_sensitivity_table, &values->sensitivity);
  nerve_measure_values_clear (&values->values);
  g_free (values->layer);
}

static void
unref_dataset (gpointer dataset)
{
  nerve_dataset_unref (dataset);
}

static NerveSensitivity *
compute (const Values *values, NerveInvocation *invocation, GError **error)
{
  char **files = nerve_invocation_get_files (invocation);
  g_autoptr (GPtrArray) datasets = g_ptr_array_new_with_free_func (unref_dataset);
  guint layers[MOST_FILES];

  for (guint i = 0; files[i] != NULL; i++)
    {
      NerveDataset *dataset = nerve_invocation_open_dataset (invocation, i, error);

      if (dataset == NULL)
        return NULL;
      g_ptr_array_add (datasets, dataset);
      if (!nerve_invocation_find_layer (invocation, dataset, values->layer, &layers[i], error))
        return NULL;
    }
  nerve_invocation_blame (invocation, files[0]);

  return nerve_sensitivity_new ((NerveDataset **) datasets->pdata, layers, datasets->len, &values->values.cloud,
                                &values->values.measure, &values->sensitivity,
                                nerve_invocation_get_progress (invocation), error);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveSensitivity) sensitivity = output != NULL ? compute (user_data, invocation, error) : NULL;

  if (sensitivity == NULL)
    return FALSE;
  for (const char * const *note = nerve_sensitivity_get_notes (sensitivity); *note != NULL; note++)
    nerve_invocation_warn (invocation, "%s", *note);
  nerve_network_data_write_steps (sensitivity, output);

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_sensitivity = {
  .name = "sensitivity",
  .files = "FILE [FILE2…]",
  .min_files = 1,
  .max_files = MOST_FILES,
  .summary = N_("How far a layer moves, by a measure, when its lowest principal directions are dropped; the line to "
                "pass is the distance between the files, seeds of one architecture, or with one file a bootstrap's"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
