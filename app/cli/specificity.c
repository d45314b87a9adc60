#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/measure-values.h"
#include "app/cli/network-data.h"
#include "layers/specificity.h"

#define MOST_FILES 64

typedef struct
{
  NerveSpecificityParameters specificity;
  NerveMeasureValues         values;
} Values;

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_parameters_init (&nerve_specificity_table, &values->specificity);
  nerve_options_add_table (options, &nerve_specificity_table, &values->specificity);
  nerve_measure_values_declare (&values->values, options, TRUE);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_parameters_clear (&nerve_specificity_table, &values->specificity);
  nerve_measure_values_clear (&values->values);
}

static void
clear_model (gpointer model)
{
  nerve_measured_model_clear (model);
}

static gboolean
leave_out (NerveMeasuredModel *model, NerveInvocation *invocation, guint file, GError **error)
{
  nerve_invocation_blame (invocation, nerve_invocation_get_files (invocation)[file]);

  return nerve_cloud_values_leave_out (invocation, model->dataset, model->clouds, error);
}

/* (transfer full): of NerveMeasuredModel */
static GArray *
open_models (const Values *values, NerveInvocation *invocation, GError **error)
{
  g_autoptr (GArray) models = g_array_new (FALSE, TRUE, sizeof (NerveMeasuredModel));
  char **files = nerve_invocation_get_files (invocation);

  g_array_set_clear_func (models, clear_model);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_array_set_size (models, i + 1);
      if (!nerve_measured_model_init (&g_array_index (models, NerveMeasuredModel, i), &values->values, invocation, i,
                                      error) ||
          !leave_out (&g_array_index (models, NerveMeasuredModel, i), invocation, i, error))
        return NULL;
    }
  nerve_invocation_blame (invocation, files[0]);

  return g_steal_pointer (&models);
}

static NerveSpecificity *
compute (const Values *values, GArray *models, const NerveProgress *progress, GError **error)
{
  NerveModelLayers layers[MOST_FILES];

  for (guint i = 0; i < models->len; i++)
    layers[i] = g_array_index (models, NerveMeasuredModel, i).layers;

  return nerve_specificity_new (layers, models->len, &values->values.measure, &values->specificity,
                                values->values.cloud.seed, progress, error);
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveSpecificity) specificity = NULL;
  g_autoptr (GArray) models = NULL;

  if (output == NULL || (models = open_models (values, invocation, error)) == NULL)
    return FALSE;
  specificity = compute (values, models, nerve_invocation_get_progress (invocation), error);
  if (specificity == NULL)
    return FALSE;

  for (const char * const *note = nerve_specificity_get_notes (specificity); *note != NULL; note++)
    nerve_invocation_warn (invocation, "%s", *note);
  nerve_network_data_write_ranks (specificity, g_array_index (models, NerveMeasuredModel, 0).dataset, output);

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
