#include "config.h"

#include "app/window-private.h"

/* The column and the pane in it that @widget is in; FALSE: in none. */
static gboolean
find_pane (NerveBoard *board, GtkWidget *widget, int *column, int *pane)
{
  for (guint i = 0; i < nerve_board_get_n_columns (board); i++)
    {
      NerveColumn *of = nerve_board_get_column (board, i);

      if (widget != GTK_WIDGET (of) && !gtk_widget_is_ancestor (widget, GTK_WIDGET (of)))
        continue;
      *column = (int) i;
      *pane = 0;
      for (guint j = 0; nerve_column_get_pane (of, j) != NULL; j++)
        {
          GtkWidget *figure = GTK_WIDGET (nerve_column_get_pane (of, j));

          GtkWidget *row = GTK_WIDGET (nerve_column_get_row (of, j));

          if (widget == figure || widget == row || gtk_widget_is_ancestor (widget, row))
            *pane = (int) j;
        }
      return TRUE;
    }

  return FALSE;
}

/* The pane that has the keyboard's focus, or whose menu has it, takes the whole board, or gives it back. */
static void
maximize_pane (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  NerveBoard *board = nerve_document_view_get_board (self->view);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  int column = nerve_board_find_column (board);
  int pane = 0;

  if (nerve_board_has_alone (board))
    {
      nerve_board_set_alone (board, -1, -1);
      return;
    }
  if (focus != NULL)
    find_pane (board, focus, &column, &pane);
  if (column >= 0)
    nerve_board_set_alone (board, column, pane);
}

/* The column, and the row in it, that the hand is at. */
static gboolean
find_place (NerveWindow *self, guint *column, guint *row)
{
  NerveBoard *board = nerve_document_view_get_board (self->view);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  int at = nerve_board_find_column (board);
  int pane = 0;

  if (nerve_document_view_get_document (self->view) == NULL || nerve_board_get_n_columns (board) == 0)
    return FALSE;
  if (focus != NULL)
    find_pane (board, focus, &at, &pane);
  *column = MAX (at, 0);
  *row = pane;

  return TRUE;
}

static const NerveFigureModel *
get_model (NerveWindow *self)
{
  return nerve_document_get_model (nerve_document_view_get_document (self->view));
}

/* The keyboard stays with what was moved. */
static void
move_column (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  int step = g_variant_get_int32 (parameter);
  guint column, row;
  NerveFigureView *pane;

  /* Where reading goes from right to left, so do columns. */
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    step = -step;
  if (!find_place (self, &column, &row) || (step < 0 && column == 0) || column + step >= get_model (self)->n_columns)
    return;
  gtk_widget_activate_action (widget, "document.move-column", "(uu)", column, column + step);
  pane = nerve_column_get_pane (nerve_board_get_column (nerve_document_view_get_board (self->view), column + step),
                                row);
  if (pane != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (pane));
}

static void
move_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  int step = g_variant_get_int32 (parameter);
  guint column, row;

  if (!find_place (self, &column, &row) || (step < 0 && row == 0) || row + step >= get_model (self)->n_rows)
    return;
  gtk_widget_activate_action (widget, "document.move-row", "(uu)", row, row + step);
}

/* Higher or lower, against the row below; the last one against the one above. */
static void
resize_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  double step = .05 * g_variant_get_int32 (parameter);
  const NerveBoardRow *rows;
  guint column, row;

  if (!find_place (self, &column, &row) || get_model (self)->n_rows < 2)
    return;
  if (row + 1 == get_model (self)->n_rows)
    {
      row--;
      step = -step;
    }
  rows = &get_model (self)->rows[row];
  gtk_widget_activate_action (widget, "document.row-share", "(ud)", row,
                              (double) rows[0].share / (rows[0].share + rows[1].share) + step);
}

static void
add_column (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guint column, row;

  if (find_place (NERVE_WINDOW (widget), &column, &row))
    gtk_widget_activate_action (widget, "document.add-column", "i", (int) column);
}

static void
remove_column (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guint column, row;

  if (!find_place (NERVE_WINDOW (widget), &column, &row))
    return;
  if (column < get_model (NERVE_WINDOW (widget))->n_columns)
    gtk_widget_activate_action (widget, "document.remove-column", "u", column);
  else
    nerve_document_view_remove_guest (NERVE_WINDOW (widget)->view, column);
}

/* Boards. Whoever works with them sees them. */

static NerveDocument *
show_boards (NerveWindow *self)
{
  NerveDocument *document = nerve_document_view_get_document (self->view);

  if (document != NULL)
    g_object_set (self->view, "view", "board", NULL);

  return document;
}

static void
add_board (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (show_boards (NERVE_WINDOW (widget)) != NULL)
    gtk_widget_activate_action (widget, "document.add-board", NULL);
}

/* The next one, or the one before; round in a ring. */
static void
step_board (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveDocument *document = show_boards (NERVE_WINDOW (widget));
  guint n = document != NULL ? nerve_document_get_n_boards (document) : 0;
  guint step = g_variant_get_int32 (parameter) < 0 ? n - 1 : 1;

  if (n > 1)
    gtk_widget_activate_action (widget, "document.show-board", "u", (nerve_document_get_board (document) + step) % n);
}

static void
rename_board (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);

  if (show_boards (self) != NULL)
    nerve_document_view_rename_board (self->view);
}

/* The board in front; the last one goes with its file, and so do all where none is seen. */
static void
close_board (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NerveWindow *self = NERVE_WINDOW (widget);
  NerveDocument *document = nerve_document_view_get_document (self->view);
  g_autofree char *view = NULL;

  g_object_get (self->view, "view", &view, NULL);
  if (document != NULL && nerve_document_get_n_boards (document) > 1 && g_strcmp0 (view, "board") == 0)
    gtk_widget_activate_action (widget, "document.close-board", "u", nerve_document_get_board (document));
  else
    gtk_widget_activate_action (widget, "win.close-file", NULL);
}

static void
on_click (GtkGestureClick *gesture, int n_press, double x, double y, NerveWindow *self)
{
  NerveBoard *board = nerve_document_view_get_board (self->view);
  NerveBoardLine line;

  if (n_press != 2 || nerve_board_pick_line (board, x, y, &line) == NULL)
    return;
  if (nerve_board_has_alone (board))
    nerve_board_set_alone (board, -1, -1);
  else
    nerve_board_set_alone (board, line.column, line.row);
}

/* Twice on the line over it. */
void
nerve_window_panes_add_click (NerveWindow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (on_click), self);
  gtk_widget_add_controller (GTK_WIDGET (nerve_document_view_get_board (self->view)), GTK_EVENT_CONTROLLER (click));
}

void
nerve_window_panes_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.maximize-pane", NULL, maximize_pane);
  gtk_widget_class_install_action (widget_class, "win.move-column", "i", move_column);
  gtk_widget_class_install_action (widget_class, "win.move-row", "i", move_row);
  gtk_widget_class_install_action (widget_class, "win.resize-row", "i", resize_row);
  gtk_widget_class_install_action (widget_class, "win.add-column", NULL, add_column);
  gtk_widget_class_install_action (widget_class, "win.remove-column", NULL, remove_column);
  gtk_widget_class_install_action (widget_class, "win.add-board", NULL, add_board);
  gtk_widget_class_install_action (widget_class, "win.step-board", "i", step_board);
  gtk_widget_class_install_action (widget_class, "win.rename-board", NULL, rename_board);
  gtk_widget_class_install_action (widget_class, "win.close", NULL, close_board);
}
