/* How sure one can be of a diagram: bands around its Betti curves, a line below which bars may be noise. SCIENCE §3. */
#pragma once

#include "base/pack.h"
#include "base/parameters.h"
#include "cloud/metric.h"
#include "homology/rips.h"

G_BEGIN_DECLS

/* Described by nerve_bootstrap_table ("draws", "draw-size", "confidence"). */
typedef struct
{
  int    draws;
  int    size;       /* points of a draw; 0 ("auto") */
  double confidence; /* 0.95 */
} NerveBootstrapParameters;

extern const NerveParameterTable nerve_bootstrap_table;

/* All points that could have been taken, and what their distances are. */
typedef struct
{
  const double *points; /* n × d */
  gsize         n;
  gsize         d;
  NerveMetric   metric;
  guint         neighbors;
  double        unit;   /* distances are divided by it */
} NerveBootstrapSource;

/* Betti curves of many draws at one grid of values: immutable, reference-counted. */
typedef struct _NerveBootstrap NerveBootstrap;

/**
 * nerve_bootstrap_new:
 * @size: points of a draw, if @parameters leaves it open: as many as the diagram beside which it stands was made of;
 *   at most half of the source's, or all draws are alike
 * @upper: the grid goes from 0 to here
 * @n_at: values of the grid
 *
 * Draws points without replacement again and again and computes the Betti curves of each draw. The band holds, at each
 * value by itself, the middle part of the draws' numbers, @confidence of them: what another sample of that size would
 * show, not what infinitely many points would. O(draws) times nerve_rips().
 *
 * Errors: those of nerve_distances_new(), nerve_rips()
 */
NerveBootstrap *nerve_bootstrap_new   (const NerveBootstrapSource *source, const NerveRipsParameters *rips,
                                       const NerveBootstrapParameters *parameters, gsize size, gint64 seed,
                                       double upper, gsize n_at, const NerveProgress *progress, GError **error);
NerveBootstrap *nerve_bootstrap_ref   (NerveBootstrap *self);
void            nerve_bootstrap_unref (NerveBootstrap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBootstrap, nerve_bootstrap_unref)

typedef enum { NERVE_BAND_LOW, NERVE_BAND_MEAN, NERVE_BAND_HIGH } NerveBandLine;

guint         nerve_bootstrap_get_draws (const NerveBootstrap *self);
gsize         nerve_bootstrap_get_size  (const NerveBootstrap *self);
int           nerve_bootstrap_get_max_dimension (const NerveBootstrap *self);
const double *nerve_bootstrap_get_at    (const NerveBootstrap *self, gsize *n);
/* One number for each value of the grid. */
const double *nerve_bootstrap_get_line  (const NerveBootstrap *self, int dimension, NerveBandLine line);
/* As bytes and back; NULL if these are none. */
void            nerve_bootstrap_pack    (const NerveBootstrap *self, GByteArray *out);
NerveBootstrap *nerve_bootstrap_unpack  (NerveUnpack *in);

/* Whether @n points can have a line. Errors: NERVE_ERROR_VALUE (fewer than three points), PARAMETER (draws as large as
 * the cloud are the cloud) */
gboolean nerve_significance_check (gsize n, const NerveBootstrapParameters *parameters, GError **error);

/**
 * nerve_significance:
 * @length: (out): bars longer than this belong to what the points were drawn from, with @confidence
 *
 * Fasy et al., Confidence sets for persistence diagrams (2014), theorem 3, by subsampling: m of the n points are drawn
 * again and again (draw-size, by default n / (log n)^1.5, which their m = o (n / log n) allows) and their Hausdorff
 * distances from all n taken; c is twice the quantile of those. With probability @confidence the points lie within c of
 * their support. A Rips filtration in which an edge enters at the distance itself moves by 2c at most in the bottleneck
 * distance, so a bar longer than 4c cannot be one of length 0. The line is a cautious one, all the more the higher the
 * dimension of the support. O(draws · n · m).
 *
 * Errors: as nerve_significance_check(); CANCELLED
 */
gboolean nerve_significance (const NerveDistances *distances, const NerveBootstrapParameters *parameters, gint64 seed,
                             double *length, const NerveProgress *progress, GError **error);

G_END_DECLS
