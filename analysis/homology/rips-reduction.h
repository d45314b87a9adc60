/* Pairs births of H1 with deaths. KERNELS §1. */
#pragma once

#include "homology/rips-column.h"
#include "homology/rips-keys.h"

G_BEGIN_DECLS

#define NERVE_RIPS_NO_BIRTH (-1)

typedef struct _NerveRipsCocycle NerveRipsCocycle;

/* Who knows a point z of the lune of an edge xy that has one: both xz and yz are before xy. */
typedef struct
{
  guint32     (*find) (gconstpointer data, guint32 x, guint32 y);
  gconstpointer data; /* not owned */
  gsize         cost; /* of a question, in steps of the reduction */
} NerveRipsApexes;

/* Every edge that has a lune is, modulo the boundary of the triangle that comes with it, the sum of that triangle's
 * two other edges; carried on downward, it is a sum of births (edges of the spanning forest count as zero). So a
 * column is a short sum of births instead of a long one of edges, and each edge met is resolved once: its sum is
 * kept, and brought up to date when a birth in it has died and stands for a sum of older ones. */
typedef struct
{
  NerveRipsApexes    apexes;
  NerveRipsCocycle  *edges; /* a hash table of what is resolved */
  gsize              n_edges;
  gsize              mask;
  guint32           *terms; /* sums, each descending */
  gsize              n_terms;
  gsize              capacity;
  guint64           *relations; /* of each birth: where in @terms what it stands for begins, and how long */
  guint32            n_births;
  guint32            n_alive;
  NerveRipsColumn    column;
  GArray            *sum;   /* guint32, descending: the column when it was emptied last */
  GArray            *stack; /* guint64, edges being resolved */
  const NerveProgress*progress;
  gsize              work;  /* since progress was asked */
  gboolean           is_full;
} NerveRipsReduction;

/* @forest and @births: all bare edges, each in order. Numbers of births are places in @births. Errors: CANCELLED */
gboolean nerve_rips_reduction_init  (NerveRipsReduction *self, const NerveRipsApexes *apexes,
                                     const GArray *forest, const GArray *births, const NerveProgress *progress,
                                     GError **error);
void     nerve_rips_reduction_clear (NerveRipsReduction *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsReduction, nerve_rips_reduction_clear)

/**
 * nerve_rips_reduction_add:
 * @a, @b: in different components of the lune of edge @x@y
 * @birth: (out): number of the birth that dies at that edge, or NERVE_RIPS_NO_BIRTH
 *
 * Columns must come in the order of their edges. Errors: MEMORY, CANCELLED
 */
gboolean nerve_rips_reduction_add   (NerveRipsReduction *self, const NerveRipsEdge *edge, guint32 a, guint32 b,
                                     gint64 *birth, const NerveProgress *progress, GError **error);

/* The edge @x@y itself becomes a boundary, as that of a triangle does whose two other edges are. In order among the
 * columns. Errors: MEMORY, CANCELLED */
gboolean nerve_rips_reduction_add_edge (NerveRipsReduction *self, guint32 x, guint32 y, gint64 *birth,
                                        const NerveProgress *progress, GError **error);

/**
 * nerve_rips_reduction_is_boundary:
 * @points: (array): 2 @n points: the two of each edge of a cycle, all among the edges walked
 *
 * Whether the cycle is a boundary in the filtration up to the column added last.
 * Errors: MEMORY, CANCELLED
 */
gboolean nerve_rips_reduction_is_boundary (NerveRipsReduction *self, const guint32 *points, gsize n,
                                           gboolean *is_boundary, const NerveProgress *progress, GError **error);

G_END_DECLS
