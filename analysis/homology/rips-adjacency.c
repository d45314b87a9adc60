#include "homology/rips-adjacency.h"

#include <string.h>

#include "base/memory.h"
#include "homology/rips-order.h"

#define EDGES_PER_QUESTION (512 * 1024)

static gboolean
is_stopped (gsize i, const NerveProgress *progress)
{
  return i % EDGES_PER_QUESTION == EDGES_PER_QUESTION - 1 && !nerve_progress_wanted (progress);
}

static gboolean
count_neighbours (NerveRipsAdjacency *self, const NerveProgress *progress)
{
  for (gsize i = 0; i < self->n_edges; i++)
    {
      self->begins[self->edges[i].x + 1]++;
      self->begins[self->edges[i].y + 1]++;
      if (is_stopped (i, progress))
        return FALSE;
    }
  for (gsize i = 0; i < self->n; i++)
    self->begins[i + 1] += self->begins[i];

  return TRUE;
}

static gboolean
list_neighbours (NerveRipsAdjacency *self, const NerveProgress *progress)
{
  g_autofree gsize *next = g_memdup2 (self->begins, (self->n + 1) * sizeof (gsize));

  for (gsize i = 0; i < self->n_edges; i++)
    {
      const NerveRipsEdge *edge = &self->edges[i];

      self->neighbours[next[edge->x]++] = (NerveRipsNeighbour) { edge->y, i };
      self->neighbours[next[edge->y]++] = (NerveRipsNeighbour) { edge->x, i };
      if (is_stopped (i, progress))
        return FALSE;
    }

  return TRUE;
}

gboolean
nerve_rips_adjacency_init (NerveRipsAdjacency *self, NerveRipsEdge *edges, gsize n_edges, gsize n,
                           const NerveProgress *progress, GError **error)
{
  g_return_val_if_fail (n_edges <= NERVE_RIPS_MOST_EDGES, FALSE);

  memset (self, 0, sizeof *self);
  self->n = n;
  self->n_edges = n_edges;
  self->edges = edges;
  self->begins = g_new0 (gsize, n + 1);
  if (!nerve_rips_sort (edges, n_edges, progress) || !count_neighbours (self, progress))
    {
      nerve_rips_adjacency_clear (self);
      return nerve_progress_set_cancelled (error);
    }

  self->neighbours = nerve_memory_new (2 * n_edges, sizeof (NerveRipsNeighbour), "the neighbours of each point", error);
  if (self->neighbours == NULL || !list_neighbours (self, progress))
    {
      gboolean is_cancelled = self->neighbours != NULL;

      nerve_rips_adjacency_clear (self);
      return is_cancelled && nerve_progress_set_cancelled (error);
    }

  return TRUE;
}

void
nerve_rips_adjacency_clear (NerveRipsAdjacency *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->begins, g_free);
  g_clear_pointer (&self->neighbours, g_free);
  self->n_edges = 0;
}

guint32
nerve_rips_adjacency_find (const NerveRipsAdjacency *self, guint32 x, guint32 y)
{
  gboolean has_x_fewer = self->begins[x + 1] - self->begins[x] < self->begins[y + 1] - self->begins[y];
  guint32 wanted = has_x_fewer ? y : x;
  const NerveRipsNeighbour *neighbour = self->neighbours + self->begins[has_x_fewer ? x : y];

  while (neighbour->point != wanted)
    neighbour++;

  return neighbour->rank;
}
