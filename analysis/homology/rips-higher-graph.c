#include "homology/rips-higher-graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/unionfind.h"

#define EDGES_PER_SORT (64 * 1024)

static int
compare_edges (const NerveRipsRanked *first, const NerveRipsRanked *second)
{
  if (first->distance != second->distance)
    return first->distance < second->distance ? -1 : 1;
  if (first->x != second->x)
    return first->x < second->x ? -1 : 1;

  return first->y < second->y ? -1 : first->y > second->y;
}

static int
compare_pointers (gconstpointer a, gconstpointer b)
{
  return compare_edges (a, b);
}

static void
merge (const NerveRipsRanked *a, gsize n_a, const NerveRipsRanked *b, gsize n_b, NerveRipsRanked *out)
{
  const NerveRipsRanked *a_end = a + n_a;
  const NerveRipsRanked *b_end = b + n_b;

  while (a < a_end && b < b_end)
    *out++ = compare_edges (b, a) < 0 ? *b++ : *a++;
  memcpy (out, a, (a_end - a) * sizeof *a);
  memcpy (out + (a_end - a), b, (b_end - b) * sizeof *b);
}

/* In pieces, so that one can stop in between. */
static gboolean
sort_edges (NerveRipsGraph *self, const NerveProgress *progress, GError **error)
{
  gsize n = self->n_edges;
  NerveRipsRanked *other = nerve_memory_new (n, sizeof *other, "sorting the edges", error);

  if (other == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i += EDGES_PER_SORT)
    if (nerve_progress_wanted (progress))
      qsort (self->edges + i, MIN (EDGES_PER_SORT, n - i), sizeof *other, compare_pointers);
  for (gsize width = EDGES_PER_SORT; width < n; width *= 2)
    {
      for (gsize i = 0; i < n && nerve_progress_wanted (progress); i += 2 * width)
        {
          gsize left = MIN (width, n - i);

          merge (self->edges + i, left, self->edges + i + left, MIN (width, n - i - left), other + i);
        }
      memcpy (self->edges, other, n * sizeof *other);
    }
  g_free (other);

  return nerve_progress_check (progress, error);
}

static void
list_edges (NerveRipsGraph *self, const double *values, double threshold)
{
  for (gsize x = 1; x < self->n; x++)
    for (gsize y = 0; y < x; y++)
      {
        double distance = values[x * (x - 1) / 2 + y];

        if (distance <= threshold && !isinf (distance))
          self->edges[self->n_edges++] = (NerveRipsRanked) { distance, x, y };
      }
}

static void
rank_edges (NerveRipsGraph *self)
{
  g_auto (NerveUnionFind) components = { 0 };

  nerve_union_find_init (&components, self->n);
  memset (self->ranks, 0xff, self->n * self->n * sizeof *self->ranks);
  for (gsize i = 0; i < self->n_edges; i++)
    {
      const NerveRipsRanked *edge = &self->edges[i];

      self->ranks[edge->x * self->n + edge->y] = i;
      self->ranks[edge->y * self->n + edge->x] = i;
      self->joins[i] = nerve_union_find_join (&components, edge->x, edge->y);
    }
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

  self->edges = g_new (NerveRipsRanked, n_pairs);
  self->ranks = g_new (guint32, n * n);
  self->joins = g_new (guint8, n_pairs);
  list_edges (self, values, threshold);
  if (!sort_edges (self, progress, error))
    return FALSE;
  rank_edges (self);

  return nerve_progress_check (progress, error);
}

void
nerve_rips_graph_clear (NerveRipsGraph *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_pointer (&self->joins, g_free);
}
