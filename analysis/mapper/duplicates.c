#include "mapper/duplicates.h"

#include <math.h>

#include "base/parallel.h"
#include "cloud/measure.h"

#define COLUMNS 1024 /* half a megabyte of distances at once */

typedef struct
{
  const NerveMeasure *measure;
  double             *nearest;
} Search;

static void
keep_smallest (const double *distances, gsize n, double *smallest)
{
  for (gsize i = 0; i < n; i++)
    if (distances[i] > 0.0 && distances[i] < *smallest)
      *smallest = distances[i];
}

/* Strips of NERVE_MEASURE_ROWS rows against all points. */
static gboolean
search_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  const Search *search = user_data;
  gsize n = search->measure->n;
  g_autofree double *distances = g_new (double, NERVE_MEASURE_ROWS * COLUMNS);

  for (gsize row = begin * NERVE_MEASURE_ROWS; row < MIN (end * NERVE_MEASURE_ROWS, n); row += NERVE_MEASURE_ROWS)
    for (gsize column = 0; column < n; column += COLUMNS)
      {
        gsize n_rows = MIN (NERVE_MEASURE_ROWS, n - row);
        gsize n_columns = MIN (COLUMNS, n - column);

        nerve_measure_block (search->measure, row, n_rows, column, n_columns, distances);
        for (gsize i = 0; i < n_rows; i++)
          keep_smallest (distances + i * n_columns, n_columns, &search->nearest[row + i]);
      }

  return TRUE;
}

gboolean
nerve_duplicates_nearest (const NerveCloud *cloud, double *nearest, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);
  g_auto (NerveMeasure) measure = { NULL };
  Search search = { &measure, nearest };
  NerveProgress searching;

  if (!nerve_measure_init (&measure, cloud, NULL, progress, error))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    nearest[i] = INFINITY;
  searching = nerve_progress_part (progress, measure.ready, 1.0);
  if (!nerve_parallel_for ((n + NERVE_MEASURE_ROWS - 1) / NERVE_MEASURE_ROWS, 1, search_rows, &search, &searching))
    return nerve_progress_set_cancelled (error);

  return TRUE;
}
