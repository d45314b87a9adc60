/* Edges without a lune: the relative neighbourhood graph. KERNELS §1. */
#pragma once

#include "homology/rips-guides.h"

G_BEGIN_DECLS

/**
 * nerve_rips_find_bare_edges:
 *
 * The edges xy for which no point z has both xz and yz before xy. They are the minimum spanning forest and the
 * births of H1, nothing else.
 *
 * All threads; for most edges one of a few guides is such a z, for the rest O(n).
 *
 * Returns: (transfer full): array of NerveRipsEdge, sorted; NULL with CANCELLED
 */
GArray *nerve_rips_find_bare_edges (const NerveRipsKeys *keys, const NerveRipsGuides *guides,
                                    const NerveProgress *progress, GError **error);

G_END_DECLS
