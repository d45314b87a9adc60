#include "layers/rtd.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/quantile.h"
#include "homology/rips-apexes.h"
#include "homology/rips-bare.h"
#include "homology/rips-lunes.h"
#include "homology/rips-order.h"
#include "homology/rips-reduction.h"

#define SHARE .9
#define EDGES_PER_WALK (4 * 1024)
#define EDGES_PER_SLICE (32 * 1024)

/* One order of the two clouds: the cones are over the first one's edges. */
typedef struct
{
  const GArray      *cones;
  guint              next;   /* of the cones */
  NerveRipsReduction reduction;
  double            *deaths; /* of each birth */
} Side;

typedef struct
{
  NerveDistances *nearer; /* min (R₁, R₂) */
  NerveRipsKeys   keys;
  NerveRipsGuides guides;
  GArray         *births; /* NerveRipsEdge */
  NerveRipsOrder  order;
  NerveRipsLunes  lunes;
  Side            sides[2];
} Pair;

static void
pair_clear (Pair *self)
{
  for (guint k = 0; k < 2; k++)
    {
      nerve_rips_reduction_clear (&self->sides[k].reduction);
      g_free (self->sides[k].deaths);
    }
  nerve_rips_lunes_clear (&self->lunes);
  nerve_rips_order_clear (&self->order);
  g_clear_pointer (&self->births, g_array_unref);
  nerve_rips_guides_clear (&self->guides);
  nerve_rips_keys_clear (&self->keys);
  g_clear_pointer (&self->nearer, nerve_distances_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

gboolean
nerve_rtd_unit (const NerveDistances *distances, double *out, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_distances_get_n (distances);
  gsize n_pairs = n > 0 ? n * (n - 1) / 2 : 0;
  g_autofree double *all = NULL;

  *out = 0;
  if (n == 0)
    return TRUE;
  if (!nerve_distances_is_finite (distances))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "RTD needs finite distances; some points can't be reached");
      return FALSE;
    }

  all = nerve_memory_new ((guint64) n * n, sizeof (double), "a matrix of distances", error);
  if (all == NULL)
    return FALSE;
  memcpy (all, nerve_distances_get_values (distances), n_pairs * sizeof (double));
  memcpy (all + n_pairs, nerve_distances_get_values (distances), n_pairs * sizeof (double));
  memset (all + 2 * n_pairs, 0, n * sizeof (double));

  return nerve_quantile (all, n * n, SHARE, out, progress) || nerve_progress_set_cancelled (error);
}

gboolean
nerve_rtd_cloud_init (NerveRtdCloud *self, NerveDistances *distances, const NerveProgress *progress, GError **error)
{
  g_auto (NerveRipsKeys) keys = { 0 };
  g_auto (NerveRipsGuides) guides = { 0 };

  *self = (NerveRtdCloud) { nerve_distances_ref (distances), nerve_distances_enclosing_radius (distances), NULL };
  if (!nerve_rips_keys_init (&keys, nerve_distances_get_values (distances), nerve_distances_get_n (distances),
                             self->radius, progress, error) ||
      !nerve_rips_guides_init (&guides, &keys, progress, error))
    return FALSE;
  self->cones = nerve_rips_find_bare_edges (&keys, &guides, progress, error);

  return self->cones != NULL;
}

void
nerve_rtd_cloud_clear (NerveRtdCloud *self)
{
  g_clear_pointer (&self->distances, nerve_distances_unref);
  g_clear_pointer (&self->cones, g_array_unref);
}

static NerveDistances *
take_nearer (const NerveDistances *a, const NerveDistances *b, GError **error)
{
  gsize n = nerve_distances_get_n (a);
  gsize n_pairs = n * (n - 1) / 2;
  const double *first = nerve_distances_get_values (a);
  const double *second = nerve_distances_get_values (b);
  double *values = nerve_memory_new (MAX (n_pairs, 1), sizeof (double), "the distances of RTD", error);

  if (values == NULL)
    return NULL;
  for (gsize k = 0; k < n_pairs; k++)
    values[k] = MIN (first[k], second[k]);

  return nerve_distances_take (values, n);
}

static gboolean
side_init (Side *self, const Pair *pair, const NerveRtdCloud *cloud, const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) no_forest = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));
  NerveRipsApexes apexes = nerve_rips_apexes_of_matrix (&pair->guides);

  self->cones = cloud->cones;
  self->deaths = g_new (double, MAX (pair->births->len, 1));
  for (guint i = 0; i < pair->births->len; i++)
    self->deaths[i] = INFINITY;

  return nerve_rips_reduction_init (&self->reduction, &apexes, no_forest, pair->births, progress, error);
}

