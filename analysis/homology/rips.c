#include "homology/rips.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "homology/rips-apexes.h"
#include "homology/rips-check.h"
#include "homology/rips-forest.h"
#include "homology/rips-higher.h"
#include "homology/rips-higher-private.h"
#include "homology/rips-lunes.h"
#include "homology/rips-order.h"
#include "homology/rips-reduction.h"
#include "homology/rips-watch.h"

#define LEAST_WALK (16 * 1024)
#define MOST_WALK (64 * 1024)
#define WALKS 256 /* of all edges, if that keeps within the two above: threads wait for each other after each */
#define LEAST_SLICE (32 * 1024)
#define MOST_SLICE (1024 * 1024)
#define SLICES 16 /* of all edges, if that keeps within the two above */

static const NerveParameter parameters[] = {
  {
    .name = "max-dim",
    .label = N_("Highest dimension"),
    .help = N_("0: components only; 1: loops too; 2: voids as well, which takes far longer."),
    .type = NERVE_PARAMETER_INT,
    .offset = G_STRUCT_OFFSET (NerveRipsParameters, max_dimension),
    .initial = 1,
    .lower = 0,
    .upper = NERVE_RIPS_MOST_DIMENSIONS,
  },
  {
    .name = "threshold",
    .label = N_("Threshold"),
    .help = N_("Edges longer than this are left out; by default the enclosing radius, above which nothing changes."),
    .type = NERVE_PARAMETER_DOUBLE,
    .offset = G_STRUCT_OFFSET (NerveRipsParameters, threshold),
    .initial = NAN,
    .lower = 0,
    .upper = INFINITY,
    .automatic = "auto",
  },
};

const NerveParameterTable nerve_rips_table = {
  .name = "rips",
  .size = sizeof (NerveRipsParameters),
  .parameters = parameters,
  .n = G_N_ELEMENTS (parameters),
};

/* What H1 is computed from, and how far it is. */
typedef struct
{
  NerveRipsKeys      keys;
  NerveRipsGuides    guides;
  GArray            *forest;
  GArray            *births;
  NerveRipsOrder     order;
  NerveRipsLunes     lunes;
  NerveRipsReduction reduction;
  double            *deaths; /* of each birth; INFINITY: none yet */
  gsize              n_walked;

  const NerveRipsWatch *watch; /* or NULL */
} Rips;

static void
rips_clear (Rips *self)
{
  nerve_rips_keys_clear (&self->keys);
  nerve_rips_guides_clear (&self->guides);
  g_clear_pointer (&self->forest, g_array_unref);
  g_clear_pointer (&self->births, g_array_unref);
  nerve_rips_order_clear (&self->order);
  nerve_rips_lunes_clear (&self->lunes);
  nerve_rips_reduction_clear (&self->reduction);
  g_clear_pointer (&self->deaths, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rips, rips_clear)

static void
add_bar (GArray *bars, int dimension, double birth, double death)
{
  NerveBar bar = { dimension, birth, death };

  g_array_append_val (bars, bar);
}

static gboolean
find_births (Rips *self, const NerveDistances *distances, double threshold, const NerveProgress *progress,
             GError **error)
{
  NerveProgress keying = nerve_progress_part (progress, 0.0, 0.5);
  NerveProgress guiding = nerve_progress_part (progress, 0.5, 0.6);
  NerveProgress searching = nerve_progress_part (progress, 0.6, 1.0);
  gsize n = nerve_distances_get_n (distances);
  g_autoptr (GArray) bare = NULL;

  if (!nerve_rips_keys_init (&self->keys, nerve_distances_get_values (distances), n, threshold, &keying, error)
      || !nerve_rips_guides_init (&self->guides, &self->keys, &guiding, error))
    return FALSE;

  bare = nerve_rips_find_bare_edges (&self->keys, &self->guides, &searching, error);
  if (bare == NULL)
    return FALSE;
  self->forest = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));
  self->births = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));

  return nerve_rips_forest_part (bare, n, self->forest, self->births, &searching, error);
}

