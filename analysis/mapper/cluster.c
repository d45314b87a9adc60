#include "mapper/cluster.h"

#include <glib/gi18n-lib.h>

#include "mapper/linkage.h"

#define PATIENCE (1 << 20) /* neighbours looked at between two questions to the progress: a few milliseconds */
#define LINKS 8  /* neighbours that a core point is joined with, if there are, before all are looked at */
#define AHEAD 8    /* members whose neighbours are fetched before they are asked for */
#define KEPT 32  /* neighbours of a point that are remembered, at most */

/* A member's seat is its place in the order of positions. */
typedef struct
{
  NerveNear                  near;
  const NerveClusterMembers *members;
  guint32                    first;    /* the members' positions */
  guint32                    last;
  gboolean                   has_all;  /* no other position lies between them */
  NerveClusterScratch       *scratch;
  const guint32             *seats;    /* by position, unless has_all */
  guint                      needed;   /* neighbours of a core point, itself not counted */
  guint                      most;     /* that are counted */
  guint32                   *degrees;  /* by seat, up to most */
  gsize                     *kept;     /* by seat: where its first neighbours stand in the scratch */
  gsize                      n_kept;
  guint32                   *parents;  /* by seat; NERVE_CLUSTER_OUTSIDE: no core point */
  gint32                    *numbers;  /* of clusters, by seat */
  gsize                      n_looked; /* at neighbours, since the progress was asked */
  const NerveProgress       *progress;
} Scan;

/* Of a point's neighbours, in each direction from its own position. */
typedef struct
{
  gsize    begin;
  gsize    split;
  gsize    end;
  gboolean is_sure; /* all are within eps */
} Shell;

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
find_root (guint32 *parents, guint32 seat)
{
  while (parents[seat] != seat)
    {
      parents[seat] = parents[parents[seat]];
      seat = parents[seat];
    }

  return seat;
}

static inline guint32
join (guint32 *parents, guint32 a, guint32 b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);

  return parents[MAX (a, b)] = MIN (a, b);
}

static inline gboolean
is_core (const Scan *scan, guint32 seat)
{
  return scan->parents[seat] != NERVE_CLUSTER_OUTSIDE;
}

/* Of the shells where all are within eps the largest comes first: where members are few among the neighbours, it has
 * enough of them in one place. */
static inline Shell
enter_shell (const Scan *scan, guint32 position, guint n_entered)
{
  const NerveNear *near = &scan->near;
  gboolean is_sure = n_entered < near->n_sure;
  gsize list = (is_sure ? near->n_sure - 1 - n_entered : n_entered) * near->n + position;

  return (Shell) { near->offsets[list], near->splits[list], near->offsets[list + 1], is_sure };
}

/* Where the first shells of a member to come begin: in a large graph far from where the last one's did. (A call would
 * be dropped as one without effect.) */
static inline __attribute__ ((always_inline)) void
fetch_ahead (const Scan *scan, gsize m)
{
  guint32 position = scan->members->positions[MIN (m + AHEAD, scan->members->n - 1)];

  if (scan->near.others == NULL) /* no pairs at all */
    return;
  for (guint entered = 0; entered < MIN (scan->near.n_shells, 2); entered++)
    {
      Shell shell = enter_shell (scan, position, entered);

      __builtin_prefetch (scan->near.others + shell.split);
      __builtin_prefetch (scan->near.others + (shell.split > 0 ? shell.split - 1 : 0));
      if (!shell.is_sure)
        __builtin_prefetch (scan->near.distances + shell.split);
    }
}

/* Of a neighbour whose position is one between the members'; NERVE_CLUSTER_OUTSIDE if it is none of them. */
static inline guint32
find_seat (const Scan *scan, gsize i)
{
  return scan->has_all ? scan->near.others[i] - scan->first : scan->seats[scan->near.others[i]];
}

static inline gboolean
is_near (const Scan *scan, const Shell *shell, gsize i)
{
  return shell->is_sure || scan->near.distances[i] <= scan->near.eps;
}

static inline guint32
get_component (const Scan *scan, gsize seat)
{
  return scan->near.components != NULL ? scan->near.components[scan->members->positions[seat]] : 0;
}

/* What is done with each member. */
typedef void (*Visit) (Scan *scan, guint32 seat);

static inline guint
count_kept (const Scan *scan, guint32 seat)
{
  return MIN (scan->degrees[seat], KEPT);
}

/* Whether those that were kept are all there are. */
static inline gboolean
is_complete (const Scan *scan, guint32 seat)
{
  return scan->degrees[seat] < scan->most && scan->degrees[seat] <= KEPT;
}

