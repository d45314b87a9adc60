/* Distances between points: the only room that computes them.
 * Every distance is computed in double, coordinates summed in order, so that all kernels agree. */
#pragma once

#include "base/error.h"
#include "base/parameters.h"
#include "base/progress.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_METRIC_EUCLIDEAN,
  NERVE_METRIC_COSINE,
  NERVE_METRIC_MANHATTAN,
  NERVE_METRIC_CHEBYSHEV,
  NERVE_METRIC_GEODESIC,
} NerveMetric;

extern const NerveChoice nerve_metric_choices[];

/* Not for geodesic, which needs all points. SCIENCE §2. */
double   nerve_metric_distance (NerveMetric metric, const double *a, const double *b, gsize d);

/**
 * nerve_metric_block:
 * @a: n_a × d
 * @b: n_b × d
 * @out: (array): n_a × n_b distances, row by row
 *
 * Many distances at once, vectorised over pairs (about ten times as fast), bit for bit what
 * nerve_metric_distance() gives. One thread; best with n_a up to 64 and n_b a multiple of 8. Finite
 * coordinates so large that a sum overflows give inf or NaN. Not for geodesic.
 */
void     nerve_metric_block    (NerveMetric metric, const double *a, gsize n_a, const double *b, gsize n_b, gsize d,
                                double *out);

/* Of points in single precision, Euclidean: bit for bit what nerve_metric_pairs() gives for the same in double. */
void     nerve_metric_pairs_single (const float *const *a, const float *const *b, gsize n, gsize d, double *out);
/**
 * nerve_metric_pairs:
 * @a: (array): the first points of @n pairs, anywhere
 * @b: (array): the second ones
 * @out: (array): @n distances, bit for bit what nerve_metric_distance() gives
 *
 * For pairs that are few among many. Not for geodesic.
 */
void     nerve_metric_pairs    (NerveMetric metric, const double *const *a, const double *const *b, gsize n, gsize d,
                                double *out);

/**
 * nerve_metric_check_range:
 * @points: n × d, row by row
 *
 * Euclidean distances, those that the geodesic metric counts hops by, and cosines are made of squares.
 * Errors: NERVE_ERROR_VALUE if these leave double's range, so that distances would be infinite or zero: those of the
 * largest coordinate, or, for cosines, of a point's largest
 */
gboolean nerve_metric_check_range (NerveMetric metric, const double *points, gsize n, gsize d, GError **error);

/* All pairs of n points: d(i, j) with j < i stands at values[i (i - 1) / 2 + j]. */
typedef struct _NerveDistances NerveDistances;

/**
 * nerve_distances_new:
 * @points: n × d, row by row
 * @neighbors: k of the geodesic metric
 *
 * O(n² d) time on all threads, 8 bytes a pair.
 * Errors: CANCELLED; MEMORY with the estimate when it cannot fit.
 */
NerveDistances *nerve_distances_new   (const double *points, gsize n, gsize d, NerveMetric metric, guint neighbors,
                                       const NerveProgress *progress, GError **error);
/* Takes @values (n (n - 1) / 2 of them, g_malloc'ed). */
NerveDistances *nerve_distances_take  (double *values, gsize n);
NerveDistances *nerve_distances_ref   (NerveDistances *self);
void            nerve_distances_unref (NerveDistances *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDistances, nerve_distances_unref)

gsize         nerve_distances_get_n      (const NerveDistances *self);
const double *nerve_distances_get_values (const NerveDistances *self);
double        nerve_distances_get        (const NerveDistances *self, gsize i, gsize j);
/* FALSE if some points can't be reached from others. */
gboolean      nerve_distances_is_finite  (const NerveDistances *self);
/* @q of the distances between different points (linear interpolation as numpy.quantile); NaN for n < 2.
 * Errors: VALUE for inf; CANCELLED */
gboolean      nerve_distances_quantile   (const NerveDistances *self, double q, double *out,
                                          const NerveProgress *progress, GError **error);
/* Smallest over points of its largest distance; 0 for n < 2. */
double        nerve_distances_enclosing_radius (const NerveDistances *self);
/* Divides all by @scale > 0. Only before anyone shares @self. */
void          nerve_distances_divide     (NerveDistances *self, double scale);

G_END_DECLS
