#include "cloud/measure.h"

#include <string.h>

#include "base/memory.h"

static gboolean
sort_points (NerveMeasure *self, GError **error)
{
  const double *points = nerve_cloud_get_points (self->cloud);
  gsize d = nerve_cloud_get_dimension (self->cloud);

  self->sorted = nerve_memory_new ((guint64) self->n * d, sizeof (double), "a sorted copy of the points", error);
  if (self->sorted == NULL)
    return FALSE;

  for (gsize i = 0; i < self->n; i++)
    memcpy (self->sorted + i * d, points + self->order[i] * d, d * sizeof (double));

  return TRUE;
}

gboolean
nerve_measure_init (NerveMeasure *self, const NerveCloud *cloud, const guint32 *order,
                    const NerveProgress *progress, GError **error)
{
  NerveProgress preparing = nerve_progress_part (progress, 0.0, 0.5);
  gboolean geodesic = nerve_cloud_get_metric (cloud) == NERVE_METRIC_GEODESIC;

  memset (self, 0, sizeof *self);
  self->cloud = cloud;
  self->n = nerve_cloud_get_n (cloud);
  self->order = order;
  self->unit = 1.0;
  if (geodesic || nerve_cloud_get_scale (cloud) != NERVE_SCALE_NONE)
    self->ready = 0.5;

  if (geodesic)
    {
      self->all = nerve_cloud_distances (cloud, &preparing, error);
      return self->all != NULL;
    }
  if (!nerve_cloud_check_range (cloud, error) ||
      !nerve_cloud_get_unit (cloud, &self->unit, &preparing, error))
    return FALSE;

  return order == NULL || sort_points (self, error);
}

void
nerve_measure_clear (NerveMeasure *self)
{
  g_clear_pointer (&self->sorted, g_free);
  g_clear_pointer (&self->all, nerve_distances_unref);
}

static void
look_up_block (const NerveMeasure *self, gsize row, gsize n_rows, gsize column, gsize n_columns, double *out)
{
  for (gsize i = 0; i < n_rows; i++)
    for (gsize j = 0; j < n_columns; j++)
      out[i * n_columns + j] = nerve_distances_get (self->all, nerve_measure_row (self, row + i),
                                                    nerve_measure_row (self, column + j));
}

void
nerve_measure_block (const NerveMeasure *self, gsize row, gsize n_rows, gsize column, gsize n_columns, double *out)
{
  gsize d = nerve_cloud_get_dimension (self->cloud);
  const double *points = self->sorted != NULL ? self->sorted : nerve_cloud_get_points (self->cloud);

  if (self->all != NULL)
    look_up_block (self, row, n_rows, column, n_columns, out);
  else
    nerve_metric_block (nerve_cloud_get_metric (self->cloud), points + row * d, n_rows, points + column * d, n_columns,
                        d, out);
  if (self->unit != 1.0)
    for (gsize i = 0; i < n_rows * n_columns; i++)
      out[i] /= self->unit;
}

/* Whole tiles of nerve_metric_block(). */
static gsize
choose_columns (const NerveMeasure *self)
{
  gsize d = self->all != NULL ? 1 : nerve_cloud_get_dimension (self->cloud);

  return CLAMP (65536 / MAX (d, 1) / 8 * 8, 8, 1024);
}

GArray *
nerve_measure_cut (const NerveMeasure *self, const gsize *ends)
{
  GArray *strips = g_array_new (FALSE, FALSE, sizeof (NerveStrip));
  gsize columns = choose_columns (self);

  for (gsize row = 0; row < self->n; row += NERVE_MEASURE_ROWS)
    {
      gsize n_rows = MIN (NERVE_MEASURE_ROWS, self->n - row);
      gsize end = ends != NULL ? ends[row / NERVE_MEASURE_ROWS] : self->n;

      for (gsize column = row; column < end; column += columns)
        {
          NerveStrip strip = { row, n_rows, column, MIN (columns, end - column) };

          g_array_append_val (strips, strip);
        }
    }

  return strips;
}
