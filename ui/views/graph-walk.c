#include "config.h"

#include "views/graph-walk.h"

GArray *
nerve_graph_walk_component (const NerveMapper *mapper, guint node)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint component = nerve_mapper_get_component (mapper, node);

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    if (nerve_mapper_get_component (mapper, i) == component)
      g_array_append_val (nodes, i);

  return nodes;
}

/* Distances to @to along edges, relaxed over the edge list until nothing changes. */
static guint *
distances_to (const NerveMapper *mapper, guint to)
{
  const NerveEdge *edges = nerve_mapper_get_edges (mapper);
  guint n_edges = nerve_mapper_get_n_edges (mapper);
  guint n = nerve_mapper_get_n_nodes (mapper);
  guint *distances = g_new (guint, n);
  gboolean changed = TRUE;

  for (guint i = 0; i < n; i++)
    distances[i] = n;
  distances[to] = 0;

  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < n_edges; i++)
        {
          guint *a = &distances[edges[i].source];
          guint *b = &distances[edges[i].target];
          guint best = MIN (*a, *b) + 1;

          if (*a > best || *b > best)
            {
              *a = MIN (*a, best);
              *b = MIN (*b, best);
              changed = TRUE;
            }
        }
    }

  return distances;
}

GArray *
nerve_graph_walk_path (const NerveMapper *mapper, guint from, guint to)
{
  g_autofree guint *distances = distances_to (mapper, to);
  const NerveEdge *edges = nerve_mapper_get_edges (mapper);
  GArray *path = g_array_new (FALSE, FALSE, sizeof (guint));
  guint node = from;

  if (distances[from] >= nerve_mapper_get_n_nodes (mapper))
    {
      g_array_append_val (path, to);
      return path;
    }

  g_array_append_val (path, node);
  while (node != to)
    for (guint i = 0; i < nerve_mapper_get_n_edges (mapper); i++)
      {
        guint other = edges[i].source == node ? edges[i].target : edges[i].source;

        if ((edges[i].source == node || edges[i].target == node) && distances[other] + 1 == distances[node])
          {
            node = other;
            g_array_append_val (path, node);
            break;
          }
      }

  return path;
}
