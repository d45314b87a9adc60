#include "config.h"

#include "app/window.h"

#include <glib/gi18n.h>

#include "app/document-actions.h"
#include "app/export-dialog.h"
#include "app/heartbeat.h"
#include "app/paths.h"
#include "app/recent.h"
#include "app/selection-table.h"
#include "app/settings.h"
#include "app/window-keys.h"
#include "app/window-memory.h"
#include "views/figure-view.h"

struct _NerveWindow
{
  AdwApplicationWindow parent_instance;
  GSettings           *settings;
  NerveSession        *session;
  NerveRecent         *recent;
  GCancellable        *opening;
  char                *error;
  AdwToastOverlay     *toasts;
  GtkStack            *stack;
  GtkInfoBar          *error_bar;
  GtkLabel            *error_title;
  GtkLabel            *error_label;
  AdwSplitButton      *open;
  GtkWidget           *opening_spinner;
  GtkWidget           *sidebar_button;
  AdwWindowTitle      *title;
  GtkWidget           *color_by;
  GtkWidget           *sample;
  NerveDocumentView   *view;
};

G_DEFINE_FINAL_TYPE (NerveWindow, nerve_window, ADW_TYPE_APPLICATION_WINDOW)

/* What it says */

static void
say (NerveWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
report (const char *message, gpointer user_data)
{
  say (user_data, message);
}

static void
set_error (NerveWindow *self, const char *title, const char *message)
{
  g_free (self->error);
  self->error = g_strdup (message);
  if (message != NULL)
    {
      gtk_label_set_label (self->error_title, title);
      gtk_label_set_label (self->error_label, message);
    }
  gtk_info_bar_set_revealed (self->error_bar, message != NULL);
}

static void
on_error_closed (NerveWindow *self)
{
  set_error (self, NULL, NULL);
}

static void
update_title (NerveWindow *self)
{
  NerveDocument *document = nerve_document_view_get_document (self->view);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  gboolean sidebar;

  if (document == NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _("Nerve"));
      adw_window_title_set_title (self->title, _("Nerve"));
      return;
    }

  name = g_path_get_basename (nerve_dataset_get_path (nerve_document_get_dataset (document)));
  title = g_strdup_printf (_("%s – Nerve"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  /* The sidebar has the name already. */
  g_object_get (self->view, "show-sidebar", &sidebar, NULL);
  adw_window_title_set_title (self->title, sidebar ? "" : name);
}

/* What is open */

static void
show_document (NerveWindow *self, NerveDocument *document)
{
  g_autoptr (GSimpleActionGroup) actions = NULL;

  nerve_document_view_set_document (self->view, document);
  if (document != NULL)
    actions = nerve_document_actions_new (document, report, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "document", (GActionGroup *) actions);
  gtk_stack_set_visible_child_name (self->stack, document != NULL ? "document" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-file", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-selection", document != NULL);
  gtk_widget_set_visible (self->sidebar_button, document != NULL);
  gtk_widget_set_visible (self->color_by,
                          document != NULL && nerve_palette_get_n_groups (nerve_document_get_palette (document)) > 0);
  update_title (self);
}

static void
on_active_changed (NerveWindow *self)
{
  show_document (self, nerve_session_get_active (self->session));
}

static void
set_opening (NerveWindow *self, gboolean opening)
{
  gtk_widget_set_visible (self->opening_spinner, opening);
  if (nerve_document_view_get_document (self->view) == NULL)
    gtk_stack_set_visible_child_name (self->stack, opening ? "opening" : "empty");
}

typedef struct
{
  NerveWindow  *window;
  GFile        *file;
  GCancellable *cancellable;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->window);
  g_object_unref (self->file);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  NerveWindow *self = opening->window;
  g_autoptr (GError) error = NULL;
  NerveDocument *document = nerve_session_open_finish (NERVE_SESSION (source), result, &error);

  /* An earlier one, given up for a later one, has nothing more to say. */
  if (self->opening == opening->cancellable)
    {
      g_clear_object (&self->opening);
      set_opening (self, FALSE);
      if (document != NULL)
        nerve_recent_add (self->recent, opening->file);
      else if (!g_error_matches (error, NERVE_ERROR, NERVE_ERROR_CANCELLED) &&
               !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_error (self, _("The file could not be opened."), error->message);
    }
  opening_free (opening);
}

void
nerve_window_open (NerveWindow *self, GFile *file)
{
  Opening *opening;

  g_return_if_fail (NERVE_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  set_error (self, NULL, NULL);
  set_opening (self, TRUE);

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->file = g_object_ref (file);
  opening->cancellable = g_object_ref (self->opening);
  nerve_session_open_async (self->session, file, self->opening, on_opened, opening);
}

/* Actions */

static void
on_open_response (GtkNativeDialog *chooser, int response, NerveWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      nerve_window_open (self, file);
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
  static const char *const ours[] = { "*.h5", "*.hdf5", "*.he5", "*.npy", "*.npz", "*.csv", "*.txt", NULL };
  static const char *const all[] = { "*", NULL };
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Open Activations"), GTK_WINDOW (widget),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (chooser), _("Activations"), ours);
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

static void
close_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  NerveDocument *document = nerve_document_view_get_document (self->view);

  if (document != NULL)
    nerve_session_close (self->session, document);
}

static void
on_export_done (NerveWindow *self, const char *text, gboolean written)
{
  if (written)
    say (self, text);
  else
    set_error (self, _("The file could not be written."), text);
}

/* Of the pane under the keyboard's focus, else of the board. */
static void
export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  NerveDocument *document = nerve_document_view_get_document (self->view);
  NerveExportDialog *dialog;

  if (document == NULL)
    return;

  dialog = nerve_export_dialog_new (document, GTK_WINDOW (self));
  if (focus != NULL && NERVE_IS_FIGURE_VIEW (focus))
    nerve_export_dialog_select (dialog, nerve_figure_view_get_kind (NERVE_FIGURE_VIEW (focus))->name,
                                nerve_figure_view_get_layer (NERVE_FIGURE_VIEW (focus)));
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_export_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_selection_file_chosen (GtkNativeDialog *chooser, int response, NerveWindow *self)
{
  NerveDocument *document = nerve_document_view_get_document (self->view);

  if (response == GTK_RESPONSE_ACCEPT && document != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = g_file_get_path (file);
      g_autofree char *name = g_file_get_basename (file);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      if (nerve_selection_table_write (nerve_document_get_model (document), path, &error))
        text = g_strdup_printf (_("Saved %s"), name);
      else
        text = g_strdup_printf ("%s: %s", name, error->message);
      on_export_done (self, text, error == NULL);
    }
  g_object_unref (chooser);
}

static void
save_selection (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save the Selected Images' Ids"), GTK_WINDOW (widget),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "selection.csv");
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_selection_file_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  nerve_document_view_fit (NERVE_WINDOW (widget)->view);
}

/* Drop */

static gboolean
on_drop (NerveWindow *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    nerve_window_open (self, l->data);

  return files != NULL;
}

static void
add_drop_target (NerveWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static gboolean
nerve_window_close_request (GtkWindow *window)
{
  nerve_window_memory_keep (NERVE_WINDOW (window), NERVE_WINDOW (window)->settings);

  return GTK_WINDOW_CLASS (nerve_window_parent_class)->close_request (window);
}

/* Milestones for benchmarks */

static void
on_board_drawn (NerveWindow *self)
{
  nerve_heartbeat_milestone ("board drawn");
}

static void
on_settled (NerveWindow *self)
{
  nerve_heartbeat_milestone ("settled");
  if (nerve_heartbeat_wants_exit ())
    gtk_window_close (GTK_WINDOW (self));
}

/* The widget */

static void
nerve_window_dispose (GObject *object)
{
  NerveWindow *self = NERVE_WINDOW (object);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "document", NULL);
  if (self->view != NULL)
    nerve_document_view_set_document (self->view, NULL);
  g_clear_object (&self->recent);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), NERVE_TYPE_WINDOW);

  G_OBJECT_CLASS (nerve_window_parent_class)->dispose (object);
}

static void
nerve_window_finalize (GObject *object)
{
  g_free (NERVE_WINDOW (object)->error);

  G_OBJECT_CLASS (nerve_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_dialog);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", open_uri);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample);
  gtk_widget_class_install_action (widget_class, "win.close-file", NULL, close_file);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "win.save-selection", NULL, save_selection);
  gtk_widget_class_install_action (widget_class, "win.fit", NULL, fit);
}

