#include "config.h"

#include <glib/gi18n.h>

#include "app/place.h"
#include "app/window-private.h"

/* What the bar says: first come, first said. */
typedef struct
{
  char              *text;
  const char        *label;  /* of the button; NULL: none */
  void             (*act) (NerveWindow *self);
  NerveSessionEntry *entry;  /* NULL: of none */
} Notice;

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_clear_pointer (&notice->entry, nerve_session_entry_unref);
  g_free (notice->text);
  g_free (notice);
}

static void
show_notice (NerveWindow *self)
{
  const Notice *notice = g_queue_peek_head (&self->notices);

  if (notice != NULL)
    {
      gtk_label_set_label (self->notice_label, notice->text);
      gtk_widget_set_visible (GTK_WIDGET (self->notice_button), notice->label != NULL);
      gtk_button_set_label (self->notice_button, notice->label != NULL ? notice->label : "");
    }
  gtk_info_bar_set_revealed (self->notice_bar, notice != NULL);
}

/* Of a crash. */
static int
find_patient (gconstpointer notice, gconstpointer user_data)
{
  return ((const Notice *) notice)->act == NULL || ((const Notice *) notice)->entry != NULL;
}

/* @text: (transfer full). What is said of a file goes before what is said of a crash: it may be the reason why. */
static void
add_notice (NerveWindow *self, char *text, const char *label, void (*act) (NerveWindow *), NerveSessionEntry *entry)
{
  Notice *notice = g_new0 (Notice, 1);

  notice->text = text;
  notice->label = label;
  notice->act = act;
  notice->entry = entry != NULL ? nerve_session_entry_ref (entry) : NULL;
  g_queue_insert_before (&self->notices,
                         find_patient (notice, NULL) ? g_queue_find_custom (&self->notices, NULL, find_patient) : NULL,
                         notice);
  show_notice (self);
}

static void
drop_notice (NerveWindow *self)
{
  notice_free (g_queue_pop_head (&self->notices));
  show_notice (self);
}

void
nerve_window_session_clear (NerveWindow *self)
{
  g_queue_clear_full (&self->notices, notice_free);
}

const char *
nerve_window_get_notice (NerveWindow *self)
{
  const Notice *notice;

  g_return_val_if_fail (NERVE_IS_WINDOW (self), NULL);
  notice = g_queue_peek_head (&self->notices);

  return notice != NULL ? notice->text : NULL;
}

static void
on_notice_button (GtkButton *button, NerveWindow *self)
{
  const Notice *notice = g_queue_peek_head (&self->notices);

  if (notice != NULL && notice->act != NULL)
    notice->act (self);
}

/* After a crash */

static void
start_afresh (NerveWindow *self)
{
  NerveSessionEntry *lost;

  while (g_list_model_get_n_items (G_LIST_MODEL (self->session)) > 0)
    {
      g_autoptr (NerveDocument) document = g_list_model_get_item (G_LIST_MODEL (self->session), 0);

      nerve_session_close (self->session, document);
    }
  while ((lost = nerve_session_get_lost (self->session)) != NULL)
    nerve_session_drop_lost (self->session, lost);
  nerve_window_session_clear (self);
  show_notice (self);
}

void
nerve_window_session_say_crashed (NerveWindow *self)
{
  add_notice (self, g_strdup (_("Nerve ended unexpectedly. What was open is open again.")), _("_Start Afresh"),
              start_afresh, NULL);
}

static void
open_last (NerveWindow *self)
{
  drop_notice (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-last-session", NULL);
}

void
nerve_window_say_last_session (NerveWindow *self)
{
  g_return_if_fail (NERVE_IS_WINDOW (self));

  add_notice (self, g_strdup (_("Nerve ended unexpectedly. What was open then can be opened again.")),
              _("Open the _Last Session"), open_last, NULL);
}

/* A data file that is gone */

static void
on_located (GtkNativeDialog *chooser, int response, NerveWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      nerve_window_locate (self, file);
    }
  g_object_unref (chooser);
}

