/* The sliced Wasserstein distance of diagrams. SCIENCE §3. */
#pragma once

#include "base/progress.h"
#include "homology/diagram-points.h"

G_BEGIN_DECLS

/* One diagram's part in every distance: its points, and their projections onto the diagonal, seen along 50 directions,
 * sorted. */
typedef struct
{
  gsize   n;
  int     exponent; /* both in units of 2^exponent: sums of very large numbers would be infinite */
  double *own;      /* 50 × n */
  double *diagonal; /* 50 × n */
} NerveSlices;

/* O(50 n log n) on all threads; the same for any number of them. Errors: CANCELLED */
gboolean nerve_slices_init  (NerveSlices *self, const NerveDiagramPoints *points, const NerveProgress *progress,
                             GError **error);
void     nerve_slices_clear (NerveSlices *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveSlices, nerve_slices_clear)

/**
 * nerve_slices_distance:
 *
 * M = 50 directions π (1/2 + k / M); each diagram is extended by the other's points projected onto the diagonal; the
 * mean over the directions of Σ |difference| of the sorted projections, in double. Essential bars are left out.
 *
 * O(M (n + m)). Carrière, Cuturi, Oudot, Sliced Wasserstein Kernel for Persistence Diagrams (2017), Algorithm 1.
 * Errors: VALUE, if the distance is larger than a number can be
 */
gboolean nerve_slices_distance (const NerveSlices *a, const NerveSlices *b, double *distance, GError **error);

G_END_DECLS
