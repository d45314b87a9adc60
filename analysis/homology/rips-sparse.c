#include "homology/rips-sparse.h"

#include <math.h>

#include "base/unionfind.h"
#include "homology/rips-adjacency.h"
#include "homology/rips-forest.h"
#include "homology/rips-order.h"
#include "homology/rips-reduction.h"
#include "homology/rips-sparse-lunes.h"
#include "homology/rips-watch.h"

#define LEAST_SLICE (128 * 1024) /* edges walked at once */
#define EDGES_PER_POINT 8        /* of a slice: a point's edges are laid out once for each */
#define EDGES_PER_QUESTION (256 * 1024)
#define APEX_COST 16

typedef struct
{
  NerveRipsAdjacency   adjacency;
  NerveRipsSparseLunes lunes;
  NerveRipsReduction   reduction;
  GArray              *forest;
  GArray              *births;
  double              *deaths; /* of each birth; INFINITY: none yet */

  const NerveRipsWatch *watch; /* or NULL */
} Sparse;

static void
sparse_clear (Sparse *self)
{
  nerve_rips_adjacency_clear (&self->adjacency);
  nerve_rips_sparse_lunes_clear (&self->lunes);
  nerve_rips_reduction_clear (&self->reduction);
  g_clear_pointer (&self->forest, g_array_unref);
  g_clear_pointer (&self->births, g_array_unref);
  g_clear_pointer (&self->deaths, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sparse, sparse_clear)

static guint32
find_apex (gconstpointer data, guint32 x, guint32 y)
{
  const NerveRipsSparseLunes *lunes = data;

  return lunes->apexes[nerve_rips_adjacency_find (lunes->adjacency, x, y)];
}

/* Only these join components or give birth to loops. */
static GArray *
list_bare_edges (const Sparse *self, const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));

  for (gsize i = 0; i < self->adjacency.n_edges; i++)
    {
      if (self->lunes.apexes[i] == NERVE_RIPS_NO_APEX)
        g_array_append_val (bare, self->adjacency.edges[i]);
      if (i % EDGES_PER_QUESTION == EDGES_PER_QUESTION - 1 && !nerve_progress_check (progress, error))
        return NULL;
    }

  return g_steal_pointer (&bare);
}

static gboolean
find_births (Sparse *self, NerveRipsEdge *edges, gsize n_edges, gsize n, const NerveProgress *progress, GError **error)
{
  NerveProgress sorting = nerve_progress_part (progress, 0.0, 0.5);
  NerveProgress searching = nerve_progress_part (progress, 0.5, 1.0);
  g_autoptr (GArray) bare = NULL;

  if (!nerve_rips_adjacency_init (&self->adjacency, edges, n_edges, n, &sorting, error)
      || !nerve_rips_sparse_lunes_init (&self->lunes, &self->adjacency, &searching, error))
    return FALSE;
  bare = list_bare_edges (self, progress, error);
  if (bare == NULL)
    return FALSE;

  self->forest = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));
  self->births = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));

  return nerve_rips_forest_part (bare, n, self->forest, self->births, progress, error);
}

static NerveRipsState
get_state (Sparse *self)
{
  return (NerveRipsState) {
    .n = self->adjacency.n,
    .adjacency = &self->adjacency,
    .forest = self->forest,
    .births = self->births,
    .reduction = &self->reduction,
  };
}

static gboolean
pair_splits (Sparse *self, const NerveProgress *progress, GError **error)
{
  const GArray *splits = self->lunes.splits;
  NerveRipsState state = get_state (self);

  for (guint i = 0; i < splits->len && self->reduction.n_alive > 0; i++)
    {
      const NerveRipsSplit *split = &g_array_index (splits, NerveRipsSplit, i);
      const NerveRipsEdge *edge = &self->adjacency.edges[split->edge];
      gint64 birth;

      if (!nerve_rips_reduction_add (&self->reduction, edge, split->a, split->b, &birth, progress, error))
        return FALSE;
      if (birth == NERVE_RIPS_NO_BIRTH)
        continue;
      self->deaths[birth] = edge->distance;
      if (!nerve_rips_watch_tell_pair (self->watch, &state, birth, edge, progress, error))
        return FALSE;
    }

  return TRUE;
}

