#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "app/fixture.h"
#include "views/figure-view-private.h"

static void
an_argument_opens_and_pins_three_layers (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));

  g_assert_cmpuint (nerve_board_get_n_columns (board), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (model->pinned[i]);
      g_assert_cmpuint (nerve_column_get_layer (nerve_board_get_column (board, i)), ==, model->columns[i]);
      g_assert_true (nerve_figure_view_is_complete (window_fixture_pane (f, i, 0)));
      g_assert_true (nerve_figure_view_is_complete (window_fixture_pane (f, i, 1)));
    }
  g_assert_null (nerve_window_get_error (f->window));
}

static void
walking_changes_only_the_rightmost_unpinned_column (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint first = model->columns[0];
  guint last = model->columns[2];

  window_fixture_activate (f, "document.toggle-pin", "@u 1");
  window_fixture_activate (f, "document.walk-to", "@u 5");
  window_fixture_settle (f);
  g_assert_cmpuint (model->columns[0], ==, first);
  g_assert_cmpuint (model->columns[1], ==, 5);
  g_assert_cmpuint (model->columns[2], ==, last);
  g_assert_cmpuint (nerve_figure_view_get_layer (window_fixture_pane (f, 1, 0)), ==, 5);
  g_assert_true (nerve_figure_view_is_complete (window_fixture_pane (f, 1, 0)));
}

static void
up_and_down_walk_and_space_pins (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint before = model->current;

  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_Up);
  g_assert_cmpuint (model->current, ==, before - 1);
  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_Down);
  g_assert_cmpuint (model->current, ==, before);
  g_assert_false (model->pinned[2]);
  window_fixture_wait (20);
  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_space);
  g_assert_true (model->pinned[2]);
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LIST_BOX (widget) && gtk_widget_has_css_class (widget, "navigation-sidebar"))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);

  return found;
}

static void
the_list_of_layers_walks_as_its_selection_moves (WindowFixture *f, gconstpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (find_list (GTK_WIDGET (nerve_window_get_view (f->window))));

  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 2));
  g_assert_cmpuint (window_fixture_model (f)->current, ==, 2);
  window_fixture_activate (f, "document.walk-by", "3");
  window_fixture_wait (20);
  g_assert_true (gtk_list_box_get_selected_row (list) == gtk_list_box_get_row_at_index (list, 5));
  window_fixture_settle (f);
}

static void
tab_leaves_the_list_of_layers_and_the_layer_stays (WindowFixture *f, gconstpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (find_list (GTK_WIDGET (nerve_window_get_view (f->window))));

  window_fixture_activate (f, "document.walk-to", "@u 2");
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 2)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f->window), GTK_DIR_TAB_FORWARD));
  g_assert_cmpuint (window_fixture_model (f)->current, ==, 2);
  g_assert_null (gtk_widget_get_focus_child (GTK_WIDGET (list)));
}

static void
undo_takes_the_focus_of_the_list_back_with_the_layer (WindowFixture *f, gconstpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (find_list (GTK_WIDGET (nerve_window_get_view (f->window))));
  GtkWidget *pane = GTK_WIDGET (window_fixture_pane (f, 0, 0));

  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 2)));
  window_fixture_activate (f, "document.walk-to", "@u 2");
  window_fixture_activate (f, "document.walk-to", "@u 4");
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == GTK_WIDGET (gtk_list_box_get_row_at_index (list, 2)));

  /* It takes none that is elsewhere. */
  gtk_widget_grab_focus (pane);
  window_fixture_activate (f, "document.redo", NULL);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == pane);
}

/* A pane's pixels, to see whether it was drawn otherwise. */
static GBytes *
picture (NerveFigureView *pane)
{
  GdkTexture *texture = nerve_figure_view_get_texture (pane);
  gsize stride = 4 * (gsize) gdk_texture_get_width (texture);
  guchar *pixels = g_malloc (stride * gdk_texture_get_height (texture));

  gdk_texture_download (texture, pixels, stride);

  return g_bytes_new_take (pixels, stride * gdk_texture_get_height (texture));
}

