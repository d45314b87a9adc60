/* A volume's voxels as ordered integers, with a border that enters last. What the cubical kernels walk over. */
#pragma once

#include "base/error.h"
#include "base/progress.h"

G_BEGIN_DECLS

/* Enters after every voxel. */
#define NERVE_CUBICAL_BORDER G_MAXINT32

/* The voxels around one: those that share a face, then an edge, then a corner with it. */
#define NERVE_CUBICAL_FACES     6
#define NERVE_CUBICAL_NEIGHBOURS 26

/**
 * NerveCubicalVolume:
 * @n: places, border included. Voxel (i, j, k) stands at origin + i·stride[0] + j·stride[1] + k
 * @keys: (array): in the order of the values; equal values, equal keys. They go on a little on either side of [0, n)
 * @steps: (array): from a place to its neighbours. A step over a face of the volume ends on the border; 0: none, along
 *   axes of length 1
 *
 * Voxels enter in the order of (key, place). Place 0 is border.
 */
typedef struct
{
  gsize   extent[3];
  gsize   stride[2];
  gsize   origin;
  gsize   n;
  gint32 *keys;
  gint32  steps[NERVE_CUBICAL_NEIGHBOURS];

  gint32  *storage;
  guint32 *room;   /* by place: the sweeps', one after the other; NULL until the first */
  double  *values; /* by key; NULL: keys are made of single-precision numbers */
} NerveCubicalVolume;

/**
 * nerve_cubical_volume_init:
 * @values: (array): shape[0] × shape[1] × shape[2] finite numbers, last axis fastest
 * @sign: 1, or −1 for the volume turned upside down
 * @frame: rings the volume by one layer of voxels that enter before all others, along axes longer than 1
 *
 * Numbers that single precision holds exactly are ordered by their bits, in one pass; others by a sort.
 *
 * Errors: NERVE_ERROR_SHAPE (more than 2²⁹ places), MEMORY, CANCELLED
 */
gboolean nerve_cubical_volume_init  (NerveCubicalVolume *self, const double *values, const gsize shape[3], int sign,
                                     gboolean frame, const NerveProgress *progress, GError **error);
void     nerve_cubical_volume_clear (NerveCubicalVolume *self);

/* The value that @key stands for, times @sign as it was given; the frame's is −∞. */
double   nerve_cubical_volume_get_value (const NerveCubicalVolume *self, gint32 key);

/* The number of axes longer than 1. */
guint    nerve_cubical_get_n_axes   (const gsize shape[3]);

/* A number and what it belongs to. */
typedef struct
{
  gint32  key;
  guint32 index;
} NerveCubicalKeyed;

/* Sorts structs of 8 or 16 bytes by the gint32 at @offset in each; equal ones stay in their order. The array is
 * exchanged for another. */
void     nerve_cubical_sort         (GArray **keyed, gsize offset);

G_END_DECLS
