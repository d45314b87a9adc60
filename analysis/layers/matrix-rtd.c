#include "layers/matrix-private.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "layers/rtd.h"

typedef struct
{
  NerveRtdCloud *clouds; /* of the batch, one a layer; without distances: the layer has no unit */
  guint          n;
  double        *sums;   /* n × n */
} Batch;

static void
forget (Batch *self)
{
  for (guint i = 0; i < self->n; i++)
    nerve_rtd_cloud_clear (&self->clouds[i]);
}

static void
batch_clear (Batch *self)
{
  forget (self);
  g_free (self->clouds);
  g_free (self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

/* Distances of some rows of a layer, in its unit. */
static gboolean
measure (Batch *self, const NerveMatrixItem *item, const double *points, gsize d, const guint32 *rows, gsize n,
         guint layer, const NerveProgress *progress, GError **error)
{
  g_autofree double *some = g_new (double, MAX (n * d, 1));
  g_autoptr (NerveDistances) distances = NULL;
  double unit;

  for (gsize i = 0; i < n; i++)
    memcpy (some + i * d, points + rows[i] * d, d * sizeof (double));
  distances = nerve_distances_new (some, n, d, item->cloud->metric, item->cloud->neighbors, progress, error);
  if (distances == NULL || !nerve_rtd_unit (distances, &unit, progress, error))
    {
      g_prefix_error (error, "%s: ", item->name);
      return FALSE;
    }
  if (unit == 0)
    return TRUE;

  nerve_distances_divide (distances, unit);

  return nerve_rtd_cloud_init (&self->clouds[layer], distances, progress, error);
}

static gboolean
compare (NerveMatrixWork *work, guint i, guint j, gpointer data, const NerveProgress *progress, GError **error)
{
  const Batch *self = data;
  double both[2] = { NAN, NAN };

  if (self->clouds[i].distances != NULL && self->clouds[j].distances != NULL &&
      !nerve_rtd (&self->clouds[i], &self->clouds[j], both, progress, error))
    return FALSE;
  self->sums[(gsize) i * work->n + j] += (both[0] + both[1]) / 2;

  return TRUE;
}

static void
choose_rows (guint64 seed, guint trial, gsize n, gsize batch, guint32 *rows)
{
  NerveRandom random;

  nerve_random_init_stream (&random, seed, trial);
  nerve_random_choose (&random, n, batch, rows);
}

static void
note_units (NerveMatrixWork *work, const Batch *self)
{
  for (guint i = 0; i < work->n; i++)
    if (self->clouds[i].distances == NULL)
      {
        nerve_matrix_work_note (work, "%s: nine points in ten coincide, there is no unit for RTD (nan)",
                                work->items[i].name);
        work->values[(gsize) i * work->n + i] = NAN;
      }
}

static gboolean
run_trial (NerveMatrixWork *work, Batch *self, const NerveMatchedPoints *points, const guint32 *rows, gsize n,
           const NerveProgress *progress, GError **error)
{
  NerveProgress measuring = nerve_progress_part (progress, 0, .1);
  NerveProgress comparing = nerve_progress_part (progress, .1, 1);

  for (guint i = 0; i < work->n; i++)
    {
      NerveProgress part = nerve_progress_part (&measuring, (double) i / work->n, (i + 1.) / work->n);

      if (!measure (self, &work->items[i], points->points[i], points->dimensions[i], rows, n, i, &part, error))
        return FALSE;
    }

  return nerve_matrix_work_for_pairs (work, compare, self, &comparing, error);
}

gboolean
nerve_matrix_fill_rtd (NerveMatrixWork *work, const NerveProgress *progress, GError **error)
{
  NerveProgress reading = nerve_progress_part (progress, 0, .05);
  NerveProgress trying = nerve_progress_part (progress, .05, 1);
  g_auto (NerveMatchedPoints) points = { 0 };
  g_auto (Batch) self = { g_new0 (NerveRtdCloud, MAX (work->n, 1)), work->n,
                          g_new0 (double, MAX ((gsize) work->n * work->n, 1)) };
  guint64 seed = work->items[0].cloud->seed;
  g_autofree guint32 *rows = NULL;
  gsize batch;
  guint n_trials;

  if (!nerve_matched_points_init (&points, work, &reading, error))
    return FALSE;
  batch = MIN (points.n, (gsize) work->parameters->batch);
  n_trials = points.n > batch ? work->parameters->trials : 1;
  rows = g_new (guint32, MAX (batch, 1));
  if (points.n > batch)
    nerve_matrix_work_note (work, "mean over %u batches of %zu of %zu points, seed %" G_GUINT64_FORMAT, n_trials, batch,
                            points.n, seed);

  for (guint trial = 0; trial < n_trials; trial++)
    {
      NerveProgress part = nerve_progress_part (&trying, (double) trial / n_trials, (trial + 1.) / n_trials);

      choose_rows (seed, trial, points.n, batch, rows);
      if (!run_trial (work, &self, &points, rows, batch, &part, error))
        return FALSE;
      if (trial == 0)
        note_units (work, &self);
      forget (&self);
    }
  for (guint i = 0; i < work->n; i++)
    for (guint j = i + 1; j < work->n; j++)
      nerve_matrix_work_set (work, i, j, self.sums[(gsize) i * work->n + j] / n_trials);

  return TRUE;
}
