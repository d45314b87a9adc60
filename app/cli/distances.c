#include "config.h"

#include <glib/gi18n.h>

#include "app/cli/cloud-values.h"
#include "app/cli/measure-values.h"
#include "app/cli/table.h"

typedef struct
{
  NerveMeasureValues values;
  char              *map;
} Values;

static void
declare (gpointer user_data, NerveOptions *options)
{
  Values *values = user_data;

  nerve_options_add_string (options, "map", 0, N_("FILE"), &values->map,
                            N_("Also a map of the layers, by classical scaling of their distances: layer,x,y"));
  nerve_measure_values_declare (&values->values, options, TRUE);
}

static void
clear (gpointer user_data)
{
  Values *values = user_data;

  nerve_measure_values_clear (&values->values);
  g_free (values->map);
}

static void
write_matrix (NerveOutput *output, const NerveLayerMatrix *matrix)
{
  for (guint j = 0; j < nerve_layer_matrix_get_n_columns (matrix); j++)
    {
      nerve_output_printf (output, ",");
      nerve_csv_text (output, nerve_layer_matrix_get_column_name (matrix, j));
    }
  nerve_output_printf (output, "\n");
  for (guint i = 0; i < nerve_layer_matrix_get_n_rows (matrix); i++)
    {
      nerve_csv_text (output, nerve_layer_matrix_get_row_name (matrix, i));
      for (guint j = 0; j < nerve_layer_matrix_get_n_columns (matrix); j++)
        {
          nerve_output_printf (output, ",");
          nerve_output_number (output, nerve_layer_matrix_get (matrix, i, j));
        }
      nerve_output_printf (output, "\n");
    }
}

static gboolean
write_map (NerveOutput *output, const NerveLayerMatrix *matrix, const NerveProgress *progress, GError **error)
{
  guint n = nerve_layer_matrix_get_n_rows (matrix);
  g_autofree double *places = g_new (double, MAX (2 * n, 1));
  g_autoptr (GError) cause = NULL;

  if (!nerve_layer_matrix_map (matrix, places, NULL, progress, &cause))
    {
      if (cause != NULL)
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                     _("--map: only one model's layers with finite distances have a map"));
      return FALSE;
    }

  nerve_output_printf (output, "layer,x,y\n");
  for (guint i = 0; i < n; i++)
    {
      nerve_csv_text (output, nerve_layer_matrix_get_row_name (matrix, i));
      for (guint axis = 0; axis < 2; axis++)
        {
          nerve_output_printf (output, ",");
          nerve_output_number (output, places[2 * i + axis]);
        }
      nerve_output_printf (output, "\n");
    }

  return TRUE;
}

static gboolean
run (gpointer user_data, NerveInvocation *invocation, GError **error)
{
  const Values *values = user_data;
  g_autoptr (NerveOutput) output = nerve_invocation_open_output (invocation, NULL, error);
  g_autoptr (NerveOutput) map = NULL;
  g_autoptr (NerveLayerMatrix) matrix = NULL;
  g_auto (NerveMeasuredModel) first = { 0 };
  g_auto (NerveMeasuredModel) second = { 0 };
  char **files = nerve_invocation_get_files (invocation);

  if (output == NULL)
    return FALSE;
  if (values->map != NULL && (map = nerve_invocation_open_output (invocation, values->map, error)) == NULL)
    return FALSE;
  if (!nerve_measured_model_init (&first, &values->values, invocation, 0, error))
    return FALSE;
  if (files[1] != NULL && !nerve_measured_model_init (&second, &values->values, invocation, 1, error))
    return FALSE;
  nerve_invocation_blame (invocation, files[0]);
  if (!nerve_cloud_values_leave_out (invocation, first.dataset, first.clouds, error))
    return FALSE;
  if (files[1] != NULL)
    {
      nerve_invocation_blame (invocation, files[1]);
      if (!nerve_cloud_values_leave_out (invocation, second.dataset, second.clouds, error))
        return FALSE;
      nerve_invocation_blame (invocation, files[0]);
    }
  matrix = nerve_layer_matrix_new (&first.layers, files[1] != NULL ? &second.layers : NULL, &values->values.measure,
                                   nerve_invocation_get_progress (invocation), error);
  if (matrix == NULL)
    return FALSE;

  for (const char * const *note = nerve_layer_matrix_get_notes (matrix); *note != NULL; note++)
    nerve_invocation_warn (invocation, "%s", *note);
  write_matrix (output, matrix);
  if (map != NULL && (!write_map (map, matrix, nerve_invocation_get_progress (invocation), error) ||
                      !nerve_invocation_commit (invocation, g_steal_pointer (&map), values->map, error)))
    return FALSE;

  return nerve_invocation_commit (invocation, g_steal_pointer (&output), NULL, error);
}

const NerveCommand nerve_command_distances = {
  .name = "distances",
  .files = "FILE [FILE2]",
  .min_files = 1,
  .max_files = 2,
  .summary = N_("How far apart, or how alike, all layers of a network are, or those of two networks: a matrix"),
  .size = sizeof (Values),
  .declare = declare,
  .run = run,
  .clear = clear,
};
