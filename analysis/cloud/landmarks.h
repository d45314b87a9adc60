/* Few points that stand for many. SCIENCE §3. */
#pragma once

#include "cloud/metric.h"

G_BEGIN_DECLS

/**
 * nerve_landmarks_maxmin:
 * @seed: draws the first landmark
 * @out: (array): @n_landmarks ≤ @n different rows, ascending
 *
 * Farthest-point sampling: each landmark is the point furthest from those before, the lowest row among equals.
 * O(n · n_landmarks · d) on all threads. Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985.
 * Errors: as nerve_distances_new()
 */
gboolean nerve_landmarks_maxmin (const double *points, gsize n, gsize d, NerveMetric metric, guint neighbors,
                                 guint64 seed, gsize n_landmarks, guint32 *out, const NerveProgress *progress,
                                 GError **error);

G_END_DECLS
