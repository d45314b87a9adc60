#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "app/fixture.h"
#include "views/parameter-row.h"

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

/* A button whose words begin so. */
static GtkWidget *
find_offer (GtkWidget *widget, const char *words)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget))
    {
      const char *label = gtk_button_get_label (GTK_BUTTON (widget));

      return gtk_widget_get_visible (widget) && label != NULL && g_str_has_prefix (label, words) ? widget : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_offer (child, words);

  return found;
}

static gboolean
offers (GtkWidget *widget, const char *words)
{
  return find_offer (widget, words) != NULL;
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

static GtkWidget *
find_row (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (NERVE_IS_PARAMETER_ROW (widget))
    return g_str_equal (nerve_parameter_row_get_parameter (NERVE_PARAMETER_ROW (widget))->name, name) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, name);

  return found;
}

/* Into the number beside the slider of a parameter. */
static void
type (WindowFixture *f, const char *name, const char *text)
{
  GtkWidget *entry = window_fixture_find_inside (find_row (GTK_WIDGET (f->window), name), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  window_fixture_settle (f);
  window_fixture_wait (20);
}

static void
show_parameters (WindowFixture *f)
{
  g_object_set (nerve_window_get_view (f->window), "show-parameters", TRUE, NULL);
  window_fixture_wait (20);
}

static void
numbers_typed_too_large_or_too_small_are_told_what_helps (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_cloud (60, 3);
  NerveFigureView *pane = open_in_pane (f, path);

  show_parameters (f);
  type (f, "intervals", "700");
  type (f, "overlap", "0");
  g_assert_cmpstr (nerve_figure_view_get_banner (pane), ==,
                   "No interval of the cover holds the 5 points that a node needs.");
  g_assert_true (says (GTK_WIDGET (pane), "fewer intervals"));
  type (f, "intervals", "5");
  g_assert_false (g_str_has_prefix (nerve_figure_view_get_banner (pane) != NULL ? nerve_figure_view_get_banner (pane)
                                                                               : "", "No interval"));

  type (f, "eps", "0.000001");
  g_assert_true (g_str_has_prefix (nerve_figure_view_get_banner (pane), "Everything is noise at ε = "));
  g_signal_emit_by_name (find_offer (GTK_WIDGET (pane), "Use ε = "), "clicked");
  window_fixture_settle (f);
  window_fixture_wait (20);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (window_fixture_model (f)->layers[0].graph->mapper), >, 0);

  type (f, "min-samples", "61");
  g_assert_cmpstr (nerve_figure_view_get_banner (pane), ==, "There are 60 points; a node needs 61.");
  g_assert_cmpuint (nerve_mapper_get_n_nodes (window_fixture_model (f)->layers[0].graph->mapper), ==, 0);
  fixture_free (g_steal_pointer (&path));
}

static void
one_node_of_nearly_everything_is_told (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_cloud (60, 3);
  NerveFigureView *pane = open_in_pane (f, path);

  show_parameters (f);
  type (f, "intervals", "1");
  type (f, "eps", "1000");
  g_assert_nonnull (nerve_figure_view_get_banner (pane));
  g_assert_true (g_str_has_prefix (nerve_figure_view_get_banner (pane), "One node holds 100"));
  g_assert_nonnull (strstr (nerve_figure_view_get_banner (pane), "of the points at ε = 1000."));
  fixture_free (g_steal_pointer (&path));
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
  g_assert_false (offers (GTK_WIDGET (pane), "Automatic ε"));
  g_assert_false (offers (GTK_WIDGET (pane), "Use ε"));
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
  ADD (numbers_typed_too_large_or_too_small_are_told_what_helps);
  ADD (one_node_of_nearly_everything_is_told);
  ADD (too_fine_a_cover_is_not_called_noise);
  ADD (a_file_with_a_hole_offers_neither_other_layers_nor_another_try);

  return window_fixture_run ();
}
