#include "config.h"

#include "views/board-drag.h"

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

void
nerve_board_drag_set_icon (GtkDragSource *source, GtkWidget *shown, double scale)
{
  g_autoptr (GdkPaintable) icon = NULL;

  g_return_if_fail (GTK_IS_DRAG_SOURCE (source));
  g_return_if_fail (GTK_IS_WIDGET (shown));

  icon = new_icon (shown, scale);
  gtk_drag_source_set_icon (source, icon, 0, 0);
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
