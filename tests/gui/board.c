#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "app/document-state.h"
#include "figures/board-rows.h"
#include "views/board-drag.h"
#include "views/board-tabs.h"
#include "views/figure-view-private.h"
#include "views/layer-row.h"

/* Rows and columns of the board, by the actions of menus, by keys, and by the hand on the lines between them. */

static NerveBoard *
board (WindowFixture *f)
{
  return nerve_document_view_get_board (nerve_window_get_view (f->window));
}

/* "mapper,diagram|1,2,3": what the widgets show, the same in every column. */
static char *
shown (WindowFixture *f)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) columns = g_string_new (NULL);

  for (guint i = 0; i < nerve_board_get_n_columns (board (f)); i++)
    {
      NerveColumn *column = nerve_board_get_column (board (f), i);
      g_autoptr (GString) own = g_string_new (NULL);
      NerveFigureView *pane;

      for (guint k = 0; (pane = nerve_column_get_pane (column, k)) != NULL; k++)
        {
          g_string_append_printf (own, "%s%s", k > 0 ? "," : "", nerve_figure_view_get_kind (pane)->name);
          g_assert_cmpuint (nerve_figure_view_get_layer (pane), ==, nerve_column_get_layer (column));
          g_assert_true (nerve_figure_view_is_complete (pane));
        }
      if (i > 0)
        g_assert_cmpstr (own->str, ==, rows->str);
      g_string_assign (rows, own->str);
      g_string_append_printf (columns, "%s%u", i > 0 ? "," : "", nerve_column_get_layer (column));
    }

  return g_strdup_printf ("%s|%s", rows->str, columns->str);
}

static void
assert_shown (WindowFixture *f, const char *rows, const char *columns)
{
  g_autofree char *wanted = g_strdup_printf ("%s|%s", rows, columns);
  g_autofree char *now = NULL;

  window_fixture_settle (f);
  now = shown (f);
  g_assert_cmpstr (now, ==, wanted);
}

static char *
columns_of (WindowFixture *f)
{
  g_autofree char *both = shown (f);

  return g_strdup (strchr (both, '|') + 1);
}

static void
press (WindowFixture *f, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->window));
  gboolean handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  g_assert_true (handled);
}

static void
rows_come_go_and_move (WindowFixture *f, gconstpointer data)
{
  g_autofree char *columns = columns_of (f);

  assert_shown (f, "mapper,diagram", columns);
  press (f, GDK_KEY_5, 0);
  assert_shown (f, "mapper,diagram,projection", columns);
  window_fixture_activate (f, "document.add-row", "(@i 0, 'dendrogram')");
  assert_shown (f, "mapper,dendrogram,diagram,projection", columns);
  window_fixture_activate (f, "document.move-row", "(@u 3, @u 0)");
  assert_shown (f, "projection,mapper,dendrogram,diagram", columns);
  /* What stands elsewhere changes places. */
  window_fixture_activate (f, "document.show-in-row-0", "'diagram'");
  assert_shown (f, "diagram,mapper,dendrogram,projection", columns);
  press (f, GDK_KEY_1, 0);
  assert_shown (f, "diagram,dendrogram,projection", columns);
  window_fixture_activate (f, "document.remove-row", "@u 0");
  window_fixture_activate (f, "document.remove-row", "@u 0");
  assert_shown (f, "projection", columns);
  /* The last one stays. */
  window_fixture_activate (f, "document.remove-row", "@u 0");
  assert_shown (f, "projection", columns);
  for (guint i = 0; i < 7; i++)
    window_fixture_activate (f, "document.undo", NULL);
  assert_shown (f, "mapper,diagram", columns);
  g_assert_null (nerve_document_get_undo_label (f->document));
}

static int
height_of (WindowFixture *f, guint row)
{
  return gtk_widget_get_height (GTK_WIDGET (nerve_column_get_row (nerve_board_get_column (board (f), 1), row)));
}

static GtkWidget *
find_handle (WindowFixture *f)
{
  return gtk_widget_get_last_child (GTK_WIDGET (nerve_board_get_column (board (f), 1)));
}

