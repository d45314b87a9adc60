#include "cloud/near.h"

#include <math.h>

#include "base/parallel.h"
#include "base/random.h"
#include "cloud/cloud-private.h"

#define N_METRICS (NERVE_METRIC_GEODESIC + 1)

/* On a grid (ties, duplicates, zero vectors), or far from the origin and all over. */
static NerveCloud *
draw_cloud (NerveRandom *random, gsize n, gsize d, gboolean is_grid, NerveMetric metric)
{
  g_autofree double *points = g_new (double, n * d);
  NerveCloud *cloud;

  for (gsize i = 0; i < n * d; i++)
    points[i] = is_grid ? nerve_random_below (random, 4) : 100 + nerve_random_normal (random);
  cloud = nerve_cloud_new_from_points (points, n, d);
  cloud->metric = metric;
  cloud->neighbors = 3;

  return cloud;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const NervePair *x = a;
  const NervePair *y = b;

  return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b > y->b) - (x->b < y->b);
}

static GArray *
find_pairs (const NerveCloud *cloud, double threshold)
{
  g_autoptr (GError) error = NULL;
  gsize n_pairs;
  g_autoptr (GPtrArray) parts = nerve_near_pairs (cloud, threshold, G_MAXUINT32, &n_pairs, NULL, &error);
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (NervePair));

  g_assert_no_error (error);
  for (guint i = 0; i < parts->len; i++)
    if (((GArray *) parts->pdata[i])->len > 0)
      g_array_append_vals (pairs, ((GArray *) parts->pdata[i])->data, ((GArray *) parts->pdata[i])->len);
  g_assert_cmpuint (pairs->len, ==, n_pairs);
  g_array_sort (pairs, compare_pairs);

  return pairs;
}

static void
assert_all_near (const GArray *pairs, const NerveDistances *distances, double threshold)
{
  guint place = 0;

  for (gsize a = 1; a < nerve_distances_get_n (distances); a++)
    for (gsize b = 0; b < a; b++)
      if (nerve_distances_get (distances, a, b) <= threshold)
        {
          const NervePair *pair = &g_array_index (pairs, NervePair, place);

          g_assert_cmpuint (place++, <, pairs->len);
          g_assert_cmpuint (pair->a, ==, a);
          g_assert_cmpuint (pair->b, ==, b);
          g_assert_cmpfloat (pair->distance, ==, nerve_distances_get (distances, a, b));
        }
  g_assert_cmpuint (place, ==, pairs->len);
}

static void
pairs_are_all_that_are_near_and_no_others (void)
{
  static const gsize dimensions[] = { 1, 2, 5, 70 };
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (guint round = 0; round < 200; round++)
    {
      gsize n = round % 24 / 2 == 3 ? 1100 : 2 + nerve_random_below (&random, 90);
      g_autoptr (NerveCloud) cloud = draw_cloud (&random, n, dimensions[round / 2 % 4], round % 2 == 0,
                                                 round / 8 % N_METRICS);
      g_autoptr (NerveDistances) distances = NULL;
      g_autoptr (GArray) pairs = NULL;
      double threshold;

      cloud->scale = round % 3 == 0 && round / 8 % N_METRICS != NERVE_METRIC_GEODESIC ? NERVE_SCALE_Q90
                                                                                       : NERVE_SCALE_NONE;
      cloud->unit = NAN;
      distances = nerve_cloud_distances (cloud, NULL, NULL);
      if (distances == NULL)
        {
          /* Nearly all distances are zero, which is no scale. */
          cloud->scale = NERVE_SCALE_NONE;
          distances = nerve_cloud_distances (cloud, NULL, NULL);
        }
      threshold = nerve_distances_get (distances, n - 1, nerve_random_below (&random, n - 1));
      if (!isfinite (threshold))
        threshold = 2;
      if (round % 4 == 1)
        threshold = nextafter (threshold, 0);
      pairs = find_pairs (cloud, threshold);
      assert_all_near (pairs, distances, threshold);
    }
}

static void
the_count_is_not_below_what_there_is (void)
{
  NerveRandom random;

  nerve_random_init (&random, 2);
  for (guint metric = 0; metric < N_METRICS; metric++)
    for (double threshold = .1; threshold < 3; threshold *= 10)
      {
        g_autoptr (NerveCloud) cloud = draw_cloud (&random, 3000, 2, FALSE, metric);
        double near = metric == NERVE_METRIC_COSINE ? threshold * 1e-5 : threshold;
        g_autoptr (GArray) pairs = find_pairs (cloud, near);
        double most;

        g_assert_true (nerve_near_count (cloud, near, &most, NULL, NULL));
        g_assert_cmpfloat (most, >=, pairs->len);
        if (metric != NERVE_METRIC_GEODESIC)
          g_assert_cmpfloat (most, <=, 1.5 * pairs->len + 1000);
      }
}

static void
too_many_pairs_are_refused (void)
{
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (guint metric = 0; metric < N_METRICS; metric++)
    {
      g_autoptr (NerveCloud) cloud = draw_cloud (&random, 500, 2, FALSE, metric);
      g_autoptr (GError) error = NULL;
      gsize n_pairs;

      g_assert_null (nerve_near_pairs (cloud, 20, 1000, &n_pairs, NULL, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY);
      g_assert_true (g_str_has_prefix (error->message, "more than 1000 pairs of points are within 20 of each other"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/near/pairs-are-all-that-are-near-and-no-others", pairs_are_all_that_are_near_and_no_others);
  g_test_add_func ("/near/the-count-is-not-below-what-there-is", the_count_is_not_below_what_there_is);
  g_test_add_func ("/near/too-many-pairs-are-refused", too_many_pairs_are_refused);

  return g_test_run ();
}
