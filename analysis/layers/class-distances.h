/* How far apart classes are in a cloud. SCIENCE §5. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/**
 * nerve_class_distances:
 * @labels: (array): of the cloud's points, -1: none
 * @out: (array): n_classes × n_classes, symmetric; NaN for a class without points, 0 on the diagonal
 *
 * The mean distance over all pairs of points of two classes, in the cloud's metric and scaling. O(n² d) time on all
 * threads; n × n_classes numbers of memory, with the geodesic metric all distances.
 *
 * Errors: NERVE_ERROR_VALUE (inf), MEMORY, CANCELLED
 */
gboolean nerve_class_distances (const NerveCloud *cloud, const int *labels, guint n_classes, double *out,
                                const NerveProgress *progress, GError **error);

G_END_DECLS