static void
nerve_window_class_init (NerveWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = nerve_window_close_request;

  g_type_ensure (NERVE_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/window.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, error_title);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, error_label);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, open);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, title);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, color_by);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, sample);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_error_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_board_drawn);
  gtk_widget_class_bind_template_callback (widget_class, on_settled);
  gtk_widget_class_bind_template_callback (widget_class, update_title);
  install_actions (widget_class);
}

static void
nerve_window_init (NerveWindow *self)
{
  g_autoptr (GPropertyAction) sidebar = NULL;
  g_autoptr (GPropertyAction) parameters = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  sidebar = g_property_action_new ("sidebar", self->view, "show-sidebar");
  parameters = g_property_action_new ("parameters", self->view, "show-parameters");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (sidebar));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (parameters));

  nerve_window_keys_add (self);
  add_drop_target (self);
  self->recent = nerve_recent_new ();
  adw_split_button_set_menu_model (self->open, nerve_recent_get_menu (self->recent));
  gtk_widget_set_visible (self->sample, nerve_paths_get_sample () != NULL);
  self->settings = nerve_settings_new ();
  nerve_window_memory_restore (self, self->settings);
}

NerveWindow *
nerve_window_new (AdwApplication *application, NerveSession *session)
{
  NerveWindow *self;

  g_return_val_if_fail (NERVE_IS_SESSION (session), NULL);

  self = g_object_new (NERVE_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::active", G_CALLBACK (on_active_changed), self, G_CONNECT_SWAPPED);
  on_active_changed (self);

  return self;
}

NerveSession *
nerve_window_get_session (NerveWindow *self)
{
  g_return_val_if_fail (NERVE_IS_WINDOW (self), NULL);
  return self->session;
}

NerveDocumentView *
nerve_window_get_view (NerveWindow *self)
{
  g_return_val_if_fail (NERVE_IS_WINDOW (self), NULL);
  return self->view;
}

const char *
nerve_window_get_error (NerveWindow *self)
{
  g_return_val_if_fail (NERVE_IS_WINDOW (self), NULL);
  return self->error;
}
