#include "cloud/rows.h"

#include "cloud/cloud-private.h"

#define PAIRS 16 /* what nerve_metric_pairs() does at once */

NerveCloud *
nerve_cloud_new_from_singles (const float *points, gsize n, gsize d)
{
  NerveCloud *self = nerve_cloud_new_from_points (NULL, n, d);

  self->singles = g_memdup2 (points, n * d * sizeof (float));

  return self;
}

static void
widen (const float *from, gsize n, double *to)
{
  for (gsize k = 0; k < n; k++)
    to[k] = from[k];
}

const double *
nerve_cloud_get_points (const NerveCloud *self)
{
  NerveCloud *mutable = (NerveCloud *) self;

  if (self->singles == NULL)
    return self->points;

  g_mutex_lock (&mutable->lock);
  if (mutable->points == NULL)
    {
      mutable->points = g_new (double, self->n * self->dimension);
      widen (self->singles, self->n * self->dimension, mutable->points);
    }
  g_mutex_unlock (&mutable->lock);

  return mutable->points;
}

const double *
nerve_cloud_get_row (const NerveCloud *self, gsize row, double *scratch)
{
  if (self->singles == NULL)
    return self->points + row * self->dimension;

  widen (self->singles + row * self->dimension, self->dimension, scratch);

  return scratch;
}

static void
measure_singles (const NerveCloud *self, const guint32 *a, const guint32 *b, gsize n, double *out)
{
  const float *left[PAIRS];
  const float *right[PAIRS];

  for (gsize first = 0; first < n; first += PAIRS)
    {
      gsize count = MIN (PAIRS, n - first);

      for (gsize i = 0; i < count; i++)
        {
          left[i] = self->singles + (gsize) a[first + i] * self->dimension;
          right[i] = self->singles + (gsize) b[first + i] * self->dimension;
        }
      nerve_metric_pairs_single (left, right, count, self->dimension, out + first);
    }
}

static void
measure_rows (const NerveCloud *self, const guint32 *a, const guint32 *b, gsize n, double *out)
{
  gsize d = self->dimension;
  g_autofree double *scratch = self->singles != NULL ? g_new (double, 2 * PAIRS * d) : NULL;
  const double *left[PAIRS];
  const double *right[PAIRS];

  for (gsize first = 0; first < n; first += PAIRS)
    {
      gsize count = MIN (PAIRS, n - first);

      for (gsize i = 0; i < count; i++)
        {
          gboolean again = i > 0 && a[first + i] == a[first + i - 1];

          left[i] = again ? left[i - 1] : nerve_cloud_get_row (self, a[first + i], scratch + i * d);
          right[i] = nerve_cloud_get_row (self, b[first + i], scratch + (PAIRS + i) * d);
        }
      nerve_metric_pairs (self->metric, left, right, count, d, out + first);
    }
}

void
nerve_cloud_pairs (const NerveCloud *self, const guint32 *a, const guint32 *b, gsize n, double *out)
{
  if (self->singles != NULL && self->metric == NERVE_METRIC_EUCLIDEAN)
    measure_singles (self, a, b, n, out);
  else
    measure_rows (self, a, b, n, out);
}
