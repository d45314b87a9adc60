#include "cloud/near.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "cloud/geodesic.h"

#define SPREAD_ROWS 1024          /* points that the widest coordinate is found from */
#define SAMPLE_ROWS 512
#define MOST_COLUMNS 1024         /* of a sample */
#define ROWS_AT_ONCE 8
#define SAMPLE_WORK (64 << 20)    /* coordinates of all pairs of a sample */
#define GEODESIC_ROWS 16          /* at once */
#define LARGEST_COORDINATE 1e140  /* squares of a million of those are finite */
#define LEAST_DISTANCE 1e-146     /* whose square has all its digits */
#define PAIRS_PER_QUESTION (1024 * 1024)

typedef struct
{
  double  value;
  guint32 row;
} Place;

typedef struct
{
  const NerveGeodesic *graph;
  gsize                n;
  double               unit;
  double               threshold;
  guint64              budget;
  GPtrArray           *pairs; /* an array for each GEODESIC_ROWS rows */
  atomic_size_t        n_pairs;
} Hops;

typedef struct
{
  const NerveCloud *cloud;
  double            limit;
  double            unit;
  gsize             n_rows;
  gsize             n_columns;
  guint32          *n_near; /* of each row of the sample */
} Sample;

static void
free_array (gpointer array)
{
  if (array != NULL)
    g_array_unref (array);
}

/* The coordinate in which some of the points lie farthest apart. */
static gsize
find_widest (const NerveCloud *cloud)
{
  const double *points = nerve_cloud_get_points (cloud);
  gsize d = nerve_cloud_get_dimension (cloud);
  gsize n = nerve_cloud_get_n (cloud);
  gsize step = n / SPREAD_ROWS + 1;
  g_autofree double *sums = g_new0 (double, 2 * d);
  double widest = -1.0;
  gsize best = 0;

  for (gsize row = 0; row < n; row += step)
    for (gsize k = 0; k < d; k++)
      {
        double value = points[row * d + k] - points[k];

        sums[k] += value;
        sums[d + k] += value * value;
      }
  for (gsize k = 0; k < d; k++)
    {
      double spread = sums[d + k] - sums[k] * sums[k] / ((n - 1) / step + 1);

      if (spread > widest)
        {
          widest = spread;
          best = k;
        }
    }

  return best;
}

static double
get_length (const double *point, gsize d)
{
  double largest = 0.0;
  double sum = 0.0;

  for (gsize k = 0; k < d; k++)
    largest = MAX (largest, fabs (point[k]));
  for (gsize k = 0; k < d && largest > 0.0; k++)
    sum += (point[k] / largest) * (point[k] / largest);

  return largest * sqrt (sum);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;

  return (x->row > y->row) - (x->row < y->row);
}

/* By one coordinate, for cosine of the points brought to length one: get_width() tells how far apart in it two near
 * points may be, rounding included. */
static Place *
place_points (const NerveCloud *cloud, gsize coordinate)
{
  const double *points = nerve_cloud_get_points (cloud);
  gsize d = nerve_cloud_get_dimension (cloud);
  gsize n = nerve_cloud_get_n (cloud);
  Place *places = g_new (Place, n);

  for (gsize i = 0; i < n; i++)
    {
      double value = d > 0 ? points[i * d + coordinate] : 0.0;
      double length = nerve_cloud_get_metric (cloud) == NERVE_METRIC_COSINE ? get_length (points + i * d, d) : 1.0;

      places[i] = (Place) { length > 0.0 ? value / length : 0.0, i };
    }
  if (n > 1)
    qsort (places, n, sizeof (Place), compare_places);

  return places;
}

static double
get_width (const NerveCloud *cloud, double distance)
{
  /* |u − v|² = 2 − 2 cos; but for a zero vector, which is only nearer. */
  if (nerve_cloud_get_metric (cloud) == NERVE_METRIC_COSINE)
    return sqrt (2.0 * distance * (1.0 + 1e-9) + 1e-9);

  return distance * (1.0 + 1e-9) + LEAST_DISTANCE;
}

