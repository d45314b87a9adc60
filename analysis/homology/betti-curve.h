/* Betti numbers of a volume's sublevel sets at every threshold at once. SCIENCE §4, KERNELS §2. */
#pragma once

#include "homology/cubical-volume.h"

G_BEGIN_DECLS

/* Immutable, reference-counted: β0, β1, β2 of {value ≤ η} as steps over η. */
typedef struct _NerveBettiCurve NerveBettiCurve;

/**
 * nerve_betti_curve_new:
 * @volume: (array): shape[0] × shape[1] × shape[2] finite values, last axis fastest
 *
 * The half-open count. One scan finds the voxels that change anything; a union-find over these counts components,
 * another over the complement cavities, and the Euler characteristic gives the loops. Near linear; memory 8 bytes a
 * voxel (20 where the numbers need double precision) and 13 a critical voxel.
 *
 * Errors: NERVE_ERROR_SHAPE, MEMORY, CANCELLED
 */
NerveBettiCurve *nerve_betti_curve_new        (const double *volume, const gsize shape[3],
                                               const NerveProgress *progress, GError **error);
NerveBettiCurve *nerve_betti_curve_ref        (NerveBettiCurve *self);
void             nerve_betti_curve_unref      (NerveBettiCurve *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBettiCurve, nerve_betti_curve_unref)

/* The steps: rising thresholds, and the numbers from each on (3 a step). Below the first all are 0. */
gsize            nerve_betti_curve_get_n      (const NerveBettiCurve *self);
const double    *nerve_betti_curve_get_etas   (const NerveBettiCurve *self);
const guint32   *nerve_betti_curve_get_numbers (const NerveBettiCurve *self);
void             nerve_betti_curve_at         (const NerveBettiCurve *self, double eta, guint32 out[3]);

G_END_DECLS
