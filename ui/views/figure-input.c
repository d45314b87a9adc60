#include "config.h"

#include <math.h>
#include <string.h>

#include <gdk/gdkkeysyms.h>

#include "views/figure-outline.h"
#include "views/figure-pick.h"
#include "views/figure-steps.h"
#include "views/figure-view-private.h"

#define HOVER_DELAY 80   /* ms */
#define ZOOM_STEP 1.2
#define DRAG_THRESHOLD 4 /* px */

struct _NerveFigureInput
{
  NerveFigureView *view;        /* not owned: it owns us */
  GtkWidget       *popover;
  guint            hover_source;
  int              pending;     /* node or bar under the pointer, until it has rested there */
  NerveHit         curve;       /* the point of a curve under it, or walked to; kind NOTHING: none */
  double           x, y;        /* of the pointer */
  double           pan_x, pan_y;
  GArray          *outline;     /* of the box or lasso that is being drawn, or NULL */
  gboolean         is_lasso;
  GArray          *brushed;     /* what was selected inside it last, while it is drawn; NULL: nothing yet */
};

static void
activate (NerveFigureInput *self, const char *action, GVariant *target)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (self->view), action, target);
}

static void
hover (NerveFigureInput *self, int index)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (self->view);
  int layer = index < 0 ? -1 : (int) nerve_figure_view_get_layer (self->view);

  if (model == NULL)
    return;
  if (nerve_figure_view_get_mark_kind (self->view) == NERVE_HIT_BAR)
    {
      if (model->hover_bar.layer != layer || model->hover_bar.bar != index)
        activate (self, "document.hover-bar", g_variant_new ("(ii)", layer, index));
    }
  else if (model->hover_layer != layer || model->hover_node != index)
    activate (self, "document.hover", g_variant_new ("(ii)", layer, index));
}

static void
hover_curve (NerveFigureInput *self)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (self->view);
  const NerveHit *hit = self->curve.kind == NERVE_HIT_CURVE ? &self->curve : NULL;
  int layer = hit != NULL ? (int) nerve_figure_view_get_layer (self->view) : -1;

  nerve_figure_view_set_curve (self->view, hit);
  if (model == NULL || (hit == NULL && model->hover_curve.layer < 0))
    return;

  activate (self, "document.hover-curve",
            g_variant_new ("(isdd)", layer, hit != NULL ? hit->name : "", hit != NULL ? hit->at : 0.,
                           hit != NULL ? hit->value : 0.));
}

/* The hand is on a mark of the view's own, which the document knows nothing of. */
static gboolean
has_own_marks (NerveFigureInput *self)
{
  NerveHitKind kind = nerve_figure_view_get_mark_kind (self->view);

  return nerve_figure_is_of_network (self->view) || (kind != NERVE_HIT_NODE && kind != NERVE_HIT_BAR);
}

/* Hover */

/* Of a matrix, or a flow: what it stands for is said elsewhere. */
static gboolean
is_told (const NerveHit *hit)
{
  return hit->kind == NERVE_HIT_CELL || hit->kind == NERVE_HIT_PAIR || hit->kind == NERVE_HIT_NODE ||
         hit->kind == NERVE_HIT_NOISY_NODE || hit->kind == NERVE_HIT_IMAGE;
}

static gboolean
on_hover (gpointer user_data)
{
  NerveFigureInput *self = user_data;

  self->hover_source = 0;
  hover (self, self->pending);
  hover_curve (self);

  return G_SOURCE_REMOVE;
}

static void
on_motion (NerveFigureInput *self, double x, double y)
{
  NerveHit hit = { 0 };
  gboolean found = nerve_figure_view_hit (self->view, x, y, &hit);
  gboolean own = found && !nerve_figure_is_of_network (self->view);
  int mark = own && (hit.kind == NERVE_HIT_NODE || hit.kind == NERVE_HIT_BAR) ? (int) hit.index : -1;

  self->x = x;
  self->y = y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view),
                                   found && hit.kind != NERVE_HIT_CURVE ? "pointer" : NULL);
  self->curve = found && hit.kind == NERVE_HIT_CURVE ? hit : (NerveHit) { NERVE_HIT_NOTHING };
  if (has_own_marks (self))
    nerve_figure_view_set_mark (self->view, found && is_told (&hit) ? &hit : NULL);
  if (mark == self->pending && self->hover_source != 0)
    return;

  self->pending = mark;
  g_clear_handle_id (&self->hover_source, g_source_remove);
  self->hover_source = g_timeout_add (HOVER_DELAY, on_hover, self);
}

