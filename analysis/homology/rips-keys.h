/* Sixteen-bit keys that order distances almost always by themselves. KERNELS §1. */
#pragma once

#include "base/error.h"
#include "base/progress.h"

G_BEGIN_DECLS

#define NERVE_RIPS_LEAST_KEY G_MININT16
#define NERVE_RIPS_NO_EDGE   G_MAXINT16
/* The distances of more would take 34 GB; up to here a 32-bit number counts them. */
#define NERVE_RIPS_MOST_POINTS 92681

/* Two points (x > y) and their distance. Edges are ordered by (distance, x, y): a total order, and the
 * only one the Rips kernel means by "before". */
typedef struct
{
  double  distance;
  guint32 x;
  guint32 y;
} NerveRipsEdge;

/* A square matrix of keys: where key (a) < key (b), edge a is before edge b; equal keys are settled by the
 * distances themselves. Keys are shared out so that each stands for about as many edges: a quarter of the
 * memory of doubles, four times as many in a register, and sorting starts with a lookup. */
typedef struct
{
  gsize         n;
  gsize         stride;  /* from row to row; a multiple of 64, filled up with NERVE_RIPS_NO_EDGE */
  gint16       *rows;    /* starts at a cache line */
  const double *values;  /* condensed, not owned */
  guint         n_keys;  /* in use, from NERVE_RIPS_LEAST_KEY on */
  guint32      *below;   /* n_keys + 1: [k], the number of edges whose key is less than the least plus k */
  gsize         n_edges; /* ≤ the threshold */
  gpointer      memory;
} NerveRipsKeys;

/* Keys of all edges ≤ @threshold and finite; O(n²) on all threads, 2 n² bytes. Errors: MEMORY, CANCELLED */
gboolean nerve_rips_keys_init  (NerveRipsKeys *self, const double *values, gsize n, double threshold,
                                const NerveProgress *progress, GError **error);
void     nerve_rips_keys_clear (NerveRipsKeys *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRipsKeys, nerve_rips_keys_clear)

static inline gsize
nerve_rips_index (gsize x, gsize y)
{
  return x > y ? x * (x - 1) / 2 + y : y * (y - 1) / 2 + x;
}

static inline const gint16 *
nerve_rips_keys_row (const NerveRipsKeys *self, gsize x)
{
  return self->rows + x * self->stride;
}

/* Is edge ab before edge cd? */
static inline gboolean
nerve_rips_keys_before (const NerveRipsKeys *self, guint32 a, guint32 b, guint32 c, guint32 d)
{
  gint16 first = nerve_rips_keys_row (self, a)[b];
  gint16 second = nerve_rips_keys_row (self, c)[d];
  gsize i, j;

  if (first != second)
    return first < second;

  i = nerve_rips_index (a, b);
  j = nerve_rips_index (c, d);

  return self->values[i] < self->values[j] || (self->values[i] == self->values[j] && i < j);
}

G_END_DECLS
