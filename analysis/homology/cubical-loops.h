/* The H1 bars of a 3-D volume. */
#pragma once

#include "homology/cubical-sweep.h"

G_BEGIN_DECLS

/**
 * nerve_cubical_pair_loops:
 * @voxels: (element-type NerveCubicalVoxel): the critical ones
 * @joining: (array): from nerve_cubical_sweep_up(): the edges that killed components
 * @cavities: (array): from nerve_cubical_sweep_down(): how many squares of each voxel made cavities
 * @pairs: (element-type NerveCubicalPair): the bars of positive length, added
 *
 * Reduces the critical squares of a discrete gradient on the volume (Robins, Wood, Sheppard, "Theory and algorithms
 * for constructing discrete Morse complexes from grayscale digital images", 2011) in the order in which they enter:
 * those that are known to make cavities are cleared, the boundary of the others is followed down the
 * gradient only until its latest edge that made a loop is known. No matrix of the volume, no gradient is stored.
 *
 * Errors: NERVE_ERROR_CANCELLED
 */
gboolean nerve_cubical_pair_loops (const NerveCubicalVolume *volume, GArray *voxels, const guint8 *joining,
                                   const guint8 *cavities, GArray *pairs, const NerveProgress *progress,
                                   GError **error);

G_END_DECLS
