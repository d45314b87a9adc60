#include "cloud/metric.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"
#include "cloud/golden.h"

static NerveDistances *
measure (const double *points, gsize n, gsize d, NerveMetric metric)
{
  g_autoptr (GError) error = NULL;
  NerveDistances *distances = nerve_distances_new (points, n, d, metric, 3, NULL, &error);

  g_assert_no_error (error);

  return distances;
}

static double *
random_points (gsize n, gsize d)
{
  double *points = g_new (double, n * d);
  NerveRandom random;

  nerve_random_init (&random, n + d);
  for (gsize i = 0; i < n * d; i++)
    points[i] = nerve_random_normal (&random);

  return points;
}

static void
every_pair_stands_in_its_place (void)
{
  const gsize sizes[] = { 2, 3, 64, 65, 130, 200 };

  for (guint q = 0; q < G_N_ELEMENTS (sizes); q++)
    {
      gsize n = sizes[q];
      g_autofree double *points = random_points (n, 5);
      g_autoptr (NerveDistances) distances = measure (points, n, 5, NERVE_METRIC_MANHATTAN);

      g_assert_cmpuint (nerve_distances_get_n (distances), ==, n);
      for (gsize i = 0; i < n; i++)
        for (gsize j = 0; j < n; j++)
          g_assert_cmpfloat (nerve_distances_get (distances, i, j), ==,
                             nerve_metric_distance (NERVE_METRIC_MANHATTAN, points + i * 5, points + j * 5, 5));
    }
}

static void
few_points_have_few_distances (void)
{
  for (gsize n = 0; n < 2; n++)
    {
      const double point[] = { 1.0, 2.0 };
      g_autoptr (NerveDistances) distances = measure (point, n, 2, NERVE_METRIC_EUCLIDEAN);
      g_autoptr (NerveDistances) hops = measure (point, n, 2, NERVE_METRIC_GEODESIC);
      double median = 0.0;

      g_assert_cmpuint (nerve_distances_get_n (distances), ==, n);
      g_assert_cmpfloat (nerve_distances_enclosing_radius (hops), ==, 0.0);
      g_assert_true (nerve_distances_quantile (distances, 0.5, &median, NULL, NULL));
      g_assert_true (isnan (median));
    }
}

static void
any_number_of_threads_gives_the_same (void)
{
  gsize n = 300;
  g_autofree double *points = random_points (n, 40);

  for (int metric = 0; metric <= NERVE_METRIC_GEODESIC; metric++)
    {
      g_autoptr (NerveDistances) one = NULL;
      g_autoptr (NerveDistances) four = NULL;

      nerve_parallel_set_threads (1);
      one = measure (points, n, 40, metric);
      nerve_parallel_set_threads (4);
      four = measure (points, n, 40, metric);
      g_assert_cmpmem (nerve_distances_get_values (one), n * (n - 1) / 2 * sizeof (double),
                       nerve_distances_get_values (four), n * (n - 1) / 2 * sizeof (double));
    }
  nerve_parallel_set_threads (0);
}

static void
quantiles_are_numpys (void)
{
  gsize n_values, n_quantiles;
  g_autofree double *points = golden_read ("metric.txt", "points", &n_values);
  g_autofree double *quantiles = golden_read ("metric.txt", "quantiles", &n_quantiles);
  g_autofree double *expected = golden_read ("metric.txt", "quantiles-euclidean", &n_quantiles);
  g_autoptr (NerveDistances) distances = measure (points, n_values / 11, 11, NERVE_METRIC_EUCLIDEAN);

  for (gsize i = 0; i < n_quantiles; i++)
    {
      double value;

      g_assert_true (nerve_distances_quantile (distances, quantiles[i], &value, NULL, NULL));
      g_assert_cmpfloat_with_epsilon (value, expected[i], 1e-14 * (1.0 + expected[i]));
    }
}

