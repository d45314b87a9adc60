/* What is dragged about the board: a column by its title, a row by its line, a layer from the list. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { NERVE_BOARD_DRAG_COLUMN, NERVE_BOARD_DRAG_ROW, NERVE_BOARD_DRAG_LAYER } NerveBoardDragKind;

#define NERVE_TYPE_BOARD_DRAG (nerve_board_drag_get_type ())
G_DECLARE_FINAL_TYPE (NerveBoardDrag, nerve_board_drag, NERVE, BOARD_DRAG, GObject)

/* When it begins: @shown is to be seen under the hand, and Escape ends it. */
void                nerve_board_drag_begin       (GtkDragSource *source, GdkDrag *drag, GtkWidget *shown,
                                                  double scale);

/* @index: of the column, row or layer of @model, which is not looked into; (transfer full) */
GdkContentProvider *nerve_board_drag_new_content (NerveBoardDragKind kind, guint index, gconstpointer model);
NerveBoardDragKind  nerve_board_drag_get_kind    (NerveBoardDrag *self);
guint               nerve_board_drag_get_index   (NerveBoardDrag *self);
gconstpointer       nerve_board_drag_get_model   (NerveBoardDrag *self);

G_END_DECLS