static gboolean
has_lost_digits (const NerveCloud *cloud, const NervePair *pair, double unit)
{
  const double *points = nerve_cloud_get_points (cloud);
  gsize d = nerve_cloud_get_dimension (cloud);

  if (pair->distance * unit >= LEAST_DISTANCE || nerve_cloud_get_metric (cloud) != NERVE_METRIC_EUCLIDEAN)
    return FALSE;
  for (gsize k = 0; k < d; k++)
    if (points[pair->a * d + k] != points[pair->b * d + k])
      return TRUE;

  return FALSE;
}

/* From positions to rows, the larger one first. */
static gboolean
turn_pairs (const NerveCloud *cloud, const guint32 *order, double unit, GArray *pairs, const NerveProgress *progress,
            GError **error)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      NervePair *pair = &g_array_index (pairs, NervePair, i);
      guint32 a = order[pair->a];
      guint32 b = order[pair->b];

      pair->a = MAX (a, b);
      pair->b = MIN (a, b);
      if (G_UNLIKELY (has_lost_digits (cloud, pair, unit)))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                       "the distance between points %u and %u is too small for a double", pair->b, pair->a);
          return FALSE;
        }
      if (i % PAIRS_PER_QUESTION == PAIRS_PER_QUESTION - 1 && !nerve_progress_check (progress, error))
        return FALSE;
    }

  return nerve_progress_check (progress, error);
}

static GPtrArray *
search_straight (const NerveCloud *cloud, double unit, double threshold, guint64 budget, gsize *n_pairs,
                 const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);
  g_autofree Place *places = place_points (cloud, find_widest (cloud));
  g_autofree double *lens = g_new (double, n);
  g_autofree guint32 *order = g_new (guint32, n);
  NerveSearch search = { cloud, order, lens, 0, n, threshold, -1.0, get_width (cloud, threshold * unit) };
  GPtrArray *pairs;

  for (gsize i = 0; i < n; i++)
    {
      lens[i] = places[i].value;
      order[i] = places[i].row;
    }
  pairs = nerve_search (&search, budget, n_pairs, progress, error);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    if (!turn_pairs (cloud, order, unit, pairs->pdata[i], progress, error))
      g_clear_pointer (&pairs, g_ptr_array_unref);

  return pairs;
}

static gboolean
walk_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Hops *self = user_data;
  g_autofree guint32 *hops = g_new (guint32, self->n);
  g_autofree guint32 *queue = g_new (guint32, self->n);
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (NervePair));

  self->pairs->pdata[begin / GEODESIC_ROWS] = pairs;
  for (gsize i = 0; i < self->n; i++)
    hops[i] = G_MAXUINT32;
  for (gsize row = begin; row < end; row++)
    {
      gsize n_reached = nerve_geodesic_within (self->graph, row, self->threshold * self->unit * (1.0 + 1e-9), hops,
                                               queue);

      for (gsize i = 0; i < n_reached; i++)
        {
          NervePair pair = { row, queue[i], hops[queue[i]] / self->unit };

          if (pair.b < pair.a && pair.distance <= self->threshold)
            g_array_append_val (pairs, pair);
          hops[queue[i]] = G_MAXUINT32;
        }
    }

  return atomic_fetch_add (&self->n_pairs, pairs->len) + pairs->len <= self->budget;
}

static GPtrArray *
search_geodesic (const NerveCloud *cloud, double unit, double threshold, guint64 budget, gsize *n_pairs,
                 const NerveProgress *progress, GError **error)
{
  NerveProgress joining = nerve_progress_part (progress, 0.0, 0.6);
  NerveProgress walking = nerve_progress_part (progress, 0.6, 1.0);
  gsize n = nerve_cloud_get_n (cloud);
  g_autoptr (NerveGeodesic) graph = NULL;
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (free_array);
  Hops self = { .n = n, .unit = unit, .threshold = threshold, .budget = budget, .pairs = pairs };

  graph = nerve_geodesic_new (nerve_cloud_get_points (cloud), n, nerve_cloud_get_dimension (cloud),
                              nerve_cloud_get_neighbors (cloud), &joining, error);
  if (graph == NULL)
    return NULL;
  self.graph = graph;
  g_ptr_array_set_size (pairs, (n + GEODESIC_ROWS - 1) / GEODESIC_ROWS);
  if (!nerve_parallel_for (n, GEODESIC_ROWS, walk_rows, &self, &walking))
    {
      if (self.n_pairs <= budget)
        nerve_progress_set_cancelled (error);
      else
        nerve_search_set_too_many (threshold, budget, error);
      return NULL;
    }

  *n_pairs = self.n_pairs;
  return g_steal_pointer (&pairs);
}

