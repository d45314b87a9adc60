#include "config.h"

#include "app/selection-table.h"

#include "app/place.h"
#include "base/output.h"
#include "views/model-snapshot.h"

/* As RFC 4180 has it. */
static char *
quote (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (text == NULL || strpbrk (text, ",\"\r\n") == NULL)
    return g_strdup (text != NULL ? text : "");

  parts = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);

  return g_strdup_printf ("\"%s\"", doubled);
}

static char *
name_class (NerveDataset *dataset, const int *labels, gsize image)
{
  if (labels == NULL || labels[image] < 0)
    return g_strdup ("");

  return quote (nerve_dataset_get_class_name (dataset, labels[image]));
}

gboolean
nerve_selection_table_write (const NerveFigureModel *model, const char *path, GError **error)
{
  g_autoptr (NerveOutput) output = nerve_output_open (path, error);

  if (output == NULL)
    return FALSE;

  nerve_output_printf (output, "image,sample_id,label,prediction\n");
  for (gsize i = 0; model->selection != NULL && i < nerve_bitset_length (model->selection); i++)
    if (nerve_bitset_get (model->selection, i))
      {
        g_autofree char *id = quote (nerve_dataset_get_sample_id (model->dataset, i));
        g_autofree char *label = name_class (model->dataset, nerve_dataset_get_labels (model->dataset), i);
        g_autofree char *prediction = name_class (model->dataset, nerve_dataset_get_predictions (model->dataset), i);

        nerve_output_printf (output, "%zu,%s,%s,%s\n", i, id, label, prediction);
      }

  return nerve_output_commit (g_steal_pointer (&output), error);
}

/* Off the main thread */

typedef struct
{
  NerveFigureModel *model;
  GFile            *place;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  nerve_model_snapshot_free (saving->model);
  g_object_unref (saving->place);
  g_free (saving);
}

static gboolean
write_table (const char *path, gpointer user_data, GError **error)
{
  return nerve_selection_table_write (((Saving *) user_data)->model, path, error);
}

static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Saving *saving = task_data;
  GError *error = NULL;

  if (nerve_place_write (saving->place, write_table, saving, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
nerve_selection_table_save_async (const NerveFigureModel *model, GFile *place, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->model = nerve_model_snapshot_new (model);
  saving->place = g_object_ref (place);
  g_task_set_source_tag (task, nerve_selection_table_save_async);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
nerve_selection_table_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
