#include "config.h"

#include "app/window.h"

#include <glib/gi18n.h>

#include "app/document-actions.h"
#include "app/drag-out.h"
#include "app/heartbeat.h"
#include "app/meaning.h"
#include "app/paths.h"
#include "app/ranking-window.h"
#include "app/settings.h"
#include "app/window-keys.h"
#include "app/window-memory.h"
#include "app/window-private.h"
#include "views/accessible-name.h"
#include "views/view-style.h"

#define PRESENTATION_SCALE 1.4
#define PRESENTATION_WIDTH 1600. /* pixels of a screen; on a wider one type grows with it */
#define PRESENTATION_MOST 1.6

G_DEFINE_FINAL_TYPE (NerveWindow, nerve_window, ADW_TYPE_APPLICATION_WINDOW)

/* What it says */

void
nerve_window_say (NerveWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
report (const char *message, gpointer user_data)
{
  nerve_window_say (user_data, message);
}

void
nerve_window_set_error (NerveWindow *self, const char *title, const char *message)
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

void
nerve_window_saved (NerveWindow *self, const char *text, gboolean written)
{
  if (!written)
    {
      nerve_window_set_error (self, _("The file could not be written."), text);
      return;
    }
  nerve_window_set_error (self, NULL, NULL);
  nerve_window_say (self, text);
}

static void
on_error_closed (NerveWindow *self)
{
  nerve_window_set_error (self, NULL, NULL);
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

/* A presentation is of the board alone, until there are images to show. */
static void
update_drawer (NerveWindow *self)
{
  NerveDocument *document = nerve_document_view_get_document (self->view);
  const NerveBitset *selection = document != NULL ? nerve_document_get_model (document)->selection : NULL;
  gboolean selected = selection != NULL && !nerve_bitset_is_empty (selection);

  gtk_widget_set_visible (GTK_WIDGET (nerve_document_view_get_drawer (self->view)), !self->presenting || selected);
}

/* Who goes on with something else has read what went wrong. */
static void
on_document_changed (NerveWindow *self, guint changes)
{
  if (changes & NERVE_CHANGE_SELECTION)
    update_drawer (self);
  if (changes & ~(NERVE_CHANGE_HOVER | NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS))
    nerve_window_set_error (self, NULL, NULL);
}

static void
on_view_changed (NerveWindow *self)
{
  g_autofree char *view = NULL;

  g_object_get (self->view, "view", &view, NULL);
  nerve_session_set_view (self->session, view);
}

/* What is open */

static void
add_property_action (NerveWindow *self, const char *name, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, self->view, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/* A graph that another program made has no parameters. */
static void
update_views (NerveWindow *self, NerveDocument *document)
{
  NerveDataset *dataset = document != NULL ? nerve_document_get_dataset (document) : NULL;

  if (dataset != NULL && nerve_dataset_get_graph (dataset) != NULL)
    g_action_map_remove_action (G_ACTION_MAP (self), "parameters");
  else
    add_property_action (self, "parameters", "show-parameters");

  nerve_window_views_update (self);
  gtk_stack_set_visible_child (self->titles, document != NULL ? self->views : GTK_WIDGET (self->title));
}

static void
show_document (NerveWindow *self, NerveDocument *document)
{
  g_autoptr (GSimpleActionGroup) actions = NULL;

  nerve_window_set_error (self, NULL, NULL);
  nerve_document_view_set_document (self->view, document);
  g_signal_group_set_target (self->commands, document);
  if (document != NULL)
    actions = nerve_document_actions_new (document, report, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "document", (GActionGroup *) actions);
  if (actions != NULL)
    nerve_document_view_set_actions (self->view, actions, report, self);
  gtk_stack_set_visible_child_name (self->stack, document != NULL ? "document" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-file", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.find-class", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open-selection", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-selection", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-session", document != NULL);
  gtk_widget_set_visible (self->sidebar_button, document != NULL);
  update_views (self, document);
  gtk_widget_set_visible (self->color_by,
                          document != NULL && nerve_palette_get_n_groups (nerve_document_get_palette (document)) > 0);
  update_title (self);
}

static void
on_active_changed (NerveWindow *self)
{
  show_document (self, nerve_session_get_active (self->session));
  nerve_window_files_mark (self);
}

/* Actions */

static void
close_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  NerveDocument *document = nerve_document_view_get_document (self->view);

  if (document != NULL)
    nerve_session_close (self->session, document);
}

/* A room sees a screen of many pixels no larger than one of few. */
static double
presentation_scale (NerveWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor = NULL;
  GdkRectangle screen = { 0 };

  if (surface != NULL)
    monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &screen);

  return PRESENTATION_SCALE * CLAMP (screen.width / PRESENTATION_WIDTH, 1, PRESENTATION_MOST);
}

static void
set_presenting (NerveWindow *self, gboolean presenting)
{
  if (self->presenting == presenting)
    return;

  self->presenting = presenting;
  nerve_view_style_set_type_scale (presenting ? presentation_scale (self) : 1);
  update_drawer (self);
  if (presenting)
    self->sidebar_before = nerve_document_view_wants_sidebar (self->view);
  g_object_set (self->view, "show-sidebar", !presenting && self->sidebar_before, NULL);
}

/* The whole screen and nothing on it but the board, for a room to read. */
static void
present (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);

  if (self->presenting)
    {
      set_presenting (self, FALSE);
      gtk_window_unfullscreen (GTK_WINDOW (self));
      return;
    }
  set_presenting (self, TRUE);
  gtk_window_fullscreen (GTK_WINDOW (self));
  nerve_window_say (self, _("F11 or Esc goes back to the window"));
}

/* The desktop has its own ways out. */
static void
on_fullscreen_changed (NerveWindow *self)
{
  if (!gtk_window_is_fullscreen (GTK_WINDOW (self)))
    set_presenting (self, FALSE);
}

gboolean
nerve_window_is_presenting (NerveWindow *self)
{
  g_return_val_if_fail (NERVE_IS_WINDOW (self), FALSE);
  return self->presenting;
}

static void
dismiss_error (GtkWidget *widget, const char *name, GVariant *parameter)
{
  nerve_window_set_error (NERVE_WINDOW (widget), NULL, NULL);
}

static void
show_ranking (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (nerve_ranking_window_new (self->session, GTK_WINDOW (self))));
}

