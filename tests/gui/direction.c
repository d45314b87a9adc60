#include "gui/window-fixture.h"

#include "views/figure-view-private.h"

/* Where one reads from right to left, the window is its mirror image, but figures stay as they are. */

static double
left_of (WindowFixture *f, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (f->window), &bounds));
  /* Nothing reaches out of the window. */
  g_assert_cmpfloat (bounds.origin.x, >=, -1);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (GTK_WIDGET (f->window)) + 1);

  return bounds.origin.x;
}

static void
set_up (WindowFixture *f, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window_fixture_set_up (f, NULL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 800);
  window_fixture_wait (100);
  window_fixture_settle (f);
}

static void
tear_down (WindowFixture *f, gconstpointer data)
{
  window_fixture_tear_down (f, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* For the eye: NERVE_TEST_PICTURES names a folder. */
static void
keep_picture (WindowFixture *f, const char *name)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (f->window));
  int height = gtk_widget_get_height (GTK_WIDGET (f->window));

  if (g_getenv ("NERVE_TEST_PICTURES") == NULL)
    return;

  path = g_build_filename (g_getenv ("NERVE_TEST_PICTURES"), name, NULL);
  paintable = gtk_widget_paintable_new (GTK_WIDGET (f->window));
  gtk_widget_queue_draw (GTK_WIDGET (f->window));
  window_fixture_wait (200);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (f->window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
}

static void
columns_run_from_right_to_left (WindowFixture *f, gconstpointer data)
{
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));
  double first = left_of (f, GTK_WIDGET (nerve_board_get_column (board, 0)));
  double last = left_of (f, GTK_WIDGET (nerve_board_get_column (board, 2)));

  keep_picture (f, "rtl.png");
  g_assert_cmpfloat (last, <, first);
}

static void
a_column_s_parts_stay_within_it (WindowFixture *f, gconstpointer data)
{
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));

  for (guint i = 0; i < nerve_board_get_n_columns (board); i++)
    {
      GtkWidget *column = GTK_WIDGET (nerve_board_get_column (board, i));
      double width = gtk_widget_get_width (column);

      for (GtkWidget *child = gtk_widget_get_first_child (column); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t bounds;

          if (!gtk_widget_get_mapped (child) || !gtk_widget_compute_bounds (child, column, &bounds))
            continue;
          g_assert_cmpfloat (bounds.origin.x, >=, 0);
          g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, width);
        }
    }
}

static void
the_name_of_a_column_stands_where_reading_begins (WindowFixture *f, gconstpointer data)
{
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));
  GtkWidget *column = GTK_WIDGET (nerve_board_get_column (board, 0));
  graphene_rect_t bounds;

  /* The title is the first of its children. */
  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_first_child (column), column, &bounds));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width / 2, >, gtk_widget_get_width (column) / 2.);
}

static void
a_click_finds_its_node (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);

  window_fixture_click (f, 0, 0, 1);
  g_assert_cmpint (model->selected_node, ==, 0);
  g_assert_cmpint (model->selected_layer, ==, (int) model->columns[0]);
  window_fixture_settle (f);
  window_fixture_activate (f, "win.parameters", NULL);
  window_fixture_wait (400);
  keep_picture (f, "rtl-parameters.png");
}

#define ADD(test) g_test_add ("/direction/" #test, WindowFixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (columns_run_from_right_to_left);
  ADD (a_column_s_parts_stay_within_it);
  ADD (the_name_of_a_column_stands_where_reading_begins);
  ADD (a_click_finds_its_node);

  return window_fixture_run ();
}
