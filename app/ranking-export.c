#include "config.h"

#include "app/ranking-export.h"

#include <glib/gi18n.h>

#include "app/place.h"
#include "figures/export.h"
#include "views/model-snapshot.h"

#define COLUMN_WIDTH (72 * 3.25)

/* What is drawn, and where to. */
typedef struct
{
  const NerveFigureKind *kind;
  NerveFigureModel      *model;
  GFile                 *place;
  void                 (*failed) (GtkWindow *window, const char *message);
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  nerve_model_snapshot_free (self->model);
  g_clear_object (&self->place);
  g_free (self);
}

static gboolean
write_figure (const char *path, gpointer user_data, GError **error)
{
  Export *self = user_data;
  NerveExportOptions options;
  guint layer = 0;

  nerve_export_options_init (&options);
  options.width = COLUMN_WIDTH;

  return nerve_export_figure (self->kind, self->model, &layer, 1, &options, path, error);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  GError *error = NULL;

  if (nerve_place_write (self->place, write_figure, self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    self->failed (GTK_WINDOW (source), error->message);
}

/* @task holds the window until the answer. */
static void
on_response (GtkNativeDialog *chooser, int response, GTask *task)
{
  Export *self = g_task_get_task_data (task);

  self->place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (response == GTK_RESPONSE_ACCEPT && self->place != NULL)
    g_task_run_in_thread (task, run);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
  g_object_unref (chooser);
}

void
nerve_ranking_export (GtkWindow *window, const NerveFigureKind *kind, const NerveFigureModel *model,
                      void (*failed) (GtkWindow *window, const char *message))
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export the Figure"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"),
                                 _("_Cancel"));
  g_autofree char *name = g_strdup_printf ("%s.pdf", kind->name);
  GTask *task = g_task_new (window, NULL, on_written, NULL);
  Export *self = g_new0 (Export, 1);

  *self = (Export) { kind, nerve_model_snapshot_new (model), NULL, failed };
  g_task_set_task_data (task, self, export_free);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
