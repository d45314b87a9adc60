/* The cover over the histogram of the lens values, coloured as the nodes: intervals as staggered rows of bars; the
 * one under the pointer is tinted and counted. */
#pragma once

#include <gtk/gtk.h>

#include "figures/cover-bins.h"

G_BEGIN_DECLS

#define NERVE_TYPE_COVER_VIEW (nerve_cover_view_get_type ())
G_DECLARE_FINAL_TYPE (NerveCoverView, nerve_cover_view, NERVE, COVER_VIEW, GtkWidget)

GtkWidget            *nerve_cover_view_new      (void);
/* The graph, or what its colours stand for, changed. @model is borrowed until the next call; no @graph: nothing to
 * show yet. */
void                  nerve_cover_view_set      (NerveCoverView *self, const NerveFigureModel *model,
                                                 NerveGraph *graph);
/* What is drawn; NULL: nothing. */
const NerveCoverBins *nerve_cover_view_get_bins (NerveCoverView *self);

G_END_DECLS
