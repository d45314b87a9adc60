#include "layers/rtd.h"

#include <string.h>

#include "base/random.h"
#include "homology/rips.h"
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
compare (NerveDistances *a, NerveDistances *b, double both[2])
{
  g_auto (NerveRtdCloud) first = { NULL };
  g_auto (NerveRtdCloud) second = { NULL };

  g_assert_true (nerve_rtd_cloud_init (&first, a, NULL, NULL));
  g_assert_true (nerve_rtd_cloud_init (&second, b, NULL, NULL));
  g_assert_true (nerve_rtd (&first, &second, both, NULL, NULL));
}

/* By the definition: the sum of the finite H1 bars of [[0, R₁ᵀ], [R₁, min (R₁, R₂)]]. */
static double
divergence_of_whole_matrix (const NerveDistances *a, const NerveDistances *b)
{
  const NerveRipsParameters parameters = { 1, NAN };
  gsize n = nerve_distances_get_n (a);
  double *values = g_new0 (double, n * (2 * n - 1));
  g_autoptr (NerveDistances) joined = NULL;
  g_autoptr (NerveDiagram) diagram = NULL;
  NerveDiagramSummary summary;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      {
        gsize row = n + i;

        values[row * (row - 1) / 2 + j] = i == j ? 0 : nerve_distances_get (a, i, j);
        if (j < i)
          values[row * (row - 1) / 2 + n + j] = MIN (nerve_distances_get (a, i, j), nerve_distances_get (b, i, j));
      }
  joined = nerve_distances_take (values, 2 * n);
  diagram = nerve_rips (joined, &parameters, NULL, NULL);
  nerve_diagram_summarize (diagram, 1, &summary);

  return summary.total;
}

/* Coordinates on a grid: many distances are equal, some are zero. */
static NerveDistances *
draw (guint64 seed, gsize n, gsize d, gboolean grid)
{
  g_autofree double *points = g_new (double, n * d);
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n * d; i++)
    points[i] = grid ? nerve_random_below (&random, 4) : nerve_random_normal (&random);

  return nerve_distances_new (points, n, d, NERVE_METRIC_EUCLIDEAN, 0, NULL, NULL);
}

static void
divergence_is_that_of_the_whole_matrix (void)
{
  for (guint trial = 0; trial < 60; trial++)
    {
      gsize n = 2 + trial;
      g_autoptr (NerveDistances) a = draw (2 * trial, n, 1 + trial % 5, trial % 2 == 0);
      g_autoptr (NerveDistances) b = draw (2 * trial + 1, n, 1 + trial % 3, trial % 4 < 2);
      double both[2];

      compare (a, b, both);
      g_assert_cmpfloat_with_epsilon (both[0], divergence_of_whole_matrix (a, b), 1e-9);
      g_assert_cmpfloat_with_epsilon (both[1], divergence_of_whole_matrix (b, a), 1e-9);
      compare (a, a, both);
      g_assert_cmpfloat (both[0], ==, 0);
    }
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
      double both[2];

      compare (a, b, both);
      g_assert_cmpfloat_with_epsilon (both[0], expected[0], 1e-9);
      g_assert_cmpfloat_with_epsilon (both[1], expected[1], 1e-9);
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
  g_test_add_func ("/layers/rtd/whole-matrix", divergence_is_that_of_the_whole_matrix);
  g_test_add_func ("/layers/rtd/unreachable", unreachable_points_are_refused);

  return g_test_run ();
}
