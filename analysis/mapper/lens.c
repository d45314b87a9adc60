#include "mapper/lens.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "cloud/rows.h"
#include "data/names.h"
#include "mapper/lens-cloud.h"

/* Of a point's @d coordinates; @scratch has room for as many. */
typedef double (*LensFunc) (const double *point, gsize d, double *scratch);

typedef struct
{
  LensFunc          func;
  const NerveCloud *cloud;
  gsize             d;
  double           *out;
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
  { "coordinate", N_("Coordinate") },
  { "pca1", N_("First principal component") },
  { "pca2", N_("Second principal component") },
  { "density", N_("Density") },
  { "eccentricity", N_("Eccentricity") },
  { "knn", N_("Distance to a neighbour") },
  { "dtm", N_("Distance to measure") },
  { "logit", N_("Logit of a class") },
  { NULL, NULL },
};

typedef struct
{
  LensFunc      func;  /* of a point alone */
  NerveLensFunc whole; /* or of all points */
  int           number;
} LensType;

static const LensType lens_types[] = {
  [NERVE_LENS_L2] = { measure_l2, NULL, -1 },
  [NERVE_LENS_L1] = { measure_l1, NULL, -1 },
  [NERVE_LENS_SUM] = { measure_sum, NULL, -1 },
  [NERVE_LENS_MEAN] = { measure_mean, NULL, -1 },
  [NERVE_LENS_MEDIAN] = { measure_median, NULL, -1 },
  [NERVE_LENS_MAX] = { measure_max, NULL, -1 },
  [NERVE_LENS_MIN] = { measure_min, NULL, -1 },
  [NERVE_LENS_STD] = { measure_std, NULL, -1 },
  [NERVE_LENS_COORDINATE] = { NULL, nerve_lens_coordinate, 0 },
  [NERVE_LENS_PCA1] = { NULL, nerve_lens_pca1, -1 },
  [NERVE_LENS_PCA2] = { NULL, nerve_lens_pca2, -1 },
  [NERVE_LENS_DENSITY] = { NULL, nerve_lens_density, 5 },
  [NERVE_LENS_ECCENTRICITY] = { NULL, nerve_lens_eccentricity, 1 },
  [NERVE_LENS_KNN] = { NULL, nerve_lens_knn, 5 },
  [NERVE_LENS_DTM] = { NULL, nerve_lens_dtm, 15 },
  [NERVE_LENS_LOGIT] = { NULL, nerve_lens_logit, 0 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (lens_types) + 1 == G_N_ELEMENTS (nerve_lens_choices));

static gboolean
evaluate_piece (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Evaluation *evaluation = user_data;
  g_autofree double *scratch = g_new (double, evaluation->d);
  g_autofree double *row = g_new (double, evaluation->d);

  for (gsize i = begin; i < end; i++)
    evaluation->out[i] = evaluation->func (nerve_cloud_get_row (evaluation->cloud, i, row), evaluation->d, scratch);

  return TRUE;
}

static gboolean
check_values (const double *values, gsize n, int lens, NerveMetric metric, GError **error)
{
  double smallest = INFINITY;
  double largest = -INFINITY;

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                       "the lens %s of point %" G_GSIZE_FORMAT " (counted from 0) is not finite%s",
                       nerve_lens_choices[lens].name, i,
                       metric == NERVE_METRIC_GEODESIC && isinf (values[i])
                         ? ": the neighbour graph of the geodesic metric is not connected; raise neighbors" : "");
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

static gboolean
evaluate_points (LensFunc func, const NerveCloud *cloud, double *out, const NerveProgress *progress, GError **error)
{
  Evaluation evaluation = { func, cloud, nerve_cloud_get_dimension (cloud), out };

  /* Some 64 k values, even to be sorted, are a few milliseconds. */
  return nerve_parallel_for (nerve_cloud_get_n (cloud), MAX (1, 65536 / evaluation.d), evaluate_piece, &evaluation,
                             progress) ||
         nerve_progress_set_cancelled (error);
}

gboolean
nerve_lens_evaluate (int lens, int number, const NerveCloud *cloud, double *out, const NerveProgress *progress,
                     GError **error)
{
  const LensType *type;
  gboolean done;

  g_return_val_if_fail (lens >= 0 && lens < (int) G_N_ELEMENTS (lens_types), FALSE);
  g_return_val_if_fail (nerve_cloud_get_dimension (cloud) > 0, FALSE);

  type = &lens_types[lens];
  if (type->func != NULL)
    done = evaluate_points (type->func, cloud, out, progress, error);
  else
    done = type->whole (cloud, nerve_lens_number (lens, number), out, progress, error);

  return done && check_values (out, nerve_cloud_get_n (cloud), lens, nerve_cloud_get_metric (cloud), error);
}

int
nerve_lens_number (int lens, int number)
{
  if (lens < 0 || lens_types[lens].number < 0)
    return -1;

  return number >= 0 ? number : lens_types[lens].number;
}

gboolean
nerve_lens_is_contraction (int lens, NerveMetric metric)
{
  /* |x| ≤ |x − y| + |y| in the l2 norm, which is at most the l1 norm; axes of length one. */
  gboolean bounds = metric == NERVE_METRIC_EUCLIDEAN || metric == NERVE_METRIC_MANHATTAN;

  if (lens == NERVE_LENS_L2 || lens == NERVE_LENS_PCA1 || lens == NERVE_LENS_PCA2)
    return bounds;

  return lens == NERVE_LENS_COORDINATE && (bounds || metric == NERVE_METRIC_CHEBYSHEV);
}

static gboolean
parse_one (const char *text, int *lens, int *number, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  const char *names[G_N_ELEMENTS (lens_types)];
  g_autofree char *near = NULL;
  gint64 value;

  for (guint i = 0; i < G_N_ELEMENTS (lens_types); i++)
    names[i] = nerve_lens_choices[i].name;
  *number = -1;
  *lens = -1;
  for (guint i = 0; i < G_N_ELEMENTS (lens_types) && parts[0] != NULL; i++)
    if (g_str_equal (names[i], parts[0]))
      *lens = i;
  if (*lens < 0)
    {
      near = nerve_names_near (text, names, G_N_ELEMENTS (names));
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "lens: “%s” is not known%s%s%s", text,
                   near != NULL ? "; did you mean " : "", near != NULL ? near : "", near != NULL ? "?" : "");
      return FALSE;
    }
  if (parts[1] == NULL)
    return TRUE;

  if (lens_types[*lens].number < 0 || !g_ascii_string_to_signed (parts[1], 10, 0, 1000000, &value, NULL))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "lens: “%s”: %s", text,
                   lens_types[*lens].number < 0 ? "this lens takes no number" : "a whole number is needed");
      return FALSE;
    }
  *number = value;

  return TRUE;
}

gboolean
nerve_lens_parse (const char *text, int lens[2], int number[2], GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);

  lens[1] = number[1] = -1;
  if (n < 1 || n > 2)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, "lens: “%s”: one or two lenses are needed", text);
      return FALSE;
    }

  return parse_one (parts[0], &lens[0], &number[0], error) &&
         (n == 1 || parse_one (parts[1], &lens[1], &number[1], error));
}