static void
ask_where (NerveWindow *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Where Is the File Now?"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_located), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
say_lost (NerveWindow *self, NerveSessionEntry *entry)
{
  g_autofree char *path = g_filename_display_name (nerve_session_entry_get_path (entry));

  nerve_session_add_lost (self->session, entry);
  add_notice (self, g_strdup_printf (_("%s is not there any more."), path), _("_Locate…"), ask_where, entry);
}

static void
say_changed (NerveWindow *self, NerveDocument *document)
{
  const char *path = nerve_dataset_get_path (nerve_document_get_dataset (document));
  g_autofree char *name = g_filename_display_basename (path);

  add_notice (self, g_strdup_printf (_("%s has changed since the session was saved. Its results are computed anew."),
                                     name), NULL, NULL, NULL);
}

/* Opening one file after the other */

typedef struct
{
  NerveWindow        *window;
  GCancellable       *cancellable;
  NerveSessionFile   *file;
  guint               next;
  NerveSessionOutcome outcome;
  NerveSessionOpened  opened;
  gpointer            user_data;
} Restoring;

static void
end_restoring (Restoring *self)
{
  gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);

  self->opened (&self->outcome, self->user_data);
  /* There is something to view only now. */
  if (self->outcome.n_opened > 0 && self->file->view != NULL && !cancelled)
    nerve_window_views_show (self->window, self->file->view);
  g_object_unref (self->window);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->outcome.failures);
  g_clear_pointer (&self->file, nerve_session_file_free);
  g_free (self);
}

static void restore_next (Restoring *self);

/* What is gone may be found again; what is damaged is said. */
static void
take_failure (Restoring *self, const GError *error)
{
  if (g_error_matches (error, NERVE_ERROR, NERVE_ERROR_OPEN))
    say_lost (self->window, self->file->entries->pdata[self->next]);
  else if (!g_error_matches (error, NERVE_ERROR, NERVE_ERROR_CANCELLED) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_ptr_array_add (self->outcome.failures, g_strdup (error->message));
}

static void
on_entry_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Restoring *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;
  NerveDocument *document = nerve_session_restore_finish (NERVE_SESSION (source), result, &changed, &error);

  if (document == NULL)
    take_failure (self, error);
  else if (self->outcome.n_opened++ == 0 || (int) self->next == self->file->active)
    self->outcome.front = document;
  if (changed)
    say_changed (self->window, document);
  self->next++;
  restore_next (self);
}

static void
restore_next (Restoring *self)
{
  if (self->next < self->file->entries->len && !g_cancellable_is_cancelled (self->cancellable))
    nerve_session_restore_async (self->window->session, self->file->entries->pdata[self->next], self->cancellable,
                                 on_entry_restored, self);
  else
    end_restoring (self);
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (task_data);
  g_autofree char *name = nerve_place_name (task_data);
  NerveSessionFile *file;
  GError *error = NULL;

  if (path == NULL)
    {
      g_task_return_new_error (task, NERVE_ERROR, NERVE_ERROR_OPEN, _("%s: not a local file"), name);
      return;
    }
  file = nerve_session_file_read (path, &error);
  if (file != NULL)
    {
      g_task_return_pointer (task, file, (GDestroyNotify) nerve_session_file_free);
      return;
    }

  g_prefix_error (&error, "%s: ", name);
  g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Restoring *self = user_data;
  g_autoptr (GError) error = NULL;

  self->file = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->file == NULL)
    {
      g_ptr_array_add (self->outcome.failures, g_strdup (error->message));
      self->file = nerve_session_file_new ();
    }
  restore_next (self);
}

void
nerve_window_session_open (NerveWindow *self, GFile *file, GCancellable *cancellable, NerveSessionOpened opened,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->window = g_object_ref (self);
  restoring->cancellable = g_object_ref (cancellable);
  restoring->outcome.failures = g_ptr_array_new_with_free_func (g_free);
  restoring->opened = opened;
  restoring->user_data = user_data;
  task = g_task_new (self, NULL, on_read, restoring);
  g_task_set_source_tag (task, nerve_window_session_open);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

/* The file that was gone, from where it is now */

typedef struct
{
  NerveWindow       *window;
  NerveSessionEntry *entry;
} Locating;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Locating *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;
  NerveDocument *document = nerve_session_restore_finish (NERVE_SESSION (source), result, &changed, &error);

  if (document == NULL)
    {
      nerve_window_set_error (self->window, _("The file could not be opened."), error->message);
    }
  else
    {
      const Notice *notice = g_queue_peek_head (&self->window->notices);

      nerve_session_drop_lost (self->window->session, self->entry);
      if (notice != NULL && notice->entry == self->entry)
        drop_notice (self->window);
      nerve_session_set_active (self->window->session, document);
      if (changed)
        say_changed (self->window, document);
    }
  nerve_session_entry_unref (self->entry);
  g_object_unref (self->window);
  g_free (self);
}

