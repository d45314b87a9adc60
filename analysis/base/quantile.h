/* Quantiles of long arrays without sorting or copying them. */
#pragma once

#include "base/progress.h"

G_BEGIN_DECLS

/**
 * nerve_quantile:
 * @values: (array): @n ≥ 1 numbers, none of them NaN
 * @q: 0 to 1
 *
 * What numpy.quantile() gives (linear interpolation), bit for bit: four or five passes over the values
 * on all threads, half a megabyte a thread.
 *
 * Returns: %FALSE if @progress stopped it
 */
gboolean nerve_quantile (const double *values, gsize n, double q, double *out, const NerveProgress *progress);

G_END_DECLS
