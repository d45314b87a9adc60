#include "cloud/landmarks.h"

#include "base/parallel.h"
#include "base/random.h"
#include "cloud/golden.h"

#define N 37
#define D 11
#define N_LANDMARKS 9

static void
choose (const double *points, guint64 seed, NerveMetric metric, guint32 *rows)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nerve_landmarks_maxmin (points, N, D, metric, 4, seed, N_LANDMARKS, rows, NULL, &error));
  g_assert_no_error (error);
}

/* A seed whose first draw is row 4, where the reference starts. */
static guint64
find_seed (guint64 row)
{
  for (guint64 seed = 0;; seed++)
    {
      NerveRandom random;

      nerve_random_init (&random, seed);
      if (nerve_random_below (&random, N) == row)
        return seed;
    }
}

static void
each_is_the_furthest_from_those_before (void)
{
  gsize n;
  g_autofree double *points = golden_read ("metric.txt", "points", &n);
  g_autofree double *expected = golden_read ("metric.txt", "maxmin-from-4", &n);
  guint32 rows[N_LANDMARKS];

  g_assert_cmpuint (n, ==, N_LANDMARKS);
  choose (points, find_seed (4), NERVE_METRIC_EUCLIDEAN, rows);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (rows[i], ==, expected[i]);
}

static void
they_are_different_and_ascend (void)
{
  const double same[N * D] = { 0.0 };
  gsize n;
  g_autofree double *points = golden_read ("metric.txt", "points", &n);
  guint32 rows[N_LANDMARKS];

  for (int metric = 0; metric <= NERVE_METRIC_GEODESIC; metric++)
    for (guint round = 0; round < 2; round++)
      {
        choose (round == 0 ? points : same, 1, metric, rows);
        for (guint i = 1; i < N_LANDMARKS; i++)
          g_assert_cmpuint (rows[i - 1], <, rows[i]);
      }
}

static void
all_points_may_be_landmarks (void)
{
  const double points[] = { 3.0, 3.0, 1.0 };
  guint32 rows[3];

  g_assert_true (nerve_landmarks_maxmin (points, 3, 1, NERVE_METRIC_EUCLIDEAN, 1, 0, 3, rows, NULL, NULL));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (rows[i], ==, i);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloud/landmarks/each-is-the-furthest-from-those-before", each_is_the_furthest_from_those_before);
  g_test_add_func ("/cloud/landmarks/they-are-different-and-ascend", they_are_different_and_ascend);
  g_test_add_func ("/cloud/landmarks/all-points-may-be-landmarks", all_points_may_be_landmarks);

  return g_test_run ();
}
