/* The edges of a filtration by rank: a total order, by (distance, index), which all of rips-higher works on. */
#pragma once

#include "base/memory-budget.h"
#include "homology/rips-keys.h"

G_BEGIN_DECLS

#define NERVE_RIPS_MOST_DIMENSIONS 8 /* of bars */
#define NERVE_RIPS_MOST_VERTICES (NERVE_RIPS_MOST_DIMENSIONS + 2) /* of a simplex */
#define NERVE_RIPS_NO_RANK G_MAXUINT32

typedef struct
{
  gsize          n;
  gsize          n_edges;
  NerveRipsEdge *edges; /* ascending */
  guint32       *ranks; /* n × n; NERVE_RIPS_NO_RANK: no edge */
  guint8        *joins; /* of each edge: whether it joins two components */
} NerveRipsGraph;

/* Errors: MEMORY, CANCELLED */
gboolean nerve_rips_graph_init         (NerveRipsGraph *self, const double *values, gsize n, double threshold,
                                        NerveMemoryBudget *budget, const NerveProgress *progress, GError **error);
void     nerve_rips_graph_clear        (NerveRipsGraph *self);

/**
 * nerve_rips_graph_find_cofaces:
 * @points: of a simplex
 * @rank: of its longest edge
 * @least, @most: ranks, neither NERVE_RIPS_NO_RANK
 * @found: (out): points, ascending, with each of which the simplex makes a coface whose longest edge is in that range;
 *   n + 1 numbers
 * @ranks: (out): of these edges; n + 1 numbers
 *
 * Returns how many. O(n)
 */
gsize    nerve_rips_graph_find_cofaces (const NerveRipsGraph *self, const guint *points, guint n_points, guint32 rank,
                                        guint32 least, guint32 most, guint32 *found, guint32 *ranks);

static inline const guint32 *
nerve_rips_graph_row (const NerveRipsGraph *self, gsize x)
{
  return self->ranks + x * self->n;
}

G_END_DECLS
