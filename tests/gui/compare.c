#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "figures/noise.h"
#include "figures/twin.h"
#include "gui/command-fixture.h"
#include "views/figure-view-private.h"

/* The page on which layers are compared. */

static NerveFigureView *
find_view (GtkWidget *widget, const char *kind)
{
  if (NERVE_IS_FIGURE_VIEW (widget) &&
      g_str_equal (nerve_figure_view_get_kind (NERVE_FIGURE_VIEW (widget))->name, kind))
    return NERVE_FIGURE_VIEW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      NerveFigureView *found = NULL;

      if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child))
        found = find_view (child, kind);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static NerveFigureView *
view_of (WindowFixture *f, const char *kind)
{
  return find_view (GTK_WIDGET (nerve_window_get_view (f->window)), kind);
}

static const NerveLayerMatrix *
matrix_of (WindowFixture *f)
{
  return window_fixture_model (f)->network->matrix;
}

static gboolean
is_there (WindowFixture *f)
{
  NerveFigureView *view = view_of (f, "distances");

  return view != NULL && nerve_figure_view_is_complete (view) &&
         !nerve_document_is_network_stale (f->document, NERVE_NETWORK_MATRIX);
}

static void
wait_for_matrix (WindowFixture *f)
{
  gint64 start = g_get_monotonic_time ();

  while (!is_there (f))
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
}

static void
set_up (WindowFixture *f, gconstpointer data)
{
  window_fixture_set_up (f, data);
  window_fixture_activate (f, "win.view", "'compare'");
  wait_for_matrix (f);
}

/* In the middle of cell (row, column). */
static void
click_cell (WindowFixture *f, guint row, guint column)
{
  NerveFigureView *view = view_of (f, "distances");
  g_autoptr (GArray) marks = nerve_figure_view_marks (view);
  GtkEventController *click = window_fixture_find_controller (GTK_WIDGET (view), GTK_TYPE_GESTURE_CLICK,
                                                              GDK_BUTTON_PRIMARY);

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);

      if (mark->layer == row && mark->index == column)
        g_signal_emit_by_name (click, "pressed", 1, mark->x, mark->y);
    }
}

static void
it_is_of_all_layers_by_the_measure_chosen (WindowFixture *f, gconstpointer data)
{
  guint n = window_fixture_model (f)->n_layers;

  g_assert_cmpuint (nerve_layer_matrix_get_n_rows (matrix_of (f)), ==, n);
  g_assert_cmpint (nerve_layer_matrix_get_measure (matrix_of (f)), ==, NERVE_MEASURE_SLICED_WASSERSTEIN);
  window_fixture_activate (f, "document.measure", "'cka'");
  wait_for_matrix (f);
  g_assert_cmpint (nerve_layer_matrix_get_measure (matrix_of (f)), ==, NERVE_MEASURE_CKA);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (nerve_layer_matrix_get (matrix_of (f), i, i), 1, 1e-9);

  nerve_document_undo (f->document);
  wait_for_matrix (f);
  g_assert_cmpint (nerve_layer_matrix_get_measure (matrix_of (f)), ==, NERVE_MEASURE_SLICED_WASSERSTEIN);
}

static void
both_dimensions_are_the_sum_of_each (WindowFixture *f, gconstpointer data)
{
  double both = nerve_layer_matrix_get (matrix_of (f), 0, 2);
  double sum = 0;

  window_fixture_activate (f, "document.matrix-dims", "'0'");
  wait_for_matrix (f);
  sum += nerve_layer_matrix_get (matrix_of (f), 0, 2);
  window_fixture_activate (f, "document.matrix-dims", "'1'");
  wait_for_matrix (f);
  sum += nerve_layer_matrix_get (matrix_of (f), 0, 2);
  g_assert_cmpfloat (both, >, 0);
  g_assert_cmpfloat_with_epsilon (both, sum, 1e-9 * both);
}