static void
the_line_between_rows_is_dragged (WindowFixture *f, gconstpointer data)
{
  GtkWidget *handle = find_handle (f);
  GtkEventController *drag = window_fixture_find_controller (handle, GTK_TYPE_GESTURE_DRAG, GDK_BUTTON_PRIMARY);
  int before = height_of (f, 0);

  g_assert_true (GTK_IS_SEPARATOR (handle));
  g_signal_emit_by_name (drag, "drag-begin", 5., 4.);
  for (int i = 0; i < 4; i++)
    {
      g_signal_emit_by_name (drag, "drag-update", 0., -10.);
      window_fixture_wait (30);
    }
  g_signal_emit_by_name (drag, "drag-end", 0., 0.);
  window_fixture_settle (f);
  g_assert_cmpint (ABS (before - height_of (f, 0) - 40), <=, 4);
  /* One step. */
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_null (nerve_document_get_undo_label (f->document));
  window_fixture_wait (30);
  g_assert_cmpint (height_of (f, 0), ==, before);

  gtk_widget_grab_focus (GTK_WIDGET (window_fixture_pane (f, 1, 1)));
  press (f, GDK_KEY_Up, GDK_ALT_MASK);
  window_fixture_wait (30);
  g_assert_cmpint (height_of (f, 0), <, before);
}

static void
columns_come_go_and_move (WindowFixture *f, gconstpointer data)
{
  g_autofree char *opening = columns_of (f);

  gtk_widget_grab_focus (GTK_WIDGET (window_fixture_pane (f, 0, 0)));
  press (f, GDK_KEY_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_shown (f, "mapper,diagram", "2,1,4");
  /* The keyboard went with it. */
  press (f, GDK_KEY_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_shown (f, "mapper,diagram", "2,4,1");
  press (f, GDK_KEY_Delete, 0);
  assert_shown (f, "mapper,diagram", "2,4");
  window_fixture_activate (f, "document.put-layer", "(@u 3, @u 1)");
  assert_shown (f, "mapper,diagram", "2,3,4");
  /* One that is there moves. */
  window_fixture_activate (f, "document.put-layer", "(@u 2, @u 3)");
  assert_shown (f, "mapper,diagram", "3,4,2");
  gtk_widget_grab_focus (GTK_WIDGET (window_fixture_pane (f, 2, 0)));
  press (f, GDK_KEY_Insert, 0);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 3);
  window_fixture_settle (f);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 4);
  for (guint i = 0; i < 6; i++)
    window_fixture_activate (f, "document.undo", NULL);
  window_fixture_settle (f);
  assert_shown (f, "mapper,diagram", opening);
}

static void
points_of_the_map_select_their_images (WindowFixture *f, gconstpointer data)
{
  const NerveFigureModel *model = window_fixture_model (f);
  NerveFigureView *pane;
  g_autoptr (GArray) marks = NULL;
  const NerveHit *mark;
  NerveHit found;
  GtkEventController *click;

  press (f, GDK_KEY_5, 0);
  window_fixture_settle (f);
  pane = window_fixture_pane (f, 1, 2);
  marks = nerve_figure_view_marks (pane);
  g_assert_cmpuint (marks->len, >, 10);
  mark = &g_array_index (marks, NerveHit, 7);
  g_assert_true (nerve_figure_view_hit (pane, mark->x, mark->y, &found));
  click = window_fixture_find_controller (GTK_WIDGET (pane), GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_PRIMARY);
  g_signal_emit_by_name (click, "pressed", 1, mark->x, mark->y);
  g_assert_cmpuint (nerve_bitset_count (model->selection), ==, 1);
  g_assert_true (nerve_bitset_get (model->selection, found.index));

  /* Where the hand rests, the line over the map says which image it is. */
  g_signal_emit_by_name (window_fixture_find_controller (GTK_WIDGET (pane), GTK_TYPE_EVENT_CONTROLLER_MOTION, 0),
                         "motion", mark->x, mark->y);
  g_assert_cmpint (nerve_figure_view_get_mark (pane)->kind, ==, NERVE_HIT_IMAGE);
  g_assert_cmpstr (nerve_row_pane_get_reading (nerve_column_get_row (nerve_board_get_column (board (f), 1), 2)), !=,
                   "");
}

/* What the window shows in words; each pane has a name. */
static void
every_pane_has_a_name_and_a_menu (WindowFixture *f, gconstpointer data)
{
  for (guint key = GDK_KEY_3; key <= GDK_KEY_6; key++)
    press (f, key, 0);
  window_fixture_settle (f);
  for (guint i = 0; i < nerve_board_get_n_columns (board (f)); i++)
    for (guint k = 0; k < 6; k++)
      {
        NerveFigureView *pane = window_fixture_pane (f, i, k);
        g_autofree char *wrong = NULL;

        g_assert_nonnull (nerve_figure_view_get_menu (pane));
        wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (pane), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                    nerve_figure_view_get_kind (pane)->title);
        g_assert_null (wrong);
      }
}