GPtrArray *
nerve_near_pairs (const NerveCloud *cloud, double threshold, guint64 budget, gsize *n_pairs,
                  const NerveProgress *progress, GError **error)
{
  NerveProgress scaling = nerve_progress_part (progress, 0.0, 0.1);
  NerveProgress searching = nerve_progress_part (progress, 0.1, 1.0);
  double unit;

  g_return_val_if_fail (isfinite (threshold), NULL);

  if (!nerve_cloud_get_unit (cloud, &unit, &scaling, error))
    return NULL;

  return (nerve_cloud_get_metric (cloud) == NERVE_METRIC_GEODESIC ? search_geodesic : search_straight)
    (cloud, unit, threshold, budget, n_pairs, &searching, error);
}

static gboolean
count_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Sample *self = user_data;
  const double *points = nerve_cloud_get_points (self->cloud);
  NerveMetric metric = nerve_cloud_get_metric (self->cloud);
  gsize d = nerve_cloud_get_dimension (self->cloud);
  gsize n = nerve_cloud_get_n (self->cloud);

  for (gsize i = begin; i < end; i++)
    {
      gsize row = i * n / self->n_rows;

      for (gsize j = 0; j < self->n_columns; j++)
        {
          /* Between the rows of the sample, so that few of the pairs are a point with itself. */
          gsize column = (2 * j + 1) * n / (2 * self->n_columns);

          self->n_near[i] += column != row
                             && nerve_metric_distance (metric, points + row * d, points + column * d, d) / self->unit
                                <= self->limit;
        }
    }

  return TRUE;
}

/* Near pairs in the sample, and three standard deviations more: some points have more near ones than others. */
static double
sum_rows (const Sample *self)
{
  double n = self->n_rows;
  double sum = 0.0;
  double squares = 0.0;

  for (gsize i = 0; i < self->n_rows; i++)
    {
      sum += self->n_near[i];
      squares += (double) self->n_near[i] * self->n_near[i];
    }

  return sum + 3.0 * sqrt (MAX (squares - sum * sum / n, 0.0) * n / MAX (n - 1.0, 1.0)) + 3.0;
}

/* FALSE also for what is not a number. */
static gboolean
has_safe_coordinates (const NerveCloud *cloud)
{
  const double *points = nerve_cloud_get_points (cloud);
  gsize n_values = nerve_cloud_get_n (cloud) * nerve_cloud_get_dimension (cloud);
  gboolean is_safe = TRUE;

  for (gsize i = 0; i < n_values; i++)
    is_safe &= fabs (points[i]) <= LARGEST_COORDINATE;

  return is_safe;
}

gboolean
nerve_near_count (const NerveCloud *cloud, double threshold, double *most, const NerveProgress *progress,
                  GError **error)
{
  NerveProgress scaling = nerve_progress_part (progress, 0.0, 0.5);
  NerveProgress counting = nerve_progress_part (progress, 0.5, 1.0);
  gsize n = nerve_cloud_get_n (cloud);
  gsize columns = SAMPLE_WORK / SAMPLE_ROWS / MAX (nerve_cloud_get_dimension (cloud), 1);
  Sample self = { .cloud = cloud, .limit = threshold, .n_rows = MIN (n, SAMPLE_ROWS) };
  double n_all = (double) n * (n - MIN (n, 1)) / 2;
  g_autofree guint32 *counts = NULL;

  *most = n_all;
  if (n < 2 || nerve_cloud_get_metric (cloud) == NERVE_METRIC_GEODESIC || !has_safe_coordinates (cloud))
    return TRUE;
  if (!nerve_cloud_get_unit (cloud, &self.unit, &scaling, error))
    return FALSE;

  self.n_columns = MIN (n, CLAMP (columns, 64, MOST_COLUMNS));
  self.n_near = counts = g_new0 (guint32, self.n_rows);
  if (!nerve_parallel_for (self.n_rows, ROWS_AT_ONCE, count_rows, &self, &counting))
    return nerve_progress_set_cancelled (error);
  *most = MIN (n_all, sum_rows (&self) / ((double) self.n_rows * self.n_columns) * n_all);

  return TRUE;
}
