#include "homology/rips-higher-graph.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/unionfind.h"
#include "homology/rips-order.h"
#include "homology/rips-target.h"

#define PAIRS_PER_QUESTION (1024 * 1024)
#define EDGES_PER_QUESTION (256 * 1024)
#define BLOCK 16 /* points */

static gboolean
list_edges (NerveRipsGraph *self, const double *values, double threshold, const NerveProgress *progress)
{
  gsize work = 0;

  for (gsize x = 1; x < self->n; x++)
    {
      for (gsize y = 0; y < x; y++)
        {
          /* Adding zero makes a negative zero positive: sorting looks at the bits. */
          double distance = values[nerve_rips_index (x, y)] + 0.0;

          if (distance <= threshold && !isinf (distance))
            self->edges[self->n_edges++] = (NerveRipsEdge) { distance, x, y };
        }
      work += x;
      if (work < PAIRS_PER_QUESTION)
        continue;
      work = 0;
      if (!nerve_progress_wanted (progress))
        return FALSE;
    }

  return TRUE;
}

static gboolean
clear_ranks (NerveRipsGraph *self, const NerveProgress *progress)
{
  gsize rows_at_once = PAIRS_PER_QUESTION / self->n + 1;

  for (gsize x = 0; x < self->n; x += rows_at_once)
    {
      gsize n_rows = MIN (rows_at_once, self->n - x);

      memset (self->ranks + x * self->n, 0xff, n_rows * self->n * sizeof *self->ranks);
      if (!nerve_progress_wanted (progress))
        return FALSE;
    }

  return TRUE;
}

static gboolean
rank_edges (NerveRipsGraph *self, const NerveProgress *progress)
{
  g_auto (NerveUnionFind) components = { 0 };

  nerve_union_find_init (&components, self->n);
  for (gsize i = 0; i < self->n_edges; i++)
    {
      const NerveRipsEdge *edge = &self->edges[i];

      self->ranks[edge->x * self->n + edge->y] = i;
      self->ranks[edge->y * self->n + edge->x] = i;
      self->joins[i] = nerve_union_find_join (&components, edge->x, edge->y);
      if (i % EDGES_PER_QUESTION == EDGES_PER_QUESTION - 1 && !nerve_progress_wanted (progress))
        return FALSE;
    }

  return TRUE;
}

gboolean
nerve_rips_graph_init (NerveRipsGraph *self, const double *values, gsize n, double threshold,
                       NerveMemoryBudget *budget, const NerveProgress *progress, GError **error)
{
  g_autofree char *what = g_strdup_printf ("the edges and triangles of %" G_GSIZE_FORMAT " points", n);
  gsize n_pairs = n * (n - MIN (n, 1)) / 2;
  gsize n_bytes = n_pairs * (sizeof *self->edges + sizeof *self->joins) + n * n * sizeof *self->ranks;
  gsize n_sorting = n_pairs * sizeof *self->edges;

  memset (self, 0, sizeof *self);
  self->n = n;
  if (n_pairs >= NERVE_RIPS_NO_RANK)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                   "%" G_GSIZE_FORMAT " points have too many edges for dimension 2 and above", n);
      return FALSE;
    }
  /* Twice the edges while they are sorted. */
  if (!nerve_memory_check (n_bytes + n_sorting, 1, what, error))
    return FALSE;
  if (!nerve_memory_budget_take (budget, n_bytes + n_sorting))
    return nerve_memory_budget_refuse (budget, what, "fewer points or a lower dimension", error);

  self->edges = nerve_memory_take (n_pairs, sizeof *self->edges);
  self->ranks = nerve_memory_take (n * n, sizeof *self->ranks);
  self->joins = nerve_memory_take (n_pairs, sizeof *self->joins);
  if (!list_edges (self, values, threshold, progress) || !nerve_rips_sort (self->edges, self->n_edges, progress)
      || !clear_ranks (self, progress) || !rank_edges (self, progress))
    return nerve_progress_set_cancelled (error);
  nerve_memory_budget_give (budget, n_sorting);

  return TRUE;
}

typedef guint32 Block __attribute__ ((vector_size (BLOCK * sizeof (guint32))));

typedef struct
{
  const guint32 *rows[NERVE_RIPS_MOST_VERTICES];
  guint          n_rows;
  guint32        rank;
  guint32        least;
  guint32        span;
  guint32       *ranks;
  guint32       *found;
  gsize          n;
  gsize          n_found;
} Cofaces;

NERVE_RIPS_TARGET_INLINE guint32
rank_coface (const Cofaces *self, gsize v)
{
  guint32 rank = MAX (self->rank, self->rows[0][v]);

  for (guint i = 1; i < self->n_rows; i++)
    rank = MAX (rank, self->rows[i][v]);

  return rank;
}

NERVE_RIPS_TARGET_INLINE void
note_coface (Cofaces *self, gsize v, guint32 rank)
{
  self->ranks[self->n_found] = rank;
  self->found[self->n_found] = v;
  self->n_found += rank - self->least <= self->span;
}

/* In most blocks there is nothing to be found. */
NERVE_RIPS_TARGET_INLINE void
find_cofaces_body (Cofaces *self)
{
  gsize v = 0;

  for (; v + BLOCK <= self->n; v += BLOCK)
    {
      Block ranks = self->rank - (Block) { 0 };
      Block found;
      guint32 any = 0;

      for (guint i = 0; i < self->n_rows; i++)
        {
          Block row;
          Block is_greater;

          memcpy (&row, self->rows[i] + v, sizeof row);
          is_greater = (Block) (row > ranks);
          ranks = (row & is_greater) | (ranks & ~is_greater);
        }
      found = (Block) (ranks - self->least <= self->span);
      for (guint k = 0; k < BLOCK; k++)
        any |= found[k];
      for (guint k = 0; k < BLOCK && any != 0; k++)
        note_coface (self, v + k, ranks[k]);
    }
  for (; v < self->n; v++)
    note_coface (self, v, rank_coface (self, v));
}

NERVE_RIPS_TARGET_CLONES (find_cofaces, (Cofaces *self), (self))

gsize
nerve_rips_graph_find_cofaces (const NerveRipsGraph *self, const guint *points, guint n_points, guint32 rank,
                               guint32 least, guint32 most, guint32 *found, guint32 *ranks)
{
  Cofaces cofaces = {
    .n_rows = n_points, .rank = rank, .least = least, .span = most - least, .ranks = ranks, .found = found,
    .n = self->n,
  };

  for (guint i = 0; i < n_points; i++)
    cofaces.rows[i] = nerve_rips_graph_row (self, points[i]);
  find_cofaces (&cofaces);

  return cofaces.n_found;
}

void
nerve_rips_graph_clear (NerveRipsGraph *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_pointer (&self->joins, g_free);
}
