/* One layer on the board: a title line over a figure for each of the board's rows. */
#pragma once

#include <gtk/gtk.h>

#include "views/row-pane.h"

G_BEGIN_DECLS

#define NERVE_TYPE_COLUMN (nerve_column_get_type ())
G_DECLARE_FINAL_TYPE (NerveColumn, nerve_column, NERVE, COLUMN, GtkWidget)

/* @index: of the column in the model's board */
GtkWidget       *nerve_column_new       (guint index);
/* The name of the network it is of, where that is another one than the board's; before the model. */
void             nerve_column_set_network (NerveColumn *self, const char *network);
void             nerve_column_set_model (NerveColumn *self, const NerveFigureModel *model);
void             nerve_column_update    (NerveColumn *self);
guint            nerve_column_get_layer (NerveColumn *self);
/* The figures from top to bottom; NULL after the last. */
NerveFigureView *nerve_column_get_pane  (NerveColumn *self, guint pane);
NerveRowPane    *nerve_column_get_row   (NerveColumn *self, guint row);
/* Of the title line's button. */
void             nerve_column_set_menu  (NerveColumn *self, GMenuModel *menu);
/* Only that pane, on all of the column; -1: all panes. */
void             nerve_column_set_alone (NerveColumn *self, int pane);
/* NULL without bars: what the line over them says of the one under the pointer, or of how points were sampled. */
const char      *nerve_column_get_reading (NerveColumn *self);
/* What the title line says beside the name. */
const char      *nerve_column_get_summary (NerveColumn *self);

G_END_DECLS
