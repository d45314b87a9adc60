#include "config.h"

#include "views/column.h"

#include <glib/gi18n.h>

#include "figures/board-rows.h"
#include "views/fitting-label.h"
#include "views/progress-ring.h"
#include "views/template.h"
#include "views/tooltip.h"

#define MARGIN 14
#define TITLE_HEIGHT 40
#define NARROW 300          /* below this the summary stands in a line of its own */
#define SUMMARY_HEIGHT 18
#define LEAST_WIDTH 180
#define REACH 4             /* of the hand beyond the line between two rows */

struct _NerveColumn
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  guint                   index;
  guint                   layer;
  char                   *network; /* it is of another one than the board; NULL: of the same */
  int                     width;
  int                     alone;  /* the only pane; -1: all */
  GtkWidget              *title;
  GtkLabel               *number;
  GtkLabel               *name;
  NerveFittingLabel      *summary;
  GtkWidget              *badge;
  GtkWidget              *ring;
  GtkLabel               *percent;
  GtkToggleButton        *pin;
  GtkMenuButton          *more;
  int                     top;        /* of the first row */
  int                     room;       /* of all rows */
  GPtrArray              *panes;      /* NerveRowPane, children: one a row */
  GPtrArray              *handles;    /* children: the lines between them */
};

G_DEFINE_FINAL_TYPE (NerveColumn, nerve_column, GTK_TYPE_WIDGET)

/* Where things stand */

/* @x from where reading begins. */
static void
place (NerveColumn *self, GtkWidget *widget, int x, int y, int width, int height)
{
  int minimum_width, minimum_height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, minimum_width), &minimum_height, NULL, NULL, NULL);
  width = MAX (width, minimum_width);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = self->width - x - width;
  gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, width, MAX (height, minimum_height) }, -1);
}

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  if (gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* The badge takes the summary's place while it is there. */
static int
place_title (NerveColumn *self, int width)
{
  GtkWidget *pin = GTK_WIDGET (self->pin);
  GtkWidget *side = gtk_widget_should_layout (self->badge) ? self->badge : GTK_WIDGET (self->summary);
  gboolean narrow = width < NARROW;
  int pin_width = natural_width (pin);
  int more_width = natural_width (GTK_WIDGET (self->more));
  int right = width - MARGIN + 8 - pin_width - more_width;
  int title_width = natural_width (self->title);
  int side_width = natural_width (side);
  int room = right - MARGIN;
  int least = side == self->badge ? side_width : nerve_fitting_label_get_least (self->summary);

  place (self, pin, right, (TITLE_HEIGHT - 28) / 2 + 2, pin_width, 28);
  place (self, GTK_WIDGET (self->more), right + pin_width, (TITLE_HEIGHT - 28) / 2 + 2, more_width, 28);
  if (narrow)
    {
      place (self, self->title, MARGIN, 4, MIN (title_width, room), TITLE_HEIGHT - 8);
      place (self, side, MARGIN, TITLE_HEIGHT - 6, MIN (side_width, width - 2 * MARGIN), SUMMARY_HEIGHT);
      return TITLE_HEIGHT + SUMMARY_HEIGHT - 6;
    }

  /* The name comes first; the summary has shorter wordings. */
  title_width = MIN (title_width, room - MIN (least, room / 2) - 12);
  side_width = MIN (side_width, room - title_width - 12);
  place (self, self->title, MARGIN, 4, title_width, TITLE_HEIGHT - 4);
  place (self, side, right - 2 - side_width, 4, side_width, TITLE_HEIGHT - 4);

  return TITLE_HEIGHT;
}

/* As their shares say, but none lower than it has to be: what it takes more comes from the others. */
static void
share_out (NerveColumn *self, int room, double *heights)
{
  const NerveBoardRow *rows = self->model->rows;
  gboolean settled[NERVE_N_BOARD_VIEWS] = { FALSE };
  gboolean again = TRUE;

  while (again)
    {
      double left = room, total = 0;

      again = FALSE;
      for (guint i = 0; i < self->panes->len; i++)
        {
          left -= settled[i] ? heights[i] : 0;
          total += settled[i] ? 0 : rows[i].share;
        }
      for (guint i = 0; i < self->panes->len; i++)
        {
          if (settled[i])
            continue;
          heights[i] = total > 0 ? MAX (left, 0) * rows[i].share / total : 0;
          if (heights[i] < nerve_board_view (rows[i].view)->least && total > rows[i].share)
            {
              heights[i] = nerve_board_view (rows[i].view)->least;
              settled[i] = again = TRUE;
              break;
            }
        }
    }
}

/* Where the @row-th row begins below the title; of all of them: where the last one ends. */
static int
row_top (NerveColumn *self, int room, guint row)
{
  double heights[NERVE_N_BOARD_VIEWS];
  double top = 0;

  share_out (self, room, heights);
  for (guint i = 0; i < row; i++)
    top += heights[i];

  return (int) MIN (top + .001, room);
}

static void
nerve_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveColumn *self = NERVE_COLUMN (widget);
  guint n = self->panes->len;

  self->width = width;
  self->top = place_title (self, width);
  self->room = MAX (height - self->top, 2);
  for (guint i = 0; i < n; i++)
    {
      int begin = self->alone < 0 ? row_top (self, self->room, i) : 0;
      int end = self->alone < 0 ? row_top (self, self->room, i + 1) : self->room;

      if (self->alone >= 0 && self->alone != (int) i)
        continue;
      if (self->alone < 0 && i > 0)
        {
          place (self, self->handles->pdata[i - 1], MARGIN, self->top + begin - REACH, width - 2 * MARGIN,
                 2 * REACH + 1);
          begin += 2;
        }
      if (self->alone >= 0 || i + 1 == n)
        end = self->room - MARGIN / 2;
      place (self, self->panes->pdata[i], 0, self->top + begin, width, MAX (end - begin, 1));
    }
}

