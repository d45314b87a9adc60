/* Below the board: what happens over the layers, and what is selected. */
#pragma once

#include <gtk/gtk.h>

#include "views/eta-controls.h"
#include "views/figure-view.h"
#include "views/selection-pane.h"

G_BEGIN_DECLS

#define NERVE_TYPE_DRAWER (nerve_drawer_get_type ())
G_DECLARE_FINAL_TYPE (NerveDrawer, nerve_drawer, NERVE, DRAWER, GtkWidget)

GtkWidget          *nerve_drawer_new           (void);
/* @model is borrowed; NULL: nothing. */
void                nerve_drawer_set_model     (NerveDrawer *self, const NerveFigureModel *model);
/* The model's contents changed. */
void                nerve_drawer_update        (NerveDrawer *self);
/* What stands over the plots, the longest wording first, NULL after the last: "Betti numbers at η = 0.5", …;
 * "Node-wise purity", … */
void                nerve_drawer_set_captions  (NerveDrawer *self, const char *const *decay,
                                                const char *const *purity);
/* Decay, purity; NULL after the last. */
NerveFigureView    *nerve_drawer_get_pane      (NerveDrawer *self, guint pane);
NerveEtaControls   *nerve_drawer_get_eta       (NerveDrawer *self);
NerveSelectionPane *nerve_drawer_get_selection (NerveDrawer *self);

G_END_DECLS
