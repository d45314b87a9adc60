/* Persistent homology of a Rips filtration in dimension 2 and above. */
#pragma once

#include "base/progress.h"

G_BEGIN_DECLS

/**
 * nerve_rips_higher:
 * @values: distances, lower triangle, row by row; inf: no edge
 * @max_dimension: 2 at least, NERVE_RIPS_MOST_DIMENSIONS at most
 * @bars: (array of NerveBar): those of dimension 2 to @max_dimension are appended
 * @limit: bytes that the process may take in all; 0: what it has and what is free. It is looked at as columns grow
 *
 * Cohomology with clearing, column by column, as Ripser does, on a total order of the edges: a simplex is a number made
 * of the rank of its longest edge and of its points, of 64 bits where that is enough, of 128 otherwise. All pairs in
 * which simplex and coface have the same longest edge and are each other's last and first (apparent pairs) are found by
 * intersecting rows of bits and never listed. Of a column's cofaces only the first are kept, and those after them made
 * anew once they are needed: so the column that fills a void, a sum of hundreds of thousands, takes some hundred bytes
 * for each of them, and not some thousand. One thread.
 *
 * Source: Bauer, Ripser: efficient computation of Vietoris–Rips persistence barcodes (2021).
 * Errors: NERVE_ERROR_MEMORY (also when a simplex would need more than 128 bits), CANCELLED
 */
gboolean nerve_rips_higher (const double *values, gsize n, double threshold, int max_dimension, GArray *bars,
                            guint64 limit, const NerveProgress *progress, GError **error);

G_END_DECLS