static void
on_leave (NerveFigureInput *self)
{
  g_clear_handle_id (&self->hover_source, g_source_remove);
  self->pending = -1;
  self->curve = (NerveHit) { NERVE_HIT_NOTHING };
  hover_curve (self);
  nerve_figure_view_set_mark (self->view, NULL);
  if (nerve_figure_view_get_model (self->view) != NULL && nerve_figure_view_get_hovered (self->view) >= 0)
    hover (self, -1);
}

/* Click, box and lasso */

static void
on_pressed (NerveFigureInput *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  NerveHit hit = { 0 };

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (nerve_figure_view_hit (self->view, x, y, &hit))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      nerve_figure_pick (self->view, &hit, n_press, state);
    }
}

static void
end_outline (NerveFigureInput *self)
{
  if (self->brushed != NULL)
    activate (self, "document.end-drag", NULL);
  g_clear_pointer (&self->brushed, g_array_unref);
  g_clear_pointer (&self->outline, g_array_unref);
  nerve_figure_view_set_outline (self->view, NULL);
}

/* A box; with Alt a lasso. Where the window manager takes Alt for itself, Ctrl and Alt together. */
static void
on_outline_begin (NerveFigureInput *self, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  NerveHit hit = { 0 };

  end_outline (self);
  if ((!nerve_figure_has_node (self->view, 0) && nerve_figure_view_get_mark_kind (self->view) != NERVE_HIT_IMAGE) ||
      nerve_figure_view_get_kind (self->view)->marks == NULL ||
      nerve_figure_view_hit (self->view, x, y, &hit))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->outline = nerve_figure_outline_new ();
  self->is_lasso = (state & GDK_ALT_MASK) != 0;
  if (self->is_lasso)
    nerve_figure_outline_add (self->outline, x, y);
}

/* Many of its marks can be selected together. */
static gboolean
can_outline (NerveFigureInput *self)
{
  NerveHitKind kind = nerve_figure_view_get_mark_kind (self->view);

  return kind == NERVE_HIT_NODE || kind == NERVE_HIT_IMAGE;
}

static gboolean
is_drag (double dx, double dy)
{
  return fabs (dx) >= DRAG_THRESHOLD || fabs (dy) >= DRAG_THRESHOLD;
}

static GArray *
find_inside (NerveFigureInput *self)
{
  g_autoptr (GArray) marks = nerve_figure_view_marks (self->view);
  GArray *inside = g_array_new (FALSE, FALSE, sizeof (guint));
  NerveHitKind kind = nerve_figure_view_get_mark_kind (self->view);

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);

      if (mark->kind == kind && nerve_figure_outline_contains (self->outline, mark->x, mark->y))
        g_array_append_val (inside, mark->index);
    }

  return inside;
}

static void
select_marks (NerveFigureInput *self, GArray *marks, NerveFigurePick mode)
{
  if (nerve_figure_view_get_mark_kind (self->view) == NERVE_HIT_IMAGE)
    nerve_figure_pick_images (self->view, (guint32 *) (gpointer) marks->data, marks->len, mode);
  else
    nerve_figure_pick_nodes (self->view, (guint *) (gpointer) marks->data, marks->len, mode);
}

