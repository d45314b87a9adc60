/* The shortest of the cycles that are born at an edge. */
#pragma once

#include "homology/rips-watch.h"

G_BEGIN_DECLS

/**
 * nerve_rips_find_shortest_cycle:
 * @birth: an edge that closes a cycle
 *
 * The shortest cycle, by the sum of its distances, of edges none of which is later than @birth, which is in it:
 * Dijkstra's algorithm from one of its ends to the other. With a matrix O(n²); from lists of neighbours O(n) and
 * O(log n) for each of the edges before that are met. Both find the same cycle.
 *
 * Returns: (transfer full): array of guint32, two points an edge, @birth first; NULL with CANCELLED
 */
GArray *nerve_rips_find_shortest_cycle (const NerveRipsState *state, const NerveRipsEdge *birth,
                                        const NerveProgress *progress, GError **error);

G_END_DECLS
