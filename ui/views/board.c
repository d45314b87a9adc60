#include "config.h"

#include "views/board.h"

#include "views/board-drag.h"
#include "views/view-style.h"

#define GAP 12

struct _NerveBoard
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  GPtrArray              *columns; /* NerveColumn, children; those of other networks are the last */
  guint                   n_guests;
  int                     alone;   /* the only column; -1: all */
  int                     drop_at; /* where what is dragged would come to stand; -1: nothing is */
  NerveBoardDragKind      drop_kind;
};

G_DEFINE_FINAL_TYPE (NerveBoard, nerve_board, GTK_TYPE_WIDGET)

static guint
count_own (NerveBoard *self)
{
  return self->columns->len - self->n_guests;
}

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

/* What is dragged comes to stand before the first column, or row, whose middle is behind the pointer. */

static gboolean
get_bounds (NerveBoard *self, gboolean row, guint i, graphene_rect_t *bounds)
{
  NerveColumn *column = self->columns->pdata[row ? 0 : i];

  return gtk_widget_compute_bounds (row ? GTK_WIDGET (nerve_column_get_row (column, i)) : GTK_WIDGET (column),
                                    GTK_WIDGET (self), bounds);
}

static guint
count_places (NerveBoard *self, gboolean row)
{
  guint n = 0;

  if (!row || self->columns->len == 0)
    return count_own (self);
  while (nerve_column_get_row (self->columns->pdata[0], n) != NULL)
    n++;

  return n;
}

static int
find_place (NerveBoard *self, gboolean row, double x, double y)
{
  gboolean mirrored = !row && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  graphene_rect_t bounds;
  int at = 0;

  for (guint i = 0; i < count_places (self, row) && get_bounds (self, row, i, &bounds); i++)
    {
      graphene_point_t middle = GRAPHENE_POINT_INIT (bounds.origin.x + bounds.size.width / 2,
                                                     bounds.origin.y + bounds.size.height / 2);

      at += row ? y > middle.y : mirrored ? x < middle.x : x > middle.x;
    }

  return at;
}

