#include "mapper/graph-walk.h"

#include "mapper/structure.h"

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

GArray *
nerve_graph_walk_path (const NerveMapper *mapper, guint from, guint to)
{
  g_autoptr (NerveStructure) structure = nerve_structure_new (mapper);
  GArray *path = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;
  g_autofree guint *nodes = nerve_structure_find_path (structure, from, to, &n);

  if (nodes != NULL)
    g_array_append_vals (path, nodes, n);
  else
    g_array_append_val (path, to);

  return path;
}

GArray *
nerve_graph_walk_community (const NerveMapper *mapper, guint node)
{
  g_autoptr (NerveStructure) structure = nerve_structure_new (mapper);
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint community = nerve_structure_get_community (structure, node);

  for (guint i = 0; i < nerve_mapper_get_n_nodes (mapper); i++)
    if (nerve_structure_get_community (structure, i) == community)
      g_array_append_val (nodes, i);

  return nodes;
}
