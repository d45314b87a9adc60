/* Nodes that belong together: a component, a community, the way between two. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

/* Indices (guint) of all nodes in the component of @node, ascending. */
GArray *nerve_graph_walk_component (const NerveMapper *mapper, guint node);
/* The same of its community, see mapper/structure.h. */
GArray *nerve_graph_walk_community (const NerveMapper *mapper, guint node);
/* A shortest path by number of edges, ends included; only @to if there is none. O(edges). */
GArray *nerve_graph_walk_path      (const NerveMapper *mapper, guint from, guint to);

G_END_DECLS
