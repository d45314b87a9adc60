#include "cloud/metric.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/quantile.h"
#include "cloud/geodesic.h"

#define LARGEST_SIDE 64    /* of a block of pairs */
#define LEAST_DISTANCE 1e-146 /* whose square has all its digits */
#define BLOCK_WORK 2.0e7   /* coordinates: a few milliseconds */
#define SEARCH_GRAIN 1048576 /* values looked at between two questions: about a millisecond */

struct _NerveDistances
{
  gatomicrefcount ref_count;
  double         *values;
  gsize           n;
};

/* What the threads that fill a matrix share. */
typedef struct
{
  NerveDistances      *distances;
  const double        *points;
  gsize                d;
  gsize                side;
  NerveMetric          metric;
  const NerveGeodesic *graph;
  const NerveProgress *progress;
  GMutex               lock;
  guint64              too_large; /* the first pair whose distance is not finite, n_pairs if none */
  guint64              too_small; /* … whose distance has lost its digits: the squares are below the least double */
} Filling;

static guint64
count_pairs (guint64 n)
{
  return n % 2 == 0 ? n / 2 * (n - MIN (n, 1)) : n * ((n - 1) / 2);
}

static gsize
choose_side (gsize d)
{
  gsize side = LARGEST_SIDE;

  while (side > 8 && (double) side * side * d > BLOCK_WORK)
    side /= 2;

  return side;
}

/* The row of a lower triangle (diagonal included) that holds entry @index. */
static gsize
triangle_row (gsize index)
{
  gsize row = (sqrt (8.0 * index + 1.0) - 1.0) / 2.0;

  while (row * (row + 1) / 2 > index)
    row--;
  while ((row + 1) * (row + 2) / 2 <= index)
    row++;

  return row;
}

static void
report (Filling *self, guint64 *first, guint64 pair)
{
  g_mutex_lock (&self->lock);
  *first = MIN (*first, pair);
  g_mutex_unlock (&self->lock);
}

static gboolean
has_lost_digits (const Filling *self, gsize row, gsize column, double distance)
{
  if (distance >= LEAST_DISTANCE || self->metric != NERVE_METRIC_EUCLIDEAN)
    return FALSE;
  for (gsize i = 0; i < self->d; i++)
    if (self->points[row * self->d + i] != self->points[column * self->d + i])
      return TRUE;

  return FALSE;
}

static void
keep_row (Filling *self, gsize row, gsize first, gsize n, const double *block)
{
  double *values = self->distances->values + row * (row - 1) / 2 + first;

  memcpy (values, block, n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      {
        report (self, &self->too_large, row * (row - 1) / 2 + first + i);
        break;
      }
    else if (values[i] < LEAST_DISTANCE && has_lost_digits (self, row, first + i, values[i]))
      {
        report (self, &self->too_small, row * (row - 1) / 2 + first + i);
        break;
      }
}

static gboolean
fill_block (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Filling *self = user_data;
  double block[LARGEST_SIDE * LARGEST_SIDE];

  for (gsize index = begin; index < end; index++)
    {
      gsize block_row = triangle_row (index);
      gsize first_row = block_row * self->side;
      gsize first_column = (index - block_row * (block_row + 1) / 2) * self->side;
      gsize n_rows = MIN (self->side, self->distances->n - first_row);
      gsize n_columns = MIN (self->side, self->distances->n - first_column);

      nerve_metric_block (self->metric, self->points + first_row * self->d, n_rows,
                          self->points + first_column * self->d, n_columns, self->d, block);
      for (gsize i = 0; i < n_rows; i++)
        if (first_row + i > first_column)
          keep_row (self, first_row + i, first_column, MIN (n_columns, first_row + i - first_column),
                    block + i * n_columns);
    }

  return TRUE;
}

static gboolean
fill_hops (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Filling *self = user_data;

  for (gsize row = begin; row < end; row++)
    if (row > 0)
      nerve_geodesic_hops (self->graph, row, self->distances->values + row * (row - 1) / 2, row);

  return TRUE;
}

static gboolean
set_unmeasured (guint64 pair, const char *what, GError **error)
{
  gsize row = triangle_row (pair) + 1;
  gsize column = pair - row * (row - 1) / 2;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
               "the distance between points %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " is too %s for a double",
               column, row, what);
  return FALSE;
}

static gboolean
fill_straight (Filling *self, GError **error)
{
  guint64 n_pairs = count_pairs (self->distances->n);
  gsize n_blocks;

  self->side = choose_side (self->d);
  self->too_large = self->too_small = n_pairs;
  n_blocks = (self->distances->n + self->side - 1) / self->side;
  if (!nerve_parallel_for (n_blocks * (n_blocks + 1) / 2, 1, fill_block, self, self->progress))
    return nerve_progress_set_cancelled (error);

  if (self->too_large < n_pairs)
    return set_unmeasured (self->too_large, "large", error);

  return self->too_small == n_pairs || set_unmeasured (self->too_small, "small", error);
}

