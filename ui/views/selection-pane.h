/* The selected images: their pictures, counts by class, purity. */
#pragma once

#include <gtk/gtk.h>

#include "figures/model.h"

G_BEGIN_DECLS

#define NERVE_TYPE_SELECTION_PANE (nerve_selection_pane_get_type ())
G_DECLARE_FINAL_TYPE (NerveSelectionPane, nerve_selection_pane, NERVE, SELECTION_PANE, GtkWidget)

GtkWidget *nerve_selection_pane_new       (void);
/* @model is borrowed; NULL: nothing. */
void       nerve_selection_pane_set_model (NerveSelectionPane *self, const NerveFigureModel *model);
/* The selection changed; @name: what is selected, in words, NULL if nothing. */
void       nerve_selection_pane_update    (NerveSelectionPane *self, const char *name);
/* "Purity 0.25 · majority 36 %" */
const char *nerve_selection_pane_get_summary (NerveSelectionPane *self);

G_END_DECLS