static void
a_cell_puts_its_layers_side_by_side (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint columns[3] = { model->columns[0], model->columns[1], model->columns[2] };
  gboolean pinned[3] = { model->pinned[0], model->pinned[1], model->pinned[2] };

  g_assert_null (view_of (f, "mapper"));
  click_cell (f, 3, 1);
  window_fixture_wait (1);
  /* The earlier one stands left; the board stays. */
  g_assert_nonnull (view_of (f, "mapper"));
  g_assert_cmpuint (nerve_figure_view_get_layer (view_of (f, "mapper")), ==, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (model->columns[i], ==, columns[i]);
      g_assert_cmpint (model->pinned[i], ==, pinned[i]);
    }

  window_fixture_activate (f, "document.show-layers", "(@u 3, @u 1)");
  g_assert_cmpuint (model->current, ==, 3);
  for (guint i = 0; i + 1 < 3; i++)
    g_assert_cmpuint (model->columns[i], <, model->columns[i + 1]);
  g_assert_true (model->columns[0] == 1 || model->columns[1] == 1);

  nerve_document_undo (f->document);
  nerve_document_undo (f->document);
  window_fixture_wait (1);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (model->columns[i], ==, columns[i]);
  g_assert_null (view_of (f, "mapper"));
}

static void
arrows_walk_from_cell_to_cell (WindowFixture *f, gconstpointer data)
{
  NerveFigureView *view = view_of (f, "distances");
  guint current = window_fixture_model (f)->current;
  const NerveHit *mark;

  g_assert_null (nerve_figure_view_get_mark (view));
  gtk_widget_grab_focus (GTK_WIDGET (view));
  for (guint i = 0; i < 3; i++)
    window_fixture_press_key (f, GTK_WIDGET (view), GDK_KEY_Right);
  window_fixture_press_key (f, GTK_WIDGET (view), GDK_KEY_Down);
  mark = nerve_figure_view_get_mark (view);
  g_assert_nonnull (mark);
  g_assert_cmpuint (mark->layer, ==, 1);
  g_assert_cmpuint (mark->index, ==, 2);
  g_assert_cmpuint (window_fixture_model (f)->current, ==, current);

  window_fixture_press_key (f, GTK_WIDGET (view), GDK_KEY_Return);
  g_assert_cmpint (nerve_document_get_matrix_view (f->document)->cell[0], ==, 1);
  g_assert_cmpint (nerve_document_get_matrix_view (f->document)->cell[1], ==, 2);
  window_fixture_press_key (f, GTK_WIDGET (view), GDK_KEY_Escape);
  g_assert_null (nerve_figure_view_get_mark (view));
  window_fixture_press_key (f, GTK_WIDGET (view), GDK_KEY_Escape);
  g_assert_cmpint (nerve_document_get_matrix_view (f->document)->cell[0], <, 0);
}

/* A vector has no foreground: it is left out, the cells of the others are still theirs. */
static void
layers_the_sampling_does_not_suit_are_left_out (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint last = model->n_layers - 1;
  g_autoptr (GError) error = NULL;
  guint row, column;

  g_assert_true (nerve_dataset_get_layer (model->dataset, last - 1)->is_vector);
  nerve_document_set_parameter (f->document, last - 1, FALSE, "cloud", "sampling", "foreground", &error);
  g_assert_no_error (error);
  wait_for_matrix (f);
  /* Nor is what was there before shown, or counted in what is of all layers. */
  g_assert_null (model->layers[last - 1].graph);
  g_assert_null (model->layers[last - 1].homology);
  g_assert_cmpuint (nerve_layer_matrix_get_n_rows (matrix_of (f)), ==, last);
  g_assert_false (nerve_layer_matrix_find (matrix_of (f), last - 1, 0, &row, &column));
  g_assert_true (nerve_layer_matrix_find (matrix_of (f), last, 0, &row, &column));
  g_assert_cmpuint (row, ==, last - 1);

  click_cell (f, last, 0);
  window_fixture_wait (1);
  g_assert_cmpint (nerve_document_get_matrix_view (f->document)->cell[0], ==, last);
  g_assert_cmpuint (nerve_figure_view_get_layer (view_of (f, "mapper")), ==, 0);
}

static void
it_follows_the_selected_images_when_asked_to (WindowFixture *f, gconstpointer data)
{
  double all = nerve_layer_matrix_get (matrix_of (f), 0, 2);

  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  g_assert_false (nerve_document_is_network_stale (f->document, NERVE_NETWORK_MATRIX));
  wait_for_matrix (f);
  g_assert_cmpfloat (nerve_layer_matrix_get (matrix_of (f), 0, 2), ==, all);
  window_fixture_activate (f, "document.matrix-selected", NULL);
  wait_for_matrix (f);
  g_assert_cmpfloat (nerve_layer_matrix_get (matrix_of (f), 0, 2), !=, all);
  nerve_document_select_none (f->document);
  wait_for_matrix (f);
  g_assert_cmpfloat (nerve_layer_matrix_get (matrix_of (f), 0, 2), ==, all);
}

