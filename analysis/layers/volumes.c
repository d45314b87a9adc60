#include "layers/volumes.h"

#include "base/memory.h"
#include "base/parallel.h"

/* A layer is cut into at least so many pieces, if it has as many images. */
#define MIN_PIECES 32

typedef struct
{
  NerveDataset     *dataset;
  guint             layer;
  const NerveLayer *info;
  gsize             n_images;
  gsize             piece;     /* images read by one worker at a time */
  NerveVolumeFunc   func;
  gpointer          user_data;
  double          **volumes;   /* one a worker */
  NerveProgress     question;
  GMutex            lock;      /* of what follows */
  GError           *error;
  gsize             error_row;
} Run;

/* Keeps the error of the earliest row: the same one whatever thread comes first. */
static gboolean
fail (Run *run, gsize row, GError *error)
{
  g_mutex_lock (&run->lock);
  if (run->error == NULL || row < run->error_row)
    {
      g_clear_error (&run->error);
      run->error = g_steal_pointer (&error);
      run->error_row = row;
    }
  g_mutex_unlock (&run->lock);
  g_clear_error (&error);

  return FALSE;
}

static gboolean
work_on_piece (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Run *run = user_data;
  const gsize shape[3] = { run->info->channels, run->info->height, run->info->width };
  gsize size = shape[0] * shape[1] * shape[2];
  gsize first = begin * run->piece;
  gsize n = MIN (end * run->piece, run->n_images) - first;
  GError *error = NULL;

  if (run->volumes[worker] == NULL)
    run->volumes[worker] = nerve_memory_new (run->piece * size, sizeof (double), "some images", &error);
  if (run->volumes[worker] == NULL ||
      !nerve_dataset_read_rows (run->dataset, run->layer, first, n, run->volumes[worker], &error) ||
      !nerve_dataset_check_finite (run->dataset, run->layer, first, n, run->volumes[worker], &error))
    return fail (run, first, error);

  for (gsize k = 0; k < n; k++)
    if (!run->func (run->volumes[worker] + k * size, shape, first + k, worker, run->user_data, &run->question, &error))
      return fail (run, first + k, error);

  return TRUE;
}

static gboolean
ask (double fraction, gpointer user_data)
{
  return nerve_progress_wanted (user_data);
}

/* The dataset's blocks, or equal parts of them. */
static gsize
choose_piece (NerveDataset *dataset, guint layer, gsize n_images)
{
  gsize block = CLAMP (nerve_dataset_get_block_rows (dataset, layer), 1, MAX (n_images, 1));
  gsize n_blocks = (n_images + block - 1) / block;
  gsize parts = n_blocks < MIN_PIECES ? (MIN_PIECES + n_blocks - 1) / MAX (n_blocks, 1) : 1;

  return (block + parts - 1) / parts;
}

gboolean
nerve_volumes_for_each (NerveDataset *dataset, guint layer, NerveVolumeFunc func, gpointer user_data,
                        const NerveProgress *progress, GError **error)
{
  guint n_workers = nerve_parallel_get_threads ();
  gsize n_images = nerve_dataset_get_n (dataset);
  g_autofree double **volumes = g_new0 (double *, n_workers);
  Run run = {
    .dataset = dataset, .layer = layer, .info = nerve_dataset_get_layer (dataset, layer), .n_images = n_images,
    .piece = choose_piece (dataset, layer, n_images), .func = func, .user_data = user_data, .volumes = volumes,
    .question = { ask, (gpointer) progress, 0, 1 },
  };
  gboolean done;

  g_mutex_init (&run.lock);
  done = nerve_parallel_for ((n_images + run.piece - 1) / run.piece, 1, work_on_piece, &run, progress);
  for (guint w = 0; w < n_workers; w++)
    g_free (volumes[w]);
  g_mutex_clear (&run.lock);

  if (run.error != NULL)
    {
      g_propagate_error (error, run.error);
      return FALSE;
    }

  return done || nerve_progress_set_cancelled (error);
}
