/* Persistent homology of many points of which few are near each other, without a matrix. */
#pragma once

#include "homology/diagram.h"
#include "homology/rips-keys.h"

G_BEGIN_DECLS

/**
 * nerve_rips_sparse:
 * @edges: (transfer full): from nerve_memory_new(): all edges of the filtration, each once, x > y, in any order
 * @n: points
 * @max_dimension: 0 or 1
 *
 * What nerve_rips() gives with a threshold that these are the edges up to. The same lunes, merged from lists of
 * neighbours instead of rows of bits: O(edges · neighbours of a point) on all threads, then the reduction. 52 bytes an
 * edge, and what the reduction keeps.
 *
 * Errors: MEMORY, CANCELLED
 */
NerveDiagram *nerve_rips_sparse (NerveRipsEdge *edges, gsize n_edges, gsize n, int max_dimension,
                                 const NerveProgress *progress, GError **error);

G_END_DECLS