/* What is let go over the board at (x, y); whether something came of it. */
static gboolean
let_go (WindowFixture *f, NerveBoardDragKind kind, guint index, double x, double y)
{
  g_autoptr (GdkContentProvider) content = nerve_board_drag_new_content (kind, index, window_fixture_model (f));
  GtkEventController *target = window_fixture_find_controller (GTK_WIDGET (board (f)), GTK_TYPE_DROP_TARGET, 0);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean done = FALSE;

  g_value_init (&value, NERVE_TYPE_BOARD_DRAG);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_signal_emit_by_name (target, "drop", &value, x, y, &done);

  return done;
}

static void
drop (WindowFixture *f, NerveBoardDragKind kind, guint index, double x, double y)
{
  g_assert_true (let_go (f, kind, index, x, y));
}

static GdkContentProvider *
prepare_drag (WindowFixture *f, GtkWidget *widget, double x, double y)
{
  GtkEventController *source = window_fixture_find_controller (widget, GTK_TYPE_DRAG_SOURCE, 1);
  GdkContentProvider *content = NULL;

  g_signal_emit_by_name (source, "prepare", x, y, &content);

  return content;
}

static void
columns_rows_and_layers_are_dragged (WindowFixture *f, gconstpointer data)
{
  int width = gtk_widget_get_width (GTK_WIDGET (board (f)));
  int height = gtk_widget_get_height (GTK_WIDGET (board (f)));
  GtkWidget *row = window_fixture_find_inside (GTK_WIDGET (f->window), NERVE_TYPE_LAYER_ROW);
  g_autoptr (GdkContentProvider) title = prepare_drag (f, GTK_WIDGET (board (f)), width / 2, 20);
  g_autoptr (GdkContentProvider) layer = prepare_drag (f, row, 5, 5);
  g_autoptr (GdkContentFormats) formats = gdk_content_provider_ref_formats (title);
  g_autoptr (GdkContentFormats) of_layer = gdk_content_provider_ref_formats (layer);

  /* The figure leaves for elsewhere with the title, as ever. */
  g_assert_true (gdk_content_formats_contain_gtype (formats, NERVE_TYPE_BOARD_DRAG));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  g_assert_true (gdk_content_formats_contain_gtype (of_layer, NERVE_TYPE_BOARD_DRAG));

  drop (f, NERVE_BOARD_DRAG_COLUMN, 0, width - 20, 100);
  assert_shown (f, "mapper,diagram", "2,4,1");
  drop (f, NERVE_BOARD_DRAG_COLUMN, 2, 20, 100);
  assert_shown (f, "mapper,diagram", "1,2,4");
  drop (f, NERVE_BOARD_DRAG_LAYER, 3, width / 2 + 40, 100);
  assert_shown (f, "mapper,diagram", "1,2,3,4");
  drop (f, NERVE_BOARD_DRAG_ROW, 1, 100, 50);
  assert_shown (f, "diagram,mapper", "1,2,3,4");
  drop (f, NERVE_BOARD_DRAG_ROW, 0, 100, height - 30);
  assert_shown (f, "mapper,diagram", "1,2,3,4");

  /* On itself, on either side of itself, from elsewhere. */
  g_assert_false (let_go (f, NERVE_BOARD_DRAG_COLUMN, 0, 20, 100));
  g_assert_false (let_go (f, NERVE_BOARD_DRAG_COLUMN, 0, width / 4 + 20, 100));
  g_assert_false (let_go (f, NERVE_BOARD_DRAG_LAYER, 1, 20, 100));
  g_assert_false (let_go (f, NERVE_BOARD_DRAG_ROW, 1, 100, height - 30));
  assert_shown (f, "mapper,diagram", "1,2,3,4");
  for (guint i = 0; i < 5; i++)
    window_fixture_activate (f, "document.undo", NULL);
  g_assert_null (nerve_document_get_undo_label (f->document));
}

static GtkWidget *
tabs (WindowFixture *f)
{
  return window_fixture_find_inside (GTK_WIDGET (f->window), NERVE_TYPE_BOARD_TABS);
}