static inline void
keep_neighbour (const Scan *scan, const Shell *shell, gsize i, guint32 *kept, guint *degree)
{
  guint32 seat = find_seat (scan, i);

  if (seat == NERVE_CLUSTER_OUTSIDE || !is_near (scan, shell, i))
    return;
  if (*degree < KEPT)
    kept[*degree] = seat;
  ++*degree;
}

static void
count_neighbours (Scan *scan, guint32 seat)
{
  const guint32 *others = scan->near.others;
  guint32 *kept;
  guint degree = 0;

  if (scan->n_kept + KEPT > scan->scratch->n_kept)
    {
      scan->scratch->n_kept = 2 * (scan->n_kept + KEPT);
      scan->scratch->kept = g_renew (guint32, scan->scratch->kept, scan->scratch->n_kept);
    }
  scan->kept[seat] = scan->n_kept;
  kept = scan->scratch->kept + scan->n_kept;
  for (guint entered = 0; entered < scan->near.n_shells && degree < scan->most; entered++)
    {
      Shell shell = enter_shell (scan, scan->members->positions[seat], entered);
      gsize up;
      gsize down;

      for (up = shell.split; up < shell.end && others[up] <= scan->last && degree < scan->most; up++)
        keep_neighbour (scan, &shell, up, kept, &degree);
      for (down = shell.split; down > shell.begin && others[down - 1] >= scan->first && degree < scan->most; down--)
        keep_neighbour (scan, &shell, down - 1, kept, &degree);
      scan->n_looked += up - down;
    }
  scan->degrees[seat] = degree;
  scan->parents[seat] = degree >= scan->needed ? seat : NERVE_CLUSTER_OUTSIDE;
  scan->n_kept += count_kept (scan, seat);
}

static void
join_kept (Scan *scan, guint32 seat)
{
  const guint32 *kept = scan->scratch->kept + scan->kept[seat];

  if (!is_core (scan, seat))
    return;
  for (guint i = 0; i < count_kept (scan, seat); i++)
    if (is_core (scan, kept[i]) && scan->parents[kept[i]] != scan->parents[seat])
      join (scan->parents, seat, kept[i]);
}

/* Most neighbours are in the same cluster already: how far they are is not asked. */
static inline guint32
join_if_core (Scan *scan, const Shell *shell, gsize i, guint32 root)
{
  guint32 other = find_seat (scan, i);

  if (other == NERVE_CLUSTER_OUTSIDE || scan->parents[other] == root || !is_core (scan, other) ||
      !is_near (scan, shell, i))
    return root;

  return join (scan->parents, root, other);
}

/* No pair leaves a component, and of two clusters in one component at most one is the largest: what can still be
 * joined is so from the other's side. */
static void
join_rest (Scan *scan, guint32 seat)
{
  const guint32 *others = scan->near.others;
  guint32 root;

  if (!is_core (scan, seat) || is_complete (scan, seat))
    return;
  root = find_root (scan->parents, seat);
  if (root == find_root (scan->parents, scan->scratch->largest[get_component (scan, seat)]))
    return;

  for (guint entered = 0; entered < scan->near.n_shells; entered++)
    {
      Shell shell = enter_shell (scan, scan->members->positions[seat], entered);
      gsize up;
      gsize down;

      for (up = shell.split; up < shell.end && others[up] <= scan->last; up++)
        root = join_if_core (scan, &shell, up, root);
      for (down = shell.split; down > shell.begin && others[down - 1] >= scan->first; down--)
        root = join_if_core (scan, &shell, down - 1, root);
      scan->n_looked += up - down;
    }
}

static inline void
take_number (Scan *scan, guint32 seat, guint32 other)
{
  if (other == NERVE_CLUSTER_OUTSIDE || !is_core (scan, other))
    return;
  if (scan->numbers[seat] < 0 || scan->numbers[other] < scan->numbers[seat])
    scan->numbers[seat] = scan->numbers[other];
}

/* All neighbours of a border point have been counted, and they are few. */
static void
number_border (Scan *scan, guint32 seat)
{
  const guint32 *others = scan->near.others;
  const guint32 *kept = scan->scratch->kept + scan->kept[seat];

  if (is_core (scan, seat))
    return;
  for (guint i = 0; i < count_kept (scan, seat); i++)
    take_number (scan, seat, kept[i]);
  for (guint entered = 0; entered < scan->near.n_shells && !is_complete (scan, seat); entered++)
    {
      Shell shell = enter_shell (scan, scan->members->positions[seat], entered);

      for (gsize i = shell.begin; i < shell.end; i++)
        if (others[i] >= scan->first && others[i] <= scan->last && is_near (scan, &shell, i))
          take_number (scan, seat, find_seat (scan, i));
    }
}

