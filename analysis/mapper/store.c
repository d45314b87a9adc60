#include "mapper/store.h"

#include <math.h>
#include <string.h>

#include "mapper/cover.h"
#include "mapper/duplicates.h"
#include "mapper/lens.h"

#define LEAST_NEIGHBOURS 10 /* distances kept of each point, so that min_samples may change */

typedef struct
{
  int     lens;
  int     number;
  double *values;
} Values;

struct _NerveMapperStore
{
  gatomicrefcount  ref_count;
  NerveCloud      *cloud;
  GMutex           lock;
  GArray          *values;
  NerveNeighbours *graph;
  int              graph_lens;
  int              graph_number;
  double          *nearest;   /* n_nearest × n: row k − 1 to the k-th nearest other point */
  guint            n_nearest;
  NerveDistances  *distances;
  int              in_range;  /* whether that was looked at and held */
  gboolean         is_once;
};

static void
values_clear (gpointer data)
{
  g_free (((Values *) data)->values);
}

NerveMapperStore *
nerve_mapper_store_new (const NerveCloud *cloud)
{
  NerveMapperStore *self = g_new0 (NerveMapperStore, 1);

  g_return_val_if_fail (cloud != NULL, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->cloud = nerve_cloud_ref ((NerveCloud *) cloud);
  self->values = g_array_new (FALSE, FALSE, sizeof (Values));
  g_array_set_clear_func (self->values, values_clear);

  return self;
}

NerveMapperStore *
nerve_mapper_store_new_once (const NerveCloud *cloud)
{
  NerveMapperStore *self = nerve_mapper_store_new (cloud);

  self->is_once = TRUE;

  return self;
}

NerveMapperStore *
nerve_mapper_store_ref (NerveMapperStore *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
nerve_mapper_store_unref (NerveMapperStore *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->graph, nerve_neighbours_unref);
  g_clear_pointer (&self->distances, nerve_distances_unref);
  g_array_unref (self->values);
  nerve_cloud_unref (self->cloud);
  g_mutex_clear (&self->lock);
  g_free (self->nearest);
  g_free (self);
}

NerveCloud *
nerve_mapper_store_get_cloud (const NerveMapperStore *self)
{
  return self->cloud;
}

gboolean
nerve_mapper_store_check_range (NerveMapperStore *self, GError **error)
{
  if (g_atomic_int_get (&self->in_range))
    return TRUE;
  if (!nerve_cloud_check_squares (self->cloud, error))
    return FALSE;
  g_atomic_int_set (&self->in_range, TRUE);

  return TRUE;
}

gsize
nerve_mapper_store_get_bytes (NerveMapperStore *self)
{
  gsize n = nerve_cloud_get_n (self->cloud);
  gsize bytes;

  g_mutex_lock (&self->lock);
  bytes = (self->values->len + self->n_nearest) * n * sizeof (double);
  if (self->graph != NULL)
    bytes += nerve_neighbours_get_bytes (self->graph);
  if (self->distances != NULL)
    bytes += n * (n - MIN (n, 1)) / 2 * sizeof (double);
  g_mutex_unlock (&self->lock);

  return bytes;
}

static NerveNeighbours *
peek_graph (NerveMapperStore *self)
{
  NerveNeighbours *graph;

  g_mutex_lock (&self->lock);
  graph = self->graph != NULL ? nerve_neighbours_ref (self->graph) : NULL;
  g_mutex_unlock (&self->lock);

  return graph;
}

double
nerve_mapper_store_get_eps (NerveMapperStore *self)
{
  g_autoptr (NerveNeighbours) graph = peek_graph (self);

  return graph != NULL ? nerve_neighbours_get_eps (graph) : -1.0;
}

double
nerve_mapper_store_get_width (NerveMapperStore *self)
{
  g_autoptr (NerveNeighbours) graph = peek_graph (self);

  return graph != NULL ? nerve_neighbours_get_lens_width (graph) : -1.0;
}

/* Called with the lock held; NULL: not there. */
static const double *
find_values (NerveMapperStore *self, int lens, int number)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const Values *values = &g_array_index (self->values, Values, i);

      if (values->lens == lens && values->number == number)
        return values->values;
    }

  return NULL;
}

