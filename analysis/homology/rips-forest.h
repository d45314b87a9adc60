/* The minimum spanning forest: H0 of a Rips filtration. */
#pragma once

#include "homology/rips-bare.h"

G_BEGIN_DECLS

/**
 * nerve_rips_forest_lengths:
 * @threshold: longer edges are none
 *
 * The lengths of the minimum spanning forest's edges, for H0 alone: Prim's algorithm on the matrix, O(n²) time and
 * O(n) memory.
 *
 * Returns: (transfer full): array of double, in no order; NULL with CANCELLED
 */
GArray  *nerve_rips_forest_lengths (const double *values, gsize n, double threshold, const NerveProgress *progress,
                                    GError **error);

/* Parts the bare edges (in order) into the spanning forest and the births of H1, each in order. Errors: CANCELLED */
gboolean nerve_rips_forest_part    (const GArray *bare, gsize n, GArray *forest, GArray *births,
                                    const NerveProgress *progress, GError **error);

G_END_DECLS
