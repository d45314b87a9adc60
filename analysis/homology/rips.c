#include "homology/rips.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "homology/rips-check.h"
#include "homology/rips-forest.h"
#include "homology/rips-lunes.h"
#include "homology/rips-order.h"
#include "homology/rips-reduction.h"

#define EDGES_PER_WALK (16 * 1024)
#define LEAST_SLICE (32 * 1024)
#define MOST_SLICE (2 * 1024 * 1024)
#define SLICES 16 /* of all edges, if that keeps within the two above */

static const NerveParameter parameters[] = {
  {
    .name = "max-dim",
    .label = N_("Highest dimension"),
    .help = N_("0: components only; 1: loops too."),
    .type = NERVE_PARAMETER_INT,
    .offset = G_STRUCT_OFFSET (NerveRipsParameters, max_dimension),
    .initial = 1,
    .lower = 0,
    .upper = 1,
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

/* What H1 is computed from, and the bars found so far. */
typedef struct
{
  NerveRipsKeys      keys;
  NerveRipsGuides    guides;
  GArray            *forest;
  GArray            *births;
  NerveRipsOrder     order;
  NerveRipsLunes     lunes;
  NerveRipsReduction reduction;
  GArray            *bars;
  gsize              n_walked;
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
  g_clear_pointer (&self->bars, g_array_unref);
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
  nerve_rips_forest_part (bare, n, &self->forest, &self->births);

  return TRUE;
}

/* Walks edges [begin, end) of the slice and pairs what their lunes give. */
static gboolean
walk (Rips *self, gsize begin, gsize end, const NerveProgress *progress, GError **error)
{
  const NerveRipsEdge *edges = self->order.edges + begin;

  if (!nerve_rips_lunes_walk (&self->lunes, edges, end - begin, progress, error))
    return FALSE;

  for (guint i = 0; i < self->lunes.columns->len && self->reduction.n_alive > 0; i++)
    {
      const NerveRipsColumn *column = &g_array_index (self->lunes.columns, NerveRipsColumn, i);
      const NerveRipsEdge *edge = &edges[column->edge];
      gint64 birth;

      if (!nerve_rips_reduction_add (&self->reduction, edge, column->a, column->b, &birth, progress, error))
        return FALSE;
      if (birth != NERVE_RIPS_NO_BIRTH)
        add_bar (self->bars, 1, g_array_index (self->births, NerveRipsEdge, birth).distance, edge->distance);
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
    return MIN (to_last - self->n_walked, MOST_SLICE);

  return some;
}

static gboolean
pair_births (Rips *self, const NerveProgress *progress, GError **error)
{
  if (!nerve_rips_lunes_init (&self->lunes, &self->keys, &self->guides, error))
    return FALSE;
  nerve_rips_order_init (&self->order, &self->keys);
  nerve_rips_reduction_init (&self->reduction, &self->keys, &self->guides, self->forest, self->births);

  while (self->reduction.n_alive > 0)
    {
      double done = (double) self->n_walked / self->keys.n_edges;
      NerveProgress sorting = nerve_progress_part (progress, done, done);

      if (!nerve_rips_order_next (&self->order, choose_slice (self), &sorting, error))
        return FALSE;
      if (self->order.n_edges == 0)
        break;

      for (gsize begin = 0; begin < self->order.n_edges && self->reduction.n_alive > 0; begin += EDGES_PER_WALK)
        {
          gsize end = MIN (begin + EDGES_PER_WALK, self->order.n_edges);
          NerveProgress walking = nerve_progress_part (progress, (double) self->n_walked / self->keys.n_edges,
                                                       (double) (self->n_walked + end - begin) / self->keys.n_edges);

          if (!walk (self, begin, end, &walking, error))
            return FALSE;
          self->n_walked += end - begin;
        }
    }

  for (guint32 i = 0; i < self->births->len; i++)
    if (nerve_rips_reduction_is_alive (&self->reduction, i))
      add_bar (self->bars, 1, g_array_index (self->births, NerveRipsEdge, i).distance, INFINITY);

  return TRUE;
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
compute_loops (const NerveDistances *distances, double threshold, const NerveProgress *progress, GError **error)
{
  NerveProgress finding = nerve_progress_part (progress, 0.0, 0.3);
  NerveProgress pairing = nerve_progress_part (progress, 0.3, 1.0);
  g_auto (Rips) self = { .bars = g_array_new (FALSE, FALSE, sizeof (NerveBar)) };

  if (!find_births (&self, distances, threshold, &finding, error))
    return NULL;

  for (guint i = 0; i < self.forest->len; i++)
    add_bar (self.bars, 0, 0.0, g_array_index (self.forest, NerveRipsEdge, i).distance);
  add_components (self.bars, self.keys.n, self.forest->len);
  if (self.births->len > 0 && !pair_births (&self, &pairing, error))
    return NULL;

  return nerve_diagram_new_take (g_steal_pointer (&self.bars), 1);
}

NerveDiagram *
nerve_rips (const NerveDistances *distances, const NerveRipsParameters *rips_parameters,
            const NerveProgress *progress, GError **error)
{
  NerveProgress checking = nerve_progress_part (progress, 0.0, 0.05);
  NerveProgress computing = nerve_progress_part (progress, 0.05, 1.0);
  gsize n;
  double threshold;

  g_return_val_if_fail (distances != NULL, NULL);
  g_return_val_if_fail (rips_parameters != NULL, NULL);

  n = nerve_distances_get_n (distances);
  if (!nerve_rips_check (nerve_distances_get_values (distances), n, &threshold, &checking, error))
    return NULL;
  if (!isnan (rips_parameters->threshold))
    threshold = rips_parameters->threshold;

  if (rips_parameters->max_dimension == 0)
    return compute_components (distances, threshold, &computing, error);

  return compute_loops (distances, threshold, &computing, error);
}