/* The i-th tab's button, or the one that closes it. */
static GtkWidget *
tab_button (WindowFixture *f, guint i, gboolean close)
{
  GtkWidget *tab = gtk_widget_get_first_child (gtk_widget_get_first_child (window_fixture_find_inside (
    tabs (f), GTK_TYPE_VIEWPORT)));

  while (i-- > 0)
    tab = gtk_widget_get_next_sibling (tab);

  return close ? gtk_widget_get_last_child (tab) : gtk_widget_get_first_child (tab);
}

static void
several_boards_stand_in_tabs (WindowFixture *f, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (tabs (f)));
  press (f, GDK_KEY_5, 0);
  window_fixture_activate (f, "document.remove-column", "@u 0");
  window_fixture_activate (f, "document.add-board", NULL);
  assert_shown (f, "mapper,diagram", "1,2,4");
  g_assert_true (gtk_widget_get_visible (tabs (f)));
  window_fixture_activate (f, "document.rename-board", "(@u 1, 'Fresh')");
  window_fixture_wait (1);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (tab_button (f, 0, FALSE))), ==, "Board 1");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (tab_button (f, 1, FALSE))), ==, "Fresh");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (tab_button (f, 1, FALSE))));

  g_signal_emit_by_name (tab_button (f, 0, FALSE), "clicked");
  assert_shown (f, "mapper,diagram,projection", "2,4");
  window_fixture_activate (f, "win.step-board", "-1");
  assert_shown (f, "mapper,diagram", "1,2,4");
  g_signal_emit_by_name (tab_button (f, 0, TRUE), "clicked");
  assert_shown (f, "mapper,diagram", "1,2,4");
  g_assert_false (gtk_widget_get_visible (tabs (f)));
  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_activate (f, "document.undo", NULL);
  assert_shown (f, "mapper,diagram,projection", "2,4");

  /* Closing is for the board while there are two, then for the file. */
  window_fixture_activate (f, "win.close", NULL);
  assert_shown (f, "mapper,diagram", "1,2,4");
  window_fixture_activate (f, "win.close", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->session)), ==, 0);
}

static void
boards_are_many_and_named (WindowFixture *f, gconstpointer data)
{
  g_autofree char *name = NULL;

  for (guint i = 1; i < NERVE_MOST_BOARDS; i++)
    window_fixture_activate (f, "win.add-board", NULL);
  g_assert_cmpuint (nerve_document_get_n_boards (f->document), ==, NERVE_MOST_BOARDS);
  window_fixture_activate (f, "win.add-board", NULL);
  g_assert_cmpuint (nerve_document_get_n_boards (f->document), ==, NERVE_MOST_BOARDS);
  g_assert_cmpuint (nerve_document_get_board (f->document), ==, NERVE_MOST_BOARDS - 1);
  /* Round in a ring. */
  window_fixture_activate (f, "win.step-board", "1");
  g_assert_cmpuint (nerve_document_get_board (f->document), ==, 0);
  /* Letters stay whole, whatever there is room for. */
  window_fixture_activate (f, "document.rename-board", "(@u 0, '  ααααααααααααααααααααααααααααααααααααααα ')");
  name = nerve_document_get_board_name (f->document, 0);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, 31);
  /* Out of range. */
  window_fixture_activate (f, "document.close-board", "@u 99");
  window_fixture_activate (f, "document.show-board", "@u 4294967295");
  window_fixture_activate (f, "document.rename-board", "(@u 99, 'x')");
  window_fixture_settle (f);
  while (nerve_document_get_n_boards (f->document) > 1)
    window_fixture_activate (f, "document.close-board", "@u 1");
  while (nerve_document_get_undo_label (f->document) != NULL)
    window_fixture_activate (f, "document.undo", NULL);
  g_assert_cmpuint (nerve_document_get_n_boards (f->document), ==, 1);
  window_fixture_settle (f);
}

/* What was shown is in front again. */
static NerveDocument *
open_beside (WindowFixture *f, const char *path)
{
  NerveDocument *first = f->document;
  NerveDocument *copy;

  window_fixture_open (f, path);
  copy = nerve_session_get_active (f->session);
  g_assert_true (copy != first);
  nerve_session_set_active (f->session, first);
  f->document = first;
  window_fixture_wait (1);

  return copy;
}