/* Walks the edges until all births are paired. */
static gboolean
pair_births (Sparse *self, const NerveProgress *progress, GError **error)
{
  NerveRipsApexes apexes = { find_apex, &self->lunes, APEX_COST };
  gsize slice = MAX (LEAST_SLICE, EDGES_PER_POINT * self->adjacency.n);
  gsize n_edges = self->adjacency.n_edges;
  NerveRipsState state = get_state (self);

  self->deaths = g_new (double, self->births->len);
  for (guint i = 0; i < self->births->len; i++)
    self->deaths[i] = INFINITY;
  if (!nerve_rips_reduction_init (&self->reduction, &apexes, self->forest, self->births, progress, error))
    return FALSE;

  for (gsize begin = 0; begin < n_edges && self->reduction.n_alive > 0; begin += slice)
    {
      gsize end = MIN (begin + slice, n_edges);
      NerveProgress walking = nerve_progress_part (progress, (double) begin / n_edges, (double) end / n_edges);
      NerveProgress pairing = nerve_progress_part (progress, (double) end / n_edges, (double) end / n_edges);

      if (!nerve_rips_sparse_lunes_walk (&self->lunes, end, &walking, error) || !pair_splits (self, &pairing, error))
        return FALSE;
    }

  return nerve_rips_watch_tell_essential (self->watch, &state, self->deaths, progress, error);
}

static void
add_components (GArray *bars, const GArray *forest, gsize n)
{
  NerveBar bar = { 0, 0.0, INFINITY };

  for (gsize i = forest->len; i < n; i++)
    g_array_append_val (bars, bar);
  for (guint i = 0; i < forest->len; i++)
    {
      bar.death = g_array_index (forest, NerveRipsEdge, i).distance;
      g_array_append_val (bars, bar);
    }
}

static gboolean
join_components (const NerveRipsEdge *edges, gsize n_edges, gsize n, GArray *forest, const NerveProgress *progress,
                 GError **error)
{
  g_auto (NerveUnionFind) components = { 0 };

  nerve_union_find_init (&components, n);
  for (gsize i = 0; i < n_edges && forest->len + 1 < n; i++)
    {
      if (nerve_union_find_join (&components, edges[i].x, edges[i].y))
        g_array_append_val (forest, edges[i]);
      if (i % EDGES_PER_QUESTION == EDGES_PER_QUESTION - 1 && !nerve_progress_check (progress, error))
        return FALSE;
    }

  return TRUE;
}

static NerveDiagram *
compute_components (NerveRipsEdge *edges, gsize n_edges, gsize n, const NerveProgress *progress, GError **error)
{
  g_autofree NerveRipsEdge *owned = edges;
  g_autoptr (GArray) forest = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));
  GArray *bars;

  if (!nerve_rips_sort (owned, n_edges, progress))
    {
      nerve_progress_set_cancelled (error);
      return NULL;
    }
  if (!join_components (owned, n_edges, n, forest, progress, error))
    return NULL;

  bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  add_components (bars, forest, n);

  return nerve_diagram_new_take (bars, 0);
}

static NerveDiagram *
compute_loops (Sparse *self, NerveRipsEdge *edges, gsize n_edges, gsize n, const NerveProgress *progress,
               GError **error)
{
  NerveProgress finding = nerve_progress_part (progress, 0.0, 0.4);
  NerveProgress pairing = nerve_progress_part (progress, 0.4, 1.0);
  NerveRipsState state;
  GArray *bars;

  if (!find_births (self, edges, n_edges, n, &finding, error))
    return NULL;
  state = get_state (self);
  if (!nerve_rips_watch_tell_start (self->watch, &state, &finding, error) || !pair_births (self, &pairing, error))
    return NULL;

  bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  add_components (bars, self->forest, n);
  for (guint i = 0; i < self->births->len; i++)
    {
      NerveBar bar = { 1, g_array_index (self->births, NerveRipsEdge, i).distance, self->deaths[i] };

      g_array_append_val (bars, bar);
    }

  return nerve_diagram_new_take (bars, 1);
}

NerveDiagram *
nerve_rips_sparse (NerveRipsEdge *edges, gsize n_edges, gsize n, int max_dimension, const NerveProgress *progress,
                   GError **error)
{
  g_auto (Sparse) self = { 0 };

  g_return_val_if_fail (max_dimension <= 1, NULL);

  if (max_dimension == 0)
    return compute_components (edges, n_edges, n, progress, error);

  return compute_loops (&self, edges, n_edges, n, progress, error);
}

NerveDiagram *
nerve_rips_sparse_watched (NerveRipsEdge *edges, gsize n_edges, gsize n, const NerveRipsWatch *watch,
                           const NerveProgress *progress, GError **error)
{
  g_auto (Sparse) self = { .watch = watch };

  return compute_loops (&self, edges, n_edges, n, progress, error);
}
