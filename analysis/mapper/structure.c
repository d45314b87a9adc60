#include "mapper/structure.h"

#include <stdlib.h>
#include <string.h>

#include "mapper/communities.h"

typedef struct
{
  guint *nodes;
  guint  n;
} Flare;

struct _NerveStructure
{
  gatomicrefcount ref_count;
  guint           n_nodes;
  guint          *offsets;    /* n_nodes + 1 */
  guint          *others;     /* ascending */
  guint           n_cycles;
  guint           n_leaves;
  GArray         *flares;
  guint          *communities;
  guint           n_communities;
  double          modularity;
};

static void
flare_clear (gpointer data)
{
  g_free (((Flare *) data)->nodes);
}

static void
find_neighbours (NerveStructure *self, const NerveEdge *edges, guint n_edges)
{
  g_autofree guint *next = NULL;

  self->offsets = g_new0 (guint, self->n_nodes + 1);
  self->others = g_new (guint, 2 * n_edges);
  for (guint e = 0; e < n_edges; e++)
    {
      self->offsets[edges[e].source + 1]++;
      self->offsets[edges[e].target + 1]++;
    }
  for (guint i = 0; i < self->n_nodes; i++)
    self->offsets[i + 1] += self->offsets[i];

  /* Edges stand by source, then target: first the lower neighbours of a node come, then the higher ones. */
  next = g_memdup2 (self->offsets, (self->n_nodes + 1) * sizeof (guint));
  for (guint e = 0; e < n_edges; e++)
    self->others[next[edges[e].target]++] = edges[e].source;
  for (guint e = 0; e < n_edges; e++)
    self->others[next[edges[e].source]++] = edges[e].target;
}

/* From @leaf inward; NULL if no branching node is met. */
static guint *
follow (const NerveStructure *self, guint leaf, guint *n)
{
  g_autofree guint *way = g_new (guint, self->n_nodes);
  guint previous = leaf;
  guint node = leaf;

  *n = 0;
  while (nerve_structure_get_degree (self, node) <= 2)
    {
      const guint *others = self->others + self->offsets[node];
      guint next = others[0];

      if (nerve_structure_get_degree (self, node) == 2 && next == previous)
        next = others[1];
      way[(*n)++] = node;
      if (node != leaf && nerve_structure_get_degree (self, node) == 1)
        return NULL;
      previous = node;
      node = next;
    }

  return g_memdup2 (way, *n * sizeof (guint));
}

static int
compare_flares (gconstpointer a, gconstpointer b)
{
  const Flare *x = a;
  const Flare *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;

  return (x->nodes[0] > y->nodes[0]) - (x->nodes[0] < y->nodes[0]);
}

static void
find_flares (NerveStructure *self)
{
  self->flares = g_array_new (FALSE, FALSE, sizeof (Flare));
  g_array_set_clear_func (self->flares, flare_clear);
  for (guint node = 0; node < self->n_nodes; node++)
    {
      Flare flare;

      if (nerve_structure_get_degree (self, node) != 1)
        continue;
      self->n_leaves++;
      flare.nodes = follow (self, node, &flare.n);
      if (flare.nodes != NULL)
        g_array_append_val (self->flares, flare);
    }
  g_array_sort (self->flares, compare_flares);
}

NerveStructure *
nerve_structure_new (const NerveMapper *mapper)
{
  NerveStructure *self = g_new0 (NerveStructure, 1);
  const NerveEdge *edges = nerve_mapper_get_edges (mapper);
  guint n_edges = nerve_mapper_get_n_edges (mapper);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_nodes = nerve_mapper_get_n_nodes (mapper);
  find_neighbours (self, edges, n_edges);
  self->n_cycles = n_edges + nerve_mapper_get_n_components (mapper) - self->n_nodes;
  find_flares (self);
  self->communities = g_new (guint, self->n_nodes);
  self->n_communities = nerve_communities_find (edges, n_edges, self->n_nodes, self->communities, &self->modularity);

  return self;
}

NerveStructure *
nerve_structure_ref (NerveStructure *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
nerve_structure_unref (NerveStructure *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->offsets);
  g_free (self->others);
  g_array_unref (self->flares);
  g_free (self->communities);
  g_free (self);
}

guint
nerve_structure_get_n_cycles (const NerveStructure *self)
{
  return self->n_cycles;
}

guint
nerve_structure_get_n_leaves (const NerveStructure *self)
{
  return self->n_leaves;
}

guint
nerve_structure_get_degree (const NerveStructure *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, 0);

  return self->offsets[node + 1] - self->offsets[node];
}

guint
nerve_structure_get_n_flares (const NerveStructure *self)
{
  return self->flares->len;
}

const guint *
nerve_structure_get_flare (const NerveStructure *self, guint flare, guint *n)
{
  g_return_val_if_fail (flare < self->flares->len, NULL);

  *n = g_array_index (self->flares, Flare, flare).n;

  return g_array_index (self->flares, Flare, flare).nodes;
}

guint
nerve_structure_get_n_communities (const NerveStructure *self)
{
  return self->n_communities;
}

guint
nerve_structure_get_community (const NerveStructure *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, 0);

  return self->communities[node];
}

double
nerve_structure_get_modularity (const NerveStructure *self)
{
  return self->modularity;
}

guint *
nerve_structure_find_path (const NerveStructure *self, guint from, guint to, guint *n)
{
  g_autofree guint *steps = g_new (guint, self->n_nodes); /* to @to, plus one; 0: not reached */
  g_autofree guint *queue = g_new (guint, self->n_nodes);
  guint *path;
  guint head = 0;
  guint tail = 0;

  g_return_val_if_fail (from < self->n_nodes && to < self->n_nodes, NULL);

  memset (steps, 0, self->n_nodes * sizeof (guint));
  steps[to] = 1;
  queue[tail++] = to;
  while (head < tail && steps[from] == 0)
    {
      guint node = queue[head++];

      for (guint i = self->offsets[node]; i < self->offsets[node + 1]; i++)
        if (steps[self->others[i]] == 0)
          {
            steps[self->others[i]] = steps[node] + 1;
            queue[tail++] = self->others[i];
          }
    }
  *n = steps[from];
  if (*n == 0)
    return NULL;

  path = g_new (guint, *n);
  path[0] = from;
  for (guint i = 1; i < *n; i++)
    {
      guint k = self->offsets[path[i - 1]];

      /* Nodes not reached have 0, which is no step of a way. */
      while (steps[self->others[k]] != steps[path[i - 1]] - 1)
        k++;
      path[i] = self->others[k];
    }

  return path;
}
