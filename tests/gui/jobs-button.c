#include "gui/window-fixture.h"

#include "app/job-row.h"
#include "app/jobs-button.h"

/* The button that says what is computed, and the presentation. */

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static GtkWidget *
jobs_button (WindowFixture *f)
{
  GtkWidget *button = find (GTK_WIDGET (f->window), NERVE_TYPE_JOBS_BUTTON);

  g_assert_nonnull (button);

  return button;
}

/* A computation that lasts until it is cancelled. */
static void
make_long_job (WindowFixture *f)
{
  window_fixture_activate (f, "document.set-parameter", "(true, 'bootstrap', 'draws', '10000')");
  window_fixture_activate (f, "document.set-parameter", "(true, 'diagram', 'bands', 'true')");
}

static guint
count_rows (GtkWidget *button)
{
  GtkWidget *list = find (button, GTK_TYPE_LIST_BOX);
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;

  return n;
}

static void
open_popover (GtkWidget *button)
{
  while (!gtk_widget_get_visible (button))
    window_fixture_wait (20);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find (button, GTK_TYPE_MENU_BUTTON)));
  while (count_rows (button) == 0)
    window_fixture_wait (20);
}

static void
what_runs_is_shown_and_can_be_cancelled (WindowFixture *f, gconstpointer data)
{
  GtkWidget *button = jobs_button (f);
  NerveJobs *jobs = nerve_session_get_jobs (f->session);
  GtkWidget *row, *cancel;
  guint n;

  while (gtk_widget_get_visible (button))
    window_fixture_wait (20);
  make_long_job (f);
  open_popover (button);
  /* Rows have their places only after a frame. */
  window_fixture_wait (100);
  n = nerve_jobs_get_n_active (jobs);
  g_assert_cmpuint (n, >, 1);

  row = find (button, NERVE_TYPE_JOB_ROW);
  cancel = find (row, GTK_TYPE_BUTTON);
  g_assert_cmpuint (gtk_widget_get_width (cancel), >=, 24);
  gtk_test_accessible_assert_property (cancel, GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_widget_get_tooltip_text (cancel));
  g_assert_nonnull (nerve_job_get_subject (nerve_job_row_get_job (NERVE_JOB_ROW (row))));
  g_signal_emit_by_name (cancel, "clicked");
  g_assert_cmpuint (nerve_jobs_get_n_active (jobs), ==, n - 1);
  g_assert_cmpuint (count_rows (button), ==, n - 1);

  /* The last button is that for all. */
  cancel = gtk_widget_get_last_child (gtk_widget_get_parent (gtk_widget_get_ancestor (find (button, GTK_TYPE_LIST_BOX),
                                                                                      GTK_TYPE_SCROLLED_WINDOW)));
  g_assert_true (GTK_IS_BUTTON (cancel));
  g_signal_emit_by_name (cancel, "clicked");
  while (gtk_widget_get_visible (button))
    window_fixture_wait (20);
  g_assert_cmpuint (nerve_jobs_get_n_active (jobs), ==, 0);
}

static int
get_dpi (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);

  return dpi;
}

static void
a_presentation_is_in_larger_type_and_escape_ends_it (WindowFixture *f, gconstpointer data)
{
  NerveDrawer *drawer = nerve_document_view_get_drawer (nerve_window_get_view (f->window));
  int dpi = get_dpi ();

  window_fixture_activate (f, "win.present", NULL);
  g_assert_true (nerve_window_is_presenting (f->window));
  g_assert_cmpint (get_dpi (), >=, (int) (dpi * 1.4 + .5)); /* more on a large screen */
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (drawer)));
  /* What is selected is shown to the room as well. */
  window_fixture_activate (f, "document.select-class", "(@u 0, false, @u 0)");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (drawer)));
  window_fixture_activate (f, "document.clear", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (drawer)));
  window_fixture_settle (f);
  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_Escape);
  g_assert_false (nerve_window_is_presenting (f->window));
  g_assert_cmpint (get_dpi (), ==, dpi);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (drawer)));
  window_fixture_settle (f);
}

#define ADD(test, data)                                                                                               \
  g_test_add ("/jobs-button/" #test, WindowFixture, data, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (what_runs_is_shown_and_can_be_cancelled, NULL);
  ADD (a_presentation_is_in_larger_type_and_escape_ends_it, NULL);

  return window_fixture_run ();
}