static void
columns_of_another_network_join_in (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->path, ".guest.h5", NULL);
  const NerveFigureModel *model = window_fixture_model (f);
  g_autofree char *bytes = NULL;
  const char *network;
  NerveDocument *copy;
  NerveFigureView *pane;
  gsize size;

  g_assert_true (g_file_get_contents (f->path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  copy = open_beside (f, path);
  network = nerve_dataset_get_fingerprint (nerve_document_get_dataset (copy));
  g_assert_true (nerve_document_add_guest (f->document, network, "no such layer"));
  window_fixture_wait (30);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 3);
  nerve_document_set_guest (f->document, 0, nerve_dataset_get_layer (model->dataset, 4)->name);
  window_fixture_settle (f);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 4);
  pane = window_fixture_pane (f, 3, 0);
  g_assert_true (nerve_figure_view_get_model (pane)->dataset == nerve_document_get_dataset (copy));
  g_assert_cmpuint (nerve_figure_view_get_layer (pane), ==, 4);
  g_assert_true (g_str_has_suffix (nerve_column_get_summary (nerve_board_get_column (board (f), 3)), ".guest.h5") ||
                 strstr (nerve_column_get_summary (nerve_board_get_column (board (f), 3)), ".guest.h5 · ") != NULL);
  /* One set of axes. */
  g_assert_cmpuint (model->n_beside, ==, 1);
  g_assert_cmpuint (nerve_figure_view_get_model (pane)->n_beside, ==, model->n_columns);

  /* What is selected there is selected here, by image, and the other network's own selection stays as it is. */
  window_fixture_click (f, 3, 0, 1);
  g_assert_cmpuint (nerve_bitset_count (model->selection), >, 0);
  g_assert_true (nerve_bitset_is_empty (nerve_document_get_model (copy)->selection));
  g_assert_null (nerve_document_get_undo_label (copy));
  window_fixture_settle (f);
  g_assert_true (nerve_bitset_equal (nerve_figure_view_get_model (pane)->selection, model->selection));

  /* What leaves the window is what is seen: of that network there, of this one here. */
  g_assert_true (nerve_document_view_find_document (nerve_window_get_view (f->window), GTK_WIDGET (pane)) == copy);
  g_assert_true (nerve_document_view_find_document (nerve_window_get_view (f->window),
                                                    GTK_WIDGET (window_fixture_pane (f, 2, 1))) == f->document);

  /* Rows are the board's, and what they need is computed there, too. */
  press (f, GDK_KEY_5, 0);
  window_fixture_settle (f);
  pane = window_fixture_pane (f, 3, 2);
  while (!nerve_figure_view_is_complete (pane))
    window_fixture_wait (10);

  /* Moving about among the document's own columns only. */
  g_assert_false (let_go (f, NERVE_BOARD_DRAG_COLUMN, 2, gtk_widget_get_width (GTK_WIDGET (board (f))) - 20, 100));
  window_fixture_activate (f, "document.add-column", "0");
  window_fixture_wait (30);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 5);
  g_assert_true (nerve_figure_view_get_model (window_fixture_pane (f, 4, 0))->dataset != model->dataset);
  /* Taken away by keys. */
  gtk_widget_grab_focus (GTK_WIDGET (window_fixture_pane (f, 4, 0)));
  press (f, GDK_KEY_Delete, 0);
  window_fixture_wait (30);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 4);
  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_wait (30);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 5);

  /* With its file it goes, and comes again. */
  nerve_session_close (f->session, copy);
  window_fixture_wait (30);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 4);
  g_assert_cmpuint (model->n_beside, ==, 0);
  open_beside (f, path);
  window_fixture_settle (f);
  g_assert_cmpuint (nerve_board_get_n_columns (board (f)), ==, 5);
  g_unlink (path);
}

#define ADD(test, data)                                                                                               \
  g_test_add ("/board/" #test, WindowFixture, data, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (rows_come_go_and_move, NULL);
  ADD (the_line_between_rows_is_dragged, NULL);
  ADD (columns_come_go_and_move, NULL);
  ADD (columns_rows_and_layers_are_dragged, NULL);
  ADD (several_boards_stand_in_tabs, NULL);
  ADD (boards_are_many_and_named, NULL);
  ADD (columns_of_another_network_join_in, NULL);
  ADD (points_of_the_map_select_their_images, NULL);
  ADD (every_pane_has_a_name_and_a_menu, NULL);

  return window_fixture_run ();
}
