#include "mapper/nerve.h"

#include <stdlib.h>

#include "base/unionfind.h"

/* How many points each later set shares with the one at hand; zero but for those touched. */
typedef struct
{
  guint32 *shared;
  guint   *touched;
  guint    n_touched;
} Tally;

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return (x > y) - (x < y);
}

guint32 *
nerve_nerve_points (const guint32 *members, const gsize *offsets, guint n_sets, gsize n_points,
                    gsize **point_offsets)
{
  gsize *begins = g_new0 (gsize, n_points + 1);
  guint32 *sets = g_new (guint32, offsets[n_sets]);
  g_autofree gsize *next = NULL;

  for (gsize i = 0; i < offsets[n_sets]; i++)
    begins[members[i] + 1]++;
  for (gsize i = 0; i < n_points; i++)
    begins[i + 1] += begins[i];

  next = g_memdup2 (begins, (n_points + 1) * sizeof (gsize));
  for (guint set = 0; set < n_sets; set++)
    for (gsize i = offsets[set]; i < offsets[set + 1]; i++)
      sets[next[members[i]]++] = set;

  *point_offsets = begins;
  return sets;
}

static void
count_shared (Tally *tally, guint source, guint32 point, const guint32 *point_sets, const gsize *point_offsets)
{
  for (gsize i = point_offsets[point]; i < point_offsets[point + 1]; i++)
    {
      guint target = point_sets[i];

      if (target <= source)
        continue;
      if (tally->shared[target]++ == 0)
        tally->touched[tally->n_touched++] = target;
    }
}

/* Appends the edges from @source and empties the tally. */
static void
add_edges (GArray *edges, Tally *tally, guint source, const gsize *offsets, gsize min_shared)
{
  if (tally->n_touched > 1)
    qsort (tally->touched, tally->n_touched, sizeof (guint), compare_numbers);
  for (guint i = 0; i < tally->n_touched; i++)
    {
      guint target = tally->touched[i];
      gsize shared = tally->shared[target];
      gsize both = offsets[source + 1] - offsets[source] + offsets[target + 1] - offsets[target];
      NerveEdge edge = { source, target, shared, (double) shared / (both - shared) };

      if (shared >= min_shared)
        g_array_append_val (edges, edge);
      tally->shared[target] = 0;
    }
  tally->n_touched = 0;
}

GArray *
nerve_nerve_edges (const guint32 *members, const gsize *offsets, guint n_sets, const guint32 *point_sets,
                   const gsize *point_offsets, gsize min_shared, const NerveProgress *progress)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (NerveEdge));
  g_autofree guint32 *shared = g_new0 (guint32, n_sets);
  g_autofree guint *touched = g_new (guint, n_sets);
  Tally tally = { shared, touched, 0 };

  for (guint source = 0; source < n_sets; source++)
    {
      if (!nerve_progress_wanted (progress))
        return NULL;
      for (gsize i = offsets[source]; i < offsets[source + 1]; i++)
        count_shared (&tally, source, members[i], point_sets, point_offsets);
      add_edges (edges, &tally, source, offsets, min_shared);
    }

  return g_steal_pointer (&edges);
}

typedef struct
{
  guint size;
  guint first; /* its first set */
} Component;

static int
compare_components (gconstpointer a, gconstpointer b)
{
  const Component *x = a;
  const Component *y = b;

  if (x->size != y->size)
    return x->size > y->size ? -1 : 1;

  return (x->first > y->first) - (x->first < y->first);
}

guint
nerve_nerve_components (const NerveEdge *edges, guint n_edges, guint n_sets, guint *components)
{
  g_auto (NerveUnionFind) sets = { NULL, NULL, 0 };
  g_autofree Component *found = g_new (Component, n_sets);
  g_autofree guint *number = g_new (guint, n_sets); /* of the component whose root this is */
  guint n = 0;

  nerve_union_find_init (&sets, n_sets);
  for (guint e = 0; e < n_edges; e++)
    nerve_union_find_join (&sets, edges[e].source, edges[e].target);

  for (guint set = 0; set < n_sets; set++)
    number[set] = G_MAXUINT;
  for (guint set = 0; set < n_sets; set++)
    {
      guint32 root = nerve_union_find_find (&sets, set);

      if (number[root] == G_MAXUINT)
        {
          found[n] = (Component) { sets.size[root], set };
          number[root] = n++;
        }
    }

  if (n > 1)
    qsort (found, n, sizeof (Component), compare_components);
  for (guint c = 0; c < n; c++)
    number[nerve_union_find_find (&sets, found[c].first)] = c;
  for (guint set = 0; set < n_sets; set++)
    components[set] = number[nerve_union_find_find (&sets, set)];

  return n;
}