void
nerve_mapper_store_set_values (NerveMapperStore *self, int lens, int number, const double *values)
{
  Values entry = { lens, number, g_memdup2 (values, nerve_cloud_get_n (self->cloud) * sizeof (double)) };

  g_mutex_lock (&self->lock);
  if (find_values (self, lens, number) == NULL)
    g_array_append_val (self->values, entry);
  else
    g_free (entry.values);
  g_mutex_unlock (&self->lock);
}

double *
nerve_mapper_store_lens (NerveMapperStore *self, int lens, int number, const NerveProgress *progress, GError **error)
{
  gsize size = nerve_cloud_get_n (self->cloud) * sizeof (double);
  g_autofree double *values = NULL;
  const double *known;

  g_mutex_lock (&self->lock);
  known = find_values (self, lens, number);
  values = known != NULL ? g_memdup2 (known, size) : NULL;
  g_mutex_unlock (&self->lock);
  if (known != NULL)
    return g_steal_pointer (&values);

  values = g_malloc (MAX (size, 1));
  if (!nerve_lens_evaluate (lens, number, self->cloud, values, progress, error))
    return NULL;
  nerve_mapper_store_set_values (self, lens, number, values);

  return g_steal_pointer (&values);
}

/* The widest graph is kept. */
static void
keep_graph (NerveMapperStore *self, int lens, int number, NerveNeighbours *graph)
{
  g_mutex_lock (&self->lock);
  if (self->graph == NULL || self->graph_lens != lens || self->graph_number != number ||
      nerve_neighbours_get_eps (self->graph) <= nerve_neighbours_get_eps (graph))
    {
      g_clear_pointer (&self->graph, nerve_neighbours_unref);
      self->graph = nerve_neighbours_ref (graph);
      self->graph_lens = lens;
      self->graph_number = number;
    }
  g_mutex_unlock (&self->lock);
}

static double
find_widest (const NerveInterval *intervals, guint n)
{
  double widest = intervals != NULL ? 0.0 : INFINITY;

  for (guint i = 0; i < n; i++)
    widest = MAX (widest, intervals[i].upper - intervals[i].lower);

  return widest;
}

/* For each position the first that no interval holds with it. */
static guint32 *
find_ends (const NerveNeighbours *order, const NerveInterval *intervals, guint n_intervals)
{
  const double *lens = nerve_neighbours_get_lens (order);
  gsize n = nerve_neighbours_get_n (order);
  guint32 *ends = g_new (guint32, n);
  gsize end = 0;

  for (gsize p = 0; p < n; p++)
    {
      guint first;
      guint last;

      nerve_cover_locate (intervals, n_intervals, lens[p], &first, &last);
      while (last > first && end < n && lens[end] <= intervals[last - 1].upper)
        end++;
      ends[p] = MAX (end, p + 1);
    }

  return ends;
}

/* What is already there does not answer another cover. */
static NerveNeighbours *
search_once (const NerveNeighbours *order, double eps, const NerveInterval *intervals, guint n_intervals,
             const NerveProgress *progress, GError **error)
{
  g_autofree guint32 *ends = find_ends (order, intervals, n_intervals);

  return nerve_neighbours_once (order, eps, find_widest (intervals, n_intervals), ends, progress, error);
}

