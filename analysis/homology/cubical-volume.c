#include "homology/cubical-volume.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

#define FRAME           G_MININT32
#define ROWS_PER_QUESTION 64
#define SORTED_PER_QUESTION 65536

/* Faces, edges, corners; each in the order of the places. */
static const gint8 directions[NERVE_CUBICAL_NEIGHBOURS][3] = {
  { -1, 0, 0 }, { 0, -1, 0 }, { 0, 0, -1 }, { 0, 0, 1 }, { 0, 1, 0 }, { 1, 0, 0 },
  { -1, -1, 0 }, { -1, 0, -1 }, { -1, 0, 1 }, { -1, 1, 0 }, { 0, -1, -1 }, { 0, -1, 1 },
  { 0, 1, -1 }, { 0, 1, 1 }, { 1, -1, 0 }, { 1, 0, -1 }, { 1, 0, 1 }, { 1, 1, 0 },
  { -1, -1, -1 }, { -1, -1, 1 }, { -1, 1, -1 }, { -1, 1, 1 },
  { 1, -1, -1 }, { 1, -1, 1 }, { 1, 1, -1 }, { 1, 1, 1 },
};

guint
nerve_cubical_get_n_axes (const gsize shape[3])
{
  return (shape[0] > 1) + (shape[1] > 1) + (shape[2] > 1);
}

/* The bits of a number in single precision, so that integers compare as the numbers do. */
static inline gint32
key_of_float (float value)
{
  gint32 bits;

  value += 0.0f; /* −0 is 0 */
  memcpy (&bits, &value, sizeof bits);
  return bits ^ (bits >> 31 & G_MAXINT32);
}

static inline float
float_of_key (gint32 key)
{
  gint32 bits = key ^ (key >> 31 & G_MAXINT32);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline gint32 *
get_row (const NerveCubicalVolume *self, gsize row, const gsize shape[3], const gsize margin[3])
{
  gsize i = row / shape[1] + margin[0];
  gsize j = row % shape[1] + margin[1];

  return self->keys + self->origin + i * self->stride[0] + j * self->stride[1] + margin[2];
}

/* The volume's places, one border place between rows, one border row between planes, a border plane at either end;
 * no border, and no steps, along axes of length 1. */
static gboolean
lay_out (NerveCubicalVolume *self, const gsize shape[3], const gsize margin[3], GError **error)
{
  gsize total, room;
  gsize lengths[3];

  for (guint d = 0; d < 3; d++)
    {
      self->extent[d] = shape[d] + 2 * margin[d];
      lengths[d] = self->extent[d] > 1 ? self->extent[d] + 1 : 1;
    }
  self->stride[1] = lengths[2];
  if (!g_size_checked_mul (&self->stride[0], lengths[1], self->stride[1]) ||
      !g_size_checked_mul (&total, lengths[0] + 1, self->stride[0]) || total >= G_MAXINT32 / 4)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   "a volume of %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT
                   " is too large for its curve or diagram (about 2²⁹ voxels)", shape[0], shape[1], shape[2]);
      return FALSE;
    }

  for (guint s = 0; s < NERVE_CUBICAL_NEIGHBOURS; s++)
    {
      const gint8 *step = directions[s];

      if ((step[0] != 0 && lengths[0] == 1) || (step[1] != 0 && lengths[1] == 1) || (step[2] != 0 && lengths[2] == 1))
        continue;
      self->steps[s] = step[0] * (gint32) self->stride[0] + step[1] * (gint32) self->stride[1] + step[2];
    }
  /* All neighbours of voxels have places, none below 0. */
  self->origin = (lengths[0] > 1 ? self->stride[0] : 0) + (lengths[1] > 1 ? self->stride[1] : 0) + 1;
  self->n = 2 * self->origin + lengths[0] * self->stride[0];
  room = self->origin + 64;
  self->storage = nerve_memory_new (self->n + 2 * room, sizeof (gint32), "the voxels of a volume", error);
  if (self->storage == NULL)
    return FALSE;

  self->keys = self->storage + room;
  for (gsize p = 0; p < self->n + 2 * room; p++)
    self->storage[p] = NERVE_CUBICAL_BORDER;
  return TRUE;
}