static void
what_was_stopped_starts_again_when_asked_to (WindowFixture *f, gconstpointer data)
{
  window_fixture_activate (f, "document.measure", "'rtd'");
  window_fixture_activate (f, "document.cancel-matrix", NULL);
  window_fixture_wait (20);
  g_assert_nonnull (nerve_document_get_network_job (f->document, NERVE_NETWORK_MATRIX));
  g_assert_nonnull (nerve_figure_view_get_banner (view_of (f, "distances")));
  window_fixture_activate (f, "document.retry-matrix", NULL);
  wait_for_matrix (f);
  g_assert_cmpint (nerve_layer_matrix_get_measure (matrix_of (f)), ==, NERVE_MEASURE_RTD);
  g_assert_null (nerve_figure_view_get_banner (view_of (f, "distances")));
}

/* Half of the same network's images stand for another network. */
static void
another_open_network_is_compared_with (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  NerveDocument *half;
  guint n = window_fixture_model (f)->n_layers;

  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  half = nerve_session_open_selection (f->session, f->document);
  g_assert_nonnull (half);
  nerve_session_set_active (f->session, f->document);
  window_fixture_wait (1);
  id = nerve_open_model_id (nerve_document_get_dataset (half));
  nerve_document_set_rival (f->document, id);
  wait_for_matrix (f);
  g_assert_false (nerve_layer_matrix_is_square (matrix_of (f)));
  g_assert_cmpuint (nerve_layer_matrix_get_n_columns (matrix_of (f)), ==, n);
  while (window_fixture_model (f)->network->map == NULL)
    window_fixture_wait (10);
  g_assert_cmpuint (nerve_layer_matrix_get_n_rows (window_fixture_model (f)->network->map), ==, 2 * n);

  click_cell (f, 2, 0);
  window_fixture_wait (1);
  g_assert_cmpuint (nerve_figure_view_get_layer (view_of (f, "mapper")), ==, 2);
  click_cell (f, 2, 0);
  /* Closing it leaves the network with itself. */
  nerve_session_close (f->session, half);
  window_fixture_wait (1);
  wait_for_matrix (f);
  g_assert_true (nerve_layer_matrix_is_square (matrix_of (f)));
}

static void
nodes_are_followed_from_column_to_column (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  g_autoptr (GArray) marks = NULL;
  GtkEventController *click;
  const NerveHit *mark;
  gint64 start = g_get_monotonic_time ();
  NerveFigureView *view;

  window_fixture_activate (f, "document.compare-as", "'flow'");
  window_fixture_wait (1);
  view = view_of (f, "flow");
  g_assert_null (view_of (f, "distances"));
  while (!nerve_figure_view_is_complete (view))
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  g_assert_cmpuint (model->network->n_couplings, ==, model->n_columns - 1);
  for (guint c = 0; c + 1 < model->n_columns; c++)
    g_assert_nonnull (model->network->couplings[c]);

  /* The last column's last node, not the first's. */
  marks = nerve_figure_view_marks (view);
  mark = &g_array_index (marks, NerveHit, marks->len - 1);
  click = window_fixture_find_controller (GTK_WIDGET (view), GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_PRIMARY);
  g_signal_emit_by_name (click, "pressed", 1, mark->x, mark->y);
  g_assert_cmpint (model->selected_layer, ==, model->columns[model->n_columns - 1]);
  g_assert_cmpint (model->selected_node, ==, mark->index);
  g_assert_false (nerve_bitset_is_empty (model->selection));

  /* Other columns, another flow. */
  window_fixture_activate (f, "document.show-layers", "(@u 0, @u 1)");
  window_fixture_wait (1);
  while (!nerve_figure_view_is_complete (view))
    window_fixture_wait (10);
  g_assert_cmpuint (model->columns[0], ==, 0);
  g_assert_nonnull (model->network->couplings[0]);
}

