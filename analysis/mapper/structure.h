/* The shape of a mapper graph: cycles, leaves, flares, ways between nodes, communities. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

typedef struct _NerveStructure NerveStructure;

/**
 * nerve_structure_new:
 *
 * Communities by label propagation made deterministic and followed by joining: Louvain's first phase (Blondel et al.
 * 2008) in the order of nodes until nothing moves, weights = shared points, then on the graph of communities, as long
 * as modularity rises. O(edges) a round.
 *
 * A flare is a way from a leaf (a node with one neighbour) through nodes with two neighbours up to the first that has
 * three or more; a component that is one single way has none.
 */
NerveStructure *nerve_structure_new   (const NerveMapper *mapper);
NerveStructure *nerve_structure_ref   (NerveStructure *self);
void            nerve_structure_unref (NerveStructure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveStructure, nerve_structure_unref)

/* Independent cycles (β₁ of the graph): edges − nodes + components. */
guint           nerve_structure_get_n_cycles      (const NerveStructure *self);
guint           nerve_structure_get_n_leaves      (const NerveStructure *self);
/* Edges at a node. */
guint           nerve_structure_get_degree        (const NerveStructure *self, guint node);
guint           nerve_structure_get_n_flares      (const NerveStructure *self);
/* The nodes of a flare from its leaf on, the branching node not among them. Longest first, ties by leaf. */
const guint    *nerve_structure_get_flare         (const NerveStructure *self, guint flare, guint *n);
guint           nerve_structure_get_n_communities (const NerveStructure *self);
/* Numbered by their first node. */
guint           nerve_structure_get_community     (const NerveStructure *self, guint node);
double          nerve_structure_get_modularity    (const NerveStructure *self);

/**
 * nerve_structure_find_path:
 * @n: out: how many nodes
 *
 * A way of fewest edges, both ends included; of several the one through the lowest nodes from @from on.
 * Returns: (transfer full) (nullable): NULL if there is none
 */
guint          *nerve_structure_find_path         (const NerveStructure *self, guint from, guint to, guint *n);

G_END_DECLS