static gboolean
pair_init (Pair *self, const NerveRtdCloud *a, const NerveRtdCloud *b, const NerveProgress *progress, GError **error)
{
  self->nearer = take_nearer (a->distances, b->distances, error);
  if (self->nearer == NULL ||
      !nerve_rips_keys_init (&self->keys, nerve_distances_get_values (self->nearer),
                             nerve_distances_get_n (self->nearer), MAX (a->radius, b->radius), progress, error) ||
      !nerve_rips_guides_init (&self->guides, &self->keys, progress, error))
    return FALSE;
  self->births = nerve_rips_find_bare_edges (&self->keys, &self->guides, progress, error);
  if (self->births == NULL || !nerve_rips_lunes_init (&self->lunes, &self->keys, &self->guides, error))
    return FALSE;
  nerve_rips_order_init (&self->order, &self->keys);

  return side_init (&self->sides[0], self, a, progress, error) && side_init (&self->sides[1], self, b, progress, error);
}

static gboolean
is_alive (const Pair *self)
{
  return self->sides[0].reduction.n_alive > 0 || self->sides[1].reduction.n_alive > 0;
}

/* The cones that come before @distance. */
static gboolean
add_cones (Side *self, double distance, const NerveProgress *progress, GError **error)
{
  while (self->next < self->cones->len && self->reduction.n_alive > 0)
    {
      const NerveRipsEdge *edge = &g_array_index (self->cones, NerveRipsEdge, self->next);
      gint64 birth;

      if (!(edge->distance < distance))
        return TRUE;
      if (!nerve_rips_reduction_add_edge (&self->reduction, edge->x, edge->y, &birth, progress, error))
        return FALSE;
      if (birth != NERVE_RIPS_NO_BIRTH)
        self->deaths[birth] = edge->distance;
      self->next++;
    }

  return TRUE;
}

static gboolean
add_splits (Side *self, const NerveRipsEdge *edges, const GArray *splits, const NerveProgress *progress,
            GError **error)
{
  for (guint i = 0; i < splits->len && self->reduction.n_alive > 0; i++)
    {
      const NerveRipsSplit *split = &g_array_index (splits, NerveRipsSplit, i);
      const NerveRipsEdge *edge = &edges[split->edge];
      gint64 birth;

      if (!add_cones (self, edge->distance, progress, error) ||
          !nerve_rips_reduction_add (&self->reduction, edge, split->a, split->b, &birth, progress, error))
        return FALSE;
      if (birth != NERVE_RIPS_NO_BIRTH)
        self->deaths[birth] = edge->distance;
    }

  return TRUE;
}

static gboolean
walk_slice (Pair *self, const NerveProgress *progress, GError **error)
{
  gsize n_walked;

  for (gsize begin = 0; begin < self->order.n_edges && is_alive (self); begin += n_walked)
    {
      const NerveRipsEdge *edges = self->order.edges + begin;
      gsize n = MIN (EDGES_PER_WALK, self->order.n_edges - begin);

      if (!nerve_rips_lunes_walk (&self->lunes, edges, n, &n_walked, progress, error))
        return FALSE;
      for (guint k = 0; k < 2; k++)
        if (!add_splits (&self->sides[k], edges, self->lunes.splits, progress, error) ||
            !add_cones (&self->sides[k], edges[n_walked - 1].distance, progress, error))
          return FALSE;
    }

  return TRUE;
}

/* In the order of the births. */
static double
sum_bars (const Side *self, const GArray *births)
{
  double sum = 0;

  for (guint i = 0; i < births->len; i++)
    if (isfinite (self->deaths[i]))
      sum += self->deaths[i] - g_array_index (births, NerveRipsEdge, i).distance;

  return sum;
}

gboolean
nerve_rtd (const NerveRtdCloud *a, const NerveRtdCloud *b, double out[2], const NerveProgress *progress,
           GError **error)
{
  g_auto (Pair) self = { NULL };

  g_return_val_if_fail (nerve_distances_get_n (a->distances) == nerve_distances_get_n (b->distances), FALSE);

  out[0] = out[1] = 0;
  if (nerve_distances_get_n (a->distances) < 2)
    return TRUE;
  if (!pair_init (&self, a, b, progress, error))
    return FALSE;

  while (is_alive (&self))
    {
      if (!nerve_rips_order_next (&self.order, EDGES_PER_SLICE, progress, error))
        return FALSE;
      if (self.order.n_edges == 0)
        break;
      if (!walk_slice (&self, progress, error))
        return FALSE;
    }
  for (guint k = 0; k < 2; k++)
    {
      if (!add_cones (&self.sides[k], INFINITY, progress, error))
        return FALSE;
      out[k] = sum_bars (&self.sides[k], self.births);
    }

  return TRUE;
}