static void
fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  nerve_document_view_fit (NERVE_WINDOW (widget)->view);
}

static void
find_class (GtkWidget *widget, const char *name, GVariant *parameter)
{
  nerve_document_view_find_class (NERVE_WINDOW (widget)->view);
}

static void
open_selection (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  NerveDocument *document = nerve_document_view_get_document (self->view);

  if (document == NULL)
    return;
  if (nerve_dataset_get_graph (nerve_document_get_dataset (document)) != NULL)
    nerve_window_say (self, _("There are no activations in this file to make graphs from"));
  else if (nerve_session_open_selection (self->session, document) != NULL)
    nerve_window_say (self, _("Only the selected images; closing them leads back to all"));
  else
    nerve_window_say (self, _("Select at least two images first"));
}

static gboolean
nerve_window_close_request (GtkWindow *window)
{
  set_presenting (NERVE_WINDOW (window), FALSE);
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

/* Each holds the view with all that is in it, as long as anybody has the window's actions. */
static void
drop_property_actions (NerveWindow *self)
{
  static const char * const names[] = { "sidebar", "parameters", "view" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_action_map_remove_action (G_ACTION_MAP (self), names[i]);
}

static void
nerve_window_dispose (GObject *object)
{
  NerveWindow *self = NERVE_WINDOW (object);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  nerve_window_session_clear (self);
  if (self->view != NULL)
    set_presenting (self, FALSE);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "document", NULL);
  if (self->view != NULL)
    {
      nerve_document_view_set_document (self->view, NULL);
      nerve_document_view_set_open (self->view, NULL);
    }
  drop_property_actions (self);
  g_clear_object (&self->commands);
  g_clear_object (&self->recent);
  g_clear_object (&self->shown_file);
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
explain (GtkWidget *widget, const char *action, GVariant *parameter)
{
  nerve_meaning_show (GTK_WINDOW (widget));
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.close-file", NULL, close_file);
  gtk_widget_class_install_action (widget_class, "win.dismiss-error", NULL, dismiss_error);
  gtk_widget_class_install_action (widget_class, "win.explain", NULL, explain);
  gtk_widget_class_install_action (widget_class, "win.find-class", NULL, find_class);
  gtk_widget_class_install_action (widget_class, "win.fit", NULL, fit);
  gtk_widget_class_install_action (widget_class, "win.open-selection", NULL, open_selection);
  gtk_widget_class_install_action (widget_class, "win.present", NULL, present);
  gtk_widget_class_install_action (widget_class, "win.rank", NULL, show_ranking);
}

static void
nerve_window_class_init (NerveWindowClass *klass)
{
  static const char *const view_buttons[] = { "board_button", "classes_button", "betti_button", "compare_button" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = nerve_window_close_request;

  g_type_ensure (NERVE_TYPE_DOCUMENT_VIEW);
  g_type_ensure (NERVE_TYPE_JOBS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/window.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, drop_here);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, error_title);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, error_label);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, notice_bar);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, notice_label);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, notice_button);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, open);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, jobs_button);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, title);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, views);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, views_menu);
  for (guint i = 0; i < G_N_ELEMENTS (view_buttons); i++)
    gtk_widget_class_bind_template_child_full (widget_class, view_buttons[i], FALSE,
                                               G_STRUCT_OFFSET (NerveWindow, view_buttons) + i * sizeof (GtkWidget *));
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, color_by);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, sample);
  gtk_widget_class_bind_template_child (widget_class, NerveWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_error_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_board_drawn);
  gtk_widget_class_bind_template_callback (widget_class, on_settled);
  gtk_widget_class_bind_template_callback (widget_class, update_title);
  gtk_widget_class_bind_template_callback (widget_class, nerve_window_views_check);
  install_actions (widget_class);
  nerve_window_files_install (widget_class);
  nerve_window_saving_install (widget_class);
  nerve_window_panes_install (widget_class);
  nerve_window_session_install (widget_class);
}

