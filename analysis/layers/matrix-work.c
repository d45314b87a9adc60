#include "layers/matrix-private.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

typedef struct { guint i, j; } Pair;

typedef struct
{
  NerveMatrixWork     *work;
  NerveMatrixPairFunc  func;
  gpointer             data;
  const Pair          *pairs;
  NerveProgress        question;
  const NerveProgress *progress;
  gsize                n;
  gsize                n_done;
  GMutex               lock; /* of what follows */
  GError              *error;
  gsize                failed;
} Run;

void
nerve_matrix_work_set (NerveMatrixWork *self, guint i, guint j, double value)
{
  self->values[(gsize) i * self->n + j] = self->values[(gsize) j * self->n + i] = value;
}

void
nerve_matrix_work_note (NerveMatrixWork *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static GArray *
list_pairs (const NerveMatrixWork *self)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint i = 0; i < self->n_first; i++)
    for (guint j = self->across ? self->n_first : i + 1; j < self->n; j++)
      {
        Pair pair = { i, j };

        g_array_append_val (pairs, pair);
      }

  return pairs;
}

gsize
nerve_matrix_work_count_pairs (const NerveMatrixWork *self)
{
  g_autoptr (GArray) pairs = list_pairs (self);

  return pairs->len;
}

static gboolean
ask (double fraction, gpointer user_data)
{
  return nerve_progress_wanted (user_data);
}

static gboolean
run_pairs (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Run *run = user_data;

  for (gsize k = begin; k < end; k++)
    {
      GError *error = NULL;

      if (run->func (run->work, run->pairs[k].i, run->pairs[k].j, run->data, &run->question, &error))
        continue;
      g_mutex_lock (&run->lock);
      if (run->error == NULL || k < run->failed)
        {
          g_clear_error (&run->error);
          run->error = g_steal_pointer (&error);
          run->failed = k;
        }
      g_mutex_unlock (&run->lock);
      g_clear_error (&error);
      return FALSE;
    }

  return TRUE;
}

gboolean
nerve_matrix_work_for_pairs (NerveMatrixWork *self, NerveMatrixPairFunc func, gpointer data,
                             const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) pairs = list_pairs (self);
  Run run = {
    .work = self, .func = func, .data = data, .pairs = (Pair *) pairs->data,
    .question = { ask, (gpointer) progress, 0, 1 },
  };
  gboolean done;

  g_mutex_init (&run.lock);
  done = nerve_parallel_for (pairs->len, 1, run_pairs, &run, progress);
  g_mutex_clear (&run.lock);
  if (run.error != NULL)
    {
      g_propagate_error (error, run.error);
      return FALSE;
    }

  return done || nerve_progress_set_cancelled (error);
}

NerveCloud *
nerve_matrix_work_cloud (NerveMatrixWork *self, guint i, const NerveProgress *progress, GError **error)
{
  const NerveMatrixItem *item = &self->items[i];
  NerveCloud *cloud;

  if (item->ready != NULL)
    return nerve_cloud_ref (item->ready);

  cloud = nerve_cloud_new (item->dataset, item->layer, item->cloud, progress, error);
  /* The first file is blamed by whoever asks. */
  if (cloud == NULL && item->side > 0 && nerve_progress_wanted (progress))
    g_prefix_error (error, "%s: ", nerve_dataset_get_path (item->dataset));
  if (cloud != NULL && nerve_cloud_get_n_skipped (cloud) > 0)
    nerve_matrix_work_note (self, "%s: not all images: %s", item->name, nerve_cloud_get_badge (cloud));

  return cloud;
}

void
nerve_matrix_work_note_matching (NerveMatrixWork *self, const NerveMatching *matching)
{
  if (self->n_datasets > 1 && !matching->by_id)
    nerve_matrix_work_note (self, "images were matched row by row: not %s have sample_ids",
                            self->n_datasets == 2 ? "both files" : "all files");
}

void
nerve_matrix_work_note_images (NerveMatrixWork *self)
{
  g_auto (NerveMatching) matching = { 0 };
  gsize most = 0;

  if (self->n_datasets < 2)
    return;
  for (guint i = 0; i < self->n_datasets; i++)
    most = MAX (most, nerve_dataset_get_n (self->datasets[i]));
  if (!nerve_matching_init_all (&matching, self->datasets, self->n_datasets, NULL))
    nerve_matrix_work_note (self, "the files can't be said to hold the same images: each cloud is of its own file's");
  else if (matching.n < most)
    nerve_matrix_work_note (self, "the files' images differ, %zu of up to %zu are in all: each cloud is of its own "
                            "file's", matching.n, most);
}

