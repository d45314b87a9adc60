/* Persistence diagrams of grey-scale volumes as cubical complexes. SCIENCE §4. */
#pragma once

#include "homology/cubical-volume.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_CUBICAL_V, /* voxels are vertices, a cell enters with the largest of them */
  NERVE_CUBICAL_T, /* voxels are top cells, a cell enters with the smallest that it bounds */
} NerveCubicalConstruction;

/**
 * nerve_cubical_diagram_new:
 * @volume: (array): shape[0] × shape[1] × shape[2] finite values, last axis fastest; axes of length 1 don't count
 * @max_dimension: the last dimension to compute, at most 2
 *
 * Sublevel sets over Z/2. H0 and the highest dimension by union-find over the critical voxels, H1 of a 3-D volume by
 * reducing critical squares. The T-construction is the dual of the V-construction of the negated volume within a
 * frame of −∞ (Garin, Heiss, Maggs, Bleile, Robins, "Duality in persistent homology of images", 2020).
 *
 * Errors: NERVE_ERROR_SHAPE, MEMORY, CANCELLED
 */
NerveDiagram *nerve_cubical_diagram_new (const double *volume, const gsize shape[3],
                                         NerveCubicalConstruction construction, int max_dimension,
                                         const NerveProgress *progress, GError **error);
/* The same of a volume (transfer full) that is freed before the work begins: a plane's diagram needs as much again. */
NerveDiagram *nerve_cubical_diagram_new_take (double *volume, const gsize shape[3],
                                              NerveCubicalConstruction construction, int max_dimension,
                                              const NerveProgress *progress, GError **error);

G_END_DECLS
