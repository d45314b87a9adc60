#include "cloud/metric.h"

#include <math.h>

#include "base/random.h"
#include "cloud/golden.h"

#define N_STRAIGHT 4 /* all but geodesic */

/* Every lower-triangle entry within a rounding or two of the reference. */
static void
check_against (const char *name, NerveMetric metric)
{
  gsize n_values, n_expected;
  g_autofree double *points = golden_read ("metric.txt", "points", &n_values);
  g_autofree double *expected = golden_read ("metric.txt", name, &n_expected);
  gsize n = n_values / 11;
  gsize pair = 0;

  for (gsize i = 1; i < n; i++)
    for (gsize j = 0; j < i; j++, pair++)
      {
        double distance = nerve_metric_distance (metric, points + i * 11, points + j * 11, 11);

        g_assert_cmpfloat_with_epsilon (distance, expected[pair], 1e-14 * (1.0 + expected[pair]));
      }
  g_assert_cmpuint (pair, ==, n_expected);
}

static void
each_metric_is_what_numpy_says (void)
{
  check_against ("euclidean", NERVE_METRIC_EUCLIDEAN);
  check_against ("cosine", NERVE_METRIC_COSINE);
  check_against ("manhattan", NERVE_METRIC_MANHATTAN);
  check_against ("chebyshev", NERVE_METRIC_CHEBYSHEV);
}

static double *
random_points (NerveRandom *random, gsize n, gsize d)
{
  double *points = g_new (double, n * d);

  for (gsize i = 0; i < n * d; i++)
    points[i] = nerve_random_normal (random) * 1e3;

  return points;
}

static void
check_block (NerveRandom *random, gsize n_a, gsize n_b, gsize d)
{
  g_autofree double *a = random_points (random, n_a, d);
  g_autofree double *b = random_points (random, n_b, d);
  g_autofree double *out = g_new (double, n_a * n_b);

  for (int metric = 0; metric < N_STRAIGHT; metric++)
    {
      nerve_metric_block (metric, a, n_a, b, n_b, d, out);
      for (gsize i = 0; i < n_a; i++)
        for (gsize j = 0; j < n_b; j++)
          g_assert_cmpfloat (out[i * n_b + j], ==, nerve_metric_distance (metric, a + i * d, b + j * d, d));
    }
}

static void
a_block_equals_single_distances_bit_for_bit (void)
{
  const gsize sizes[] = { 1, 3, 4, 8, 9, 65, 70 };
  const gsize depths[] = { 1, 2, 17, 256, 257, 600 };
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (depths); j++)
      check_block (&random, sizes[i], sizes[G_N_ELEMENTS (sizes) - 1 - i], depths[j]);
}

static void
pairs_of_single_precision_are_as_in_double (void)
{
  const gsize n = 37, d = 23;
  g_autofree float *singles = g_new (float, 2 * n * d);
  g_autofree double *doubles = g_new (double, 2 * n * d);
  g_autofree double *out = g_new (double, n);
  const float *a[37];
  const float *b[37];
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (gsize i = 0; i < 2 * n * d; i++)
    doubles[i] = singles[i] = (float) (nerve_random_normal (&random) * 1e3);
  for (gsize i = 0; i < n; i++)
    {
      a[i] = singles + i * d;
      b[i] = singles + (n + i) * d;
    }
  nerve_metric_pairs_single (a, b, n, d, out);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (out[i], ==, nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, doubles + i * d,
                                                          doubles + (n + i) * d, d));
}

static void
equal_points_are_at_distance_zero (void)
{
  NerveRandom random;

  nerve_random_init (&random, 2);
  for (guint round = 0; round < 1000; round++)
    {
      g_autofree double *point = random_points (&random, 1, 7);

      for (int metric = 0; metric < N_STRAIGHT; metric++)
        g_assert_cmpfloat (nerve_metric_distance (metric, point, point, 7), ==, 0.0);
    }
}

static void
cosine_keeps_to_its_range (void)
{
  const double zero[] = { 0.0, 0.0 };
  const double a[] = { 3.0, 4.0 };
  const double opposite[] = { -6.0, -8.0 };
  const double large[] = { 3e150, 4e150 };

  g_assert_cmpfloat (nerve_metric_distance (NERVE_METRIC_COSINE, zero, zero, 2), ==, 0.0);
  g_assert_cmpfloat (nerve_metric_distance (NERVE_METRIC_COSINE, zero, a, 2), ==, 1.0);
  g_assert_cmpfloat (nerve_metric_distance (NERVE_METRIC_COSINE, a, opposite, 2), ==, 2.0);
  g_assert_cmpfloat (nerve_metric_distance (NERVE_METRIC_COSINE, large, large, 2), >=, 0.0);
  g_assert_cmpfloat (nerve_metric_distance (NERVE_METRIC_COSINE, large, large, 2), <, 1e-15);
}

static void
points_without_coordinates_coincide (void)
{
  double out[4] = { NAN, NAN, NAN, NAN };

  nerve_metric_block (NERVE_METRIC_EUCLIDEAN, NULL, 2, NULL, 2, 0, out);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (out[i], ==, 0.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloud/metric/each-metric-is-what-numpy-says", each_metric_is_what_numpy_says);
  g_test_add_func ("/cloud/metric/a-block-equals-single-distances-bit-for-bit",
                   a_block_equals_single_distances_bit_for_bit);
  g_test_add_func ("/cloud/metric/pairs-of-single-precision-are-as-in-double",
                   pairs_of_single_precision_are_as_in_double);
  g_test_add_func ("/cloud/metric/equal-points-are-at-distance-zero", equal_points_are_at_distance_zero);
  g_test_add_func ("/cloud/metric/cosine-keeps-to-its-range", cosine_keeps_to_its_range);
  g_test_add_func ("/cloud/metric/points-without-coordinates-coincide", points_without_coordinates_coincide);

  return g_test_run ();
}
