/* The lunes of a filtration that has few edges: merged from lists of neighbours. KERNELS §1. */
#pragma once

#include "homology/rips-adjacency.h"
#include "homology/rips-lunes.h"

G_BEGIN_DECLS

#define NERVE_RIPS_NO_APEX G_MAXUINT32

/* Each edge is looked at by itself, since ranks tell what was there before it. */
typedef struct
{
  const NerveRipsAdjacency *adjacency;
  guint32                  *apexes; /* of each edge: the point of its lune whose later edge comes first; or NO_APEX */
  gsize                    *nexts;  /* of each point: its first neighbour whose edge has not been walked */
  gsize                     n_walked;
  GArray                   *splits; /* of NerveRipsSplit: what the last walk found, in order; edges are ranks */
} NerveRipsSparseLunes;

/* Finds all apexes. All threads; O(edges · neighbours of a point). Errors: MEMORY, CANCELLED */
gboolean nerve_rips_sparse_lunes_init  (NerveRipsSparseLunes *self, const NerveRipsAdjacency *adjacency,
                                        const NerveProgress *progress, GError **error);
void     nerve_rips_sparse_lunes_clear (NerveRipsSparseLunes *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsSparseLunes, nerve_rips_sparse_lunes_clear)

/* Counts the components of the lunes of all edges before rank @end that were not walked yet. All threads; O(neighbours)
 * an edge if its lune is connected through its apex, as most are. Errors: CANCELLED */
gboolean nerve_rips_sparse_lunes_walk  (NerveRipsSparseLunes *self, gsize end, const NerveProgress *progress,
                                        GError **error);

G_END_DECLS