void
nerve_window_locate (NerveWindow *self, GFile *file)
{
  const Notice *notice;
  g_autoptr (NerveSessionEntry) moved = NULL;
  g_autofree char *path = g_file_get_path (file);
  Locating *locating;

  g_return_if_fail (NERVE_IS_WINDOW (self));

  notice = g_queue_peek_head (&self->notices);
  if (notice == NULL || notice->entry == NULL || path == NULL)
    return;

  locating = g_new0 (Locating, 1);
  locating->window = g_object_ref (self);
  locating->entry = nerve_session_entry_ref (notice->entry);
  moved = nerve_session_entry_moved (notice->entry, path);
  nerve_session_restore_async (self->session, moved, NULL, on_found, locating);
}

/* Saving */

typedef struct
{
  NerveWindow      *window;
  NerveSessionFile *file;
  GFile            *place;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_object_unref (self->window);
  nerve_session_file_free (self->file);
  g_object_unref (self->place);
  g_free (self);
}

static gboolean
write_session (const char *path, gpointer user_data, GError **error)
{
  return nerve_session_file_write (user_data, path, error);
}

static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Saving *self = task_data;
  GError *error = NULL;

  if (nerve_place_write (self->place, write_session, self->file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *self = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = nerve_place_name (self->place);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean written = g_task_propagate_boolean (G_TASK (result), &error);

  text = written ? g_strdup_printf (_("Saved %s"), name) : g_strdup_printf ("%s: %s", name, error->message);
  if (written && self->window->recent != NULL)
    nerve_recent_add (self->window->recent, self->place);
  nerve_window_saved (self->window, text, written);
}

/* A name without suffix gets it: by that a session is known. */
static GFile *
with_suffix (GFile *place)
{
  g_autofree char *name = g_file_get_basename (place);
  g_autoptr (GFile) folder = g_file_get_parent (place);
  g_autofree char *full = NULL;

  if (nerve_session_file_is (place) || folder == NULL)
    return g_object_ref (place);

  full = g_strconcat (name, NERVE_SESSION_FILE_SUFFIX, NULL);

  return g_file_get_child (folder, full);
}

void
nerve_window_save_session (NerveWindow *self, GFile *place)
{
  g_autoptr (GTask) task = NULL;
  Saving *saving;

  g_return_if_fail (NERVE_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (place));

  saving = g_new0 (Saving, 1);
  saving->window = g_object_ref (self);
  saving->file = nerve_session_snapshot (self->session);
  saving->place = with_suffix (place);
  task = g_task_new (NULL, NULL, on_saved, NULL);
  g_task_set_source_tag (task, nerve_window_save_session);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_thread);
}

static void
on_place_chosen (GtkNativeDialog *chooser, int response, NerveWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      nerve_window_save_session (self, place);
    }
  g_object_unref (chooser);
}

/* By the file in front. */
static char *
propose_name (NerveWindow *self)
{
  NerveDocument *document = nerve_session_get_active (self->session);
  g_autofree char *name = g_filename_display_basename (nerve_dataset_get_path (nerve_document_get_dataset (document)));
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';

  return g_strconcat (name, NERVE_SESSION_FILE_SUFFIX, NULL);
}

static void
save_session (GtkWidget *widget, const char *action, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  GtkFileChooserNative *chooser;
  g_autofree char *name = NULL;

  if (nerve_session_get_active (self->session) == NULL)
    return;

  chooser = gtk_file_chooser_native_new (_("Save the Session"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                         _("_Save"), _("_Cancel"));
  name = propose_name (self);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_place_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
nerve_window_session_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-session", NULL, save_session);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_notice_button", G_CALLBACK (on_notice_button));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_notice_closed", G_CALLBACK (drop_notice));
}
