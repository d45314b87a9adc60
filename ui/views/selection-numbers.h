/* What can be said of the selected points in one layer's graph, and of the graph: lens, predictions, mean activation;
 * components, cycles, flares. Measured beside the main thread. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_SELECTION_NUMBERS (nerve_selection_numbers_get_type ())
G_DECLARE_FINAL_TYPE (NerveSelectionNumbers, nerve_selection_numbers, NERVE, SELECTION_NUMBERS, GtkWidget)

GtkWidget  *nerve_selection_numbers_new    (void);
/* Of the layer of the node that was clicked, or else of the one walked to; as @model is now. */
void        nerve_selection_numbers_update (NerveSelectionNumbers *self, const NerveFigureModel *model);
/* All lines, as "Points\t55\n…"; (transfer full); "" while they are measured. */
char       *nerve_selection_numbers_get_text (NerveSelectionNumbers *self);

G_END_DECLS
