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
} NerveRipsSplit;

typedef struct _NerveRipsStrand NerveRipsStrand;

/* The graph of the edges walked so far is kept as one row of bits for each point, once for each of a few strands of
 * work, each of which may be a little ahead of or behind the others: n² / 8 bytes a strand. */
typedef struct
{
  const NerveRipsKeys   *keys;
  const NerveRipsGuides *guides;
  gsize                  n_words; /* of a row, a multiple of 8 */
  guint32               *places;  /* of each point in the rows: hubs first, then by distance from the best of them */
  guint32               *points;  /* in each place */
  guint32               *nearest; /* as in the guides, but places of places */
  guint64                hubs;    /* the bits of their places */
  NerveRipsStrand       *strands;
  guint                  n_strands;
  GArray                *splits; /* of NerveRipsSplit: what the last walk found, in order */
} NerveRipsLunes;

/* Errors: MEMORY */
gboolean nerve_rips_lunes_init  (NerveRipsLunes *self, const NerveRipsKeys *keys, const NerveRipsGuides *guides,
                                 GError **error);
void     nerve_rips_lunes_clear (NerveRipsLunes *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsLunes, nerve_rips_lunes_clear)

/**
 * nerve_rips_lunes_walk:
 * @edges: (array): what comes after the edges walked so far, in order
 * @n_walked: (out): how many of them were walked: all @n ≥ 1, or fewer if their lunes came apart into very many pieces
 *
 * All threads; two or three operations on whole rows an edge. Errors: CANCELLED
 */
gboolean nerve_rips_lunes_walk  (NerveRipsLunes *self, const NerveRipsEdge *edges, gsize n, gsize *n_walked,
                                 const NerveProgress *progress, GError **error);

G_END_DECLS
