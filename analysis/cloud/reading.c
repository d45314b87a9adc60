#include "cloud/reading.h"

#include "base/memory.h"
#include "base/parallel.h"

typedef struct
{
  NerveDataset       *dataset;
  guint               layer;
  const NerveSampler *sampler;
  NervePlan          *plan;
  double             *out;     /* or */
  float              *singles;
  gsize               row_size;
  gsize               block_rows;
  gsize              *starts;  /* a block: its first point; one more */
  double            **buffers; /* a worker */
  GMutex              lock;
  gsize               first_failed;
  GError             *error;
} Reading;

static void
keep_first_error (Reading *self, gsize block, GError *error)
{
  g_mutex_lock (&self->lock);
  if (self->error == NULL || block < self->first_failed)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      self->first_failed = block;
    }
  g_mutex_unlock (&self->lock);
  g_clear_error (&error);
}

static void
rectify (double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = values[i] > 0.0 ? values[i] : 0.0;
}

static void
gather (const Reading *self, const double *tensor, gint32 position, double *out)
{
  gsize n = self->sampler->layer->height * self->sampler->layer->width;

  for (gsize channel = 0; channel < self->sampler->layer->channels; channel++)
    out[channel] = tensor[channel * n + position];
}

/* Points [begin, end) all come from the image that @tensor is of. */
static void
draw_points (Reading *self, const double *tensor, gsize begin, gsize end)
{
  const NerveSamplingType *type = nerve_sampling_type (self->sampler->sampling);
  gsize dimension = nerve_sampler_dimension (self->sampler);
  g_autofree gint32 *ranked = NULL;
  g_autofree double *scratch = self->out == NULL ? g_new (double, dimension) : NULL;

  if (type->rank != NULL)
    {
      ranked = g_new (gint32, self->sampler->positions);
      type->rank (self->sampler, tensor, ranked);
    }

  for (gsize point = begin; point < end; point++)
    {
      double *own;

      if (ranked != NULL)
        self->plan->positions[point] = ranked[self->plan->positions[point]];
      own = self->out != NULL ? self->out + point * dimension : scratch;
      if (type->reduce != NULL)
        type->reduce (self->sampler, tensor, own);
      else
        gather (self, tensor, self->plan->positions[point], own);
      for (gsize k = 0; self->out == NULL && k < dimension; k++)
        self->singles[point * dimension + k] = (float) own[k];
    }
}

static gboolean
read_block (Reading *self, gsize block, double *buffer, GError **error)
{
  const guint32 *images = self->plan->images;
  gsize begin = self->starts[block];
  gsize end = self->starts[block + 1];
  gsize first;

  if (begin == end)
    return TRUE;

  first = images[begin];
  if (!nerve_dataset_read_rows (self->dataset, self->layer, first, images[end - 1] - first + 1, buffer, error))
    return FALSE;

  while (begin < end)
    {
      double *tensor = buffer + (images[begin] - first) * self->row_size;
      gsize next = begin;

      while (next < end && images[next] == images[begin])
        next++;
      if (!nerve_dataset_check_finite (self->dataset, self->layer, images[begin], 1, tensor, error))
        return FALSE;
      if (self->sampler->relu)
        rectify (tensor, self->row_size);
      draw_points (self, tensor, begin, next);
      begin = next;
    }

  return TRUE;
}

static gboolean
read_blocks (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Reading *self = user_data;

  for (gsize block = begin; block < end; block++)
    {
      GError *error = NULL;

      if (self->buffers[worker] == NULL)
        self->buffers[worker] = nerve_memory_new ((guint64) self->block_rows * self->row_size, sizeof (double),
                                                  "a block of the file", &error);
      if (error != NULL || !read_block (self, block, self->buffers[worker], &error))
        {
          keep_first_error (self, block, error);
          return FALSE;
        }
    }

  return TRUE;
}

/* Where each block's points begin; points are sorted by image. */
static gsize *
find_starts (const NervePlan *plan, gsize n_blocks, gsize block_rows)
{
  gsize *starts = g_new (gsize, n_blocks + 1);
  gsize point = 0;

  for (gsize block = 0; block < n_blocks; block++)
    {
      while (point < plan->n && plan->images[point] < block * block_rows)
        point++;
      starts[block] = point;
    }
  starts[n_blocks] = plan->n;

  return starts;
}

gboolean
nerve_reading_run (NerveDataset *dataset, guint layer, const NerveSampler *sampler, NervePlan *plan, double *out,
                   float *singles, const NerveProgress *progress, GError **error)
{
  guint n_workers = nerve_parallel_get_threads ();
  gsize block_rows = MAX (nerve_dataset_get_block_rows (dataset, layer), 1);
  gsize n_blocks = (sampler->layer->n + block_rows - 1) / block_rows;
  g_autofree gsize *starts = find_starts (plan, n_blocks, block_rows);
  g_autofree double **buffers = g_new0 (double *, n_workers);
  Reading reading = {
    .dataset = dataset, .layer = layer, .sampler = sampler, .plan = plan, .out = out, .singles = singles,
    .row_size = nerve_sampler_row_size (sampler), .block_rows = MIN (block_rows, sampler->layer->n),
    .starts = starts, .buffers = buffers,
  };
  gboolean done;

  g_mutex_init (&reading.lock);
  done = nerve_parallel_for (n_blocks, 1, read_blocks, &reading, progress);
  g_mutex_clear (&reading.lock);
  for (guint worker = 0; worker < n_workers; worker++)
    g_free (buffers[worker]);

  if (reading.error != NULL)
    g_propagate_error (error, reading.error);
  else if (!done)
    nerve_progress_set_cancelled (error);

  return done;
}