static gboolean
visit_members (Scan *scan, Visit visit)
{
  for (gsize seat = 0; seat < scan->members->n; seat++)
    {
      fetch_ahead (scan, seat);
      visit (scan, seat);
      if (scan->n_looked > PATIENCE && !nerve_progress_wanted (scan->progress))
        return FALSE;
      scan->n_looked = scan->n_looked > PATIENCE ? 0 : scan->n_looked + 1;
    }

  return TRUE;
}

static void
find_largest (Scan *scan)
{
  gsize n = scan->members->n;
  g_autofree guint32 *sizes = g_new0 (guint32, n);

  for (gsize seat = 0; seat < n; seat++)
    if (is_core (scan, seat))
      sizes[scan->parents[seat] = find_root (scan->parents, seat)]++;
  for (gsize seat = 0; seat < n; seat++)
    scan->scratch->largest[get_component (scan, seat)] = NERVE_CLUSTER_OUTSIDE;
  for (gsize seat = 0; seat < n; seat++)
    {
      guint32 *largest = &scan->scratch->largest[get_component (scan, seat)];

      if (sizes[seat] > 0 && (*largest == NERVE_CLUSTER_OUTSIDE || sizes[seat] > sizes[*largest]))
        *largest = seat;
    }
}

/* In the order of rows. */
static guint32
find_own_seat (const Scan *scan, const guint32 *positions, gsize i)
{
  guint32 position = positions[scan->members->rows[i]];

  return scan->has_all ? position - scan->first : scan->seats[position];
}

static guint
number_clusters (Scan *scan, const guint32 *positions)
{
  guint n_clusters = 0;

  for (gsize seat = 0; seat < scan->members->n; seat++)
    scan->numbers[seat] = NERVE_CLUSTER_NOISE;
  for (gsize i = 0; i < scan->members->n; i++)
    {
      guint32 seat = find_own_seat (scan, positions, i);
      guint32 root = is_core (scan, seat) ? find_root (scan->parents, seat) : seat;

      if (is_core (scan, seat) && scan->numbers[root] == NERVE_CLUSTER_NOISE)
        scan->numbers[root] = n_clusters++;
      scan->numbers[seat] = scan->numbers[root];
    }

  return n_clusters;
}

static gboolean
scan_members (Scan *scan, const guint32 *positions, gint32 *labels, guint *n_clusters)
{
  if (!visit_members (scan, count_neighbours) || !visit_members (scan, join_kept))
    return FALSE;
  find_largest (scan);
  if (!visit_members (scan, join_rest))
    return FALSE;
  *n_clusters = number_clusters (scan, positions);
  if (!visit_members (scan, number_border))
    return FALSE;
  for (gsize i = 0; i < scan->members->n; i++)
    labels[i] = scan->numbers[find_own_seat (scan, positions, i)];

  return TRUE;
}

/* Single linkage up to eps is DBSCAN where every point is a core point. */
static gboolean
cluster_graph (const NerveClusterSettings *settings, const NerveNeighbours *graph, const NerveClusterMembers *members,
               NerveClusterScratch *scratch, gint32 *labels, guint *n_clusters, const NerveProgress *progress)
{
  guint needed = settings->clusterer == NERVE_CLUSTERER_DBSCAN ? settings->min_samples - 1 : 0;
  guint32 first = members->positions[0];
  guint32 last = members->positions[members->n - 1];
  gboolean has_all = last - first + 1 == members->n;
  g_autofree guint32 *degrees = g_new (guint32, members->n);
  g_autofree gsize *kept = g_new (gsize, members->n);
  g_autofree guint32 *parents = g_new (guint32, members->n);
  g_autofree gint32 *numbers = g_new (gint32, members->n);
  Scan scan = {
    nerve_neighbours_within (graph, settings->eps), members, first, last, has_all, scratch, scratch->seats, needed,
    MAX (needed, LINKS), degrees, kept, 0, parents, numbers, 0, progress,
  };
  gboolean done;

  for (gsize seat = 0; seat < members->n && !has_all; seat++)
    scratch->seats[members->positions[seat]] = seat;
  done = scan_members (&scan, nerve_neighbours_get_positions (graph), labels, n_clusters);
  for (gsize seat = 0; seat < members->n && !has_all; seat++)
    scratch->seats[members->positions[seat]] = NERVE_CLUSTER_OUTSIDE;

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
  *self = (NerveClusterScratch) { .seats = g_new (guint32, n), .largest = g_new (guint32, MAX (n, 1)) };
  for (gsize i = 0; i < n; i++)
    self->seats[i] = NERVE_CLUSTER_OUTSIDE;
}

void
nerve_cluster_scratch_clear (NerveClusterScratch *self)
{
  g_clear_pointer (&self->seats, g_free);
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
