/* Where every point has a duplicate, and the nearest neighbours say nothing. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/**
 * nerve_duplicates_nearest:
 * @nearest: (array) (out): n distances, each to the nearest of the points that are not at distance zero; infinite if
 *   there is none
 *
 * O(n² d), from all cores.
 *
 * Errors: MEMORY, CANCELLED
 */
gboolean nerve_duplicates_nearest (const NerveCloud *cloud, double *nearest, const NerveProgress *progress,
                                   GError **error);

G_END_DECLS