static void
fill_frame (NerveCubicalVolume *self)
{
  for (gsize i = 0; i < self->extent[0]; i++)
    for (gsize j = 0; j < self->extent[1]; j++)
      for (gsize k = 0; k < self->extent[2]; k++)
        self->keys[self->origin + i * self->stride[0] + j * self->stride[1] + k] = FRAME;
}

/* Keys from single-precision bits; *fits is FALSE, and some keys missing, if a number is not one. */
static gboolean
fill_bits (NerveCubicalVolume *self, const double *values, const gsize shape[3], const gsize margin[3], int sign,
           const NerveProgress *progress, gboolean *fits)
{
  gsize n_rows = shape[0] * shape[1];

  *fits = TRUE;
  for (gsize row = 0; row < n_rows && *fits; row++, values += shape[2])
    {
      gint32 *keys = get_row (self, row, shape, margin);
      guint differs = 0;

      if (row % ROWS_PER_QUESTION == 0 && !nerve_progress_wanted (progress))
        return FALSE;
      for (gsize k = 0; k < shape[2]; k++)
        {
          float value = (float) (sign * values[k]);

          differs |= value != sign * values[k];
          keys[k] = key_of_float (value);
        }
      *fits = !differs;
    }

  return TRUE;
}

typedef struct
{
  double value;
  gsize  index;
} Numbered;

typedef struct
{
  const NerveProgress *progress;
  gsize                n_compared;
  gboolean             is_stopped;
} Sorting;

static int
compare_numbered (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Numbered *x = a, *y = b;
  Sorting *sorting = user_data;

  if (++sorting->n_compared % SORTED_PER_QUESTION == 0 && !sorting->is_stopped)
    sorting->is_stopped = !nerve_progress_wanted (sorting->progress);
  if (sorting->is_stopped)
    return 0;
  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/* Keys are ranks among the different values. */
static gboolean
fill_ranks (NerveCubicalVolume *self, const double *values, const gsize shape[3], const gsize margin[3], int sign,
            const NerveProgress *progress, GError **error)
{
  gsize n = shape[0] * shape[1] * shape[2];
  g_autofree Numbered *order = nerve_memory_new (n, sizeof (Numbered), "the order of a volume's voxels", error);
  Sorting sorting = { .progress = progress };
  gint32 rank = -1;

  if (order == NULL)
    return FALSE;
  self->values = nerve_memory_new (n, sizeof (double), "the values of a volume", error);
  if (self->values == NULL)
    return FALSE;

  for (gsize v = 0; v < n; v++)
    order[v] = (Numbered) { sign * values[v] + 0.0, v };
  g_qsort_with_data (order, n, sizeof *order, compare_numbered, &sorting);
  if (sorting.is_stopped)
    return nerve_progress_set_cancelled (error);

  for (gsize v = 0; v < n; v++)
    {
      if (v == 0 || order[v].value != order[v - 1].value)
        self->values[++rank] = order[v].value;
      get_row (self, order[v].index / shape[2], shape, margin)[order[v].index % shape[2]] = rank;
    }

  return TRUE;
}

gboolean
nerve_cubical_volume_init (NerveCubicalVolume *self, const double *values, const gsize shape[3], int sign,
                           gboolean frame, const NerveProgress *progress, GError **error)
{
  gsize margin[3];
  gboolean fits;

  g_return_val_if_fail (values != NULL && shape[0] > 0 && shape[1] > 0 && shape[2] > 0, FALSE);

  memset (self, 0, sizeof *self);
  for (guint d = 0; d < 3; d++)
    margin[d] = frame && shape[d] > 1 ? 1 : 0;
  if (!lay_out (self, shape, margin, error))
    return FALSE;
  if (frame)
    fill_frame (self);

  if (!fill_bits (self, values, shape, margin, sign, progress, &fits))
    {
      nerve_cubical_volume_clear (self);
      return nerve_progress_set_cancelled (error);
    }
  if (!fits && !fill_ranks (self, values, shape, margin, sign, progress, error))
    {
      nerve_cubical_volume_clear (self);
      return FALSE;
    }

  return TRUE;
}

void
nerve_cubical_volume_clear (NerveCubicalVolume *self)
{
  g_clear_pointer (&self->storage, g_free);
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->values, g_free);
}

double
nerve_cubical_volume_get_value (const NerveCubicalVolume *self, gint32 key)
{
  if (key == FRAME)
    return -INFINITY;

  return self->values != NULL ? self->values[key] : (double) float_of_key (key);
}