static void
set_drop (NerveBoard *self, int at)
{
  if (self->drop_at == at)
    return;
  self->drop_at = at;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where it stands now; -1: nowhere. */
static int
find_dragged (NerveBoard *self, NerveBoardDrag *drag)
{
  guint index = nerve_board_drag_get_index (drag);

  if (nerve_board_drag_get_kind (drag) != NERVE_BOARD_DRAG_LAYER)
    return (int) index;
  for (guint i = 0; i < self->model->n_columns; i++)
    if (self->model->columns[i] == index)
      return (int) i;

  return -1;
}

/* Where it would come to stand; -1: it does not belong here, or stays where it is. */
static int
find_drop (NerveBoard *self, NerveBoardDrag *drag, double x, double y)
{
  int now, at;

  if (self->model == NULL || self->alone >= 0 || nerve_board_drag_get_model (drag) != self->model)
    return -1;

  now = find_dragged (self, drag);
  at = find_place (self, nerve_board_drag_get_kind (drag) == NERVE_BOARD_DRAG_ROW, x, y);

  return now >= 0 && (at == now || at == now + 1) ? -1 : at;
}

static GdkDragAction
on_drop_motion (NerveBoard *self, double x, double y, GtkDropTarget *target)
{
  const GValue *value = gtk_drop_target_get_value (target);
  NerveBoardDrag *drag = value != NULL ? g_value_get_object (value) : NULL;

  if (drag == NULL)
    return 0;
  self->drop_kind = nerve_board_drag_get_kind (drag);
  set_drop (self, find_drop (self, drag, x, y));

  return self->drop_at >= 0 ? GDK_ACTION_COPY : 0;
}

static void
on_drop_leave (NerveBoard *self)
{
  set_drop (self, -1);
}

static gboolean
on_drop (NerveBoard *self, const GValue *value, double x, double y)
{
  NerveBoardDrag *drag = g_value_get_object (value);
  NerveBoardDragKind kind = nerve_board_drag_get_kind (drag);
  guint index = nerve_board_drag_get_index (drag);
  int at = find_drop (self, drag, x, y);

  set_drop (self, -1);
  if (at < 0)
    return FALSE;
  if (kind == NERVE_BOARD_DRAG_LAYER)
    gtk_widget_activate_action (GTK_WIDGET (self), "document.put-layer", "(uu)", index, at);
  else
    gtk_widget_activate_action (GTK_WIDGET (self),
                                kind == NERVE_BOARD_DRAG_ROW ? "document.move-row" : "document.move-column", "(uu)",
                                index, at > (int) index ? at - 1 : at);

  return TRUE;
}

/* A line where it would come to stand. */
static void
snapshot_drop (NerveBoard *self, GtkSnapshot *snapshot)
{
  gboolean row = self->drop_kind == NERVE_BOARD_DRAG_ROW;
  gboolean mirrored = !row && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint n = count_places (self, row);
  gboolean behind = self->drop_at == (int) n;
  g_auto (NerveStyle) style = { 0 };
  graphene_rect_t bounds;
  GdkRGBA color;

  if (n == 0 || !get_bounds (self, row, behind ? n - 1 : (guint) self->drop_at, &bounds))
    return;

  nerve_view_style_init (&style);
  color = nerve_view_color (style.accent, 1);
  if (row)
    bounds = GRAPHENE_RECT_INIT (GAP, bounds.origin.y + (behind ? bounds.size.height : 0) - 2,
                                 gtk_widget_get_width (GTK_WIDGET (self)) - 2 * GAP, 4);
  else
    bounds = GRAPHENE_RECT_INIT (bounds.origin.x + (behind != mirrored ? bounds.size.width + GAP / 2 : -GAP / 2) - 2,
                                 GAP, 4, bounds.size.height);
  gtk_snapshot_append_color (snapshot, &color, &bounds);
}

static void
nerve_board_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveBoard *self = NERVE_BOARD (widget);

  GTK_WIDGET_CLASS (nerve_board_parent_class)->snapshot (widget, snapshot);
  if (self->drop_at >= 0)
    snapshot_drop (self, snapshot);
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
  widget_class->snapshot = nerve_board_snapshot;
  gtk_widget_class_set_css_name (widget_class, "board");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nerve_board_init (NerveBoard *self)
{
  GtkDropTarget *target = gtk_drop_target_new (NERVE_TYPE_BOARD_DRAG, GDK_ACTION_COPY);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_swapped (target, "motion", G_CALLBACK (on_drop_motion), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (on_drop_leave), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  self->alone = self->drop_at = -1;
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

  if (self->alone >= 0 && count_own (self) != n)
    nerve_board_set_alone (self, -1, -1);
  if (count_own (self) > n)
    g_ptr_array_remove_range (self->columns, n, count_own (self) - n);
  while (count_own (self) < n)
    {
      GtkWidget *column = nerve_column_new (count_own (self));

      gtk_widget_insert_before (column, GTK_WIDGET (self),
                                self->n_guests > 0 ? self->columns->pdata[count_own (self)] : NULL);
      g_ptr_array_insert (self->columns, (int) count_own (self), column);
      nerve_column_set_model (NERVE_COLUMN (column), self->model);
    }
}

void
nerve_board_set_guests (NerveBoard *self, const NerveFigureModel *const *models, const char *const *networks, guint n)
{
  g_return_if_fail (NERVE_IS_BOARD (self));

  if (self->n_guests == 0 && n == 0)
    return;

  nerve_board_set_alone (self, -1, -1);
  g_ptr_array_set_size (self->columns, (int) count_own (self));
  for (self->n_guests = 0; self->n_guests < n; self->n_guests++)
    {
      GtkWidget *column = nerve_column_new (0);

      g_ptr_array_add (self->columns, column);
      gtk_widget_set_parent (column, GTK_WIDGET (self));
      nerve_column_set_network (NERVE_COLUMN (column), networks[self->n_guests]);
      nerve_column_set_model (NERVE_COLUMN (column), models[self->n_guests]);
    }
}

guint
nerve_board_get_n_guests (NerveBoard *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD (self), 0);
  return self->n_guests;
}

void
nerve_board_set_model (NerveBoard *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_BOARD (self));

  self->model = model;
  nerve_board_set_alone (self, -1, -1);
  self->n_guests = 0;
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
nerve_board_pick_line (NerveBoard *self, double x, double y, NerveBoardLine *line)
{
  GtkWidget *found = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *ancestor = found != NULL ? gtk_widget_get_ancestor (found, NERVE_TYPE_COLUMN) : NULL;
  double above = 0;

  for (guint i = 0; ancestor != NULL && nerve_column_get_pane (NERVE_COLUMN (ancestor), i) != NULL; i++)
    {
      GtkWidget *row = GTK_WIDGET (nerve_column_get_row (NERVE_COLUMN (ancestor), i));
      NerveFigureView *pane = nerve_column_get_pane (NERVE_COLUMN (ancestor), i);
      graphene_rect_t whole, bounds;

      if (!gtk_widget_get_mapped (GTK_WIDGET (pane)) ||
          !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &whole) ||
          !gtk_widget_compute_bounds (GTK_WIDGET (pane), GTK_WIDGET (self), &bounds))
        continue;
      if (y >= above && y < bounds.origin.y)
        {
          *line = (NerveBoardLine) { .row = i, .is_title = above == 0 && y < whole.origin.y };
          g_ptr_array_find (self->columns, ancestor, &line->column);
          return pane;
        }
      above = bounds.origin.y + bounds.size.height;
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
  for (guint i = 0; i < count_own (self); i++)
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
