/* How a document's jobs stand, told to the panes that wait for them. */
#pragma once

#include "app/document.h"
#include "views/figure-view.h"

G_BEGIN_DECLS

/* Progress, staleness and the banner of a pane that shows one layer. */
void nerve_pane_state_apply (NerveFigureView *pane, NerveDocument *document);
/* The same for a pane that shows the network; it says something only when nothing could be computed.
 * Returns how many layers' results are still to come. */
guint nerve_pane_state_apply_network (NerveFigureView *pane, NerveDocument *document);

/* The same for a pane that shows a result of the network; @advice: what to do where there can be none. */
void nerve_pane_state_apply_result (NerveFigureView *pane, NerveDocument *document, NerveNetworkKind kind,
                                    const char *advice);

/* Why there is no cloud of a layer as it is asked for, which is no failure; NULL: there is one. */
char *nerve_pane_state_left_out (NerveDocument *document, guint layer);

G_END_DECLS