static gboolean
fill_geodesic (Filling *self, guint neighbors, GError **error)
{
  NerveProgress joining = nerve_progress_part (self->progress, 0, .5);
  NerveProgress walking = nerve_progress_part (self->progress, .5, 1);
  g_autoptr (NerveGeodesic) graph = NULL;

  graph = nerve_geodesic_new (self->points, self->distances->n, self->d, neighbors, &joining, error);
  if (graph == NULL)
    return FALSE;
  self->graph = graph;
  if (!nerve_parallel_for (self->distances->n, 1, fill_hops, self, &walking))
    return nerve_progress_set_cancelled (error);

  return TRUE;
}

NerveDistances *
nerve_distances_new (const double *points, gsize n, gsize d, NerveMetric metric, guint neighbors,
                     const NerveProgress *progress, GError **error)
{
  g_autofree char *what = g_strdup_printf ("the distances between %" G_GSIZE_FORMAT " points", n);
  g_autoptr (NerveDistances) self = NULL;
  Filling filling = { .points = points, .d = d, .metric = metric, .progress = progress };
  double *values;
  gboolean done;

  if (!nerve_progress_check (progress, error) ||
      (metric == NERVE_METRIC_COSINE && !nerve_metric_check_range (metric, points, n, d, error)))
    return NULL;
  values = nerve_memory_new (count_pairs (n), sizeof (double), what, error);
  if (values == NULL)
    return NULL;

  self = nerve_distances_take (values, n);
  filling.distances = self;
  g_mutex_init (&filling.lock);
  done = metric == NERVE_METRIC_GEODESIC ? fill_geodesic (&filling, neighbors, error) : fill_straight (&filling, error);
  g_mutex_clear (&filling.lock);

  return done ? g_steal_pointer (&self) : NULL;
}

NerveDistances *
nerve_distances_take (double *values, gsize n)
{
  NerveDistances *self = g_new (NerveDistances, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->values = values;
  self->n = n;

  return self;
}

NerveDistances *
nerve_distances_ref (NerveDistances *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nerve_distances_unref (NerveDistances *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->values);
  g_free (self);
}

gsize
nerve_distances_get_n (const NerveDistances *self)
{
  return self->n;
}

const double *
nerve_distances_get_values (const NerveDistances *self)
{
  return self->values;
}

double
nerve_distances_get (const NerveDistances *self, gsize i, gsize j)
{
  if (i == j)
    return 0.0;

  return self->values[MAX (i, j) * (MAX (i, j) - 1) / 2 + MIN (i, j)];
}

typedef struct
{
  const double *values;
  int           found;
} InfinitySearch;

static gboolean
search_infinity (gsize begin, gsize end, guint worker, gpointer user_data)
{
  InfinitySearch *self = user_data;

  for (gsize i = begin; i < end; i++)
    if (self->values[i] == INFINITY)
      {
        g_atomic_int_set (&self->found, TRUE);
        return FALSE;
      }

  return TRUE;
}

/* FALSE: stopped by @progress. */
static gboolean
check_finite (const NerveDistances *self, gboolean *finite, const NerveProgress *progress)
{
  InfinitySearch search = { self->values, FALSE };
  gboolean whole = nerve_parallel_for (count_pairs (self->n), SEARCH_GRAIN, search_infinity, &search, progress);

  *finite = !search.found;

  return whole || search.found;
}

gboolean
nerve_distances_is_finite (const NerveDistances *self)
{
  gboolean finite;

  check_finite (self, &finite, NULL);

  return finite;
}

gboolean
nerve_distances_quantile (const NerveDistances *self, double q, double *out, const NerveProgress *progress,
                          GError **error)
{
  NerveProgress searching = nerve_progress_part (progress, 0.0, 0.2);
  NerveProgress selecting = nerve_progress_part (progress, 0.2, 1.0);
  gsize n_pairs = count_pairs (self->n);
  gboolean finite;

  *out = NAN;
  if (n_pairs == 0)
    return TRUE;
  if (!check_finite (self, &finite, &searching))
    return nerve_progress_set_cancelled (error);
  if (!finite)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                           "some points can't be reached from others (distance inf), so a quantile of the distances "
                           "means nothing: raise the number of neighbors");
      return FALSE;
    }

  return nerve_quantile (self->values, n_pairs, q, out, &selecting) || nerve_progress_set_cancelled (error);
}

double
nerve_distances_enclosing_radius (const NerveDistances *self)
{
  g_autofree double *largest = g_new0 (double, self->n);
  const double *value = self->values;
  double radius = INFINITY;

  if (self->n < 2)
    return 0.0;

  for (gsize i = 1; i < self->n; i++)
    for (gsize j = 0; j < i; j++, value++)
      {
        largest[i] = MAX (largest[i], *value);
        largest[j] = MAX (largest[j], *value);
      }
  for (gsize i = 0; i < self->n; i++)
    radius = MIN (radius, largest[i]);

  return radius;
}

void
nerve_distances_divide (NerveDistances *self, double scale)
{
  gsize n_pairs = count_pairs (self->n);

  g_return_if_fail (scale > 0.0);

  for (gsize i = 0; i < n_pairs; i++)
    self->values[i] /= scale;
}