/* A copy of the file stands for another network: each node flows into its twin. */
static void
nodes_are_followed_into_another_network (WindowFixture *f, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (g_get_tmp_dir (), "nerve-compare-twin.h5", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (f->path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  const NerveFigureModel *model = window_fixture_model (f);
  NerveDocument *first = f->document;
  gint64 start = g_get_monotonic_time ();
  g_autofree char *id = NULL;
  g_autoptr (NerveBitset) there = NULL;
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  window_fixture_open (f, copy);
  id = nerve_open_model_id (nerve_document_get_dataset (nerve_session_get_active (f->session)));
  nerve_session_set_active (f->session, first);
  f->document = first;
  window_fixture_activate (f, "win.view", "'compare'");
  window_fixture_activate (f, "document.compare-as", "'flow'");
  nerve_document_set_rival (f->document, id);
  while (model->network->twin == NULL)
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  g_assert_cmpuint (model->network->twin->layer, ==, model->current);
  g_assert_cmpuint (model->network->twin->other, ==, model->current);
  g_assert_cmpfloat (nerve_coupling_get_distance (model->network->twin->coupling), <, 1e-9);
  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  there = nerve_twin_images (model->network->twin, model->selection);
  g_assert_true (nerve_bitset_equal (there, model->selection));

  nerve_document_set_rival (f->document, NULL);
  start = g_get_monotonic_time ();
  while (model->network->twin != NULL || model->network->n_couplings == 0)
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  g_unlink (copy);
}

static void
wait_for_tests (WindowFixture *f, NerveNetworkKind kind)
{
  gint64 start = g_get_monotonic_time ();

  do
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  while (nerve_document_get_network_job (f->document, kind) != NULL &&
         nerve_job_get_state (nerve_document_get_network_job (f->document, kind)) <= NERVE_JOB_RUNNING);
}

/* Alone it has a bootstrap to pass; beside another network it is tested against that. */
static void
the_distance_is_tested (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveDocument *half;

  window_fixture_activate (f, "document.matrix-dims", "'0'");
  window_fixture_activate (f, "document.compare-as", "'tests'");
  wait_for_tests (f, NERVE_NETWORK_SENSITIVITY);
  wait_for_tests (f, NERVE_NETWORK_SPECIFICITY);
  g_assert_null (view_of (f, "distances"));
  g_assert_nonnull (model->network->sensitivities[model->current]);
  g_assert_cmpint (nerve_sensitivity_get_level_kind (model->network->sensitivities[model->current]), ==,
                   NERVE_LEVEL_POINTS);
  g_assert_null (model->network->specificity);
  g_assert_nonnull (nerve_figure_view_get_banner (view_of (f, "specificity")));
  g_assert_null (nerve_figure_view_get_banner (view_of (f, "sensitivity")));

  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  half = nerve_session_open_selection (f->session, f->document);
  nerve_session_set_active (f->session, f->document);
  window_fixture_wait (1);
  wait_for_tests (f, NERVE_NETWORK_SENSITIVITY);
  wait_for_tests (f, NERVE_NETWORK_SPECIFICITY);
  g_assert_nonnull (model->network->specificity);
  g_assert_cmpuint (nerve_specificity_get_n_models (model->network->specificity), ==, 2);
  g_assert_cmpint (nerve_sensitivity_get_level_kind (model->network->sensitivities[model->current]), ==,
                   NERVE_LEVEL_SEEDS);
  g_assert_null (nerve_figure_view_get_banner (view_of (f, "specificity")));
  nerve_session_close (f->session, half);

  nerve_document_undo (f->document);
}

/* The same file under another name. */
static NerveDocument *
open_copy (WindowFixture *f)
{
  g_autofree char *path = g_strdup_printf ("%s.noisy.h5", f->path);
  g_autofree char *bytes = NULL;
  NerveDocument *clean = f->document;
  NerveDocument *copy;
  gsize size;

  g_assert_true (g_file_get_contents (f->path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  window_fixture_open (f, path);
  copy = f->document;
  g_assert_true (copy != clean);
  f->document = clean;
  nerve_session_set_active (f->session, clean);
  window_fixture_wait (1);

  return copy;
}

static const NerveNoise *
wait_for_noise (WindowFixture *f)
{
  gint64 start = g_get_monotonic_time ();

  while (!nerve_figure_view_is_complete (view_of (f, "noise")) ||
         nerve_document_is_network_stale (f->document, NERVE_NETWORK_NOISE))
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }

  return window_fixture_model (f)->network->noises[window_fixture_model (f)->current];
}

static void
set_rival (WindowFixture *f, NerveDocument *rival)
{
  g_autofree char *id = nerve_open_model_id (nerve_document_get_dataset (rival));

  nerve_document_set_rival (f->document, id);
  window_fixture_wait (1);
}

/* Noise of nothing: the same graph twice, and what belongs together. */
static void
clean_and_noisy_inputs_stand_side_by_side (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  g_autoptr (GArray) marks = NULL;
  NerveDocument *copy = open_copy (f);
  NerveExportDialog *dialog;
  GtkEventController *click;
  const NerveNoise *noise;
  const NerveHit *mark;
  NerveMapper *mapper;

  window_fixture_activate (f, "document.compare-as", "'noise'");
  window_fixture_wait (1);
  g_assert_nonnull (nerve_figure_view_get_banner (view_of (f, "noise")));
  set_rival (f, copy);
  noise = wait_for_noise (f);
  g_assert_null (nerve_figure_view_get_banner (view_of (f, "noise")));
  mapper = noise->graphs[NERVE_NOISE_NOISY]->mapper;
  g_assert_true (mapper != model->layers[model->current].graph->mapper);
  g_assert_cmpuint (noise->summaries[NERVE_NOISE_NOISY].nodes, ==, noise->summaries[NERVE_NOISE_CLEAN].nodes);
  g_assert_cmpfloat (nerve_coupling_get_distance (noise->coupling), ==, 0);

  /* The last mark is the last node of the noisy graph: its images are selected. */
  marks = nerve_figure_view_marks (view_of (f, "noise"));
  g_assert_cmpuint (marks->len, ==, 2 * noise->summaries[NERVE_NOISE_CLEAN].nodes);
  mark = &g_array_index (marks, NerveHit, marks->len - 1);
  g_assert_cmpint (mark->kind, ==, NERVE_HIT_NOISY_NODE);
  click = window_fixture_find_controller (GTK_WIDGET (view_of (f, "noise")), GTK_TYPE_GESTURE_CLICK,
                                          GDK_BUTTON_PRIMARY);
  g_signal_emit_by_name (click, "pressed", 1, mark->x, mark->y);
  g_assert_cmpuint (nerve_bitset_count (model->selection), ==,
                    nerve_mapper_get_node (mapper, mark->index)->n_members);
  g_assert_cmpint (model->selected_node, ==, -1);

  dialog = nerve_export_dialog_new (f->document, GTK_WINDOW (f->window));
  nerve_export_dialog_select (dialog, "noise", model->current);
  command_fixture_assert_same (dialog);
  g_unlink (nerve_dataset_get_path (nerve_document_get_dataset (copy)));
}

static void
other_images_are_no_noise (WindowFixture *f, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  NerveDocument *half;

  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  half = nerve_session_open_selection (f->session, f->document);
  nerve_session_set_active (f->session, f->document);
  window_fixture_activate (f, "document.compare-as", "'noise'");
  set_rival (f, half);
  while (nerve_figure_view_get_banner (view_of (f, "noise")) == NULL)
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  g_assert_nonnull (strstr (nerve_figure_view_get_banner (view_of (f, "noise")), "these are not the same"));
  /* Without the other file nothing is left of it. */
  nerve_session_close (f->session, half);
  window_fixture_wait (1);
  g_assert_null (window_fixture_model (f)->network->noises[window_fixture_model (f)->current]);
  g_assert_null (strstr (nerve_figure_view_get_banner (view_of (f, "noise")), "these are not the same"));
}

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
#define TEST(name, func) g_test_add ("/compare/" name, WindowFixture, NULL, set_up, func, window_fixture_tear_down)
  TEST ("measure", it_is_of_all_layers_by_the_measure_chosen);
  TEST ("dimensions", both_dimensions_are_the_sum_of_each);
  TEST ("cell", a_cell_puts_its_layers_side_by_side);
  TEST ("arrows", arrows_walk_from_cell_to_cell);
  TEST ("left-out", layers_the_sampling_does_not_suit_are_left_out);
  TEST ("selection", it_follows_the_selected_images_when_asked_to);
  TEST ("cancel", what_was_stopped_starts_again_when_asked_to);
  TEST ("flow", nodes_are_followed_from_column_to_column);
  TEST ("flow-rival", nodes_are_followed_into_another_network);
  TEST ("tests", the_distance_is_tested);
  TEST ("noise", clean_and_noisy_inputs_stand_side_by_side);
  TEST ("other-images", other_images_are_no_noise);
  TEST ("rival", another_open_network_is_compared_with);
#undef TEST

  return window_fixture_run ();
}
