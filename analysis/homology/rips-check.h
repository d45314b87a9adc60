/* Looks over a matrix of distances before anything is computed from it. */
#pragma once

#include "base/error.h"
#include "base/progress.h"

G_BEGIN_DECLS

/**
 * nerve_rips_check:
 * @values: (array): condensed distances of @n points
 * @radius: (out): the enclosing radius: the smallest over points of its largest distance; 0 for n < 2
 *
 * O(n²) on all threads.
 * Errors: NERVE_ERROR_VALUE (the first NaN or negative one, with row and column), CANCELLED
 */
gboolean nerve_rips_check (const double *values, gsize n, double *radius, const NerveProgress *progress,
                           GError **error);

G_END_DECLS
