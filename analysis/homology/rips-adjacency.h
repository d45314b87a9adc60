/* The edges of a filtration in order, and for each point those that it has: where few of all pairs are edges. */
#pragma once

#include "homology/rips-keys.h"

G_BEGIN_DECLS

#define NERVE_RIPS_MOST_EDGES (G_MAXUINT32 - 2)

typedef struct
{
  guint32 point;
  guint32 rank; /* of the edge to it: its place in the order */
} NerveRipsNeighbour;

typedef struct
{
  gsize               n;
  gsize               n_edges;
  NerveRipsEdge      *edges;      /* in order */
  gsize              *begins;     /* n + 1: of each point's neighbours */
  NerveRipsNeighbour *neighbours; /* of each point by rising rank: those before an edge come first */
} NerveRipsAdjacency;

/**
 * nerve_rips_adjacency_init:
 * @edges: (transfer full): from nerve_memory_new(); in any order, no longer needed once this returns
 *
 * O(edges); 32 bytes an edge, and 16 more while they are sorted. Errors: MEMORY, CANCELLED
 */
gboolean nerve_rips_adjacency_init  (NerveRipsAdjacency *self, NerveRipsEdge *edges, gsize n_edges, gsize n,
                                     const NerveProgress *progress, GError **error);
void     nerve_rips_adjacency_clear (NerveRipsAdjacency *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsAdjacency, nerve_rips_adjacency_clear)

/* The rank of edge xy, which is there. O(neighbours before it) of the point that has fewer of them. */
guint32  nerve_rips_adjacency_find  (const NerveRipsAdjacency *self, guint32 x, guint32 y);

G_END_DECLS
