#include "cloud/landmarks.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "cloud/geodesic.h"

#define PIECE_WORK 2e6 /* coordinates between two questions */

typedef struct
{
  const double        *points;
  gsize                n;
  gsize                d;
  NerveMetric          metric;
  const NerveGeodesic *graph;
  gsize                latest;   /* the landmark to measure from */
  double              *nearest;  /* n: distance to the nearest landmark; NaN once it is one */
  double              *hops;     /* n, geodesic only */
  gsize                grain;
  gsize               *furthest; /* a row a piece */
} Search;

static void
shorten (Search *self, gsize row, double distance)
{
  if (distance < self->nearest[row])
    self->nearest[row] = distance;
}

static void
measure_piece (Search *self, gsize begin, gsize end)
{
  const double *landmark = self->points + self->latest * self->d;
  double distances[64];

  for (gsize row = begin; row < end; row += G_N_ELEMENTS (distances))
    {
      gsize n = MIN (G_N_ELEMENTS (distances), end - row);

      nerve_metric_block (self->metric, landmark, 1, self->points + row * self->d, n, self->d, distances);
      for (gsize i = 0; i < n; i++)
        shorten (self, row + i, distances[i]);
    }
}

static gboolean
search_piece (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Search *self = user_data;
  gsize furthest = G_MAXSIZE;

  if (self->graph != NULL)
    for (gsize row = begin; row < end; row++)
      shorten (self, row, self->hops[row]);
  else
    measure_piece (self, begin, end);

  for (gsize row = begin; row < end; row++)
    if (!isnan (self->nearest[row]) && (furthest == G_MAXSIZE || self->nearest[row] > self->nearest[furthest]))
      furthest = row;
  self->furthest[begin / self->grain] = furthest;

  return TRUE;
}

static gsize
find_furthest (const Search *self)
{
  gsize best = G_MAXSIZE;

  for (gsize piece = 0; piece * self->grain < self->n; piece++)
    {
      gsize row = self->furthest[piece];

      if (row != G_MAXSIZE && (best == G_MAXSIZE || self->nearest[row] > self->nearest[best]))
        best = row;
    }

  return best;
}

static gboolean
walk (Search *self, guint64 seed, gsize n_landmarks, const NerveProgress *progress)
{
  NerveRandom random;

  nerve_random_init (&random, seed);
  self->latest = nerve_random_below (&random, self->n);
  for (gsize i = 0; i < n_landmarks; i++)
    {
      NerveProgress part = nerve_progress_part (progress, (double) i / n_landmarks, (double) (i + 1) / n_landmarks);

      if (i > 0)
        self->latest = find_furthest (self);
      self->nearest[self->latest] = NAN;
      if (self->graph != NULL)
        nerve_geodesic_hops (self->graph, self->latest, self->hops, self->n);
      if (!nerve_parallel_for (self->n, self->grain, search_piece, self, &part))
        return FALSE;
    }

  return TRUE;
}

/* Landmarks are the rows whose distance is NaN. */
static void
list_landmarks (const Search *self, guint32 *out)
{
  for (gsize row = 0; row < self->n; row++)
    if (isnan (self->nearest[row]))
      *out++ = row;
}

gboolean
nerve_landmarks_maxmin (const double *points, gsize n, gsize d, NerveMetric metric, guint neighbors, guint64 seed,
                        gsize n_landmarks, guint32 *out, const NerveProgress *progress, GError **error)
{
  NerveProgress joining = nerve_progress_part (progress, 0, .5);
  NerveProgress walking = nerve_progress_part (progress, metric == NERVE_METRIC_GEODESIC ? .5 : 0, 1);
  g_autoptr (NerveGeodesic) graph = NULL;
  g_autofree double *nearest = NULL;
  g_autofree double *hops = NULL;
  g_autofree gsize *furthest = NULL;
  Search search = { .points = points, .n = n, .d = d, .metric = metric };

  g_return_val_if_fail (n_landmarks <= n, FALSE);

  if (n_landmarks == 0)
    return TRUE;
  if (!nerve_metric_check_range (metric, points, n, d, error))
    return FALSE;
  if (metric == NERVE_METRIC_GEODESIC)
    {
      graph = nerve_geodesic_new (points, n, d, neighbors, &joining, error);
      if (graph == NULL)
        return FALSE;
      hops = g_new (double, n);
    }

  nearest = g_new (double, n);
  for (gsize row = 0; row < n; row++)
    nearest[row] = INFINITY;
  search.graph = graph;
  search.nearest = nearest;
  search.hops = hops;
  search.grain = MAX (PIECE_WORK / MAX (d, 1), 64);
  furthest = g_new (gsize, n / search.grain + 1);
  search.furthest = furthest;
  if (!walk (&search, seed, n_landmarks, &walking))
    return nerve_progress_set_cancelled (error);
  list_landmarks (&search, out);

  return TRUE;
}
