/* Cycles of a Rips filtration's loops. */
#pragma once

#include "homology/rips-watch.h"

G_BEGIN_DECLS

/* Rooted trees of the spanning forest, in which every birth closes a cycle. */
typedef struct
{
  gsize    n;
  guint32 *parents; /* of a root: itself */
  guint32 *depths;
  guint8  *is_odd;  /* scratch, all 0: whether the edge to the parent is in a sum */
} NerveRipsTrees;

void     nerve_rips_trees_init  (NerveRipsTrees *self, gsize n, const GArray *forest);
void     nerve_rips_trees_clear (NerveRipsTrees *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsTrees, nerve_rips_trees_clear)

/* The sum of the cycles that some births (numbers of them, the latest first) close in the forest.
 * Returns: (transfer full): array of guint32, two points an edge, the latest birth's edge first */
GArray  *nerve_rips_trees_sum   (NerveRipsTrees *self, const GArray *births, const guint32 *numbers, gsize n);

/* Puts the edges of a cycle in an order in which one walks around it, its first one first: closed walk after closed
 * walk if it has several. */
void     nerve_rips_order_cycle (GArray *points);

G_END_DECLS