static gboolean
is_adding (GdkModifierType state)
{
  return (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0;
}

/* What is inside is selected while the outline is drawn, one step of the history in all. */
static void
brush (NerveFigureInput *self)
{
  g_autoptr (GArray) inside = find_inside (self);

  if (self->brushed == NULL ? inside->len == 0
                            : self->brushed->len == inside->len &&
                              (inside->len == 0 || memcmp (self->brushed->data, inside->data,
                                                           inside->len * sizeof (guint)) == 0))
    return;

  if (self->brushed == NULL)
    activate (self, "document.begin-drag", NULL);
  else
    g_array_unref (self->brushed);
  self->brushed = g_steal_pointer (&inside);
  select_marks (self, self->brushed, NERVE_FIGURE_PICK_REPLACE);
}

static void
on_outline_update (NerveFigureInput *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x, y;

  if (self->outline == NULL || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;

  if (self->is_lasso)
    nerve_figure_outline_add (self->outline, x + dx, y + dy);
  else
    nerve_figure_outline_set_box (self->outline, x, y, x + dx, y + dy);
  if (!can_outline (self))
    return;

  nerve_figure_view_set_outline (self->view, self->is_lasso || is_drag (dx, dy) ? self->outline : NULL);
  if ((self->is_lasso ? self->outline->len > 4 : is_drag (dx, dy)) &&
      !is_adding (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture))))
    brush (self);
}

static void
on_outline_end (NerveFigureInput *self, double dx, double dy, GtkGestureDrag *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (self->outline == NULL)
    return;

  on_outline_update (self, dx, dy, gesture);
  if (!is_drag (dx, dy) && self->outline->len <= 4)
    activate (self, "document.clear", NULL);
  else if (can_outline (self) && (self->brushed == NULL || is_adding (state)))
    {
      g_autoptr (GArray) inside = find_inside (self);

      select_marks (self, inside, is_adding (state) ? NERVE_FIGURE_PICK_ADD : NERVE_FIGURE_PICK_REPLACE);
    }
  end_outline (self);
}

static void
on_outline_cancel (NerveFigureInput *self, GdkEventSequence *sequence)
{
  gboolean brushed = self->brushed != NULL;

  end_outline (self);
  if (brushed)
    activate (self, "document.undo", NULL);
}

/* Pan and zoom */

static void
on_pan_begin (NerveFigureInput *self, double x, double y)
{
  self->pan_x = self->pan_y = 0;
}

static void
on_pan_update (NerveFigureInput *self, double dx, double dy)
{
  nerve_figure_view_pan_by (self->view, dx - self->pan_x, dy - self->pan_y);
  self->pan_x = dx;
  self->pan_y = dy;
}

static gboolean
on_scroll (NerveFigureInput *self, double dx, double dy)
{
  if (!nerve_figure_view_is_zoomable (self->view) || dy == 0)
    return GDK_EVENT_PROPAGATE;

  nerve_figure_view_zoom_at (self->view, pow (ZOOM_STEP, -dy), self->x, self->y);

  return GDK_EVENT_STOP;
}

/* Keys */

static void
step_curve (NerveFigureInput *self, GArray *marks, double dx, double dy)
{
  const NerveHit *place = self->curve.kind == NERVE_HIT_CURVE ? nerve_figure_next_place (marks, &self->curve, dx, dy)
                                                              : nerve_figure_first_place (marks);

  if (place == NULL)
    return;
  self->curve = *place;
  hover_curve (self);
}

/* The cell whose layers are shown: where the hand goes on from once the pointer has left. */
static gboolean
is_chosen (const NerveFigureModel *model, const NerveHit *mark)
{
  return mark->kind == NERVE_HIT_CELL && model->network != NULL && model->network->cell[0] == (int) mark->layer &&
         model->network->cell[1] == (int) mark->index;
}

/* From mark to mark: the nearest ahead, first of those in line. */
static gboolean
step_mark (NerveFigureInput *self, double dx, double dy)
{
  g_autoptr (GArray) marks = nerve_figure_view_marks (self->view);
  const NerveHit *from = nerve_figure_view_get_mark (self->view);
  const NerveHit *start = NULL;
  const NerveHit *next = NULL;

  if (marks->len == 0)
    return GDK_EVENT_PROPAGATE;

  for (guint i = 0; i < marks->len; i++)
    {
      const NerveHit *mark = &g_array_index (marks, NerveHit, i);

      if (from != NULL ? mark->kind == from->kind && mark->layer == from->layer && mark->index == from->index
                       : is_chosen (nerve_figure_view_get_model (self->view), mark))
        start = mark;
    }
  if (start != NULL)
    next = nerve_figure_next_mark (marks, start, dx, dy);
  nerve_figure_view_set_mark (self->view, next != NULL ? next
                                                       : start != NULL ? start : &g_array_index (marks, NerveHit, 0));

  return GDK_EVENT_STOP;
}

