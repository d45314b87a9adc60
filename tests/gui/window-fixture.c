#include "gui/window-fixture.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "app/fixture.h"
#include "app/paths.h"
#include "views/figure-view-private.h"

#define PATIENCE (120 * G_USEC_PER_SEC)

/* Half a second after the pointer came to something with a tooltip GTK asks for its place on the window's surface, and
 * for the widget there, also when the window has gone meanwhile: two complaints of GTK about itself. */
static gboolean
is_of_tooltips (const char *message)
{
  return strstr (message, "gdk_surface_get_device_position: assertion 'GDK_IS_SURFACE (surface)'") != NULL ||
         strstr (message, "_gtk_widget_find_at_coords: assertion 'GDK_IS_SURFACE (surface)'") != NULL;
}

static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer unused)
{
  return !is_of_tooltips (message);
}

static void
log_other (const char *domain, GLogLevelFlags level, const char *message, gpointer unused)
{
  if (!is_of_tooltips (message))
    g_log_default_handler (domain, level, message, NULL);
}

void
window_fixture_prepare (int *argc, char ***argv)
{
  g_autofree char *program = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve", NULL);
  g_autofree char *helper = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve-layout", NULL);
  g_autofree char *translations = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "..", "po", NULL);
  g_autofree char *folder = g_dir_make_tmp ("nerve-gui-XXXXXX", NULL);

  /* Not G_TEST_OPTION_ISOLATE_DIRS: without the system's data no icon can be loaded. */
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("NERVE_NON_UNIQUE", "1", TRUE);
  g_setenv ("NERVE_LAYOUT_HELPER", helper, TRUE);
  g_test_init (argc, argv, NULL);
  g_log_set_handler ("Gdk", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, log_other, NULL);
  g_log_set_handler ("Gtk", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, log_other, NULL);
  nerve_paths_init (program);
  /* English, unless a test is run with another LANGUAGE. */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static NerveApplication *application;

static void
run_tests (GApplication *self, int *status)
{
  /* Neither the sample nor a window of the application's own. */
  g_signal_stop_emission_by_name (self, "activate");
  *status = g_test_run ();
}

int
window_fixture_run (void)
{
  int status = 1;

  application = nerve_application_new ();
  g_signal_connect (application, "activate", G_CALLBACK (run_tests), &status);
  g_application_run (G_APPLICATION (application), 0, NULL);
  g_assert_finalize_object (application);

  return status;
}

const NerveFigureModel *
window_fixture_model (WindowFixture *f)
{
  return nerve_document_get_model (f->document);
}

static void
iterate (gint64 since)
{
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - since, <, PATIENCE);
}

static gboolean
set_flag (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

void
window_fixture_wait (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  /* On a busy machine the time may be over before anything was done: what is queued now is done first. */
  over = FALSE;
  g_idle_add (set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

void
window_fixture_assert_gone (gpointer object)
{
  gint64 start = g_get_monotonic_time ();

  while (G_OBJECT (object)->ref_count > 1 && g_get_monotonic_time () - start < 10 * G_USEC_PER_SEC)
    window_fixture_wait (10);
  g_assert_finalize_object (G_OBJECT (object));
}

GBytes *
window_fixture_pixels (NerveFigurePicture *picture)
{
  return g_bytes_new (cairo_image_surface_get_data (picture->surface),
                      (gsize) cairo_image_surface_get_stride (picture->surface) *
                      cairo_image_surface_get_height (picture->surface));
}

void
window_fixture_settle (WindowFixture *f)
{
  NerveDocumentView *view = nerve_window_get_view (f->window);
  gint64 start = g_get_monotonic_time ();

  while (!nerve_document_is_settled (f->document))
    iterate (start);
  /* What the document said is looked at in an idle, and drawn in others. */
  window_fixture_wait (1);
  while (!nerve_board_is_complete (nerve_document_view_get_board (view)))
    iterate (start);
}

void
window_fixture_open (WindowFixture *f, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  NerveDocumentView *view = nerve_window_get_view (f->window);
  NerveDocument *before = nerve_document_view_get_document (view);
  gint64 start = g_get_monotonic_time ();

  g_application_open (G_APPLICATION (application), &file, 1, "");
  while (nerve_document_view_get_document (view) == before && nerve_window_get_error (f->window) == NULL)
    iterate (start);
  f->document = nerve_document_view_get_document (view);
}

void
window_fixture_set_up (WindowFixture *f, gconstpointer data)
{
  g_test_log_set_fatal_handler (is_fatal, NULL); /* each test begins without one */
  f->path = fixture_network ();
  f->session = nerve_session_new ();
  f->window = nerve_window_new (ADW_APPLICATION (application), f->session);
  gtk_window_present (GTK_WINDOW (f->window));
  if (data == NULL)
    {
      window_fixture_open (f, f->path);
      g_assert_nonnull (f->document);
      window_fixture_settle (f);
    }
}

void
window_fixture_tear_down (WindowFixture *f, gconstpointer data)
{
  NerveWindow *window = g_object_ref (f->window);

  gtk_window_destroy (GTK_WINDOW (f->window));
  window_fixture_assert_gone (window);
  window_fixture_assert_gone (f->session);
  fixture_free (f->path);
}

NerveFigureView *
window_fixture_pane (WindowFixture *f, guint column, guint pane)
{
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));

  return nerve_column_get_pane (nerve_board_get_column (board, column), pane);
}

void
window_fixture_activate (WindowFixture *f, const char *action, const char *parameters)
{
  GVariant *variant = parameters != NULL ? g_variant_new_parsed (parameters) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (f->window), action, variant));
}

GtkWidget *
window_fixture_find_inside (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = window_fixture_find_inside (child, type);

  return found;
}

GtkEventController *
window_fixture_find_controller (GtkWidget *widget, GType type, guint button)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) != type)
        continue;
      if (button == 0 || gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == button)
        return controller;
    }

  return NULL;
}

void
window_fixture_click (WindowFixture *f, guint column, guint node, int n_press)
{
  NerveFigureView *pane = window_fixture_pane (f, column, 0);
  GtkEventController *click = window_fixture_find_controller (GTK_WIDGET (pane), GTK_TYPE_GESTURE_CLICK,
                                                              GDK_BUTTON_PRIMARY);
  g_autoptr (GArray) marks = nerve_figure_view_marks (pane);

  g_assert_nonnull (click);
  g_assert_cmpuint (node, <, marks->len);
  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);

      if (mark->index == node)
        g_signal_emit_by_name (click, "pressed", n_press, mark->x, mark->y);
    }
}

/* Each of the widget's controllers for keys in turn, until one takes it. */
void
window_fixture_press_key (WindowFixture *f, GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  g_assert_true (handled);
}
