#include "mapper/neighbours.h"

#include <math.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "cloud/measure.h"
#include "mapper/nearest.h"
#include "cloud/sieve.h"

/* Which thread finds a distance first changes nothing: what is kept are the smallest, whatever the order. */
typedef struct
{
  const NerveMeasure *measure;
  GArray             *strips;
  guint               k;
  double             *nearest; /* n × k, each row rising */
  GMutex             *locks;   /* one for each NERVE_MEASURE_ROWS rows of nearest */
} Search;

/* Puts @distance into the rising row @nearest, dropping its last. */
static void
keep_nearest (double *nearest, guint k, double distance)
{
  guint place = k - 1;

  while (place > 0 && nearest[place - 1] > distance)
    {
      nearest[place] = nearest[place - 1];
      place--;
    }
  nearest[place] = distance;
}

static void
scan_rows (const Search *search, const NerveStrip *strip, const double *distances)
{
  GMutex *lock = &search->locks[strip->row / NERVE_MEASURE_ROWS];
  guint k = search->k;

  g_mutex_lock (lock);
  for (gsize i = 0; i < strip->n_rows; i++)
    {
      double *nearest = search->nearest + (strip->row + i) * k;

      for (gsize j = 0; j < strip->n_columns; j++)
        if (distances[i * strip->n_columns + j] < nearest[k - 1] && strip->column + j > strip->row + i)
          keep_nearest (nearest, k, distances[i * strip->n_columns + j]);
    }
  g_mutex_unlock (lock);
}

/* The same pairs seen from their other ends: columns [begin, end) of the strip, all under one lock. */
static void
scan_columns (const Search *search, const NerveStrip *strip, const double *distances, gsize begin, gsize end)
{
  GMutex *lock = &search->locks[(strip->column + begin) / NERVE_MEASURE_ROWS];
  guint k = search->k;

  g_mutex_lock (lock);
  for (gsize i = 0; i < strip->n_rows; i++)
    for (gsize j = begin; j < end; j++)
      {
        double *nearest = search->nearest + (strip->column + j) * k;

        if (distances[i * strip->n_columns + j] < nearest[k - 1] && strip->column + j > strip->row + i)
          keep_nearest (nearest, k, distances[i * strip->n_columns + j]);
      }
  g_mutex_unlock (lock);
}

static gboolean
search_strips (gsize begin, gsize end, guint worker, gpointer user_data)
{
  const Search *search = user_data;

  for (gsize s = begin; s < end; s++)
    {
      const NerveStrip *strip = &g_array_index (search->strips, NerveStrip, s);
      g_autofree double *distances = g_new (double, strip->n_rows * strip->n_columns);
      gsize next;

      nerve_measure_block (search->measure, strip->row, strip->n_rows, strip->column, strip->n_columns, distances);
      scan_rows (search, strip, distances);
      for (gsize j = 0; j < strip->n_columns; j = next)
        {
          next = MIN (j + NERVE_MEASURE_ROWS - (strip->column + j) % NERVE_MEASURE_ROWS, strip->n_columns);
          scan_columns (search, strip, distances, j, next);
        }
    }

  return TRUE;
}

static gboolean
find_nearest (Search *search, const NerveProgress *progress)
{
  gsize n = search->measure->n;
  gsize n_locks = n / NERVE_MEASURE_ROWS + 1;
  gboolean done;

  search->strips = nerve_measure_cut (search->measure, NULL);
  search->locks = g_new (GMutex, n_locks);
  for (gsize i = 0; i < n_locks; i++)
    g_mutex_init (&search->locks[i]);
  for (gsize i = 0; i < n * search->k; i++)
    search->nearest[i] = INFINITY;

  done = nerve_parallel_for (search->strips->len, 1, search_strips, search, progress);

  for (gsize i = 0; i < n_locks; i++)
    g_mutex_clear (&search->locks[i]);
  g_free (search->locks);
  g_array_unref (search->strips);

  return done;
}

gboolean
nerve_neighbours_kth (const NerveCloud *cloud, const guint *k, guint n_k, double *out,
                      const NerveProgress *progress, GError **error)
{
  NerveProgress searching;
  gsize n = nerve_cloud_get_n (cloud);
  g_auto (NerveMeasure) measure = { NULL };
  g_autofree double *nearest = NULL;
  Search search = { .measure = &measure, .k = 1 };

  for (guint q = 0; q < n_k; q++)
    {
      g_return_val_if_fail (k[q] >= 1, FALSE);
      search.k = MAX (search.k, MIN (k[q], n));
    }

  nearest = nerve_memory_new ((guint64) n * search.k, sizeof (double), "the distances to nearest neighbours", error);
  if (nearest == NULL)
    return FALSE;

  if (nerve_sieve_serves (nerve_cloud_get_metric (cloud)))
    {
      if (!nerve_nearest (cloud, search.k, nearest, progress, error))
        return FALSE;
    }
  else
    {
      if (!nerve_measure_init (&measure, cloud, NULL, progress, error))
        return FALSE;
      search.nearest = nearest;
      searching = nerve_progress_part (progress, measure.ready, 1.0);
      if (!find_nearest (&search, &searching))
        return nerve_progress_set_cancelled (error);
    }

  for (guint q = 0; q < n_k; q++)
    for (gsize i = 0; i < n; i++)
      out[q * n + i] = k[q] < n ? nearest[i * search.k + k[q] - 1] : INFINITY;

  return TRUE;
}
