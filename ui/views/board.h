/* The columns beside each other, all of one width. */
#pragma once

#include <gtk/gtk.h>

#include "views/column.h"

G_BEGIN_DECLS

#define NERVE_TYPE_BOARD (nerve_board_get_type ())
G_DECLARE_FINAL_TYPE (NerveBoard, nerve_board, NERVE, BOARD, GtkWidget)

GtkWidget   *nerve_board_new           (void);
/* @model is borrowed; NULL: empty. */
void         nerve_board_set_model     (NerveBoard *self, const NerveFigureModel *model);
/* The model's contents changed. */
void         nerve_board_update        (NerveBoard *self);
/* Only that pane of that column, on all of the board; -1: all columns. What was alone is not any more when its column
 * goes. */
void         nerve_board_set_alone     (NerveBoard *self, int column, int pane);
gboolean     nerve_board_has_alone     (NerveBoard *self);
/* Columns of other networks, behind the model's own; each of their @models shows one column. They are borrowed. */
void         nerve_board_set_guests    (NerveBoard *self, const NerveFigureModel *const *models,
                                        const char *const *networks, guint n);
guint        nerve_board_get_n_guests  (NerveBoard *self);
/* With guests. */
guint        nerve_board_get_n_columns (NerveBoard *self);
NerveColumn *nerve_board_get_column    (NerveBoard *self, guint column);
/* What stands over a pane: its line, or, over the first one, its column's title. */
typedef struct
{
  guint    column;
  guint    row;
  gboolean is_title;
} NerveBoardLine;

/* The pane whose line is at a place of the board; NULL: none. */
NerveFigureView *nerve_board_pick_line (NerveBoard *self, double x, double y, NerveBoardLine *line);
/* The column that holds the keyboard's focus, or the one that shows the current layer, or -1. */
int          nerve_board_find_column   (NerveBoard *self);
/* Every pane shows all that the model holds, and nothing of it is missing. */
gboolean     nerve_board_is_complete   (NerveBoard *self);

G_END_DECLS
