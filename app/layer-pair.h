/* The graphs of the two layers of a matrix's cell, side by side; of two networks in the same colours, with the same
 * images marked. Hidden while no cell is chosen. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define NERVE_TYPE_LAYER_PAIR (nerve_layer_pair_get_type ())
G_DECLARE_FINAL_TYPE (NerveLayerPair, nerve_layer_pair, NERVE, LAYER_PAIR, GtkWidget)

/* As the document stands now. @rival: whose layer the second one is, NULL: the document's. @document: NULL: none. */
void nerve_layer_pair_show (NerveLayerPair *self, NerveDocument *document, NerveDocument *rival);

G_END_DECLS
