#include "homology/rips-check.h"

#include <math.h>

#include "base/parallel.h"
#include "homology/rips-target.h"

#define PAIRS_AT_ONCE (128 * 1024)

typedef struct
{
  const double *values;
  gsize         n;
  double       *largest; /* n for each worker */
  GMutex        lock;
  gsize         bad_row; /* the first; n: none */
} Check;

typedef struct
{
  double   largest;
  gboolean is_bad;
} RowResult;

/* @row: distances to the points before; @columns: what is largest for each of those so far. */
NERVE_RIPS_TARGET_INLINE void
check_row_body (const double *row, gsize n, double *columns, RowResult *result)
{
  double largest = 0.0;
  guint64 bad = 0;

  for (gsize i = 0; i < n; i++)
    {
      double value = row[i];

      bad |= !(value >= 0.0);
      columns[i] = columns[i] > value ? columns[i] : value;
    }
  for (gsize i = 0; i < n; i++)
    largest = largest > row[i] ? largest : row[i];

  result->largest = largest;
  result->is_bad = bad != 0;
}

NERVE_RIPS_TARGET_CLONES (check_row, (const double *row, gsize n, double *columns, RowResult *result),
                     (row, n, columns, result))

static gboolean
check_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Check *self = user_data;
  double *largest = self->largest + worker * self->n;

  for (gsize i = MAX (begin, 1); i < end; i++)
    {
      RowResult result;

      check_row (self->values + i * (i - 1) / 2, i, largest, &result);
      largest[i] = MAX (largest[i], result.largest);
      if (result.is_bad)
        {
          g_mutex_lock (&self->lock);
          self->bad_row = MIN (self->bad_row, i);
          g_mutex_unlock (&self->lock);
          break;
        }
    }

  return TRUE;
}

static gboolean
set_bad_value (const Check *self, GError **error)
{
  const double *row = self->values + self->bad_row * (self->bad_row - 1) / 2;
  gsize column = 0;

  while (row[column] >= 0.0)
    column++;

  if (isnan (row[column]))
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                 " (counted from 0) is not a number (NaN)", self->bad_row, column);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                 " (counted from 0) is negative (%.9g)", self->bad_row, column, row[column]);

  return FALSE;
}

static double
find_radius (const Check *self, guint n_workers)
{
  double radius = self->n < 2 ? 0.0 : INFINITY;

  for (gsize i = 0; i < self->n && self->n >= 2; i++)
    {
      double largest = 0.0;

      for (guint worker = 0; worker < n_workers; worker++)
        largest = MAX (largest, self->largest[worker * self->n + i]);
      radius = MIN (radius, largest);
    }

  return radius;
}

gboolean
nerve_rips_check (const double *values, gsize n, double *radius, const NerveProgress *progress, GError **error)
{
  guint n_workers = nerve_parallel_get_threads ();
  g_autofree double *largest = g_new0 (double, n * n_workers);
  Check self = { .values = values, .n = n, .largest = largest, .bad_row = n };
  gboolean done;

  g_mutex_init (&self.lock);
  done = nerve_parallel_for (n, PAIRS_AT_ONCE / MAX (n, 1) + 1, check_rows, &self, progress);
  g_mutex_clear (&self.lock);
  if (!done)
    return nerve_progress_set_cancelled (error);
  if (self.bad_row < n)
    return set_bad_value (&self, error);

  *radius = find_radius (&self, n_workers);
  return TRUE;
}