static gboolean
step (NerveFigureInput *self, double dx, double dy)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (self->view);
  guint layer = nerve_figure_view_get_layer (self->view);
  g_autoptr (GArray) marks = nerve_figure_view_marks (self->view);
  int from;

  if (nerve_figure_is_of_network (self->view))
    return step_mark (self, dx, dy);
  if (marks->len == 0)
    return GDK_EVENT_PROPAGATE;
  if (g_array_index (marks, NerveHit, 0).kind == NERVE_HIT_CURVE)
    {
      step_curve (self, marks, dx, dy);
      return GDK_EVENT_STOP;
    }
  if (has_own_marks (self))
    return step_mark (self, dx, dy);

  from = nerve_figure_view_get_hovered (self->view);
  if (nerve_figure_view_get_mark_kind (self->view) == NERVE_HIT_BAR)
    {
      const NerveDiagram *diagram = model->layers[layer].homology->diagram;

      from = from >= 0 ? from : nerve_bar_mark_in (model->selected_bar, layer);
      hover (self, nerve_figure_next_bar (marks, diagram, from, dx, dy));
      return GDK_EVENT_STOP;
    }

  if (model->hover_layer != (int) layer && model->selected_layer == (int) layer)
    from = model->selected_node;
  hover (self, nerve_figure_next_node (marks, from, dx, dy));

  return GDK_EVENT_STOP;
}

/* Alt and Enter: what a double click does. */
static gboolean
select_hovered_component (NerveFigureInput *self)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (self->view);
  int node = model != NULL ? nerve_figure_view_get_hovered (self->view) : -1;

  if (nerve_figure_view_get_mark_kind (self->view) != NERVE_HIT_NODE || model == NULL)
    return GDK_EVENT_PROPAGATE;
  if (node < 0 && model->selected_layer == (int) nerve_figure_view_get_layer (self->view))
    node = model->selected_node;
  if (!nerve_figure_has_node (self->view, node))
    return GDK_EVENT_PROPAGATE;
  nerve_figure_pick_component (self->view, node, NERVE_FIGURE_PICK_REPLACE);

  return GDK_EVENT_STOP;
}

static gboolean
select_hovered (NerveFigureInput *self, GdkModifierType state)
{
  int hovered = nerve_figure_view_get_model (self->view) != NULL ? nerve_figure_view_get_hovered (self->view) : -1;
  const NerveHit *mark = nerve_figure_view_get_mark (self->view);
  NerveHit hit = { nerve_figure_view_get_mark_kind (self->view), 0, hovered };

  if (mark != NULL)
    {
      hit = *mark;
      nerve_figure_pick (self->view, &hit, 1, state);
      return GDK_EVENT_STOP;
    }
  if (hovered < 0 || (hit.kind == NERVE_HIT_NODE && !nerve_figure_has_node (self->view, hovered)))
    return GDK_EVENT_PROPAGATE;

  nerve_figure_pick (self->view, &hit, 1, state);

  return GDK_EVENT_STOP;
}

static void
show_menu (NerveFigureInput *self, double x, double y)
{
  GMenuModel *menu = nerve_figure_view_get_menu (self->view);

  if (menu == NULL)
    return;

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* What a cell of this matrix has opened closes by the action that opened it. */
static gboolean
close_chosen (NerveFigureInput *self)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (self->view);
  const NerveFigureKind *kind = nerve_figure_view_get_kind (self->view);
  gboolean layers = g_str_equal (kind->name, "distances") && model->network != NULL;
  const int *chosen = layers ? model->network->cell : g_str_equal (kind->name, "parting") ? model->pair : NULL;

  if (chosen == NULL || chosen[0] < 0)
    return GDK_EVENT_PROPAGATE;

  activate (self, layers ? "document.matrix-cell" : "document.pair",
            g_variant_new ("(uu)", (guint) chosen[0], (guint) chosen[1]));

  return GDK_EVENT_STOP;
}

