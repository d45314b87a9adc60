/* Principal axes of a cloud. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/**
 * nerve_axes_project:
 * @axis: 0 or 1
 * @out: n coordinates along the axis of largest, or second largest, variance, centred
 *
 * Subspace iteration in double until the axis turns by less than 1e-12. The coordinate of the axis that is largest in
 * size (the first of several) is positive. O(n d) a round. Errors: CANCELLED
 */
gboolean nerve_axes_project (const NerveCloud *cloud, guint axis, double *out, const NerveProgress *progress,
                             GError **error);

G_END_DECLS
