/* Where arrow keys lead from mark to mark: in the direction (@dx, @dy), near, and rather ahead than aside. */
#pragma once

#include "figures/figure.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/* @marks: of NerveHit, in the order they are drawn */

/* The number of the next node; @from itself at the edge, the first where @from is none; −1: there are none. */
int             nerve_figure_next_node   (GArray *marks, int from, double dx, double dy);
/* The next bar: in a barcode bars lie one below the other, in a diagram anywhere. Begins with the longest that ends, of
 * the highest dimension that is drawn. */
int             nerve_figure_next_bar    (GArray *marks, const NerveDiagram *diagram, int from, double dx, double dy);
/* Left and right along a curve, up and down to the one before or after; NULL at the end. */
const NerveHit *nerve_figure_next_place  (GArray *marks, const NerveHit *from, double dx, double dy);
/* The loops' highest point. */
const NerveHit *nerve_figure_first_place (GArray *marks);
/* Of any marks; NULL at the edge. */
const NerveHit *nerve_figure_next_mark   (GArray *marks, const NerveHit *from, double dx, double dy);

G_END_DECLS
