#include "homology/rips-higher-graph.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/unionfind.h"
#include "homology/rips-order.h"

#define PAIRS_PER_QUESTION (1024 * 1024)
#define EDGES_PER_QUESTION (256 * 1024)

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
                       const NerveProgress *progress, GError **error)
{
  g_autofree char *what = g_strdup_printf ("the edges and triangles of %" G_GSIZE_FORMAT " points", n);
  gsize n_pairs = n * (n - MIN (n, 1)) / 2;

  memset (self, 0, sizeof *self);
  self->n = n;
  if (n_pairs >= NERVE_RIPS_NO_RANK)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                   "%" G_GSIZE_FORMAT " points have too many edges for dimension 2 and above", n);
      return FALSE;
    }
  /* Twice the edges while they are sorted, and the ranks. */
  if (!nerve_memory_check (n_pairs, 2 * sizeof *self->edges + 2 * sizeof *self->ranks + 1, what, error))
    return FALSE;

  self->edges = nerve_memory_take (n_pairs, sizeof *self->edges);
  self->ranks = nerve_memory_take (n * n, sizeof *self->ranks);
  self->joins = nerve_memory_take (n_pairs, sizeof *self->joins);
  if (!list_edges (self, values, threshold, progress) || !nerve_rips_sort (self->edges, self->n_edges, progress)
      || !clear_ranks (self, progress) || !rank_edges (self, progress))
    return nerve_progress_set_cancelled (error);

  return TRUE;
}

void
nerve_rips_graph_clear (NerveRipsGraph *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_pointer (&self->joins, g_free);
}
