#include "gui/window-fixture.h"

#include "figures/parting-layout.h"
#include "layers/parting.h"
#include "views/figure-view-private.h"

/* The page on which classes part. */

/* The @nth view of a figure below @widget, counted down. */
static GtkWidget *
find_view (GtkWidget *widget, const char *kind, guint *nth)
{
  if (NERVE_IS_FIGURE_VIEW (widget))
    return g_str_equal (nerve_figure_view_get_kind (NERVE_FIGURE_VIEW (widget))->name, kind) && (*nth)-- == 0 ? widget
                                                                                                           : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean there = gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child);
      GtkWidget *found = there ? find_view (child, kind, nth) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static NerveFigureView *
view_of (WindowFixture *f, const char *kind, guint nth)
{
  GtkWidget *found = find_view (GTK_WIDGET (nerve_window_get_view (f->window)), kind, &nth);

  return found != NULL ? NERVE_FIGURE_VIEW (found) : NULL;
}

static void
wait_for (NerveFigureView *view)
{
  gint64 start = g_get_monotonic_time ();

  g_assert_nonnull (view);
  while (!nerve_figure_view_is_complete (view) || nerve_figure_view_get_texture (view) == NULL)
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
}

static void
set_up (WindowFixture *f, gconstpointer data)
{
  window_fixture_set_up (f, data);
  window_fixture_activate (f, "win.view", "'classes'");
  wait_for (view_of (f, "parting", 0));
}

/* A click in the middle of a cell of the matrix. */
static void
click_cell (WindowFixture *f, guint cell, guint classes[2])
{
  NerveFigureView *parting = view_of (f, "parting", 0);
  g_autoptr (GArray) marks = nerve_figure_view_marks (parting);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (parting));
  const NerveHit *mark = &g_array_index (marks, NerveHit, cell);

  g_assert_cmpuint (marks->len, ==, 6);
  classes[0] = mark->layer;
  classes[1] = mark->index;
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller) &&
          gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_PRIMARY)
        g_signal_emit_by_name (controller, "pressed", 1, mark->x, mark->y);
    }
}

static void
a_cell_opens_the_layers_around_the_parting (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  const NerveParting *parting = model->network->parting;
  guint classes[2];
  NerveFigureView *after;

  g_assert_null (view_of (f, "mapper", 0));
  click_cell (f, 2, classes);
  g_assert_cmpint (model->pair[0], ==, classes[0]);
  g_assert_cmpint (model->pair[1], ==, classes[1]);
  window_fixture_wait (1);
  after = view_of (f, "mapper", 1);
  wait_for (after);
  g_assert_cmpuint (nerve_figure_view_get_layer (after), ==,
                    nerve_parting_get_pair (parting, 0, classes[0], classes[1])->layer);
  g_assert_cmpuint (nerve_figure_view_get_layer (view_of (f, "mapper", 0)), <, nerve_figure_view_get_layer (after));
  /* Its two classes alone are in colour there, all of them on the board. */
  g_assert_cmpuint (nerve_bitset_count (nerve_figure_view_get_model (after)->shown), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (nerve_figure_model_shows (nerve_figure_view_get_model (after), classes[i]));
  g_assert_null (model->shown);

  nerve_document_undo (f->document);
  window_fixture_wait (1);
  g_assert_cmpint (model->pair[0], ==, -1);
  g_assert_null (view_of (f, "mapper", 0));
}

static void
the_two_layers_go_onto_the_board (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  guint columns[3] = { model->columns[0], model->columns[1], model->columns[2] };
  g_autofree char *view = NULL;

  window_fixture_activate (f, "document.show-layers", "(@u 2, @u 3)");
  window_fixture_activate (f, "win.view", "'board'");
  g_object_get (nerve_window_get_view (f->window), "view", &view, NULL);
  g_assert_cmpstr (view, ==, "board");
  g_assert_cmpuint (model->current, ==, 3);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpuint (model->columns[i - 1], <, model->columns[i]);
  for (guint layer = 2; layer < 4; layer++)
    g_assert_true (model->columns[0] == layer || model->columns[1] == layer || model->columns[2] == layer);

  nerve_document_undo (f->document);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (model->columns[i], ==, columns[i]);
}

static void
a_change_of_parameters_makes_it_anew (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  g_autoptr (NerveParting) before = nerve_parting_ref (model->network->parting);
  gint64 start = g_get_monotonic_time ();

  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'intervals', '4')");
  while (model->network->parting == before)
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  wait_for (view_of (f, "parting", 0));
}

/* A vector has no foreground: in the place of its tree stands why. */
static void
a_layer_without_a_tree_says_so (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  g_auto (NerveStyle) style = { FALSE };
  g_auto (NervePartingLayout) layout = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (nerve_dataset_get_layer (model->dataset, model->current)->is_vector);
  nerve_document_set_parameter (f->document, model->current, FALSE, "cloud", "sampling", "foreground", &error);
  g_assert_no_error (error);
  while (model->layers[model->current].graph != NULL ||
         nerve_document_is_network_stale (f->document, NERVE_NETWORK_PARTING))
    {
      window_fixture_wait (10);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  nerve_style_init_screen (&style, FALSE, FALSE);
  g_assert_true (nerve_parting_layout_init (&layout, model, &style, 600, 500));
  g_assert_nonnull (layout.lack);
  g_assert_nonnull (strstr (layout.lack, nerve_dataset_get_layer (model->dataset, model->current)->name));
  g_assert_cmpfloat (layout.tree, >, 0);
}

static void
what_nobody_looks_at_is_not_computed (WindowFixture *f, gconstpointer data)
{
  window_fixture_activate (f, "win.view", "'board'");
  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'intervals', '5')");
  window_fixture_settle (f);
  g_assert_null (nerve_document_get_network_job (f->document, NERVE_NETWORK_PARTING));
}

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
#define TEST(name, func) g_test_add ("/classes/" name, WindowFixture, NULL, set_up, func, window_fixture_tear_down)
  TEST ("pair", a_cell_opens_the_layers_around_the_parting);
  TEST ("board", the_two_layers_go_onto_the_board);
  TEST ("anew", a_change_of_parameters_makes_it_anew);
  TEST ("lack", a_layer_without_a_tree_says_so);
  TEST ("unseen", what_nobody_looks_at_is_not_computed);
#undef TEST

  return window_fixture_run ();
}
