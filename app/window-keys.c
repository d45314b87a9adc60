#include "config.h"

#include "app/window-keys.h"

#include "figures/board-rows.h"
#include "views/figure-view.h"

static gboolean
activate (NerveWindow *window, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (window), action, parameter);

  return GDK_EVENT_STOP;
}

/* First what is selected goes, then the presentation. */
static gboolean
leaves_screen (NerveWindow *window)
{
  NerveDocument *document = nerve_document_view_get_document (nerve_window_get_view (window));

  return nerve_window_is_presenting (window) &&
         nerve_bitset_is_empty (nerve_document_get_model (document)->selection);
}

static gboolean
is_board (NerveWindow *window)
{
  g_autofree char *view = NULL;

  g_object_get (nerve_window_get_view (window), "view", &view, NULL);

  return g_strcmp0 (view, "board") == 0;
}

/* What moves rows and columns: each key with its modifiers. */
static const struct
{
  guint           keyval;
  GdkModifierType state;
  const char     *action;
  int             step;   /* -1 or 1; 0: the action has no parameter */
} board_keys[] = {
  { GDK_KEY_Left, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.move-column", -1 },
  { GDK_KEY_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.move-column", 1 },
  { GDK_KEY_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.move-row", -1 },
  { GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.move-row", 1 },
  { GDK_KEY_Up, GDK_ALT_MASK, "win.resize-row", 1 },
  { GDK_KEY_Down, GDK_ALT_MASK, "win.resize-row", -1 },
  { GDK_KEY_Insert, 0, "win.add-column", 0 },
  { GDK_KEY_KP_Insert, 0, "win.add-column", 0 },
  { GDK_KEY_Delete, 0, "win.remove-column", 0 },
  { GDK_KEY_KP_Delete, 0, "win.remove-column", 0 },
};

static gboolean
on_board_key (NerveWindow *window, guint keyval, GdkModifierType state)
{
  const GdkModifierType modifiers = GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;

  for (guint i = 0; i < G_N_ELEMENTS (board_keys); i++)
    if (board_keys[i].keyval == keyval && board_keys[i].state == (state & modifiers))
      return activate (window, board_keys[i].action,
                       board_keys[i].step != 0 ? g_variant_new_int32 (board_keys[i].step) : NULL);
  if (keyval >= GDK_KEY_1 && keyval < GDK_KEY_1 + NERVE_N_BOARD_VIEWS && (state & modifiers) == 0)
    {
      g_autofree char *action = g_strconcat ("document.row-", nerve_board_view (keyval - GDK_KEY_1)->name, NULL);

      return activate (window, action, NULL);
    }

  return GDK_EVENT_PROPAGATE;
}

/* Only what nobody below wanted. */
static gboolean
on_key (NerveWindow *window, guint keyval, guint keycode, GdkModifierType state)
{
  NerveDocumentView *view = nerve_window_get_view (window);
  int column;

  if (keyval == GDK_KEY_Escape && nerve_window_get_error (window) != NULL)
    return activate (window, "win.dismiss-error", NULL);
  if (nerve_document_view_get_document (view) == NULL)
    return GDK_EVENT_PROPAGATE;
  if (is_board (window) && on_board_key (window, keyval, state))
    return GDK_EVENT_STOP;
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Up:
      return activate (window, "document.walk-by", g_variant_new_int32 (-1));
    case GDK_KEY_Down:
      return activate (window, "document.walk-by", g_variant_new_int32 (1));
    case GDK_KEY_space:
      column = nerve_board_find_column (nerve_document_view_get_board (view));
      return column < 0 ? GDK_EVENT_PROPAGATE : activate (window, "document.toggle-pin", g_variant_new_uint32 (column));
    case GDK_KEY_m:
    case GDK_KEY_M:
      return activate (window, "win.maximize-pane", NULL);
    case GDK_KEY_Escape:
      if (nerve_board_has_alone (nerve_document_view_get_board (view)))
        return activate (window, "win.maximize-pane", NULL);
      return activate (window, leaves_screen (window) ? "win.present" : "document.clear", NULL);
    case GDK_KEY_c:
    case GDK_KEY_C:
      return activate (window, state & GDK_SHIFT_MASK ? "document.next-color" : "document.toggle-color", NULL);
    case GDK_KEY_d:
    case GDK_KEY_D:
      return activate (window, "document.next-bars-as", NULL);
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      return activate (window, "win.fit", NULL);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* The hand is on a node, bar or curve of it, or one is selected there. */
static gboolean
is_walked (NerveFigureView *pane)
{
  const NerveFigureModel *model = nerve_figure_view_get_model (pane);
  const NerveFigureKind *kind = nerve_figure_view_get_kind (pane);
  guint layer = nerve_figure_view_get_layer (pane);

  if (nerve_figure_view_get_mark (pane) != NULL)
    return TRUE;
  if (model == NULL || kind->marks == NULL || !(kind->flags & NERVE_FIGURE_PER_LAYER))
    return FALSE;
  if (kind->flags & NERVE_FIGURE_NEEDS_HOMOLOGY)
    return nerve_bar_mark_in (model->hover_bar, layer) >= 0 || nerve_bar_mark_in (model->selected_bar, layer) >= 0
           || model->hover_curve.layer == (int) layer;

  return (model->hover_layer == (int) layer && model->hover_node >= 0) ||
         (model->selected_layer == (int) layer && model->selected_node >= 0);
}

/* Lists, sliders and entries use arrows themselves, and so does a figure while the hand is on one of its marks. */
static gboolean
uses_arrows (GtkWidget *focus)
{
  if (focus == NULL)
    return FALSE;

  return !NERVE_IS_FIGURE_VIEW (focus) || is_walked (NERVE_FIGURE_VIEW (focus));
}

/* Before GTK takes arrows for moving the focus. */
static gboolean
on_arrow (NerveWindow *window, guint keyval, guint keycode, GdkModifierType state)
{
  if ((keyval != GDK_KEY_Up && keyval != GDK_KEY_Down) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) ||
      uses_arrows (gtk_window_get_focus (GTK_WINDOW (window))))
    return GDK_EVENT_PROPAGATE;

  return on_key (window, keyval, keycode, state);
}

void
nerve_window_keys_add (NerveWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *arrows = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  gtk_event_controller_set_propagation_phase (arrows, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (arrows, "key-pressed", G_CALLBACK (on_arrow), window);
  gtk_widget_add_controller (GTK_WIDGET (window), arrows);
}
