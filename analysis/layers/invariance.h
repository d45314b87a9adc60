/* Whether decay curves are the same for other datasets, depths, input sizes, numbers of images: P2's claims as
 * experiments. */
#pragma once

#include "layers/decay-curve.h"

G_BEGIN_DECLS

/* What a curve is a function of. */
typedef enum
{
  NERVE_DEPTH_LAYER,    /* the layer's number: the shorter curve counts as 0 beyond its end */
  NERVE_DEPTH_RELATIVE, /* 0 to 1 */
} NerveDepth;

/**
 * nerve_invariance_distance:
 * @a: (array): Ω of @n_a layers; @b: of @n_b
 *
 * Each curve is linear between its layers and divided by its L2 norm over depth, so that only shape counts; the L2 norm
 * of the difference: 0 for the same shape, at most √2. NaN where a curve has fewer than two layers or no norm.
 */
double nerve_invariance_distance (const double *a, gsize n_a, const double *b, gsize n_b, NerveDepth depth);

/* A distance with its band: both curves' images resampled. */
typedef struct
{
  double distance;
  double low;
  double high;
} NerveInvariance;

/* NERVE_ERROR_MEMORY */
gboolean nerve_invariance_compare (const NerveDecayCurve *a, const NerveDecayCurve *b, guint dimensions,
                                   NerveDepth depth, gsize n_replicates, guint64 seed, NerveInvariance *out,
                                   GError **error);

/* What a curve of only some images a class is worth. */
typedef struct
{
  gsize           n_images;  /* of a class, or all it has */
  NerveInvariance distance;  /* to the curve of all images: median and band */
  NerveInvariance theta;     /* likewise */
} NerveImageSubsample;

/**
 * nerve_invariance_subsample:
 * @sizes: (array) (nullable): images of a class; NULL: 1, 2, 5, 10, … up to all
 * @n_trials: draws without replacement for each size
 *
 * Returns: (transfer full) (element-type NerveImageSubsample): NULL with NERVE_ERROR_CANCELLED
 */
GArray  *nerve_invariance_subsample (const NerveDecayCurve *curve, guint dimensions, NerveDecayX x, const gsize *sizes,
                                     gsize n_sizes, gsize n_trials, guint64 seed, const NerveProgress *progress,
                                     GError **error);

G_END_DECLS
