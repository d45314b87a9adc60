#include "config.h"

#include <glib/gi18n.h>

#include "app/paths.h"
#include "app/window-private.h"

/* Files that are opened one after the other; the first that can be is shown. */
typedef struct
{
  NerveWindow  *window;
  GPtrArray    *files;
  GPtrArray    *failures; /* what went wrong, in words */
  GCancellable *cancellable;
  guint         next;
  guint         n_opened;
  gboolean      crashed;  /* it is what a crash left */
  void        (*done) (gpointer data);
  gpointer      data;
} Opening;

static void
opening_free (Opening *self)
{
  if (self->done != NULL)
    self->done (self->data);
  g_object_unref (self->window);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->failures);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
set_opening (NerveWindow *self, gboolean opening)
{
  gtk_widget_set_visible (self->opening_spinner, opening);
  if (nerve_document_view_get_document (self->view) == NULL)
    gtk_stack_set_visible_child_name (self->stack, opening ? "opening" : "empty");
}

static void
report_failures (Opening *self)
{
  guint n = self->failures->len;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (self->failures, NULL);
  title = n == 1 ? g_strdup (_("The file could not be opened."))
                 : g_strdup_printf (ngettext ("%u file could not be opened.", "%u files could not be opened.", n), n);
  text = g_strjoinv ("\n", (char **) self->failures->pdata);
  nerve_window_set_error (self->window, title, text);
}

static void
end_opening (Opening *self)
{
  g_clear_object (&self->window->opening);
  set_opening (self->window, FALSE);
  if (self->failures->len > 0)
    report_failures (self);
  if (self->crashed && self->n_opened > 0)
    nerve_window_session_say_crashed (self->window);
  else if (self->n_opened > 1)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u file is open; the others are in the list beside Open",
                                                         "%u files are open; the others are in the list beside Open",
                                                         self->n_opened), self->n_opened);

      nerve_window_say (self->window, text);
    }
  opening_free (self);
}

static void open_next (Opening *self);

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *self = user_data;
  NerveWindow *window = self->window;
  g_autoptr (GError) error = NULL;
  NerveDocument *document = nerve_session_open_finish (NERVE_SESSION (source), result, &error);

  /* What was given up for something later has nothing more to say. */
  if (window->opening != self->cancellable)
    {
      opening_free (self);
      return;
    }

  if (document != NULL)
    {
      if (self->n_opened++ == 0)
        nerve_session_set_active (NERVE_SESSION (source), document);
      nerve_recent_add (window->recent, self->files->pdata[self->next]);
    }
  else if (!g_error_matches (error, NERVE_ERROR, NERVE_ERROR_CANCELLED) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_ptr_array_add (self->failures, g_strdup (error->message));
    }
  self->next++;
  open_next (self);
}

static void
on_session_opened (const NerveSessionOutcome *outcome, gpointer user_data)
{
  Opening *self = user_data;
  NerveWindow *window = self->window;

  if (window->opening != self->cancellable)
    {
      opening_free (self);
      return;
    }

  if (outcome->front != NULL && self->n_opened == 0)
    nerve_session_set_active (window->session, outcome->front);
  self->n_opened += outcome->n_opened;
  for (guint i = 0; i < outcome->failures->len; i++)
    g_ptr_array_add (self->failures, g_strdup (outcome->failures->pdata[i]));
  if (outcome->n_opened > 0 && !self->crashed)
    nerve_recent_add (window->recent, self->files->pdata[self->next]);
  self->next++;
  open_next (self);
}

static void
open_next (Opening *self)
{
  if (self->next < self->files->len && nerve_session_file_is (self->files->pdata[self->next]))
    nerve_window_session_open (self->window, self->files->pdata[self->next], self->cancellable, on_session_opened,
                               self);
  else if (self->next < self->files->len)
    nerve_session_open_async (self->window->session, self->files->pdata[self->next], self->cancellable, on_opened,
                              self);
  else
    end_opening (self);
}

static Opening *
start_opening (NerveWindow *self, GFile *const *files, guint n_files)
{
  Opening *opening;

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  nerve_window_set_error (self, NULL, NULL);
  set_opening (self, TRUE);

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->files = g_ptr_array_new_with_free_func (g_object_unref);
  opening->failures = g_ptr_array_new_with_free_func (g_free);
  opening->cancellable = g_object_ref (self->opening);
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (opening->files, g_object_ref (files[i]));

  return opening;
}

