#include "config.h"

#include "views/board-drag.h"

#ifdef GDK_WINDOWING_X11
#include <X11/extensions/XInput2.h>
#include <gdk/x11/gdkx.h>
#endif

#include "views/view-style.h"

struct _NerveBoardDrag
{
  GObject            parent_instance;
  NerveBoardDragKind kind;
  guint              index;
  gconstpointer      model;
};

G_DEFINE_FINAL_TYPE (NerveBoardDrag, nerve_board_drag, G_TYPE_OBJECT)

static void
nerve_board_drag_class_init (NerveBoardDragClass *klass)
{
}

static void
nerve_board_drag_init (NerveBoardDrag *self)
{
}

/* What is under the hand: @shown, smaller, on the colour of a card. */
static GdkPaintable *
new_icon (GtkWidget *shown, double scale)
{
  g_autoptr (GdkPaintable) whole = gtk_widget_paintable_new (shown);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (whole);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double width = scale * gtk_widget_get_width (shown);
  double height = scale * gtk_widget_get_height (shown);
  g_auto (NerveStyle) style = { 0 };
  GdkRGBA card;

  nerve_view_style_init (&style);
  card = nerve_view_color (style.card, 1);
  gtk_snapshot_append_color (snapshot, &card, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_paintable_snapshot (still, snapshot, width, height);

  return gtk_snapshot_free_to_paintable (snapshot, NULL);
}

#ifdef GDK_WINDOWING_X11
/* GTK 4.8 has X send it the keys that end a drag, and then does not know the window they are sent to: the root. */
static gboolean
on_xevent (GdkDrag *drag, const XEvent *event)
{
  const XGenericEventCookie *cookie = &event->xcookie;
  GdkDisplay *display = gdk_drag_get_display (drag);
  guint keyval;

  if (event->type != GenericEvent || cookie->evtype != XI_KeyPress || cookie->data == NULL ||
      !gdk_display_translate_key (display, ((const XIDeviceEvent *) cookie->data)->detail, 0, 0, &keyval, NULL, NULL,
                                  NULL) || keyval != GDK_KEY_Escape)
    return FALSE;

  g_signal_handlers_disconnect_by_func (display, on_xevent, drag);
  g_signal_emit_by_name (drag, "cancel", GDK_DRAG_CANCEL_USER_CANCELLED);

  return TRUE;
}
#endif

void
nerve_board_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWidget *shown, double scale)
{
  g_autoptr (GdkPaintable) icon = NULL;

  g_return_if_fail (GTK_IS_DRAG_SOURCE (source));
  g_return_if_fail (GDK_IS_DRAG (drag));
  g_return_if_fail (GTK_IS_WIDGET (shown));

  icon = new_icon (shown, scale);
  gtk_drag_source_set_icon (source, icon, 0, 0);
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_DISPLAY (gdk_drag_get_display (drag)))
    g_signal_connect_object (gdk_drag_get_display (drag), "xevent", G_CALLBACK (on_xevent), drag, G_CONNECT_SWAPPED);
#endif
}

GdkContentProvider *
nerve_board_drag_new_content (NerveBoardDragKind kind, guint index, gconstpointer model)
{
  g_autoptr (NerveBoardDrag) self = g_object_new (NERVE_TYPE_BOARD_DRAG, NULL);

  self->kind = kind;
  self->index = index;
  self->model = model;

  return gdk_content_provider_new_typed (NERVE_TYPE_BOARD_DRAG, self);
}

NerveBoardDragKind
nerve_board_drag_get_kind (NerveBoardDrag *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD_DRAG (self), NERVE_BOARD_DRAG_COLUMN);
  return self->kind;
}

guint
nerve_board_drag_get_index (NerveBoardDrag *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD_DRAG (self), 0);
  return self->index;
}

gconstpointer
nerve_board_drag_get_model (NerveBoardDrag *self)
{
  g_return_val_if_fail (NERVE_IS_BOARD_DRAG (self), NULL);
  return self->model;
}