static void
a_click_on_a_node_marks_its_images_in_the_other_columns (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveMapper *mapper = model->layers[model->columns[0]].graph->mapper;
  g_autoptr (GBytes) before = picture (window_fixture_pane (f, 2, 0));
  g_autoptr (GBytes) after = NULL;
  NerveColumn *last = nerve_board_get_column (nerve_document_view_get_board (nerve_window_get_view (f->window)), 2);

  window_fixture_click (f, 0, 0, 1);
  window_fixture_settle (f);
  g_assert_cmpuint (nerve_bitset_count (model->selection), ==, nerve_mapper_get_node (mapper, 0)->n_members);
  g_assert_cmpint (model->selected_layer, ==, (int) model->columns[0]);
  g_assert_cmpint (model->selected_node, ==, 0);
  after = picture (window_fixture_pane (f, 2, 0));
  g_assert_false (g_bytes_equal (before, after));
  g_assert_nonnull (strstr (nerve_column_get_summary (last), "selected in"));
}

static void
a_double_click_selects_the_component (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveMapper *mapper = model->layers[model->columns[0]].graph->mapper;
  gsize wanted = 0;

  window_fixture_click (f, 0, 0, 2);
  for (gsize i = 0; i < nerve_cloud_get_n (nerve_mapper_get_cloud (mapper)); i++)
    {
      gsize n;
      const guint32 *nodes = nerve_mapper_get_point_nodes (mapper, i, &n);

      wanted += n > 0 && nerve_mapper_get_component (mapper, nodes[0]) == nerve_mapper_get_component (mapper, 0);
    }
  g_assert_cmpuint (nerve_bitset_count (model->selection), ==, wanted);
}

static void
arrow_keys_go_from_node_to_node_and_enter_selects (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  GtkWidget *pane = GTK_WIDGET (window_fixture_pane (f, 0, 0));

  gtk_widget_grab_focus (pane);
  window_fixture_press_key (f, pane, GDK_KEY_Right);
  g_assert_cmpint (model->hover_layer, ==, (int) model->columns[0]);
  g_assert_cmpint (model->hover_node, >=, 0);
  window_fixture_press_key (f, pane, GDK_KEY_Return);
  g_assert_cmpint (model->selected_node, ==, model->hover_node);
  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_Escape);
  g_assert_true (nerve_bitset_is_empty (model->selection));
}

static GArray *
places (WindowFixture *f)
{
  return nerve_figure_view_marks (window_fixture_pane (f, 1, 0));
}

static void
recolouring_redraws_and_moves_no_node (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) picture_before = picture (window_fixture_pane (f, 1, 0));
  g_autoptr (GBytes) picture_after = NULL;
  g_autoptr (GArray) before = places (f);
  g_autoptr (GArray) after = NULL;

  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_c);
  window_fixture_settle (f);
  picture_after = picture (window_fixture_pane (f, 1, 0));
  after = places (f);
  g_assert_false (g_bytes_equal (picture_before, picture_after));
  g_assert_cmpmem (before->data, before->len * sizeof (NerveHit), after->data, after->len * sizeof (NerveHit));
}

static void
of_two_quick_changes_only_the_second_is_shown (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint layer = model->current;
  NerveGraph *before = nerve_graph_ref (model->layers[layer].graph);

  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'intervals', '4')");
  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'intervals', '7')");
  while (!nerve_document_is_settled (f->document))
    {
      const NerveGraph *now = model->layers[layer].graph;

      g_assert_cmpint (nerve_mapper_get_parameters (now->mapper)->intervals, !=, 4);
      g_assert_true (now == before || nerve_mapper_get_parameters (now->mapper)->intervals == 7);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpint (nerve_mapper_get_parameters (model->layers[layer].graph->mapper)->intervals, ==, 7);
  nerve_graph_unref (before);
}