static NerveRipsState
get_state (Rips *self)
{
  return (NerveRipsState) {
    .n = self->keys.n,
    .keys = &self->keys,
    .forest = self->forest,
    .births = self->births,
    .reduction = &self->reduction,
  };
}

/* Walks the next of @edges, @n at most, and pairs what their lunes give. */
static gboolean
walk (Rips *self, const NerveRipsEdge *edges, gsize n, gsize *n_walked, const NerveProgress *progress, GError **error)
{
  const GArray *splits = self->lunes.splits;
  NerveRipsState state = get_state (self);

  if (!nerve_rips_lunes_walk (&self->lunes, edges, n, n_walked, progress, error))
    return FALSE;

  for (guint i = 0; i < splits->len && self->reduction.n_alive > 0; i++)
    {
      const NerveRipsSplit *split = &g_array_index (splits, NerveRipsSplit, i);
      const NerveRipsEdge *edge = &edges[split->edge];
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

/* Walks the slice until all births are paired. */
static gboolean
walk_slice (Rips *self, const NerveProgress *progress, GError **error)
{
  gsize most = CLAMP (self->keys.n_edges / WALKS, LEAST_WALK, MOST_WALK);
  gsize begin = 0;

  while (begin < self->order.n_edges && self->reduction.n_alive > 0)
    {
      gsize n = MIN (most, self->order.n_edges - begin);
      double n_edges = self->keys.n_edges;
      NerveProgress part = nerve_progress_part (progress, self->n_walked / n_edges, (self->n_walked + n) / n_edges);
      gsize n_walked;

      if (!walk (self, self->order.edges + begin, n, &n_walked, &part, error))
        return FALSE;
      begin += n_walked;
      self->n_walked += n_walked;
    }

  return TRUE;
}

/* How many edges to sort next: at first those up to the last birth, which have to be walked in any case. */
static gsize
choose_slice (const Rips *self)
{
  const NerveRipsKeys *keys = &self->keys;
  const NerveRipsEdge *last = &g_array_index (self->births, NerveRipsEdge, self->births->len - 1);
  guint last_key = nerve_rips_keys_row (keys, last->x)[last->y] - NERVE_RIPS_LEAST_KEY;
  gsize to_last = keys->below[last_key + 1];
  gsize some = CLAMP (keys->n_edges / SLICES, LEAST_SLICE, MOST_SLICE);

  if (to_last > self->n_walked)
    return MIN (to_last - self->n_walked, MIN (2 * some, MOST_SLICE));

  return some;
}

static gboolean
pair_births (Rips *self, const NerveProgress *progress, GError **error)
{
  NerveRipsState state = get_state (self);
  NerveRipsApexes apexes;

  if (self->births->len == 0)
    return TRUE;

  self->deaths = g_new (double, self->births->len);
  for (guint i = 0; i < self->births->len; i++)
    self->deaths[i] = INFINITY;
  apexes = nerve_rips_apexes_of_matrix (&self->guides);
  if (!nerve_rips_lunes_init (&self->lunes, &self->keys, &self->guides, error)
      || !nerve_rips_reduction_init (&self->reduction, &apexes, self->forest, self->births, progress, error))
    return FALSE;
  nerve_rips_order_init (&self->order, &self->keys);

  while (self->reduction.n_alive > 0)
    {
      double done = (double) self->n_walked / self->keys.n_edges;
      NerveProgress sorting = nerve_progress_part (progress, done, done);

      if (!nerve_rips_order_next (&self->order, choose_slice (self), &sorting, error))
        return FALSE;
      if (self->order.n_edges == 0)
        break;
      if (!walk_slice (self, progress, error))
        return FALSE;
    }

  return nerve_rips_watch_tell_essential (self->watch, &state, self->deaths, progress, error);
}

static void
add_components (GArray *bars, gsize n, gsize n_joined)
{
  for (gsize i = n_joined; i < n; i++)
    add_bar (bars, 0, 0.0, INFINITY);
}

static NerveDiagram *
compute_components (const NerveDistances *distances, double threshold, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_distances_get_n (distances);
  const double *values = nerve_distances_get_values (distances);
  g_autoptr (GArray) lengths = nerve_rips_forest_lengths (values, n, threshold, progress, error);
  GArray *bars;

  if (lengths == NULL)
    return NULL;

  bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  for (guint i = 0; i < lengths->len; i++)
    add_bar (bars, 0, 0.0, g_array_index (lengths, double, i));
  add_components (bars, n, lengths->len);

  return nerve_diagram_new_take (bars, 0);
}

static NerveDiagram *
compute_loops (const NerveDistances *distances, double threshold, int max_dimension, guint64 limit,
               const NerveRipsWatch *watch, const NerveProgress *progress, GError **error)
{
  double loops = max_dimension > 1 ? 0.1 : 1.0;
  NerveProgress finding = nerve_progress_part (progress, 0.0, 0.3 * loops);
  NerveProgress pairing = nerve_progress_part (progress, 0.3 * loops, loops);
  NerveProgress going_on = nerve_progress_part (progress, loops, 1.0);
  g_auto (Rips) self = { .watch = watch };
  NerveRipsState state;
  GArray *bars;
  gsize n;

  if (!find_births (&self, distances, threshold, &finding, error))
    return NULL;
  state = get_state (&self);
  if (!nerve_rips_watch_tell_start (watch, &state, &finding, error) || !pair_births (&self, &pairing, error))
    return NULL;

  bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  for (guint i = 0; i < self.forest->len; i++)
    add_bar (bars, 0, 0.0, g_array_index (self.forest, NerveRipsEdge, i).distance);
  add_components (bars, self.keys.n, self.forest->len);
  for (guint i = 0; i < self.births->len; i++)
    add_bar (bars, 1, g_array_index (self.births, NerveRipsEdge, i).distance, self.deaths[i]);
  n = self.keys.n;
  rips_clear (&self);
  self = (Rips) { 0 };
  if (max_dimension > 1
      && !nerve_rips_higher (nerve_distances_get_values (distances), n, threshold, max_dimension, bars, limit,
                             &going_on, error))
    {
      g_array_unref (bars);
      return NULL;
    }

  return nerve_diagram_new_take (bars, max_dimension);
}

/* NaN: the enclosing radius. */
static gboolean
find_threshold (const NerveDistances *distances, double *threshold, const NerveProgress *progress, GError **error)
{
  double radius;

  if (!nerve_rips_check (nerve_distances_get_values (distances), nerve_distances_get_n (distances), &radius, progress,
                         error))
    return FALSE;
  if (isnan (*threshold))
    *threshold = radius;

  return TRUE;
}

NerveDiagram *
nerve_rips (const NerveDistances *distances, const NerveRipsParameters *rips_parameters,
            const NerveProgress *progress, GError **error)
{
  return nerve_rips_within (distances, rips_parameters, 0, progress, error);
}

NerveDiagram *
nerve_rips_within (const NerveDistances *distances, const NerveRipsParameters *rips_parameters, guint64 limit,
                   const NerveProgress *progress, GError **error)
{
  NerveProgress checking = nerve_progress_part (progress, 0.0, 0.05);
  NerveProgress computing = nerve_progress_part (progress, 0.05, 1.0);
  double threshold;

  g_return_val_if_fail (distances != NULL, NULL);
  g_return_val_if_fail (rips_parameters != NULL, NULL);

  threshold = rips_parameters->threshold;
  if (!find_threshold (distances, &threshold, &checking, error))
    return NULL;
  if (rips_parameters->max_dimension == 0)
    return compute_components (distances, threshold, &computing, error);

  return compute_loops (distances, threshold, rips_parameters->max_dimension, limit, NULL, &computing, error);
}

NerveDiagram *
nerve_rips_watched (const NerveDistances *distances, double threshold, const NerveRipsWatch *watch,
                    const NerveProgress *progress, GError **error)
{
  NerveProgress checking = nerve_progress_part (progress, 0.0, 0.05);
  NerveProgress computing = nerve_progress_part (progress, 0.05, 1.0);

  g_return_val_if_fail (distances != NULL, NULL);
  g_return_val_if_fail (watch != NULL, NULL);

  if (!find_threshold (distances, &threshold, &checking, error))
    return NULL;

  return compute_loops (distances, threshold, 1, 0, watch, &computing, error);
}
