/* Components of {value ≤ η} as η rises, and of its complement as η falls. */
#pragma once

#include "homology/cubical-link.h"

G_BEGIN_DECLS

/* A bar between two keys. */
typedef struct
{
  gint32 birth;
  gint32 death;
} NerveCubicalPair;

/**
 * nerve_cubical_sweep_up:
 * @voxels: (element-type NerveCubicalVoxel): the critical ones
 * @joining: (array) (out): for each voxel, the edges, as bits, that join components when it enters
 * @pairs: (element-type NerveCubicalPair) (nullable): components by the elder rule, the last to stay not among them
 *
 * Follows each neighbour of a critical voxel down to a minimum, in the order of the places, which is kind to the
 * cache; then a union-find over the minima, in the order of the keys. Near linear; 4 bytes a place.
 *
 * Errors: NERVE_ERROR_MEMORY, CANCELLED
 */
gboolean nerve_cubical_sweep_up   (NerveCubicalVolume *volume, GArray *voxels, guint8 *joining, GArray *pairs,
                                   const NerveProgress *progress, GError **error);

/**
 * nerve_cubical_sweep_down:
 * @joining: (array) (nullable): from nerve_cubical_sweep_up(): spares half the work in a flat volume
 * @cavities: (array) (out): for each voxel, how many cavities come into being when it enters (of a flat volume: loops)
 * @pairs: (element-type NerveCubicalPair) (nullable): the cavities
 *
 * The same for the complement, whose voxels are neighbours where they share a corner, with the outside as its eldest
 * component (Alexander duality).
 */
gboolean nerve_cubical_sweep_down (NerveCubicalVolume *volume, GArray *voxels, const guint8 *joining,
                                   guint8 *cavities, GArray *pairs, const NerveProgress *progress, GError **error);

G_END_DECLS
