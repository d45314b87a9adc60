/* One row of a column: a figure of the column's layer, with a line over it that names what is shown, offers the
 * others and says what the hand is on. A graph on top of its column has no line: the column's title is enough. */
#pragma once

#include <gtk/gtk.h>

#include "views/figure-view.h"

G_BEGIN_DECLS

#define NERVE_TYPE_ROW_PANE (nerve_row_pane_get_type ())
G_DECLARE_FINAL_TYPE (NerveRowPane, nerve_row_pane, NERVE, ROW_PANE, GtkWidget)

GtkWidget       *nerve_row_pane_new         (NerveBoardView view);
void             nerve_row_pane_set_model   (NerveRowPane *self, const NerveFigureModel *model, guint layer);
/* As the model has it now in its @row-th row. */
void             nerve_row_pane_update      (NerveRowPane *self, guint layer, guint row);
NerveBoardView   nerve_row_pane_get_view    (NerveRowPane *self);
NerveFigureView *nerve_row_pane_get_figure  (NerveRowPane *self);
/* Of the line's button. */
void             nerve_row_pane_set_menu    (NerveRowPane *self, GMenuModel *menu);
/* What the line says of the mark under the pointer, or of how points were sampled. */
const char      *nerve_row_pane_get_reading (NerveRowPane *self);

G_END_DECLS
