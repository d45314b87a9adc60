/* A figure as it leaves the program: panels with letters and titles, a legend, a caption. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

/* @layers: the panels of a PER_LAYER kind or of the board, side by side; ignored by the other kinds. */
void   nerve_page_draw   (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                          guint n_layers, const NerveStyle *style, cairo_t *cr, double width, double height);
/* The height that suits a page of @width. */
double nerve_page_height (const NerveFigureKind *kind, const NerveFigureModel *model, const guint *layers,
                          guint n_layers, const NerveStyle *style, double width);

G_END_DECLS
