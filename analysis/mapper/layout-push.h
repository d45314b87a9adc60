/* Pushes discs apart. Private to layout-pack.c. */
#pragma once

#include "mapper/layout.h"

G_BEGIN_DECLS

/**
 * nerve_layout_push:
 * @places: (array): in and out
 * @discs: (array): which of them take part, @n of them
 * @edges: (array): between any of those
 *
 * Until @gap is between any two of them, or as far as [0, width] × [0, height] allows; where there is room, so far
 * that every edge can be seen. The smaller of two gives way. O(n) a round where discs are of one size.
 */
void nerve_layout_push (NervePlace *places, const double *radii, const guint *discs, guint n,
                        const NerveEdge *edges, guint n_edges, double gap, double width, double height);

G_END_DECLS
