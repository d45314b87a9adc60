/* Lenses (filter functions): a table. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "cloud/cloud.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_LENS_L2,
  NERVE_LENS_L1,
  NERVE_LENS_SUM,
  NERVE_LENS_MEAN,
  NERVE_LENS_MEDIAN,
  NERVE_LENS_MAX,
  NERVE_LENS_MIN,
  NERVE_LENS_STD,
  NERVE_LENS_COORDINATE,   /* number: which (0) */
  NERVE_LENS_PCA1,
  NERVE_LENS_PCA2,
  NERVE_LENS_DENSITY,      /* number: neighbours that the kernel's width goes by (5) */
  NERVE_LENS_ECCENTRICITY, /* number: the power (1), 0: the largest distance */
  NERVE_LENS_KNN,          /* number: which neighbour (5) */
  NERVE_LENS_DTM,          /* number: neighbours, the point itself among them (15) */
  NERVE_LENS_LOGIT,        /* number: the class (0) */
} NerveLens;

extern const NerveChoice nerve_lens_choices[];

/**
 * nerve_lens_evaluate:
 * @number: the lens's own number, −1: its default above
 * @out: one value a point
 *
 * PCA: principal axes of the centred points, the coordinate of largest size positive. Density: the mean over all points
 * of exp (−distance² / 2h²), h the median distance to the nearest neighbours given. Eccentricity: (mean of distance^p
 * over all points)^(1/p). Distance to measure: root of the mean of the squared distances to the nearest (Chazal et
 * al. 2011). O(n d); PCA O(n d) times rounds; the others O(n² d).
 *
 * Errors: PARAMETER (no such coordinate), VALUE (not finite; a logit, which isn't the cloud's to tell), MEMORY,
 * CANCELLED
 */
gboolean nerve_lens_evaluate (int lens, int number, const NerveCloud *cloud, double *out,
                              const NerveProgress *progress, GError **error);

/* The number @number stands for; −1: the lens has none. */
int      nerve_lens_number   (int lens, int number);

/* No two points are further apart in the lens than in @metric. */
gboolean nerve_lens_is_contraction (int lens, NerveMetric metric);

/**
 * nerve_lens_parse:
 * @text: one or two lenses, each with its number behind a colon if it has one: "l2", "pca1,pca2", "coordinate:3"
 * @lens: (array): out, two, the second −1 if there is none
 * @number: (array): out, two
 *
 * Errors: PARAMETER
 */
gboolean nerve_lens_parse    (const char *text, int lens[2], int number[2], GError **error);

G_END_DECLS
