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

          if (widget == figure || gtk_widget_is_ancestor (widget, figure))
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

static void
on_click (GtkGestureClick *gesture, int n_press, double x, double y, NerveWindow *self)
{
  NerveBoard *board = nerve_document_view_get_board (self->view);
  NerveFigureView *found = n_press == 2 ? nerve_board_pick_line (board, x, y) : NULL;
  int column, pane;

  if (found == NULL)
    return;
  if (nerve_board_has_alone (board))
    nerve_board_set_alone (board, -1, -1);
  else if (find_pane (board, GTK_WIDGET (found), &column, &pane))
    nerve_board_set_alone (board, column, pane);
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
}