static void
undo_and_redo_go_back_and_forth (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  window_fixture_click (f, 0, 0, 1);
  window_fixture_activate (f, "document.toggle-color", NULL);
  g_assert_cmpint (model->color_by, ==, NERVE_COLOR_BY_SUPERCLASS);
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_cmpint (model->color_by, ==, NERVE_COLOR_BY_CLASS);
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_true (nerve_bitset_is_empty (model->selection));
  window_fixture_activate (f, "document.redo", NULL);
  g_assert_false (nerve_bitset_is_empty (model->selection));
  window_fixture_settle (f);
}

static void
everything_noise_says_so_and_offers_the_way_out (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveFigureView *pane;
  guint column = 0;

  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'eps', '1e-6')");
  window_fixture_settle (f);
  window_fixture_wait (20);
  for (guint i = 0; i < model->n_columns; i++)
    if (model->columns[i] == model->current)
      column = i;
  pane = window_fixture_pane (f, column, 0);
  g_assert_cmpuint (nerve_mapper_get_n_nodes (model->layers[model->current].graph->mapper), ==, 0);
  g_assert_nonnull (nerve_figure_view_get_banner (pane));
  g_assert_true (g_str_has_prefix (nerve_figure_view_get_banner (pane), "Everything is noise"));
  g_assert_cmpint (model->layers[model->current].graph->diagnosis.kind, ==, NERVE_DIAGNOSIS_NOISE);

  gtk_widget_activate_action (GTK_WIDGET (pane), "document.set-eps", "(us)", model->current, "auto");
  window_fixture_settle (f);
  window_fixture_wait (20);
  g_assert_null (nerve_figure_view_get_banner (pane));
}

static void
a_file_that_cannot_be_opened_leaves_the_window_usable (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "nerve-junk.h5", NULL);
  NerveDocument *before = f->document;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "no activations in here", -1, &error);
  g_assert_no_error (error);
  window_fixture_open (f, path);
  g_assert_nonnull (nerve_window_get_error (f->window));
  g_assert_nonnull (strstr (nerve_window_get_error (f->window), "nerve-junk.h5"));
  g_assert_true (f->document == before);

  window_fixture_activate (f, "document.walk-to", "@u 2");
  window_fixture_settle (f);
  g_assert_cmpuint (window_fixture_model (f)->current, ==, 2);
  g_unlink (path);
}

static void
a_class_picked_in_the_legend_is_selected_everywhere (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  const int *labels = nerve_dataset_get_labels (model->dataset);
  NerveSelectionPane *pane =
    nerve_drawer_get_selection (nerve_document_view_get_drawer (nerve_window_get_view (f->window)));

  window_fixture_activate (f, "document.select-class", "(@u 1, false, @u 0)");
  window_fixture_wait (20);
  for (gsize i = 0; i < nerve_dataset_get_n (model->dataset); i++)
    g_assert_cmpint (nerve_bitset_get (model->selection, i), ==, labels[i] == 1);
  g_assert_true (g_str_has_prefix (nerve_selection_pane_get_summary (pane), "Purity 1 "));
}

static void
the_parameters_can_be_shown_and_hidden (WindowFixture *f, gconstpointer data)
{
  gboolean shown;

  window_fixture_activate (f, "win.parameters", NULL);
  window_fixture_wait (400);
  g_object_get (nerve_window_get_view (f->window), "show-parameters", &shown, NULL);
  g_assert_true (shown);
  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'overlap', '0.4')");
  window_fixture_settle (f);
  window_fixture_activate (f, "document.reset-parameters", "true");
  window_fixture_settle (f);
  window_fixture_activate (f, "win.parameters", NULL);
  window_fixture_wait (50);
}

static void
a_wrong_value_is_said_and_changes_nothing (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  int before = nerve_document_get_parameters (f->document, model->current)->mapper.min_samples;

  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'min-samples', 'many')");
  window_fixture_wait (20);
  g_assert_cmpint (nerve_document_get_parameters (f->document, model->current)->mapper.min_samples, ==, before);
}

static void
an_empty_window_opens_files (WindowFixture *f, gconstpointer data)
{
  g_assert_null (nerve_document_view_get_document (nerve_window_get_view (f->window)));
  window_fixture_open (f, f->path);
  g_assert_nonnull (f->document);
  window_fixture_settle (f);
  window_fixture_activate (f, "win.close-file", NULL);
  window_fixture_wait (20);
  g_assert_null (nerve_document_view_get_document (nerve_window_get_view (f->window)));
}

