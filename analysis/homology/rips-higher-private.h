/* What rips-higher has in common for keys of 64 and of 128 bits. */
#pragma once

#include "homology/diagram.h"
#include "homology/rips-higher-graph.h"

G_BEGIN_DECLS

/* Bits for a point's number. */
static inline guint
nerve_rips_point_bits (gsize n)
{
  return MAX (g_bit_storage (n - MIN (n, 1)), 1);
}

/* Bits for a simplex of @n_points: the rank of its longest edge, then its points. */
static inline guint
nerve_rips_key_bits (const NerveRipsGraph *graph, guint n_points)
{
  return g_bit_storage (graph->n_edges) + n_points * nerve_rips_point_bits (graph->n);
}

gboolean nerve_rips_higher_64  (const NerveRipsGraph *graph, int max_dimension, GArray *bars,
                                NerveMemoryBudget *budget, const NerveProgress *progress, GError **error);
gboolean nerve_rips_higher_128 (const NerveRipsGraph *graph, int max_dimension, GArray *bars,
                                NerveMemoryBudget *budget, const NerveProgress *progress, GError **error);

G_END_DECLS