NerveNeighbours *
nerve_mapper_store_graph (NerveMapperStore *self, int lens, int number, const double *values, double eps,
                          const NerveInterval *intervals, guint n_intervals, const NerveProgress *progress,
                          GError **error)
{
  gboolean is_once = self->is_once && intervals != NULL;
  g_autoptr (NerveNeighbours) known = NULL;
  g_autoptr (GError) cause = NULL;
  NerveNeighbours *graph;

  g_mutex_lock (&self->lock);
  if (self->graph != NULL && self->graph_lens == lens && self->graph_number == number)
    known = nerve_neighbours_ref (self->graph);
  g_mutex_unlock (&self->lock);

  if (known == NULL)
    known = nerve_neighbours_order (self->cloud, values,
                                    nerve_lens_is_contraction (lens, nerve_cloud_get_metric (self->cloud)));
  if (eps < 0.0)
    return g_steal_pointer (&known);

  graph = is_once ? search_once (known, eps, intervals, n_intervals, progress, &cause)
                  : nerve_neighbours_grow (known, eps, find_widest (intervals, n_intervals), progress, &cause);
  if (graph == NULL && g_error_matches (cause, NERVE_ERROR, NERVE_ERROR_MEMORY))
    return g_steal_pointer (&known);
  if (graph == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (graph != known && !is_once)
    keep_graph (self, lens, number, graph);

  return graph;
}

/* Distances to at least @k nearest others. */
static gboolean
ensure_nearest (NerveMapperStore *self, guint k, const NerveProgress *progress, GError **error)
{
  guint n_nearest = MAX (k, LEAST_NEIGHBOURS);
  gsize n = nerve_cloud_get_n (self->cloud);
  g_autofree guint *which = NULL;
  g_autofree double *nearest = NULL;
  gboolean known;

  g_mutex_lock (&self->lock);
  known = self->n_nearest >= k;
  g_mutex_unlock (&self->lock);
  if (known)
    return TRUE;

  which = g_new (guint, n_nearest);
  for (guint i = 0; i < n_nearest; i++)
    which[i] = i + 1;
  nearest = g_new (double, (gsize) n_nearest * n);
  if (!nerve_neighbours_kth (self->cloud, which, n_nearest, nearest, progress, error))
    return FALSE;

  g_mutex_lock (&self->lock);
  if (self->n_nearest < n_nearest)
    {
      g_free (self->nearest);
      self->nearest = g_steal_pointer (&nearest);
      self->n_nearest = n_nearest;
    }
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/* Every point has a duplicate: the rule goes by the nearest of the others instead. */
static gboolean
look_past_duplicates (NerveMapperStore *self, double *nearest, gboolean paper, NerveAutomatic *out,
                      const NerveProgress *progress, GError **error)
{
  if (!nerve_duplicates_nearest (self->cloud, nearest, progress, error))
    return FALSE;
  if (!(paper ? nerve_neighbours_first_knee : nerve_neighbours_knee) (nearest, nerve_cloud_get_n (self->cloud),
                                                                      &out->knee))
    out->knee = NAN;

  return TRUE;
}

gboolean
nerve_mapper_store_automatic (NerveMapperStore *self, NerveMapperParameters *parameters, gboolean paper,
                              NerveAutomatic *out, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (self->cloud);
  guint k = MIN (parameters->min_samples, MAX (n, 1));
  g_autofree double *nearest = g_new (double, n);
  g_autofree double *kth = g_new (double, n);

  if (!ensure_nearest (self, k, progress, error))
    return FALSE;

  g_mutex_lock (&self->lock);
  memcpy (nearest, self->nearest, n * sizeof (double));
  memcpy (kth, self->nearest + (k - 1) * n, n * sizeof (double));
  g_mutex_unlock (&self->lock);
  nerve_automatic_measure (nearest, g_steal_pointer (&kth), n, paper, out);
  if (isnan (out->knee) && !look_past_duplicates (self, nearest, paper, out, progress, error))
    return FALSE;
  nerve_automatic_eps (parameters, n, out);

  return TRUE;
}

gboolean
nerve_mapper_store_distances (NerveMapperStore *self, NerveDistances **distances, double *unit,
                              const NerveProgress *progress, GError **error)
{
  NerveDistances *found = NULL;

  *distances = NULL;
  *unit = 1.0;
  if (nerve_cloud_get_metric (self->cloud) != NERVE_METRIC_GEODESIC)
    return nerve_cloud_get_unit (self->cloud, unit, progress, error);

  g_mutex_lock (&self->lock);
  if (self->distances != NULL)
    found = nerve_distances_ref (self->distances);
  g_mutex_unlock (&self->lock);
  if (found == NULL)
    {
      found = nerve_cloud_distances (self->cloud, progress, error);
      if (found == NULL)
        return FALSE;
      g_mutex_lock (&self->lock);
      if (self->distances == NULL)
        self->distances = nerve_distances_ref (found);
      g_mutex_unlock (&self->lock);
    }
  *distances = found;

  return TRUE;
}