static void
quantiles_refuse_what_can_not_be_reached (void)
{
  g_autoptr (GError) error = NULL;
  double values[] = { 1.0, INFINITY, 2.0 };
  g_autoptr (NerveDistances) distances = nerve_distances_take (g_memdup2 (values, sizeof values), 3);
  double median;

  g_assert_false (nerve_distances_is_finite (distances));
  g_assert_false (nerve_distances_quantile (distances, 0.5, &median, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
}

static gboolean
refuse (double fraction, gpointer user_data)
{
  return FALSE;
}

static void
a_quantile_can_be_stopped (void)
{
  const NerveProgress progress = { refuse, NULL, 0, 1 };
  double values[] = { 1.0, 3.0, 2.0 };
  g_autoptr (NerveDistances) distances = nerve_distances_take (g_memdup2 (values, sizeof values), 3);
  g_autoptr (GError) error = NULL;
  double median;

  g_assert_false (nerve_distances_quantile (distances, 0.5, &median, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
}

static void
the_enclosing_radius_is_the_least_largest_distance (void)
{
  /* On a line at 0, 1, 3, 7: the point at 3 sees all within 4. */
  const double line[] = { 0.0, 1.0, 3.0, 7.0 };
  g_autoptr (NerveDistances) distances = measure (line, 4, 1, NERVE_METRIC_EUCLIDEAN);

  g_assert_cmpfloat (nerve_distances_enclosing_radius (distances), ==, 4.0);
  nerve_distances_divide (distances, 2.0);
  g_assert_cmpfloat (nerve_distances_enclosing_radius (distances), ==, 2.0);
}

static void
a_matrix_too_large_is_refused_with_an_estimate (void)
{
  g_autoptr (GError) error = NULL;
  const double point = 0.0;

  g_assert_null (nerve_distances_new (&point, 4000000, 1, NERVE_METRIC_EUCLIDEAN, 1, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY);
  g_assert_true (g_str_has_prefix (error->message,
                                   "the distances between 4000000 points would need about 64.0 TB of memory"));
}

static void
distances_beyond_a_double_are_an_error (void)
{
  const double points[] = { 0.0, 1e200, 1.0, -1e200 };
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_distances_new (points, 4, 1, NERVE_METRIC_EUCLIDEAN, 1, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "the distance between points 0 and 1 is too large for a double");
}

/* Squares below the least double lose their digits; the other metrics square nothing. */
static void
distances_too_near_for_squares_are_an_error (void)
{
  const double points[] = { 1e-200, 1e-200, 3e-200 };
  g_autoptr (NerveDistances) distances = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_distances_new (points, 3, 1, NERVE_METRIC_EUCLIDEAN, 1, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, "the distance between points 0 and 2 is too small for a double");

  distances = nerve_distances_new (points, 3, 1, NERVE_METRIC_MANHATTAN, 1, NULL, NULL);
  g_assert_cmpfloat_with_epsilon (nerve_distances_get (distances, 0, 2), 2e-200, 1e-215);
}

static gboolean
stop_half_way (double fraction, gpointer user_data)
{
  return fraction < 0.5;
}

static void
it_stops_when_told (void)
{
  g_autofree double *points = random_points (600, 8);
  NerveProgress progress = { stop_half_way, NULL, 0.0, 1.0 };

  for (int metric = 0; metric <= NERVE_METRIC_GEODESIC; metric++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nerve_distances_new (points, 600, 8, metric, 3, &progress, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloud/distances/every-pair-stands-in-its-place", every_pair_stands_in_its_place);
  g_test_add_func ("/cloud/distances/few-points-have-few-distances", few_points_have_few_distances);
  g_test_add_func ("/cloud/distances/any-number-of-threads-gives-the-same", any_number_of_threads_gives_the_same);
  g_test_add_func ("/cloud/distances/quantiles-are-numpys", quantiles_are_numpys);
  g_test_add_func ("/cloud/distances/quantiles-refuse-what-can-not-be-reached",
                   quantiles_refuse_what_can_not_be_reached);
  g_test_add_func ("/cloud/distances/a-quantile-can-be-stopped", a_quantile_can_be_stopped);
  g_test_add_func ("/cloud/distances/the-enclosing-radius-is-the-least-largest-distance",
                   the_enclosing_radius_is_the_least_largest_distance);
  g_test_add_func ("/cloud/distances/a-matrix-too-large-is-refused-with-an-estimate",
                   a_matrix_too_large_is_refused_with_an_estimate);
  g_test_add_func ("/cloud/distances/distances-beyond-a-double-are-an-error", distances_beyond_a_double_are_an_error);
  g_test_add_func ("/cloud/distances/distances-too-near-for-squares-are-an-error",
                   distances_too_near_for_squares_are_an_error);
  g_test_add_func ("/cloud/distances/it-stops-when-told", it_stops_when_told);

  return g_test_run ();
}
