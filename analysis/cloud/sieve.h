/* The points of a cloud in some order, made ready to reject most pairs that are farther apart than eps. KERNELS §3. */
#pragma once

#include "cloud/cloud.h"
#include "cloud/screen.h"

G_BEGIN_DECLS

/* Single precision, centred (cosine: on the unit sphere), scaled by a power of two. */
typedef struct
{
  const NerveCloud *cloud;
  const guint32    *order;   /* borrowed: position → row */
  gsize             n;
  gsize             d;
  double           *mean;
  double            scale;
  double           *squares; /* by position: Σ of the squares of what panels hold, in double */
  gsize             n_main;  /* coordinates of main; 0: there is none */
  float            *main;    /* panels of coordinates along main directions and, last, the length of what is left */
  float            *all;     /* panels of all coordinates, or NULL if they would be too large */
} NerveSieve;

/* Euclidean and cosine have one. */
gboolean nerve_sieve_serves (NerveMetric metric);

/**
 * nerve_sieve_init:
 * @lens: (nullable): by position, rising
 * @eps: the distance that most pairs should be rejected for; NaN: no main directions
 *
 * O(n d). Errors: MEMORY, CANCELLED
 */
gboolean nerve_sieve_init   (NerveSieve *self, const NerveCloud *cloud, const guint32 *order, const double *lens,
                             double width, double eps, const NerveProgress *progress, GError **error);
/* Only the squares, in the order of rows. O(n d). Errors: MEMORY, CANCELLED */
gboolean nerve_sieve_measure (NerveSieve *self, const NerveCloud *cloud, const NerveProgress *progress, GError **error);
void     nerve_sieve_clear  (NerveSieve *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveSieve, nerve_sieve_clear)

/* Square of the distance between what panels hold of two points at most @distance (not scaled by the cloud's unit)
 * apart. */
double   nerve_sieve_bound  (const NerveSieve *self, double distance);
/* That up to which two points are surely at most @distance apart; −1: there is none, as for cosine, where a point
 * without a direction is as far from all others as no angle says. */
double   nerve_sieve_sure_bound (const NerveSieve *self, double distance);
/* What nerve_screen_limit() is to be told of the main coordinates, whose last one is the root of a difference. */
gsize    nerve_sieve_main_width (const NerveSieve *self);
/* Coordinates of the points at [first, first + NERVE_SCREEN_LANES), zero past the end; @out: d × NERVE_SCREEN_LANES. */
void     nerve_sieve_panel  (const NerveSieve *self, gsize first, float *out);

G_END_DECLS