void
nerve_window_open_files (NerveWindow *self, GFile *const *files, guint n_files)
{
  g_return_if_fail (NERVE_IS_WINDOW (self));

  if (n_files > 0)
    open_next (start_opening (self, files, n_files));
}

void
nerve_window_restore (NerveWindow *self, GFile *file, void (*done) (gpointer), gpointer data)
{
  Opening *opening;

  g_return_if_fail (NERVE_IS_WINDOW (self));

  opening = start_opening (self, &file, 1);
  opening->crashed = TRUE;
  opening->done = done;
  opening->data = data;
  open_next (opening);
}

void
nerve_window_open (NerveWindow *self, GFile *file)
{
  g_return_if_fail (G_IS_FILE (file));

  nerve_window_open_files (self, &file, 1);
}

/* Actions */

static void
on_open_response (GtkNativeDialog *chooser, int response, NerveWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      nerve_window_open_files (self, (GFile *const *) files->pdata, files->len);
    }
  g_object_unref (chooser);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_dialog (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const ours[] = { "*.h5", "*.hdf5", "*.he5", "*.npy", "*.npz", "*.csv", "*.txt", "*.json",
                                      "*" NERVE_SESSION_FILE_SUFFIX, NULL };
  static const char *const all[] = { "*", NULL };
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Open Activations"), GTK_WINDOW (widget),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (chooser), _("Activations and Sessions"), ours);
  add_filter (GTK_FILE_CHOOSER (chooser), _("All Files"), all);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_open_response), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
open_uri (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  nerve_window_open (NERVE_WINDOW (widget), file);
}

static void
open_sample (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = NULL;

  if (nerve_paths_get_sample () == NULL)
    return;

  file = g_file_new_for_path (nerve_paths_get_sample ());
  nerve_window_open (NERVE_WINDOW (widget), file);
}

void
nerve_window_files_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_dialog);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", open_uri);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample);
}

/* The list of what is open */

static void
on_show_file (NerveWindow *self, GVariant *parameter)
{
  g_autoptr (NerveDocument) document =
    g_list_model_get_item (G_LIST_MODEL (self->session), g_variant_get_uint32 (parameter));

  if (document != NULL)
    nerve_session_set_active (self->session, document);
}

void
nerve_window_files_mark (NerveWindow *self)
{
  GListModel *open = G_LIST_MODEL (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (open); i++)
    {
      g_autoptr (NerveDocument) document = g_list_model_get_item (open, i);

      if (document == nerve_session_get_active (self->session))
        g_simple_action_set_state (self->shown_file, g_variant_new_uint32 (i));
    }
}

void
nerve_window_files_add_show (NerveWindow *self)
{
  self->shown_file = g_simple_action_new_stateful ("show-file", G_VARIANT_TYPE_UINT32, g_variant_new_uint32 (0));
  g_signal_connect_object (self->shown_file, "activate", G_CALLBACK (on_show_file), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (self->shown_file));
  g_signal_connect_object (self->session, "items-changed", G_CALLBACK (nerve_window_files_mark), self,
                           G_CONNECT_SWAPPED);
}

/* Drop */

/* A figure dragged out of the window and let go over it is no file to open. */
static gboolean
is_own (GtkDropTarget *target)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  return drop != NULL && gdk_drop_get_drag (drop) != NULL;
}

static GdkDragAction
on_drop_enter (NerveWindow *self, double x, double y, GtkDropTarget *target)
{
  gtk_widget_set_visible (self->drop_here, !is_own (target));

  return is_own (target) ? 0 : GDK_ACTION_COPY;
}

static void
on_drop_leave (NerveWindow *self)
{
  gtk_widget_set_visible (self->drop_here, FALSE);
}

static gboolean
on_drop (NerveWindow *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  on_drop_leave (self);
  if (is_own (target))
    return FALSE;
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_ptr_array_add (files, l->data);
  nerve_window_open_files (self, (GFile *const *) files->pdata, files->len);

  return files->len > 0;
}

void
nerve_window_files_add_drop (NerveWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "enter", G_CALLBACK (on_drop_enter), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (on_drop_leave), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
