/* The discrete gradient among the cells that enter with one voxel. */
#pragma once

#include "homology/cubical-link.h"

G_BEGIN_DECLS

/**
 * NerveCubicalGradient:
 * @n: edges, in an order in which each follows its parent
 * @order: (array): the edges
 * @parents: (array): by edge: the next one towards the root, in whose common square the gradient leads there; of a
 *   root itself
 * @roots: bits: the edges that are roots, one for each component of the link. The first is paired with the voxel,
 *   the others are critical
 * @squares: bits: all squares
 * @forest: bits: the squares that lead towards a root
 *
 * Edges, squares and cubes by their numbers in cubical-tables.h.
 */
typedef struct
{
  guint  n;
  guint8 order[NERVE_CUBICAL_FACES];
  guint8 parents[NERVE_CUBICAL_FACES];
  guint8 roots;
  guint  squares;
  guint  forest;
} NerveCubicalGradient;

void  nerve_cubical_gradient_init     (NerveCubicalGradient *self, guint32 lower);

/* The squares that neither an edge nor a cube is paired with, as bits: each cube is paired with a square that is
 * free, from the outside inwards. */
guint nerve_cubical_gradient_critical (const NerveCubicalGradient *self, guint32 lower);

G_END_DECLS
