#include "layers/rtd.h"

#include <string.h>

#include "layers/golden.h"

static NerveDistances *
measure (Golden *golden, const char *word, gsize n, gsize d)
{
  g_autofree double *points = golden_matrix (golden, word, n * d);
  NerveDistances *distances = nerve_distances_new (points, n, d, NERVE_METRIC_EUCLIDEAN, 0, NULL, NULL);
  double unit;

  g_assert_true (nerve_rtd_unit (distances, &unit, NULL, NULL));
  nerve_distances_divide (distances, unit);

  return distances;
}

static void
divergence_is_gudhis (void)
{
  Golden golden;
  guint n_pairs = 0;

  golden_init (&golden, "rtd.txt");
  while (golden_has (&golden, "pair"))
    {
      gsize n;
      g_autofree double *extents = golden_numbers (&golden, "pair", &n);
      g_autoptr (NerveDistances) a = measure (&golden, "x", extents[1], extents[2]);
      g_autoptr (NerveDistances) b = measure (&golden, "y", extents[1], extents[3]);
      g_autofree double *expected = golden_matrix (&golden, "rtd", 2);
      double one;
      double other;

      g_assert_true (nerve_rtd_one (a, b, &one, NULL, NULL));
      g_assert_true (nerve_rtd_one (b, a, &other, NULL, NULL));
      g_assert_cmpfloat_with_epsilon (one, expected[0], 1e-9);
      g_assert_cmpfloat_with_epsilon (other, expected[1], 1e-9);
      n_pairs++;
    }
  g_assert_cmpuint (n_pairs, ==, 8);
  golden_clear (&golden);
}

static void
unreachable_points_are_refused (void)
{
  double *values = g_new (double, 3);
  g_autoptr (NerveDistances) distances = NULL;
  g_autoptr (GError) error = NULL;
  double unit;

  values[0] = 1;
  values[1] = INFINITY;
  values[2] = 2;
  distances = nerve_distances_take (values, 3);
  g_assert_false (nerve_rtd_unit (distances, &unit, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/rtd/gudhi", divergence_is_gudhis);
  g_test_add_func ("/layers/rtd/unreachable", unreachable_points_are_refused);

  return g_test_run ();
}