static void
show_parts (NerveColumn *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    gtk_widget_set_child_visible (self->panes->pdata[i], self->alone < 0 || self->alone == (int) i);
  for (guint i = 0; i < self->handles->len; i++)
    gtk_widget_set_child_visible (self->handles->pdata[i], self->alone < 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
nerve_column_set_alone (NerveColumn *self, int pane)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));

  self->alone = pane;
  show_parts (self);
}

static void
nerve_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  NerveColumn *self = NERVE_COLUMN (widget);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : TITLE_HEIGHT;
  for (guint i = 0; i < self->panes->len && orientation == GTK_ORIENTATION_VERTICAL; i++)
    if (self->alone < 0 || self->alone == (int) i)
      *minimum += (int) nerve_board_view (nerve_row_pane_get_view (self->panes->pdata[i]))->least;
  *natural = MAX (*minimum, orientation == GTK_ORIENTATION_HORIZONTAL ? 344 : 529);
}

static void
nerve_column_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NerveColumn *self = NERVE_COLUMN (widget);
  gboolean badged = gtk_widget_should_layout (self->badge);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (self->summary) || !badged)
      gtk_widget_snapshot_child (widget, child, snapshot);
}

/* What it says */

static void
update_badge (NerveColumn *self)
{
  NerveFigureView *busy = NULL;
  double fraction = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->panes->len && busy == NULL; i++)
    {
      NerveFigureView *pane = nerve_column_get_pane (self, i);
      gboolean is_busy;

      g_object_get (pane, "busy", &is_busy, "fraction", &fraction, NULL);
      if (is_busy)
        busy = pane;
    }

  gtk_widget_set_visible (self->badge, busy != NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (busy == NULL)
    return;

  nerve_progress_ring_set_fraction (NERVE_PROGRESS_RING (self->ring), fraction);
  text = g_strdup_printf (_("%d %%"), (int) (fraction * 100 + .5));
  gtk_label_set_label (self->percent, text);
}

/* Which network it is of is said as long as there is room for anything. */
static void
show_summaries (NerveColumn *self, const char *const *summaries)
{
  g_autoptr (GPtrArray) texts = NULL;

  if (self->network == NULL)
    {
      nerve_fitting_label_set_texts (self->summary, summaries);
      return;
    }

  texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; summaries[i] != NULL; i++)
    if (*summaries[i] != '\0')
      g_ptr_array_add (texts, g_strdup_printf ("%s · %s", self->network, summaries[i]));
  g_ptr_array_add (texts, g_strdup (self->network));
  g_ptr_array_add (texts, NULL);
  nerve_fitting_label_set_texts (self->summary, (const char *const *) texts->pdata);
}

