#include "mapper/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cloud/rows.h"

static int
compare_images (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Of one image there may be several points. */
static gsize
count_images (const guint32 *images, const guint32 *rows, gsize n_rows)
{
  g_autofree guint32 *own = g_new (guint32, n_rows);
  gsize n = 0;

  for (gsize i = 0; i < n_rows; i++)
    own[i] = images[rows[i]];
  if (n_rows > 1)
    qsort (own, n_rows, sizeof (guint32), compare_images);
  for (gsize i = 0; i < n_rows; i++)
    n += i == 0 || own[i] != own[i - 1];

  return n;
}

static void
find_range (const double *lens, gsize n, double *lowest, double *highest)
{
  *lowest = INFINITY;
  *highest = -INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      *lowest = MIN (*lowest, lens[i]);
      *highest = MAX (*highest, lens[i]);
    }
}

static void
measure_lens (const NerveMapper *mapper, const guint32 *rows, gsize n_rows, NerveStatistics *out)
{
  const double *lens = nerve_mapper_get_lens (mapper);
  double lowest, highest;
  double sum = 0.0;

  out->lens_mean = out->lens_min = out->lens_max = NAN;
  if (n_rows == 0)
    return;

  find_range (lens, nerve_cloud_get_n (nerve_mapper_get_cloud (mapper)), &lowest, &highest);
  out->lens_min = INFINITY;
  out->lens_max = -INFINITY;
  for (gsize i = 0; i < n_rows; i++)
    {
      double value = lens[rows[i]];
      double place = highest > lowest ? (value - lowest) / (highest - lowest) * NERVE_STATISTICS_BINS : 0.0;

      sum += value;
      out->lens_min = MIN (out->lens_min, value);
      out->lens_max = MAX (out->lens_max, value);
      out->histogram[MIN ((guint) place, NERVE_STATISTICS_BINS - 1)]++;
    }
  out->lens_mean = sum / n_rows;
}

static void
measure_predictions (const guint32 *images, const guint32 *rows, gsize n_rows, const int *labels,
                     const int *predictions, NerveStatistics *out)
{
  for (gsize i = 0; labels != NULL && predictions != NULL && i < n_rows; i++)
    {
      guint32 image = images[rows[i]];

      if (labels[image] < 0 || predictions[image] < 0)
        continue;
      out->n_predicted++;
      out->n_right += labels[image] == predictions[image];
    }
  out->accuracy = out->n_predicted > 0 ? (double) out->n_right / out->n_predicted : NAN;
}

static void
measure_activation (const NerveCloud *cloud, const guint32 *rows, gsize n_rows, double *out)
{
  gsize d = nerve_cloud_get_dimension (cloud);
  g_autofree double *scratch = g_new (double, d);

  for (gsize k = 0; k < d; k++)
    out[k] = n_rows > 0 ? 0.0 : NAN;
  for (gsize i = 0; i < n_rows; i++)
    {
      const double *point = nerve_cloud_get_row (cloud, rows[i], scratch);

      for (gsize k = 0; k < d; k++)
        out[k] += point[k] / n_rows;
    }
}

void
nerve_statistics_measure (const NerveMapper *mapper, const guint32 *rows, gsize n_rows, const int *labels,
                          const int *predictions, NerveStatistics *out, double *activation)
{
  const NerveCloud *cloud = nerve_mapper_get_cloud (mapper);
  const guint32 *images = nerve_cloud_get_images (cloud);

  g_return_if_fail (rows != NULL || n_rows == 0);

  memset (out, 0, sizeof *out);
  out->n_points = n_rows;
  out->n_images = count_images (images, rows, n_rows);
  measure_lens (mapper, rows, n_rows, out);
  measure_predictions (images, rows, n_rows, labels, predictions, out);
  if (activation != NULL)
    measure_activation (cloud, rows, n_rows, activation);
}
