/* Communities of a graph by modularity: Blondel et al., "Fast unfolding of communities in large networks", 2008. */
#pragma once

#include "mapper/nerve.h"

G_BEGIN_DECLS

/* Weights are the edges' shared points. Nodes are visited in order, a tie keeps the lower community: always the same
 * result. @communities: out, one a node, numbered by first node. Returns how many; @modularity 0 without edges. */
guint nerve_communities_find (const NerveEdge *edges, guint n_edges, guint n_nodes, guint *communities,
                              double *modularity);

G_END_DECLS
