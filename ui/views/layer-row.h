/* A layer in the sidebar: a picture of its graph, its name, shape, and a line about the graph. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_LAYER_ROW (nerve_layer_row_get_type ())
G_DECLARE_FINAL_TYPE (NerveLayerRow, nerve_layer_row, NERVE, LAYER_ROW, GtkListBoxRow)

GtkWidget *nerve_layer_row_new         (const NerveFigureModel *model, guint layer);
guint      nerve_layer_row_get_layer   (NerveLayerRow *self);
void       nerve_layer_row_update      (NerveLayerRow *self);
/* @word: that there is no graph of this layer, in the place of its line; NULL: there is, or will be; @cause: why */
void       nerve_layer_row_set_missing (NerveLayerRow *self, const char *word, const char *cause);
/* Without the line of the shape. */
void       nerve_layer_row_set_compact (NerveLayerRow *self, gboolean compact);

G_END_DECLS
