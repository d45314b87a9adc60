#include "layers/coupling.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "layers/transport.h"

typedef struct
{
  guint  node;
  double share;
} Share;

struct _NerveMembership
{
  gatomicrefcount references;
  guint           n_nodes;
  gsize           n_images;
  gsize          *begin;   /* n_images + 1: where an image's shares begin */
  Share          *shares;
  double         *squares; /* Σ over images of ω², one a node */
};

struct _NerveCoupling
{
  gatomicrefcount references;
  double          distance;
  NerveRibbon    *ribbons;
  guint           n_ribbons;
};

/* Place of each image of the dataset among those that count; -1: it doesn't. */
static gint64 *
place_images (const guint32 *images, gsize n_images, gsize extent)
{
  gint64 *places = g_new (gint64, MAX (extent, 1));

  for (gsize i = 0; i < extent; i++)
    places[i] = images == NULL && i < n_images ? (gint64) i : -1;
  for (gsize i = 0; images != NULL && i < n_images; i++)
    if (images[i] < extent)
      places[images[i]] = i;

  return places;
}

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  const Share *one = a;
  const Share *other = b;

  return one->node < other->node ? -1 : one->node > other->node;
}

/* Joins what an image has in one node through several points. */
static gsize
merge_shares (Share *shares, gsize n)
{
  gsize kept = 0;

  qsort (shares, n, sizeof (Share), compare_shares);
  for (gsize i = 0; i < n; i++)
    if (kept > 0 && shares[kept - 1].node == shares[i].node)
      shares[kept - 1].share += shares[i].share;
    else
      shares[kept++] = shares[i];

  return kept;
}

static void
fill_shares (NerveMembership *self, const NerveMapper *mapper, const gint64 *places)
{
  const NerveCloud *cloud = nerve_mapper_get_cloud (mapper);
  const guint32 *images = nerve_cloud_get_images (cloud);
  gsize n = nerve_cloud_get_n (cloud);
  g_autofree guint *n_points = g_new0 (guint, MAX (self->n_images, 1));
  g_autofree gsize *next = NULL;
  gsize used = 0;

  for (gsize point = 0; point < n; point++)
    {
      gint64 place = places[images[point]];
      gsize n_nodes;

      if (place < 0)
        continue;
      nerve_mapper_get_point_nodes (mapper, point, &n_nodes);
      n_points[place]++;
      self->begin[place + 1] += n_nodes;
    }
  for (gsize i = 0; i < self->n_images; i++)
    self->begin[i + 1] += self->begin[i];
  self->shares = g_new (Share, MAX (self->begin[self->n_images], 1));
  next = g_memdup2 (self->begin, (self->n_images + 1) * sizeof (gsize));

  for (gsize point = 0; point < n; point++)
    {
      gint64 place = places[images[point]];
      const guint32 *nodes;
      gsize n_nodes;

      if (place < 0)
        continue;
      nodes = nerve_mapper_get_point_nodes (mapper, point, &n_nodes);
      for (gsize k = 0; k < n_nodes; k++)
        self->shares[next[place]++] = (Share) { nodes[k], 1. / n_points[place] };
    }

  for (gsize i = 0; i < self->n_images; i++)
    {
      gsize begin = self->begin[i];
      gsize kept = merge_shares (self->shares + begin, self->begin[i + 1] - begin);

      memmove (self->shares + used, self->shares + begin, kept * sizeof (Share));
      self->begin[i] = used;
      used += kept;
    }
  self->begin[self->n_images] = used;
}

NerveMembership *
nerve_membership_new (const NerveMapper *mapper, const guint32 *images, gsize n_images)
{
  NerveMembership *self = g_new0 (NerveMembership, 1);
  const NerveCloud *cloud = nerve_mapper_get_cloud (mapper);
  gsize extent = 0;
  g_autofree gint64 *places = NULL;

  for (gsize i = 0; i < nerve_cloud_get_n (cloud); i++)
    extent = MAX (extent, nerve_cloud_get_images (cloud)[i] + (gsize) 1);
  places = place_images (images, n_images, extent);

  g_atomic_ref_count_init (&self->references);
  self->n_nodes = nerve_mapper_get_n_nodes (mapper);
  self->n_images = n_images;
  self->begin = g_new0 (gsize, n_images + 1);
  self->squares = g_new0 (double, MAX (self->n_nodes, 1));
  fill_shares (self, mapper, places);
  for (gsize k = 0; k < self->begin[n_images]; k++)
    self->squares[self->shares[k].node] += self->shares[k].share * self->shares[k].share;

  return self;
}

