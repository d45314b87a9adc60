/* Walks the edges upward and counts the components of each lune. KERNELS §1. */
#pragma once

#include "homology/rips-guides.h"

G_BEGIN_DECLS

/* A lune with more than one component: a and b lie in different ones. A lune of c components gives c − 1. */
typedef struct
{
  gsize   edge; /* place among the edges walked */
  guint32 a;
  guint32 b;
} NerveRipsColumn;

typedef struct _NerveRipsStrand NerveRipsStrand;

/* The graph of the edges walked so far is kept as one row of bits for each point, once for each of a few strands of
 * work, each of which may be a little ahead of or behind the others: n² / 8 bytes a strand. */
typedef struct
{
  const NerveRipsKeys   *keys;
  const NerveRipsGuides *guides;
  gsize                  n_words; /* of a row, a multiple of 8 */
  NerveRipsStrand       *strands;
  guint                  n_strands;
  GArray                *columns; /* of NerveRipsColumn: what the last walk found, in order */
} NerveRipsLunes;

/* Errors: MEMORY */
gboolean nerve_rips_lunes_init  (NerveRipsLunes *self, const NerveRipsKeys *keys, const NerveRipsGuides *guides,
                                 GError **error);
void     nerve_rips_lunes_clear (NerveRipsLunes *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsLunes, nerve_rips_lunes_clear)

/* Walks the next edges; they must be all those between the last walk's and the last of @edges. All threads; two or
 * three operations on whole rows an edge. Errors: CANCELLED */
gboolean nerve_rips_lunes_walk  (NerveRipsLunes *self, const NerveRipsEdge *edges, gsize n,
                                 const NerveProgress *progress, GError **error);

G_END_DECLS
