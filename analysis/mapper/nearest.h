/* Distances of each point to its nearest others, where single precision may reject. KERNELS §3. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/**
 * nerve_nearest:
 * @out: (array): n × k, each row rising, inf where there are fewer points
 *
 * From each point outward in the order of the lengths of the centred points, where two that are near stand near each
 * other, against the k-th distance known so far. Exact as nerve_metric_distance() is. The metric must be one that
 * nerve_sieve_serves(). O(n² d) single-precision operations at most. Errors: MEMORY, CANCELLED
 */
gboolean nerve_nearest (const NerveCloud *cloud, guint k, double *out, const NerveProgress *progress, GError **error);

G_END_DECLS