NerveMembership *
nerve_membership_ref (NerveMembership *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_membership_unref (NerveMembership *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->begin);
  g_free (self->shares);
  g_free (self->squares);
  g_free (self);
}

/* Costs, and what nodes have in common: both K × L. */
static void
fill_costs (const NerveMembership *a, const NerveMembership *b, double *costs, double *shared)
{
  gsize columns = b->n_nodes;

  for (guint k = 0; k < a->n_nodes; k++)
    for (guint l = 0; l < b->n_nodes; l++)
      {
        costs[k * columns + l] = a->squares[k] + b->squares[l];
        shared[k * columns + l] = 0;
      }
  for (gsize i = 0; i < a->n_images; i++)
    for (gsize s = a->begin[i]; s < a->begin[i + 1]; s++)
      for (gsize t = b->begin[i]; t < b->begin[i + 1]; t++)
        {
          gsize at = a->shares[s].node * columns + b->shares[t].node;

          costs[at] -= 2 * a->shares[s].share * b->shares[t].share;
          shared[at] += MIN (a->shares[s].share, b->shares[t].share);
        }
  for (gsize k = 0; k < a->n_nodes * columns; k++)
    {
      costs[k] = MAX (costs[k], 0) / a->n_images;
      shared[k] /= a->n_images;
    }
}

static guint
greatest_common_divisor (guint a, guint b)
{
  while (b > 0)
    {
      guint rest = a % b;

      a = b;
      b = rest;
    }

  return a;
}

static guint64 *
uniform (guint n, guint64 amount)
{
  guint64 *amounts = g_new (guint64, n);

  for (guint i = 0; i < n; i++)
    amounts[i] = amount;

  return amounts;
}

static NerveCoupling *
coupling_take (GArray *flows, const double *shared, guint columns, double distance, double whole)
{
  NerveCoupling *self = g_new0 (NerveCoupling, 1);

  g_atomic_ref_count_init (&self->references);
  self->distance = distance;
  self->n_ribbons = flows->len;
  self->ribbons = g_new (NerveRibbon, MAX (flows->len, 1));
  for (guint i = 0; i < flows->len; i++)
    {
      const NerveFlow *flow = &g_array_index (flows, NerveFlow, i);

      self->ribbons[i] = (NerveRibbon) { flow->row, flow->column, flow->amount / whole,
                                         shared[(gsize) flow->row * columns + flow->column] };
    }

  return self;
}

NerveCoupling *
nerve_coupling_new (const NerveMembership *source, const NerveMembership *target, const NerveProgress *progress,
                    GError **error)
{
  guint k = source->n_nodes;
  guint l = target->n_nodes;
  guint common;
  g_autofree double *costs = NULL;
  g_autofree double *shared = NULL;
  g_autofree guint64 *supplies = NULL;
  g_autofree guint64 *demands = NULL;
  g_autoptr (GArray) flows = NULL;
  double total;
  double whole;

  g_return_val_if_fail (source->n_images == target->n_images, NULL);

  if (k == 0 || l == 0 || source->n_images == 0)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "an empty graph has no distance from another");
      return NULL;
    }

  costs = nerve_memory_new ((guint64) k * l, sizeof (double), "the costs of a coupling", error);
  if (costs == NULL)
    return NULL;
  shared = nerve_memory_new ((guint64) k * l, sizeof (double), "the costs of a coupling", error);
  if (shared == NULL)
    return NULL;
  fill_costs (source, target, costs, shared);
  common = greatest_common_divisor (k, l);
  supplies = uniform (k, l / common);
  demands = uniform (l, k / common);
  flows = nerve_transport (costs, k, l, supplies, demands, &total, progress, error);
  if (flows == NULL)
    return NULL;
  whole = (double) k * (l / common);

  return coupling_take (flows, shared, l, sqrt (MAX (total / whole, 0)), whole);
}

NerveCoupling *
nerve_coupling_ref (NerveCoupling *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
nerve_coupling_unref (NerveCoupling *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->ribbons);
  g_free (self);
}

double
nerve_coupling_get_distance (const NerveCoupling *self)
{
  return self->distance;
}

const NerveRibbon *
nerve_coupling_get_ribbons (const NerveCoupling *self, guint *n)
{
  *n = self->n_ribbons;

  return self->ribbons;
}
