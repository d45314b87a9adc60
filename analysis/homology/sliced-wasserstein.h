/* The sliced Wasserstein distance of two diagrams. SCIENCE §3. */
#pragma once

#include "base/progress.h"
#include "homology/diagram-points.h"

G_BEGIN_DECLS

/**
 * nerve_sliced_wasserstein:
 *
 * M = 50 directions π (1/2 + k / M); each diagram is extended by the other's points projected onto the diagonal; the
 * mean over the directions of Σ |difference| of the sorted projections, in double. Essential bars are left out.
 *
 * O(M (n + m) log (n + m)) on all threads; the same for any number of them.
 * Source: Carrière, Cuturi, Oudot, Sliced Wasserstein Kernel for Persistence Diagrams (2017), Algorithm 1.
 * Errors: CANCELLED
 */
gboolean nerve_sliced_wasserstein (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double *distance,
                                   const NerveProgress *progress, GError **error);

G_END_DECLS
