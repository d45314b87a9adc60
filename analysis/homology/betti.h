/* Betti numbers of a grey-scale volume at a threshold, without a boundary matrix. SCIENCE §4, KERNELS §2. */
#pragma once

#include "base/error.h"
#include "base/parameters.h"
#include "base/progress.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_BETTI_HALF_OPEN, /* birth ≤ η < death */
  NERVE_BETTI_CLOSED,    /* birth ≤ η ≤ death, bars of positive length */
} NerveBettiCount;

/* Scratch memory that is kept between volumes; one for each thread. */
typedef struct _NerveBettiWorkspace NerveBettiWorkspace;
NerveBettiWorkspace *nerve_betti_workspace_new  (void);
void                 nerve_betti_workspace_free (NerveBettiWorkspace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBettiWorkspace, nerve_betti_workspace_free)

/**
 * nerve_betti_numbers:
 * @volume: (array): shape[0] × shape[1] × shape[2] finite values, last axis fastest; a 2-D or 1-D
 *   volume has leading extents of 1
 * @etas: (array): thresholds
 * @out: (array): n_etas × 3: β0, β1, β2 of {value ≤ η} for each
 *
 * Many thresholds of the half-open count are read off the whole curve (betti-curve.h).
 *
 * V-construction: voxels are vertices, a cell enters at the largest of its vertices, 6-neighbours.
 * O(voxels) a threshold (a labelling each way and a count of cells); the closed count reduces the
 * cells of value exactly η besides. Memory: at most 3 bytes a voxel; the closed count
 * takes about 8 where many voxels have the value η, and up to 45 where they form a random web.
 *
 * Errors: NERVE_ERROR_SHAPE (more than 2³² voxels), MEMORY, CANCELLED
 */
gboolean nerve_betti_numbers (NerveBettiWorkspace *workspace, const double *volume, const gsize shape[3],
                              const double *etas, gsize n_etas, NerveBettiCount count, guint64 *out,
                              const NerveProgress *progress, GError **error);

G_END_DECLS