static void
update_title (NerveColumn *self)
{
  const NerveLayer *layer = nerve_dataset_get_layer (self->model->dataset, self->layer);
  g_autofree char *number = g_strdup_printf ("%u", self->layer);
  g_auto (GStrv) summaries = nerve_mapper_figure_summaries (self->model, self->layer);
  g_autofree char *pin = NULL;
  g_autofree char *title = NULL;
  gboolean pinned = self->model->pinned[self->index];
  gboolean is_hovered = self->model->hover_layer == (int) self->layer && self->model->hover_node >= 0;

  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->name, layer->name);
  nerve_tooltip_set (GTK_WIDGET (self->name), layer->name);
  show_summaries (self, (const char *const *) summaries);
  for (guint i = 0; i < self->panes->len; i++)
    if (nerve_row_pane_get_view (self->panes->pdata[i]) == NERVE_BOARD_VIEW_MAPPER)
      nerve_figure_view_set_reading (nerve_column_get_pane (self, i), is_hovered ? summaries[0] : NULL);
  gtk_toggle_button_set_active (self->pin, pinned);
  nerve_tooltip_set (GTK_WIDGET (self->pin), pinned ? _("Unpin") : _("Pin"));
  /* Translators: a layer's name */
  pin = g_strdup_printf (pinned ? _("Unpin %s") : _("Pin %s"), layer->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pin), GTK_ACCESSIBLE_PROPERTY_LABEL, pin, -1);
  title = self->network != NULL ? g_strdup_printf ("%s · %s", layer->name, self->network) : g_strdup (layer->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
on_pin_clicked (NerveColumn *self)
{
  /* The model decides whether it is down. */
  if (self->model != NULL)
    gtk_toggle_button_set_active (self->pin, self->model->pinned[self->index]);
  gtk_widget_activate_action (GTK_WIDGET (self), "document.toggle-pin", "u", self->index);
}

static void
on_cancel_clicked (NerveColumn *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    {
      NerveFigureView *pane = nerve_column_get_pane (self, i);
      gboolean busy;

      g_object_get (pane, "busy", &busy, NULL);
      if (busy)
        gtk_widget_activate_action (GTK_WIDGET (self), "document.cancel", "(us)", self->layer,
                                    nerve_figure_view_get_kind (pane)->name);
    }
}

/* The line between two rows */

static guint
find_handle (NerveColumn *self, GtkWidget *handle)
{
  guint found = 0;

  g_ptr_array_find (self->handles, handle, &found);

  return found;
}

static void
on_handle_begin (NerveColumn *self, double x, double y, GtkGesture *gesture)
{
  /* Nothing is dragged out of the board by its lines. */
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "document.begin-drag", NULL);
}

/* The handle moves with the row, and what the gesture measures is from where it was taken. */
static void
on_handle_update (NerveColumn *self, double dx, double dy, GtkGesture *gesture)
{
  guint row = find_handle (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
  int top = row_top (self, self->room, row);
  int now = row_top (self, self->room, row + 1);
  int bottom = row_top (self, self->room, row + 2);

  if (bottom > top)
    gtk_widget_activate_action (GTK_WIDGET (self), "document.row-share", "(ud)", row,
                                (now + dy - top) / (bottom - top));
}

static void
on_handle_end (NerveColumn *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "document.end-drag", NULL);
}

static GtkWidget *
new_handle (NerveColumn *self)
{
  GtkWidget *handle = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_widget_set_cursor_from_name (handle, "row-resize");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_handle_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_handle_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_handle_end), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_parent (handle, GTK_WIDGET (self));

  return handle;
}

/* Rows */

