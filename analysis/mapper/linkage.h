/* Single linkage that stops at a gap between merges. SCIENCE §5. */
#pragma once

#include "mapper/cluster.h"

G_BEGIN_DECLS

/**
 * nerve_linkage:
 * @rows: (array): @n ≥ 1 rows of the cloud, ascending
 * @labels: (array): out, n
 *
 * FIRST_GAP: merging stops before the first merge whose height exceeds the one before by at least @gap times the
 * largest height. HISTOGRAM_GAP (Singh, Mémoli, Carlsson 2007): before the first empty one of @bins equal bins from the
 * smallest to the largest height. Without a gap all are one cluster. Points that can't be reached never merge.
 *
 * Dense Prim, O(n² d) time, O(n) memory. Returns: %FALSE if @progress stopped it
 */
gboolean nerve_linkage (const NerveCloud *cloud, const NerveDistances *distances, double unit, const guint32 *rows,
                        gsize n, NerveCut cut, double gap, guint bins, gint32 *labels, guint *n_clusters,
                        const NerveProgress *progress);

G_END_DECLS