static void
a_second_file_takes_the_window_and_the_first_comes_back (WindowFixture *f, gconstpointer data)
{
  g_autofree char *other = fixture_cloud (120, 5);
  NerveDocument *first = f->document;

  window_fixture_open (f, other);
  g_assert_true (f->document != first);
  g_assert_cmpuint (window_fixture_model (f)->n_columns, ==, 1);
  window_fixture_settle (f);
  window_fixture_open (f, f->path);
  g_assert_true (f->document == first);
  window_fixture_settle (f);
  fixture_free (g_steal_pointer (&other));
}

/* The pane with the keyboard takes the board; a second time gives it back, as do Escape and a column that goes. */
static void
a_pane_can_have_the_board_to_itself (WindowFixture *f, gconstpointer data)
{
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));
  GtkWidget *bars = GTK_WIDGET (window_fixture_pane (f, 1, 1));
  GtkWidget *mapper = GTK_WIDGET (window_fixture_pane (f, 1, 0));
  GtkWidget *other = GTK_WIDGET (window_fixture_pane (f, 0, 0));
  int width = gtk_widget_get_width (bars);

  gtk_widget_grab_focus (bars);
  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_m);
  window_fixture_wait (100);
  g_assert_true (nerve_board_has_alone (board));
  g_assert_cmpint (gtk_widget_get_width (bars), >, 2 * width);
  g_assert_false (gtk_widget_get_mapped (mapper));
  g_assert_false (gtk_widget_get_mapped (other));
  window_fixture_settle (f);

  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_Escape);
  window_fixture_wait (100);
  g_assert_false (nerve_board_has_alone (board));
  g_assert_cmpint (gtk_widget_get_width (bars), ==, width);
  g_assert_true (gtk_widget_get_mapped (mapper) && gtk_widget_get_mapped (other));

  window_fixture_activate (f, "win.maximize-pane", NULL);
  g_assert_true (nerve_board_has_alone (board));
  window_fixture_activate (f, "document.toggle-pin", "@u 0");
  window_fixture_settle (f);
  if (nerve_board_get_n_columns (board) < 3)
    g_assert_false (nerve_board_has_alone (board));
}

#define ADD(test, data)                                                                                               \
  g_test_add ("/window/" #test, WindowFixture, data, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (an_argument_opens_and_pins_three_layers, NULL);
  ADD (walking_changes_only_the_rightmost_unpinned_column, NULL);
  ADD (up_and_down_walk_and_space_pins, NULL);
  ADD (the_list_of_layers_walks_as_its_selection_moves, NULL);
  ADD (tab_leaves_the_list_of_layers_and_the_layer_stays, NULL);
  ADD (undo_takes_the_focus_of_the_list_back_with_the_layer, NULL);
  ADD (a_click_on_a_node_marks_its_images_in_the_other_columns, NULL);
  ADD (a_double_click_selects_the_component, NULL);
  ADD (arrow_keys_go_from_node_to_node_and_enter_selects, NULL);
  ADD (recolouring_redraws_and_moves_no_node, NULL);
  ADD (of_two_quick_changes_only_the_second_is_shown, NULL);
  ADD (undo_and_redo_go_back_and_forth, NULL);
  ADD (everything_noise_says_so_and_offers_the_way_out, NULL);
  ADD (a_file_that_cannot_be_opened_leaves_the_window_usable, NULL);
  ADD (a_class_picked_in_the_legend_is_selected_everywhere, NULL);
  ADD (the_parameters_can_be_shown_and_hidden, NULL);
  ADD (a_wrong_value_is_said_and_changes_nothing, NULL);
  ADD (an_empty_window_opens_files, "empty");
  ADD (a_second_file_takes_the_window_and_the_first_comes_back, NULL);
  ADD (a_pane_can_have_the_board_to_itself, NULL);

  return window_fixture_run ();
}
