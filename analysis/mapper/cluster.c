#include "mapper/cluster.h"

#include <glib/gi18n-lib.h>

#include "mapper/linkage.h"

#define PATIENCE (1 << 20) /* neighbours looked at between two questions to the progress: a few milliseconds */
#define LINKS 8  /* neighbours that a core point is joined with, if there are, before all are looked at */
#define KEPT 32  /* neighbours of a point that are remembered, at most */

typedef struct
{
  NerveNear                  near;
  const NerveClusterMembers *members;
  guint32                    first;    /* the members' positions */
  guint32                    last;
  NerveClusterScratch       *scratch;
  const guint32             *places;   /* position → place among the members' rows */
  guint                      needed;   /* neighbours of a core point, itself not counted */
  guint                      most;     /* that are counted */
  guint32                   *degrees;  /* by place, up to most */
  gsize                     *kept;     /* by place: where its first neighbours stand in the scratch */
  gsize                      n_kept;
  guint32                   *parents;  /* by place; a root is the first of its cluster */
  gint32                    *labels;
  gsize                      n_looked; /* at neighbours, since the progress was asked */
  const NerveProgress       *progress;
} Scan;

/* On its way through the neighbours of a point: in each shell from its own position up, then down, no farther than
 * members go. */
typedef struct
{
  gsize lists;     /* where its offsets and splits stand */
  guint n_entered; /* shells */
  gsize up;
  gsize end;
  gsize down;
  gsize begin;
} Walk;

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

static inline gboolean
is_core (const Scan *scan, guint32 place)
{
  return scan->degrees[place] >= scan->needed;
}

static inline Walk
walk_from (const Scan *scan, guint32 position)
{
  return (Walk) { .lists = position * (gsize) scan->near.stride };
}

/* Of the shells where all are within eps the largest comes first: where members are few among the neighbours, it has
 * enough of them in one place. */
static inline void
enter_shell (const NerveNear *near, Walk *walk)
{
  gsize shell = walk->lists + (walk->n_entered < near->n_sure ? near->n_sure - 1 - walk->n_entered : walk->n_entered);

  walk->begin = near->offsets[shell];
  walk->down = walk->up = near->splits[shell];
  walk->end = near->offsets[shell + 1];
  walk->n_entered++;
}

/* NERVE_CLUSTER_OUTSIDE if it is no member within eps */
static inline guint32
find_place (const Scan *scan, const Walk *walk, gsize i)
{
  const NerveNear *near = &scan->near;

  return walk->n_entered <= near->n_sure || near->distances[i] <= near->eps ? scan->places[near->others[i]]
                                                                            : NERVE_CLUSTER_OUTSIDE;
}

/* The place of the next neighbour that is a member within eps; NERVE_CLUSTER_OUTSIDE: none. */
static inline guint32
find_next (Scan *scan, Walk *walk)
{
  const guint32 *others = scan->near.others;

  for (;;)
    {
      guint32 place = NERVE_CLUSTER_OUTSIDE;

      while (place == NERVE_CLUSTER_OUTSIDE && walk->up < walk->end && others[walk->up] <= scan->last)
        place = find_place (scan, walk, walk->up++);
      while (place == NERVE_CLUSTER_OUTSIDE && walk->down > walk->begin && others[walk->down - 1] >= scan->first)
        place = find_place (scan, walk, --walk->down);
      if (place != NERVE_CLUSTER_OUTSIDE || walk->n_entered == scan->near.n_shells)
        return place;
      scan->n_looked += walk->up - walk->down;
      enter_shell (&scan->near, walk);
    }
}

static inline guint32
get_component (const Scan *scan, guint32 position)
{
  return scan->near.components != NULL ? scan->near.components[position] : 0;
}

/* What is done with each member. */
typedef void (*Visit) (Scan *scan, guint32 position, guint32 own);

static inline guint
count_kept (const Scan *scan, guint32 place)
{
  return MIN (scan->degrees[place], KEPT);
}

/* Whether those that were kept are all there are. */
static inline gboolean
is_complete (const Scan *scan, guint32 place)
{
  return scan->degrees[place] < scan->most && scan->degrees[place] <= KEPT;
}

static void
count_neighbours (Scan *scan, guint32 position, guint32 own)
{
  Walk walk = walk_from (scan, position);
  guint32 *kept;
  guint32 degree = 0;
  guint32 other;

  if (scan->n_kept + KEPT > scan->scratch->n_kept)
    {
      scan->scratch->n_kept = 2 * (scan->n_kept + KEPT);
      scan->scratch->kept = g_renew (guint32, scan->scratch->kept, scan->scratch->n_kept);
    }
  scan->kept[own] = scan->n_kept;
  kept = scan->scratch->kept + scan->n_kept;
  while (degree < scan->most && (other = find_next (scan, &walk)) != NERVE_CLUSTER_OUTSIDE)
    {
      if (degree < KEPT)
        kept[degree] = other;
      degree++;
    }
  scan->degrees[own] = degree;
  scan->n_kept += count_kept (scan, own);
}

static void
join_kept (Scan *scan, guint32 position, guint32 own)
{
  const guint32 *kept = scan->scratch->kept + scan->kept[own];

  if (!is_core (scan, own))
    return;
  for (guint i = 0; i < count_kept (scan, own); i++)
    if (is_core (scan, kept[i]) && scan->parents[kept[i]] != scan->parents[own])
      join (scan->parents, own, kept[i]);
}

/* No pair leaves a component, and of two clusters in one component at most one is the largest: what can still be
 * joined is so from the other's side. */