static GtkWidget *
new_pane (NerveColumn *self, NerveBoardView view)
{
  GtkWidget *pane = nerve_row_pane_new (view);
  NerveFigureView *figure = nerve_row_pane_get_figure (NERVE_ROW_PANE (pane));

  g_signal_connect_object (figure, "notify::busy", G_CALLBACK (update_badge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (figure, "notify::fraction", G_CALLBACK (update_badge), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (pane, GTK_WIDGET (self));
  nerve_row_pane_set_model (NERVE_ROW_PANE (pane), self->model, self->layer);

  return pane;
}

/* Takes the pane of a view out of @panes; NULL: there is none. */
static GtkWidget *
take_pane (GPtrArray *panes, NerveBoardView view)
{
  for (guint i = 0; i < panes->len; i++)
    if (nerve_row_pane_get_view (panes->pdata[i]) == view)
      return g_ptr_array_steal_index (panes, i);

  return NULL;
}

static gboolean
has_rows (NerveColumn *self)
{
  if (self->panes->len != self->model->n_rows)
    return FALSE;

  for (guint i = 0; i < self->panes->len; i++)
    if (nerve_row_pane_get_view (self->panes->pdata[i]) != self->model->rows[i].view)
      return FALSE;

  return TRUE;
}

/* Each pane keeps its picture, wherever its row goes; one whose view has left shows what came instead. */
static void
match_rows (NerveColumn *self)
{
  g_autoptr (GPtrArray) before = NULL;
  guint n = self->model->n_rows;

  if (has_rows (self))
    return;

  before = g_steal_pointer (&self->panes);
  self->panes = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->panes, take_pane (before, self->model->rows[i].view));
  for (guint i = 0; i < n; i++)
    if (self->panes->pdata[i] == NULL)
      self->panes->pdata[i] = before->len > 0 ? g_ptr_array_steal_index (before, 0)
                                              : new_pane (self, self->model->rows[i].view);
  g_ptr_array_set_size (self->handles, MIN (self->handles->len, n - 1));
  while (self->handles->len + 1 < n)
    g_ptr_array_add (self->handles, new_handle (self));
  /* Tab goes from top to bottom, and handles lie over what they part. */
  for (guint i = 0; i < n; i++)
    gtk_widget_insert_before (self->panes->pdata[i], GTK_WIDGET (self), NULL);
  for (guint i = 0; i < self->handles->len; i++)
    gtk_widget_insert_before (self->handles->pdata[i], GTK_WIDGET (self), NULL);
  for (guint i = 0; i < n; i++)
    g_object_set (nerve_column_get_pane (self, i), "priority", (int) (NERVE_N_BOARD_VIEWS * self->index + i), NULL);
  self->alone = MIN (self->alone, (int) n - 1);
  show_parts (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
nerve_column_dispose (GObject *object)
{
  NerveColumn *self = NERVE_COLUMN (object);

  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->panes, g_ptr_array_unref);
  g_clear_pointer (&self->handles, g_ptr_array_unref);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_COLUMN);

  G_OBJECT_CLASS (nerve_column_parent_class)->dispose (object);
}

static void
nerve_column_class_init (NerveColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_column_dispose;
  widget_class->measure = nerve_column_measure;
  widget_class->size_allocate = nerve_column_size_allocate;
  widget_class->snapshot = nerve_column_snapshot;

  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  g_type_ensure (NERVE_TYPE_PROGRESS_RING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/views/column.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, title);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, number);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, name);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, summary);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, badge);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, ring);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, percent);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, pin);
  gtk_widget_class_bind_template_child (widget_class, NerveColumn, more);
  gtk_widget_class_bind_template_callback (widget_class, on_pin_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_set_css_name (widget_class, "column");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nerve_column_init (NerveColumn *self)
{
  self->alone = -1;
  self->panes = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->handles = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  gtk_widget_init_template (GTK_WIDGET (self));
  nerve_tooltip_set (GTK_WIDGET (self->more), _("Rows"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows"), -1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
nerve_column_new (guint index)
{
  NerveColumn *self = g_object_new (NERVE_TYPE_COLUMN, NULL);

  self->index = index;

  return GTK_WIDGET (self);
}

void
nerve_column_set_network (NerveColumn *self, const char *network)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));

  g_free (self->network);
  self->network = g_strdup (network);
  gtk_widget_set_visible (GTK_WIDGET (self->pin), network == NULL);
}

void
nerve_column_set_model (NerveColumn *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));

  self->model = model;
  if (model != NULL)
    self->layer = model->columns[self->index];
  for (guint i = 0; i < self->panes->len; i++)
    nerve_row_pane_set_model (self->panes->pdata[i], model, self->layer);
  nerve_column_update (self);
}

void
nerve_column_update (NerveColumn *self)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));

  if (self->model == NULL)
    return;

  self->layer = self->model->columns[self->index];
  match_rows (self);
  update_title (self);
  for (guint i = 0; i < self->panes->len; i++)
    nerve_row_pane_update (self->panes->pdata[i], self->layer, i);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

guint
nerve_column_get_layer (NerveColumn *self)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), 0);
  return self->layer;
}

NerveFigureView *
nerve_column_get_pane (NerveColumn *self, guint pane)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), NULL);

  return pane < self->panes->len ? nerve_row_pane_get_figure (self->panes->pdata[pane]) : NULL;
}

NerveRowPane *
nerve_column_get_row (NerveColumn *self, guint row)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), NULL);

  return row < self->panes->len ? self->panes->pdata[row] : NULL;
}

/* Most are never opened. */
static void
make_menu (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) != menu)
    gtk_menu_button_set_menu_model (button, menu);
}

void
nerve_column_set_menu (NerveColumn *self, GMenuModel *menu)
{
  g_return_if_fail (NERVE_IS_COLUMN (self));
  gtk_menu_button_set_create_popup_func (self->more, make_menu, g_object_ref (menu), g_object_unref);
}

const char *
nerve_column_get_summary (NerveColumn *self)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), NULL);
  return nerve_fitting_label_get_text (self->summary);
}

const char *
nerve_column_get_reading (NerveColumn *self)
{
  g_return_val_if_fail (NERVE_IS_COLUMN (self), NULL);

  for (guint i = 0; i < self->panes->len; i++)
    if (nerve_board_view_is_of_bars (nerve_row_pane_get_view (self->panes->pdata[i])))
      return nerve_row_pane_get_reading (self->panes->pdata[i]);

  return NULL;
}