static void
name_inner_buttons (NerveWindow *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->open)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    nerve_accessible_name_buttons (child, GTK_IS_MENU_BUTTON (child) ? _("Open and recent files") : _("Open a file"));
  nerve_accessible_name_buttons (GTK_WIDGET (self->error_bar), _("Close"));
  nerve_accessible_name_buttons (GTK_WIDGET (self->notice_bar), _("Close"));
}

static void
nerve_window_init (NerveWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_property_action (self, "sidebar", "show-sidebar");
  add_property_action (self, "parameters", "show-parameters");
  add_property_action (self, "view", "view");

  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreen_changed), NULL);
  nerve_window_keys_add (self);
  nerve_window_files_add_drop (self);
  nerve_drag_out_attach (self->view);
  nerve_window_panes_add_click (self);
  self->commands = g_signal_group_new (NERVE_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->commands, "changed", G_CALLBACK (on_document_changed), self);
  name_inner_buttons (self);
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
  self->recent = nerve_recent_new (session);
  adw_split_button_set_menu_model (self->open, nerve_recent_get_menu (self->recent));
  nerve_window_files_add_show (self);
  nerve_jobs_button_set_jobs (self->jobs_button, nerve_session_get_jobs (session));
  nerve_document_view_set_open (self->view, G_LIST_MODEL (session));
  g_signal_connect_object (self->view, "notify::view", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::active", G_CALLBACK (on_active_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "items-changed", G_CALLBACK (nerve_window_views_update), self, G_CONNECT_SWAPPED);
  on_active_changed (self);

  return self;
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