static void
note_matching (NerveMatrixWork *work, const NerveMatching *matching, const NerveCommonRows *rows)
{
  gboolean some = FALSE;

  nerve_matrix_work_note_matching (work, matching);
  for (guint side = 0; side < work->n_datasets; side++)
    some |= rows->n_images < nerve_dataset_get_n (work->datasets[side]);
  if (some)
    nerve_matrix_work_note (work, "%zu images of %zu are in all clouds, and were compared", rows->n_images,
                            nerve_dataset_get_n (work->datasets[0]));
}

static void
unref_cloud (gpointer cloud)
{
  g_clear_pointer ((NerveCloud **) &cloud, nerve_cloud_unref);
}

/* Takes @cloud. */
static gboolean
gather (NerveCloud *cloud, const guint32 *rows, gsize n, double **points, gsize *dimension, GError **error)
{
  g_autoptr (NerveCloud) own = cloud;
  gsize d = nerve_cloud_get_dimension (own);

  *dimension = d;
  *points = nerve_memory_new ((guint64) n * d, sizeof (double), "the points of a layer", error);
  for (gsize i = 0; *points != NULL && i < n; i++)
    memcpy (*points + i * d, nerve_cloud_get_points (own) + rows[i] * d, d * sizeof (double));

  return *points != NULL;
}

static gboolean
gather_ready (NerveMatchedPoints *self, const NerveMatrixWork *work, GError **error)
{
  for (guint i = 0; i < work->n; i++)
    {
      const NerveCloud *cloud = work->items[i].ready;

      self->n = nerve_cloud_get_n (cloud);
      self->dimensions[i] = nerve_cloud_get_dimension (cloud);
      self->points[i] = nerve_memory_new ((guint64) self->n * self->dimensions[i], sizeof (double),
                                          "the points of a layer", error);
      if (self->points[i] == NULL)
        return FALSE;
      memcpy (self->points[i], nerve_cloud_get_points (cloud), self->n * self->dimensions[i] * sizeof (double));
    }

  return TRUE;
}

gboolean
nerve_matched_points_init (NerveMatchedPoints *self, NerveMatrixWork *work, const NerveProgress *progress,
                           GError **error)
{
  g_auto (NerveMatching) matching = { 0 };
  g_auto (NerveCommonRows) rows = { 0 };
  g_autoptr (GPtrArray) clouds = g_ptr_array_new_full (work->n, unref_cloud);
  g_autofree guint *sides = g_new (guint, MAX (work->n, 1));

  *self = (NerveMatchedPoints) { .n_layers = work->n };
  self->points = g_new0 (double *, MAX (work->n, 1));
  self->dimensions = g_new0 (gsize, MAX (work->n, 1));
  if (work->n_datasets == 0)
    return gather_ready (self, work, error);
  if (!nerve_matching_init_all (&matching, work->datasets, work->n_datasets, error))
    return FALSE;
  for (guint i = 0; i < work->n; i++)
    {
      NerveProgress part = nerve_progress_part (progress, (double) i / work->n, (i + 1.) / work->n);
      NerveCloud *cloud = nerve_matrix_work_cloud (work, i, &part, error);

      if (cloud == NULL)
        return FALSE;
      g_ptr_array_add (clouds, cloud);
      sides[i] = work->items[i].side;
    }
  if (!nerve_common_rows_init (&rows, &matching, (NerveCloud **) clouds->pdata, sides, work->n, error))
    return FALSE;

  note_matching (work, &matching, &rows);
  self->n = rows.n;
  for (guint i = 0; i < work->n; i++)
    {
      /* It goes as soon as its points are copied. */
      if (!gather (g_steal_pointer (&clouds->pdata[i]), rows.rows[i], rows.n, &self->points[i], &self->dimensions[i],
                   error))
        return FALSE;
    }

  return TRUE;
}

void
nerve_matched_points_clear (NerveMatchedPoints *self)
{
  for (guint i = 0; i < self->n_layers && self->points != NULL; i++)
    g_free (self->points[i]);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->dimensions, g_free);
}
