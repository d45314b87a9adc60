#include "mapper/cluster.h"

#include <glib/gi18n-lib.h>

#define PATIENCE (1 << 20) /* neighbours looked at between two questions to the progress: a few milliseconds */
#define WAITING  G_MAXINT32 /* a member that no cluster has reached so far */

typedef struct
{
  const NerveNeighbours *neighbours;
  double                 eps;
  guint                  min_samples;
  gint32                *labels;
  guint32               *stack;
  gsize                  depth;
  const NerveProgress   *progress;
  gsize                  looked;
} Scan;

typedef gboolean (*ClusterFunc) (Scan *scan, const guint32 *members, gsize n_members, guint *n_clusters);

static gboolean
has_patience (Scan *scan)
{
  if (scan->looked < PATIENCE)
    return TRUE;
  scan->looked = 0;

  return nerve_progress_wanted (scan->progress);
}

static gboolean
is_core (Scan *scan, guint32 point)
{
  const double *distances;
  gsize n;
  const guint32 *others = nerve_neighbours_get (scan->neighbours, point, &n, &distances);
  guint found = 1;
  gsize i;

  for (i = 0; i < n && found < scan->min_samples; i++)
    found += scan->labels[others[i]] != NERVE_CLUSTER_OUTSIDE && distances[i] <= scan->eps;
  scan->looked += i;

  return found >= scan->min_samples;
}

/* Takes what waits within eps of a core point into its cluster. */
static void
reach_neighbours (Scan *scan, guint32 point, gint32 cluster)
{
  const double *distances;
  gsize n;
  const guint32 *others = nerve_neighbours_get (scan->neighbours, point, &n, &distances);

  for (gsize i = 0; i < n; i++)
    if (scan->labels[others[i]] == WAITING && distances[i] <= scan->eps)
      {
        scan->labels[others[i]] = cluster;
        scan->stack[scan->depth++] = others[i];
      }
  scan->looked += n;
}

static gboolean
grow_cluster (Scan *scan, guint32 seed, gint32 cluster)
{
  scan->labels[seed] = cluster;
  scan->stack[scan->depth++] = seed;

  while (scan->depth > 0)
    {
      guint32 point = scan->stack[--scan->depth];

      if (is_core (scan, point))
        reach_neighbours (scan, point, cluster);
      if (!has_patience (scan))
        return FALSE;
    }

  return TRUE;
}

static gboolean
cluster_dbscan (Scan *scan, const guint32 *members, gsize n_members, guint *n_clusters)
{
  for (gsize i = 0; i < n_members; i++)
    {
      guint32 point = members[i];

      if (scan->labels[point] == WAITING && is_core (scan, point) &&
          !grow_cluster (scan, point, (*n_clusters)++))
        return FALSE;
      if (!has_patience (scan))
        return FALSE;
    }

  for (gsize i = 0; i < n_members; i++)
    if (scan->labels[members[i]] == WAITING)
      scan->labels[members[i]] = NERVE_CLUSTER_NOISE;

  return TRUE;
}

/* A new clusterer is a line in each of these two. */
const NerveChoice nerve_cluster_choices[] = {
  { "dbscan", N_("DBSCAN") },
  { NULL, NULL },
};

static const ClusterFunc cluster_funcs[] = {
  cluster_dbscan,
};

G_STATIC_ASSERT (G_N_ELEMENTS (cluster_funcs) + 1 == G_N_ELEMENTS (nerve_cluster_choices));

gboolean
nerve_cluster (NerveClusterer clusterer, const NerveNeighbours *neighbours, double eps, guint min_samples,
               const guint32 *members, gsize n_members, gint32 *labels, guint *n_clusters,
               const NerveProgress *progress)
{
  g_autofree guint32 *stack = g_new (guint32, n_members);
  Scan scan = { neighbours, eps, min_samples, labels, stack, 0, progress, 0 };

  g_return_val_if_fail (clusterer < G_N_ELEMENTS (cluster_funcs), FALSE);
  g_return_val_if_fail (eps <= nerve_neighbours_get_eps (neighbours), FALSE);

  *n_clusters = 0;
  for (gsize i = 0; i < n_members; i++)
    labels[members[i]] = WAITING;

  return cluster_funcs[clusterer] (&scan, members, n_members, n_clusters);
}
