#include "mapper/lens.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/parallel.h"

/* Of a point's @d coordinates; @scratch has room for as many. */
typedef double (*LensFunc) (const double *point, gsize d, double *scratch);

typedef struct
{
  LensFunc      func;
  const double *points;
  gsize         d;
  double       *out;
} Evaluation;

static double
measure_sum (const double *point, gsize d, double *scratch)
{
  double sum = 0.0;

  for (gsize k = 0; k < d; k++)
    sum += point[k];

  return sum;
}

static double
measure_l1 (const double *point, gsize d, double *scratch)
{
  double sum = 0.0;

  for (gsize k = 0; k < d; k++)
    sum += fabs (point[k]);

  return sum;
}

static double
measure_l2 (const double *point, gsize d, double *scratch)
{
  double sum = 0.0;
  double largest = 0.0;

  for (gsize k = 0; k < d; k++)
    sum += point[k] * point[k];
  if (isnormal (sum))
    return sqrt (sum);

  /* The squares left double's range, or the point is zero. */
  for (gsize k = 0; k < d; k++)
    largest = MAX (largest, fabs (point[k]));
  if (largest == 0.0)
    return 0.0;
  sum = 0.0;
  for (gsize k = 0; k < d; k++)
    sum += (point[k] / largest) * (point[k] / largest);

  return largest * sqrt (sum);
}

static double
measure_mean (const double *point, gsize d, double *scratch)
{
  return measure_sum (point, d, scratch) / d;
}

static double
measure_max (const double *point, gsize d, double *scratch)
{
  double largest = point[0];

  for (gsize k = 1; k < d; k++)
    largest = MAX (largest, point[k]);

  return largest;
}

static double
measure_min (const double *point, gsize d, double *scratch)
{
  double smallest = point[0];

  for (gsize k = 1; k < d; k++)
    smallest = MIN (smallest, point[k]);

  return smallest;
}

/* Of the population, as NumPy's. */
static double
measure_std (const double *point, gsize d, double *scratch)
{
  double mean = measure_mean (point, d, scratch);
  double sum = 0.0;

  for (gsize k = 0; k < d; k++)
    sum += (point[k] - mean) * (point[k] - mean);

  return sqrt (sum / d);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
measure_median (const double *point, gsize d, double *scratch)
{
  memcpy (scratch, point, d * sizeof (double));
  qsort (scratch, d, sizeof (double), compare_doubles);

  return d % 2 == 1 ? scratch[d / 2] : 0.5 * scratch[d / 2 - 1] + 0.5 * scratch[d / 2];
}

/* A new lens is a line in each of these two. */
const NerveChoice nerve_lens_choices[] = {
  { "l2", N_("Length (l2 norm)") },
  { "l1", N_("l1 norm") },
  { "sum", N_("Sum") },
  { "mean", N_("Mean") },
  { "median", N_("Median") },
  { "max", N_("Largest value") },
  { "min", N_("Smallest value") },
  { "std", N_("Standard deviation") },
  { NULL, NULL },
};

static const LensFunc lens_funcs[] = {
  measure_l2,
  measure_l1,
  measure_sum,
  measure_mean,
  measure_median,
  measure_max,
  measure_min,
  measure_std,
};

G_STATIC_ASSERT (G_N_ELEMENTS (lens_funcs) + 1 == G_N_ELEMENTS (nerve_lens_choices));

static gboolean
evaluate_piece (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Evaluation *evaluation = user_data;
  g_autofree double *scratch = g_new (double, evaluation->d);

  for (gsize i = begin; i < end; i++)
    evaluation->out[i] = evaluation->func (evaluation->points + i * evaluation->d, evaluation->d, scratch);

  return TRUE;
}

static gboolean
check_values (const double *values, gsize n, int lens, GError **error)
{
  double smallest = INFINITY;
  double largest = -INFINITY;

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "the lens %s of point %" G_GSIZE_FORMAT " is not finite",
                       nerve_lens_choices[lens].name, i);
          return FALSE;
        }
      smallest = MIN (smallest, values[i]);
      largest = MAX (largest, values[i]);
    }

  if (n > 0 && !isfinite (largest - smallest))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "the values of the lens %s are too far apart",
                   nerve_lens_choices[lens].name);
      return FALSE;
    }

  return TRUE;
}

gboolean
nerve_lens_evaluate (int lens, const NerveCloud *cloud, double *out, const NerveProgress *progress, GError **error)
{
  Evaluation evaluation = { .out = out };
  gsize n = nerve_cloud_get_n (cloud);

  g_return_val_if_fail (lens >= 0 && lens < (int) G_N_ELEMENTS (lens_funcs), FALSE);

  evaluation.func = lens_funcs[lens];
  evaluation.points = nerve_cloud_get_points (cloud);
  evaluation.d = nerve_cloud_get_dimension (cloud);
  g_return_val_if_fail (evaluation.d > 0, FALSE);

  /* Some 64 k values, even to be sorted, are a few milliseconds. */
  if (!nerve_parallel_for (n, MAX (1, 65536 / evaluation.d), evaluate_piece, &evaluation, progress))
    return nerve_progress_set_cancelled (error);

  return check_values (out, n, lens, error);
}
