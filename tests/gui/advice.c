#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "app/fixture.h"

/* What a pane says when there is nothing to see must fit the cause, and what it offers must work. */

static NerveFigureView *
open_in_pane (WindowFixture *f, const char *path)
{
  window_fixture_open (f, path);
  g_assert_nonnull (f->document);
  window_fixture_settle (f);
  window_fixture_wait (20);

  return window_fixture_pane (f, 0, 0);
}

static gboolean
offers (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (offers (child, label))
      return TRUE;

  return FALSE;
}

static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;

  return FALSE;
}

static void
a_single_point_is_told_what_helps (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_cloud (1, 8);
  NerveFigureView *pane = open_in_pane (f, path);

  g_assert_cmpstr (nerve_figure_view_get_banner (pane), ==, "There is 1 point; a node needs 5.");
  g_assert_false (says (GTK_WIDGET (pane), "Raise"));

  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'min-samples', '1')");
  window_fixture_settle (f);
  window_fixture_wait (20);
  g_assert_null (nerve_figure_view_get_banner (pane));
  g_assert_cmpuint (nerve_mapper_get_n_nodes (window_fixture_model (f)->layers[0].graph->mapper), ==, 1);
  fixture_free (g_steal_pointer (&path));
}

static void
too_fine_a_cover_is_not_called_noise (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_cloud (30, 3);
  NerveFigureView *pane = open_in_pane (f, path);

  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'intervals', '500')");
  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'eps', 'inf')");
  window_fixture_settle (f);
  window_fixture_wait (20);
  g_assert_true (g_str_has_prefix (nerve_figure_view_get_banner (pane), "No interval"));
  g_assert_false (offers (GTK_WIDGET (pane), "Automatic"));
  fixture_free (g_steal_pointer (&path));
}

static void
a_file_with_a_hole_offers_neither_other_layers_nor_another_try (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "nerve-hole.csv", NULL);
  NerveFigureView *pane;

  g_assert_true (g_file_set_contents (path, "1,2\n3,4\nnan,5\n6,7\n8,9\n1,1\n2,2\n", -1, NULL));
  window_fixture_open (f, path);
  pane = window_fixture_pane (f, 0, 0);
  /* A board with a pane that failed is never complete. */
  while (nerve_figure_view_get_banner (pane) == NULL)
    window_fixture_wait (10);
  g_assert_nonnull (strstr (nerve_figure_view_get_banner (pane), "NaN"));
  g_assert_false (offers (GTK_WIDGET (pane), "Retry"));
  g_assert_false (says (GTK_WIDGET (pane), "other layer"));
  g_assert_false (says (GTK_WIDGET (pane), "the others"));
  g_unlink (path);
}

#define ADD(test)                                                                                                     \
  g_test_add ("/advice/" #test, WindowFixture, "empty", window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (a_single_point_is_told_what_helps);
  ADD (too_fine_a_cover_is_not_called_noise);
  ADD (a_file_with_a_hole_offers_neither_other_layers_nor_another_try);

  return window_fixture_run ();
}
