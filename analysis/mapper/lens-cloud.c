#include "mapper/lens-cloud.h"

#include <math.h>

#include "base/parallel.h"
#include "base/quantile.h"
#include "cloud/measure.h"
#include "cloud/rows.h"
#include "mapper/axes.h"
#include "mapper/neighbours.h"

#define COLUMNS 256 /* points that a row is measured against at once */

/* What is summed over all points of a row of distances. */
typedef double (*TermFunc) (double distance, double parameter);

typedef struct
{
  const NerveMeasure *measure;
  TermFunc            term;
  double              parameter;
  gboolean            largest; /* rather than the sum */
  double             *out;
} Summing;

gboolean
nerve_lens_coordinate (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress, GError **error)
{
  gsize d = nerve_cloud_get_dimension (cloud);
  g_autofree double *scratch = g_new (double, d);

  if ((gsize) number >= d)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER,
                   "the lens coordinate:%d does not exist: points have the coordinates 0 to %" G_GSIZE_FORMAT, number,
                   d - 1);
      return FALSE;
    }

  for (gsize i = 0; i < nerve_cloud_get_n (cloud); i++)
    out[i] = nerve_cloud_get_row (cloud, i, scratch)[number];

  return TRUE;
}

gboolean
nerve_lens_pca1 (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress, GError **error)
{
  return nerve_axes_project (cloud, 0, out, progress, error);
}

gboolean
nerve_lens_pca2 (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress, GError **error)
{
  return nerve_axes_project (cloud, 1, out, progress, error);
}

static double
term_kernel (double distance, double width)
{
  return width > 0.0 ? exp (-0.5 * (distance / width) * (distance / width)) : distance == 0.0;
}

static double
term_power (double distance, double power)
{
  return power == 1.0 ? distance : power == 2.0 ? distance * distance : pow (distance, power);
}

/* Rows [begin, end), the columns always in the same order. */
static gboolean
sum_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Summing *self = user_data;
  gsize n = self->measure->n;
  g_autofree double *distances = g_new (double, (end - begin) * COLUMNS);

  for (gsize i = begin; i < end; i++)
    self->out[i] = 0.0;
  for (gsize column = 0; column < n; column += COLUMNS)
    {
      gsize n_columns = MIN (COLUMNS, n - column);

      nerve_measure_block (self->measure, begin, end - begin, column, n_columns, distances);
      for (gsize i = begin; i < end; i++)
        for (gsize j = 0; j < n_columns; j++)
          {
            double term = self->term (distances[(i - begin) * n_columns + j], self->parameter);

            self->out[i] = self->largest ? MAX (self->out[i], term) : self->out[i] + term;
          }
    }

  return TRUE;
}

static gboolean
sum_all (const NerveCloud *cloud, TermFunc term, double parameter, gboolean largest, double *out,
         const NerveProgress *progress, GError **error)
{
  NerveProgress summing;
  g_auto (NerveMeasure) measure = { NULL };
  Summing self = { &measure, term, parameter, largest, out };
  gsize work;

  if (!nerve_measure_init (&measure, cloud, NULL, progress, error))
    return FALSE;

  summing = nerve_progress_part (progress, measure.ready, 1.0);
  work = MAX (measure.n * nerve_cloud_get_dimension (cloud), 1);
  return nerve_parallel_for (measure.n, CLAMP (40000000 / work, 1, 64), sum_rows, &self, &summing) ||
         nerve_progress_set_cancelled (error);
}

gboolean
nerve_lens_density (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress, GError **error)
{
  NerveProgress searching = nerve_progress_part (progress, 0.0, 0.5);
  NerveProgress summing = nerve_progress_part (progress, 0.5, 1.0);
  gsize n = nerve_cloud_get_n (cloud);
  double width;

  if (!nerve_lens_knn (cloud, number, out, &searching, error))
    return FALSE;
  if (!nerve_quantile (out, n, 0.5, &width, NULL) || !sum_all (cloud, term_kernel, width, FALSE, out, &summing, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    out[i] /= n;

  return TRUE;
}

gboolean
nerve_lens_eccentricity (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                         GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);

  if (!sum_all (cloud, term_power, MAX (number, 1), number == 0, out, progress, error))
    return FALSE;
  for (gsize i = 0; i < n && number > 0; i++)
    out[i] = number == 1 ? out[i] / n : pow (out[i] / n, 1.0 / number);

  return TRUE;
}

gboolean
nerve_lens_knn (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);
  guint k = CLAMP ((gsize) MAX (number, 1), 1, MAX (n, 2) - 1);

  if (n == 1)
    {
      out[0] = 0.0;
      return TRUE;
    }

  return nerve_neighbours_kth (cloud, &k, 1, out, progress, error);
}

gboolean
nerve_lens_dtm (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);
  guint k = CLAMP ((gsize) MAX (number, 1), 1, MAX (n, 1));
  g_autofree guint *which = g_new (guint, k);
  g_autofree double *nearest = g_new (double, MAX (k - 1, 1) * n);

  for (guint i = 0; i + 1 < k; i++)
    which[i] = i + 1;
  if (k > 1 && !nerve_neighbours_kth (cloud, which, k - 1, nearest, progress, error))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0.0;

      for (guint q = 0; q + 1 < k; q++)
        sum += nearest[q * n + i] * nearest[q * n + i];
      out[i] = sqrt (sum / k);
    }

  return TRUE;
}

gboolean
nerve_lens_logit (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress, GError **error)
{
  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                       "the lens logit needs the network's last layer: a vector for each image, of kind linear");
  return FALSE;
}
