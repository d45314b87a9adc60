#include "mapper/cluster.h"

#include <glib/gi18n-lib.h>

#include "mapper/linkage.h"

#define PATIENCE (1 << 20) /* neighbours looked at between two questions to the progress: a few milliseconds */

typedef struct
{
  const NerveClusterSettings *settings;
  const NerveNeighbours      *graph;
  const NerveClusterMembers  *members;
  const guint32              *places;  /* position → place among the members' rows */
  guint                       needed;  /* neighbours of a core point, itself not counted */
  guint32                    *degrees; /* by place */
  guint32                    *parents; /* by place; a root is the first of its cluster */
  GArray                     *borders; /* pairs of places: of a border point and of a core point near it */
  gint32                     *labels;
  const NerveProgress        *progress;
} Scan;

const NerveChoice nerve_cluster_choices[] = {
  { "dbscan", N_("DBSCAN") },
  { "single-linkage", N_("Single linkage") },
  { NULL, NULL },
};

const NerveChoice nerve_cut_choices[] = {
  { "eps", N_("At ε") },
  { "first-gap", N_("First gap") },
  { "histogram-gap", N_("Gap in the histogram") },
  { NULL, NULL },
};

static inline guint32
find_root (guint32 *parents, guint32 place)
{
  while (parents[place] != place)
    {
      parents[place] = parents[parents[place]];
      place = parents[place];
    }

  return place;
}

static inline void
join (guint32 *parents, guint32 a, guint32 b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);
  if (a < b)
    parents[b] = a;
  else
    parents[a] = b;
}

/* Neighbours within eps among the members. */
static gboolean
count_neighbours (Scan *scan)
{
  const NerveClusterMembers *members = scan->members;
  double eps = scan->settings->eps;
  guint32 last = members->positions[members->n - 1];
  gsize looked = 0;

  for (gsize m = 0; m < members->n; m++)
    {
      guint32 own = scan->places[members->positions[m]];
      const double *distances;
      gsize n;
      const guint32 *others = nerve_neighbours_get (scan->graph, members->positions[m], &n, &distances);
      guint32 degree = 0;

      for (gsize i = 0; i < n && others[i] <= last; i++)
        {
          guint32 place = scan->places[others[i]];
          guint32 near = distances[i] <= eps && place != NERVE_CLUSTER_OUTSIDE;

          degree += near;
          if (near)
            scan->degrees[place]++;
        }
      scan->degrees[own] += degree;
      looked += n;
      if (looked > PATIENCE && !nerve_progress_wanted (scan->progress))
        return FALSE;
      looked = looked > PATIENCE ? 0 : looked;
    }

  return TRUE;
}

static void
add_border (Scan *scan, guint32 border, guint32 core)
{
  guint32 pair[] = { border, core };

  g_array_append_vals (scan->borders, pair, 2);
}

static void
join_neighbours (Scan *scan, guint32 position, guint32 last)
{
  guint32 own = scan->places[position];
  gboolean is_core = scan->degrees[own] >= scan->needed;
  double eps = scan->settings->eps;
  const double *distances;
  gsize n;
  const guint32 *others = nerve_neighbours_get (scan->graph, position, &n, &distances);

  for (gsize i = 0; i < n && others[i] <= last; i++)
    {
      guint32 place = scan->places[others[i]];
      gboolean other_core;

      if (place == NERVE_CLUSTER_OUTSIDE || distances[i] > eps)
        continue;
      other_core = scan->degrees[place] >= scan->needed;
      if (is_core && other_core)
        {
          if (scan->parents[own] != scan->parents[place])
            join (scan->parents, own, place);
        }
      else if (is_core)
        add_border (scan, place, own);
      else if (other_core)
        add_border (scan, own, place);
    }
}

static gboolean
join_members (Scan *scan)
{
  const NerveClusterMembers *members = scan->members;
  guint32 last = members->positions[members->n - 1];

  for (gsize m = 0; m < members->n; m++)
    {
      join_neighbours (scan, members->positions[m], last);
      if (m % 4096 == 4095 && !nerve_progress_wanted (scan->progress))
        return FALSE;
    }

  return TRUE;
}

static guint
number_clusters (Scan *scan)
{
  guint n_clusters = 0;

  for (gsize place = 0; place < scan->members->n; place++)
    if (scan->degrees[place] < scan->needed)
      scan->labels[place] = NERVE_CLUSTER_NOISE;
    else if (scan->parents[place] == place)
      scan->labels[place] = n_clusters++;
    else
      scan->labels[place] = scan->labels[find_root (scan->parents, place)];

  for (guint i = 0; i < scan->borders->len; i += 2)
    {
      gint32 *label = &scan->labels[g_array_index (scan->borders, guint32, i)];
      gint32 other = scan->labels[g_array_index (scan->borders, guint32, i + 1)];

      *label = *label < 0 ? other : MIN (*label, other);
    }

  return n_clusters;
}

/* Single linkage up to eps is DBSCAN where every point is a core point. */
static gboolean
cluster_graph (const NerveClusterSettings *settings, const NerveNeighbours *graph, const NerveClusterMembers *members,
               guint32 *places, gint32 *labels, guint *n_clusters, const NerveProgress *progress)
{
  guint needed = settings->clusterer == NERVE_CLUSTERER_DBSCAN ? settings->min_samples - 1 : 0;
  g_autofree guint32 *degrees = g_new0 (guint32, members->n);
  g_autofree guint32 *parents = g_new (guint32, members->n);
  g_autoptr (GArray) borders = g_array_new (FALSE, FALSE, sizeof (guint32));
  Scan scan = { settings, graph, members, places, needed, degrees, parents, borders, labels, progress };
  gboolean done;

  for (gsize i = 0; i < members->n; i++)
    {
      places[nerve_neighbours_get_positions (graph)[members->rows[i]]] = i;
      parents[i] = i;
    }
  done = (needed == 0 || count_neighbours (&scan)) && join_members (&scan);
  if (done)
    *n_clusters = number_clusters (&scan);
  for (gsize i = 0; i < members->n; i++)
    places[members->positions[i]] = NERVE_CLUSTER_OUTSIDE;

  return done;
}

gboolean
nerve_cluster_needs_graph (const NerveClusterSettings *settings)
{
  return settings->clusterer == NERVE_CLUSTERER_DBSCAN || settings->cut == NERVE_CUT_EPS;
}

gboolean
nerve_cluster (const NerveClusterSettings *settings, const NerveNeighbours *graph, const NerveCloud *cloud,
               const NerveDistances *distances, double unit, const NerveClusterMembers *members, guint32 *places,
               gint32 *labels, guint *n_clusters, const NerveProgress *progress)
{
  gsize fewest = settings->clusterer == NERVE_CLUSTERER_DBSCAN ? settings->min_samples : 1;

  *n_clusters = 0;
  for (gsize i = 0; i < members->n; i++)
    labels[i] = NERVE_CLUSTER_NOISE;
  if (members->n < fewest)
    return TRUE;

  if (!nerve_cluster_needs_graph (settings))
    return nerve_linkage (cloud, distances, unit, members->rows, members->n, settings->cut, settings->gap,
                          settings->bins, labels, n_clusters, progress);

  return cluster_graph (settings, graph, members, places, labels, n_clusters, progress);
}
