/* Graphs in a few tens of pixels. */
#pragma once

#include <cairo.h>

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

/* @graph in the model's colours, without selection. */
void nerve_thumbnail_draw_graph (const NerveFigureModel *model, NerveGraph *graph, const NerveStyle *style,
                                 cairo_t *cr, double width, double height);

G_END_DECLS
