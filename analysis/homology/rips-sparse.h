/* Persistent homology of many points below a threshold, without a matrix. */
#pragma once

#include "cloud/metric.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/**
 * nerve_rips_sparse:
 * @points: @n × @d
 * @metric: not geodesic
 * @unit: distances are divided by it; 1 for none
 * @threshold: finite; longer edges are none
 * @max_dimension: 0 or 1
 *
 * What nerve_rips() gives with that threshold, for clouds whose matrix of distances would not fit: it keeps only the
 * edges up to the threshold, 32 bytes each, and walks them by lists of neighbours. O(n² d) for the distances, on all
 * threads; then O(edges · neighbours of a point) at least, on one.
 *
 * Errors: NERVE_ERROR_VALUE (a distance that is NaN), MEMORY (too many edges, with their number), CANCELLED
 */
NerveDiagram *nerve_rips_sparse (const double *points, gsize n, gsize d, NerveMetric metric, double unit,
                                 double threshold, int max_dimension, const NerveProgress *progress, GError **error);

G_END_DECLS