/* The hand leaves what arrow keys have led it to. */
static gboolean
leave_mark (NerveFigureInput *self)
{
  if (nerve_figure_view_get_mark (self->view) == NULL && self->curve.kind == NERVE_HIT_NOTHING)
    return close_chosen (self);

  nerve_figure_view_set_mark (self->view, NULL);
  self->curve = (NerveHit) { NERVE_HIT_NOTHING };
  hover_curve (self);

  return GDK_EVENT_STOP;
}

static gboolean
on_key (NerveFigureInput *self, guint keyval, guint keycode, GdkModifierType state)
{
  /* Rows and columns move so. */
  if ((state & GDK_CONTROL_MASK) && (state & GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_ALT_MASK)
    return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter ? select_hovered_component (self)
                                                                  : GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
      return step (self, -1, 0);
    case GDK_KEY_Right:
      return step (self, 1, 0);
    case GDK_KEY_Up:
      return step (self, 0, -1);
    case GDK_KEY_Down:
      return step (self, 0, 1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return select_hovered (self, state);
    case GDK_KEY_Escape:
      return leave_mark (self);
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      nerve_figure_view_zoom_at (self->view, ZOOM_STEP, gtk_widget_get_width (GTK_WIDGET (self->view)) / 2.,
                                 gtk_widget_get_height (GTK_WIDGET (self->view)) / 2.);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      nerve_figure_view_zoom_at (self->view, 1 / ZOOM_STEP, gtk_widget_get_width (GTK_WIDGET (self->view)) / 2.,
                                 gtk_widget_get_height (GTK_WIDGET (self->view)) / 2.);
      return GDK_EVENT_STOP;
    case GDK_KEY_Menu:
      show_menu (self, gtk_widget_get_width (GTK_WIDGET (self->view)) / 2., 24);
      return GDK_EVENT_STOP;
    case GDK_KEY_F10:
      if (!(state & GDK_SHIFT_MASK))
        return GDK_EVENT_PROPAGATE;
      show_menu (self, gtk_widget_get_width (GTK_WIDGET (self->view)) / 2., 24);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_menu_pressed (NerveFigureInput *self, int n_press, double x, double y)
{
  show_menu (self, x, y);
}

static void
add (NerveFigureInput *self, gpointer controller, guint button)
{
  if (GTK_IS_GESTURE_SINGLE (controller))
    gtk_gesture_single_set_button (controller, button);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

static void
add_pointer_controllers (NerveFigureInput *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *outline = gtk_gesture_drag_new ();
  GtkGesture *pan = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (on_menu_pressed), self);
  g_signal_connect_swapped (outline, "drag-begin", G_CALLBACK (on_outline_begin), self);
  g_signal_connect_swapped (outline, "drag-update", G_CALLBACK (on_outline_update), self);
  g_signal_connect_swapped (outline, "drag-end", G_CALLBACK (on_outline_end), self);
  g_signal_connect_swapped (outline, "cancel", G_CALLBACK (on_outline_cancel), self);
  g_signal_connect_swapped (pan, "drag-begin", G_CALLBACK (on_pan_begin), self);
  g_signal_connect_swapped (pan, "drag-update", G_CALLBACK (on_pan_update), self);

  add (self, motion, 0);
  add (self, scroll, 0);
  add (self, click, GDK_BUTTON_PRIMARY);
  add (self, menu, GDK_BUTTON_SECONDARY);
  add (self, outline, GDK_BUTTON_PRIMARY);
  add (self, pan, GDK_BUTTON_MIDDLE);
}

NerveFigureInput *
nerve_figure_input_new (NerveFigureView *view)
{
  NerveFigureInput *self = g_new0 (NerveFigureInput, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = view;
  self->pending = -1;
  add_pointer_controllers (self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  add (self, keys, 0);
  gtk_widget_set_focusable (GTK_WIDGET (view), TRUE);

  return self;
}

void
nerve_figure_input_dispose (NerveFigureInput *self)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->view));

  /* Events may still come in while the widget goes. */
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      g_signal_handlers_disconnect_by_data (controller, self);
    }
  g_clear_handle_id (&self->hover_source, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->brushed, g_array_unref);
  g_clear_pointer (&self->outline, g_array_unref);
  g_free (self);
}
