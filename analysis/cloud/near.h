/* The pairs of a cloud's points up to some distance, where all pairs would be too many. KERNELS §3. */
#pragma once

#include "cloud/search.h"

G_BEGIN_DECLS

/**
 * nerve_near_pairs:
 * @threshold: finite; the cloud's scaling applied
 * @budget: how many pairs are acceptable
 * @n_pairs: (out): how many there are
 *
 * Every distance is decided and told in double, bit for bit what nerve_cloud_distances() gives. Euclidean and cosine:
 * single precision rejects most pairs. The others but geodesic: only pairs that are near in the widest coordinate are
 * looked at. Geodesic: O(n) points reached. All threads; the same pairs in the same order for any number of them.
 *
 * Returns: (transfer full): arrays of NervePair, a > b rows of the cloud. NULL with NERVE_ERROR_VALUE (a distance too
 *   small for a double), MEMORY if there are more than @budget, or CANCELLED
 */
GPtrArray *nerve_near_pairs (const NerveCloud *cloud, double threshold, guint64 budget, gsize *n_pairs,
                             const NerveProgress *progress, GError **error);

/**
 * nerve_near_count:
 * @most: (out): pairs up to @threshold there will hardly be more of
 *
 * From a sample of pairs, the same each time: what is expected and three standard deviations. Geodesic, or
 * coordinates of which squares might overflow: all pairs. Errors: as nerve_cloud_get_unit(), CANCELLED
 */
gboolean   nerve_near_count (const NerveCloud *cloud, double threshold, double *most, const NerveProgress *progress,
                             GError **error);

G_END_DECLS
