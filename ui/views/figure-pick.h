/* What a click, an outline or a key on a mark selects: actions of the document. */
#pragma once

#include "views/figure-view.h"

G_BEGIN_DECLS

/* Nodes are remembered by number; the graph may have changed since. */
gboolean nerve_figure_has_node       (NerveFigureView *view, int node);
/* All its marks are the network's, or of two files, and none has a place in the document to be remembered in. */
gboolean nerve_figure_is_of_network  (NerveFigureView *view);

void     nerve_figure_pick           (NerveFigureView *view, const NerveHit *hit, int n_press, GdkModifierType state);
void     nerve_figure_pick_nodes     (NerveFigureView *view, const guint *nodes, guint n, NerveFigurePick mode);
void     nerve_figure_pick_component (NerveFigureView *view, guint node, NerveFigurePick mode);
void     nerve_figure_pick_images    (NerveFigureView *view, const guint32 *images, gsize n, NerveFigurePick mode);

G_END_DECLS