static void
join_rest (Scan *scan, guint32 position, guint32 own)
{
  Walk walk = walk_from (scan, position);
  guint32 largest = scan->scratch->largest[get_component (scan, position)];
  guint32 other;

  if (!is_core (scan, own) || is_complete (scan, own) ||
      find_root (scan->parents, own) == find_root (scan->parents, largest))
    return;
  while ((other = find_next (scan, &walk)) != NERVE_CLUSTER_OUTSIDE)
    if (is_core (scan, other) && scan->parents[other] != scan->parents[own])
      join (scan->parents, own, other);
}

/* All neighbours of a border point have been counted, and they are few. */
static void
label_border (Scan *scan, guint32 position, guint32 own)
{
  Walk walk = walk_from (scan, position);
  const guint32 *kept = scan->scratch->kept + scan->kept[own];

  if (is_core (scan, own))
    return;
  for (guint32 i = 0; i < scan->degrees[own]; i++)
    {
      guint32 other = is_complete (scan, own) ? kept[i] : find_next (scan, &walk);

      if (is_core (scan, other) && (scan->labels[own] < 0 || scan->labels[other] < scan->labels[own]))
        scan->labels[own] = scan->labels[other];
    }
}

static gboolean
visit_members (Scan *scan, Visit visit)
{
  const NerveClusterMembers *members = scan->members;

  for (gsize m = 0; m < members->n; m++)
    {
      visit (scan, members->positions[m], scan->places[members->positions[m]]);
      if (scan->n_looked > PATIENCE && !nerve_progress_wanted (scan->progress))
        return FALSE;
      scan->n_looked = scan->n_looked > PATIENCE ? 0 : scan->n_looked + 1;
    }

  return TRUE;
}

static void
find_largest (Scan *scan)
{
  const NerveClusterMembers *members = scan->members;
  g_autofree guint32 *sizes = g_new0 (guint32, members->n);

  for (gsize place = 0; place < members->n; place++)
    if (is_core (scan, place))
      sizes[find_root (scan->parents, place)]++;
  for (gsize m = 0; m < members->n; m++)
    scan->scratch->largest[get_component (scan, members->positions[m])] = NERVE_CLUSTER_OUTSIDE;
  for (gsize m = 0; m < members->n; m++)
    {
      guint32 place = scan->places[members->positions[m]];
      guint32 *largest = &scan->scratch->largest[get_component (scan, members->positions[m])];

      if (sizes[place] > 0 && (*largest == NERVE_CLUSTER_OUTSIDE || sizes[place] > sizes[*largest]))
        *largest = place;
    }
}

static guint
number_clusters (Scan *scan)
{
  guint n_clusters = 0;

  for (gsize place = 0; place < scan->members->n; place++)
    if (!is_core (scan, place))
      scan->labels[place] = NERVE_CLUSTER_NOISE;
    else if (scan->parents[place] == place)
      scan->labels[place] = n_clusters++;
    else
      scan->labels[place] = scan->labels[find_root (scan->parents, place)];

  return n_clusters;
}

static gboolean
scan_members (Scan *scan, guint *n_clusters)
{
  if (!visit_members (scan, count_neighbours) || !visit_members (scan, join_kept))
    return FALSE;
  find_largest (scan);
  if (!visit_members (scan, join_rest))
    return FALSE;
  *n_clusters = number_clusters (scan);

  return visit_members (scan, label_border);
}

/* Single linkage up to eps is DBSCAN where every point is a core point. */
static gboolean
cluster_graph (const NerveClusterSettings *settings, const NerveNeighbours *graph, const NerveClusterMembers *members,
               NerveClusterScratch *scratch, gint32 *labels, guint *n_clusters, const NerveProgress *progress)
{
  guint needed = settings->clusterer == NERVE_CLUSTERER_DBSCAN ? settings->min_samples - 1 : 0;
  g_autofree guint32 *degrees = g_new (guint32, members->n);
  g_autofree gsize *kept = g_new (gsize, members->n);
  g_autofree guint32 *parents = g_new (guint32, members->n);
  Scan scan = {
    nerve_neighbours_within (graph, settings->eps), members, members->positions[0], members->positions[members->n - 1],
    scratch, scratch->places, needed, MAX (needed, LINKS), degrees, kept, 0, parents, labels, 0, progress,
  };
  gboolean done;

  for (gsize i = 0; i < members->n; i++)
    {
      scratch->places[nerve_neighbours_get_positions (graph)[members->rows[i]]] = i;
      parents[i] = i;
    }
  done = scan_members (&scan, n_clusters);
  for (gsize i = 0; i < members->n; i++)
    scratch->places[members->positions[i]] = NERVE_CLUSTER_OUTSIDE;

  return done;
}

gboolean
nerve_cluster_needs_graph (const NerveClusterSettings *settings)
{
  return settings->clusterer == NERVE_CLUSTERER_DBSCAN || settings->cut == NERVE_CUT_EPS;
}

void
nerve_cluster_scratch_init (NerveClusterScratch *self, gsize n)
{
  *self = (NerveClusterScratch) { .places = g_new (guint32, n), .largest = g_new (guint32, MAX (n, 1)) };
  for (gsize i = 0; i < n; i++)
    self->places[i] = NERVE_CLUSTER_OUTSIDE;
}

void
nerve_cluster_scratch_clear (NerveClusterScratch *self)
{
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->largest, g_free);
  g_clear_pointer (&self->kept, g_free);
}

gboolean
nerve_cluster (const NerveClusterSettings *settings, const NerveNeighbours *graph, const NerveCloud *cloud,
               const NerveDistances *distances, double unit, const NerveClusterMembers *members,
               NerveClusterScratch *scratch, gint32 *labels, guint *n_clusters, const NerveProgress *progress)
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

  return cluster_graph (settings, graph, members, scratch, labels, n_clusters, progress);
}
