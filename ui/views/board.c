#include "config.h"

#include "views/board.h"

#define GAP 12

struct _NerveBoard
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  GPtrArray              *columns; /* NerveColumn, children */
  int                     alone;   /* the only column; -1: all */
};

G_DEFINE_FINAL_TYPE (NerveBoard, nerve_board, GTK_TYPE_WIDGET)

static void
nerve_board_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  NerveBoard *self = NERVE_BOARD (widget);
  int n = (int) self->columns->len;

  *minimum = *natural = 2 * GAP;
  for (int i = 0; i < n; i++)
    {
      int least, wished;

      if (self->alone >= 0 && self->alone != i)
        continue;

      gtk_widget_measure (self->columns->pdata[i], orientation, -1, &least, &wished, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          *minimum += least + (i > 0 ? GAP : 0);
          *natural += wished + (i > 0 ? GAP : 0);
        }
      else
        {
          *minimum = MAX (*minimum, least + 2 * GAP);
          *natural = MAX (*natural, wished + 2 * GAP);
        }
    }
}

/* The lower margin is the legend's. */
static void
nerve_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveBoard *self = NERVE_BOARD (widget);
  int n = (int) self->columns->len;
  int room = width - GAP * (n + 1);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (self->alone >= 0)
    {
      gtk_widget_size_allocate (self->columns->pdata[self->alone],
                                &(GtkAllocation) { GAP, GAP, MAX (width - 2 * GAP, 1), height - GAP }, -1);
      return;
    }
  for (int i = 0; i < n; i++)
    {
      int slot = mirrored ? n - 1 - i : i;
      int left = room * slot / n;
      int right = room * (slot + 1) / n;

      gtk_widget_size_allocate (self->columns->pdata[i],
                                &(GtkAllocation) { GAP * (slot + 1) + left, GAP, right - left, height - GAP }, -1);
    }
}

static void
nerve_board_dispose (GObject *object)
{
  NerveBoard *self = NERVE_BOARD (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);

  G_OBJECT_CLASS (nerve_board_parent_class)->dispose (object);
}

static void
nerve_board_class_init (NerveBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_board_dispose;
  widget_class->measure = nerve_board_measure;
  widget_class->size_allocate = nerve_board_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "board");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nerve_board_init (NerveBoard *self)
{
  self->alone = -1;
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
}

GtkWidget *
nerve_board_new (void)
{
  return g_object_new (NERVE_TYPE_BOARD, NULL);
}

void
nerve_board_set_alone (NerveBoard *self, int column, int pane)
{
  g_return_if_fail (NERVE_IS_BOARD (self));
  g_return_if_fail (column < (int) self->columns->len);

  self->alone = column;
  for (int i = 0; i < (int) self->columns->len; i++)
    {
      gtk_widget_set_child_visible (self->columns->pdata[i], column < 0 || i == column);
      nerve_column_set_alone (self->columns->pdata[i], i == column ? pane : -1);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
nerve_board_has_alone (NerveBoard *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD (self), FALSE);
  return self->alone >= 0;
}

static void
match_columns (NerveBoard *self)
{
  guint n = self->model != NULL ? self->model->n_columns : 0;

  if (self->alone >= (int) n || (self->alone >= 0 && self->columns->len != n))
    nerve_board_set_alone (self, -1, -1);
  if (self->columns->len > n)
    g_ptr_array_set_size (self->columns, n);
  while (self->columns->len < n)
    {
      GtkWidget *column = nerve_column_new (self->columns->len);

      g_ptr_array_add (self->columns, column);
      gtk_widget_set_parent (column, GTK_WIDGET (self));
      nerve_column_set_model (NERVE_COLUMN (column), self->model);
    }
}

void
nerve_board_set_model (NerveBoard *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_BOARD (self));

  self->model = model;
  nerve_board_set_alone (self, -1, -1);
  g_ptr_array_set_size (self->columns, 0);
  match_columns (self);
}

void
nerve_board_update (NerveBoard *self)
{
  g_return_if_fail (NERVE_IS_BOARD (self));

  match_columns (self);
  for (guint i = 0; i < self->columns->len; i++)
    nerve_column_update (self->columns->pdata[i]);
}

guint
nerve_board_get_n_columns (NerveBoard *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD (self), 0);
  return self->columns->len;
}

NerveColumn *
nerve_board_get_column (NerveBoard *self, guint column)
{
  g_return_val_if_fail (NERVE_IS_BOARD (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);
  return self->columns->pdata[column];
}

NerveFigureView *
nerve_board_pick_line (NerveBoard *self, double x, double y)
{
  GtkWidget *found = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *ancestor = found != NULL ? gtk_widget_get_ancestor (found, NERVE_TYPE_COLUMN) : NULL;
  double line = 0;

  for (guint i = 0; ancestor != NULL && nerve_column_get_pane (NERVE_COLUMN (ancestor), i) != NULL; i++)
    {
      NerveFigureView *pane = nerve_column_get_pane (NERVE_COLUMN (ancestor), i);
      graphene_rect_t bounds;

      if (!gtk_widget_get_mapped (GTK_WIDGET (pane)) ||
          !gtk_widget_compute_bounds (GTK_WIDGET (pane), GTK_WIDGET (self), &bounds))
        continue;
      if (y >= line && y < bounds.origin.y)
        return pane;
      line = bounds.origin.y + bounds.size.height;
    }

  return NULL;
}

int
nerve_board_find_column (NerveBoard *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD (self), -1);

  for (guint i = 0; i < self->columns->len; i++)
    if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == self->columns->pdata[i])
      return (int) i;
  for (guint i = 0; i < self->columns->len; i++)
    if (nerve_column_get_layer (self->columns->pdata[i]) == self->model->current)
      return (int) i;

  return -1;
}

gboolean
nerve_board_is_complete (NerveBoard *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD (self), FALSE);

  for (guint i = 0; i < self->columns->len; i++)
    {
      NerveFigureView *pane;

      for (guint j = 0; (pane = nerve_column_get_pane (self->columns->pdata[i], j)) != NULL; j++)
        if (gtk_widget_get_mapped (GTK_WIDGET (pane)) && !nerve_figure_view_is_complete (pane))
          return FALSE;
    }

  return self->columns->len > 0;
}
