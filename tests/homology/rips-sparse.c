#include "homology/rips-sparse.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"
#include "cloud/cloud-private.h"
#include "homology/rips-cloud.h"

#define N_METRICS (NERVE_METRIC_GEODESIC + 1)

static const NerveRipsPlan with_matrix = { FALSE };
static const NerveRipsPlan without_matrix = { TRUE };

/* By @kind: points of the plane, of a grid (ties, duplicates), of a space of six dimensions, on a circle, of a space of
 * sixty dimensions with some points twice and some at the origin. */
static double *
draw (NerveRandom *random, guint kind, gsize n, gsize d)
{
  double *points = g_new0 (double, n * d + 1);

  for (gsize i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * nerve_random_double (random);
      gsize twin = kind == 4 && i % 3 == 2 ? nerve_random_below (random, i) : i;

      for (gsize k = 0; k < d; k++)
        points[i * d + k] = twin < i ? points[twin * d + k] :
                            kind == 4 && i % 11 == 0 ? 0 :
                            kind == 1 ? nerve_random_below (random, 6) :
                            kind == 3 ? (k == 0 ? cos (angle) : k == 1 ? sin (angle) : 0) :
                                        nerve_random_normal (random);
    }

  return points;
}

static NerveCloud *
make_cloud (NerveRandom *random, guint kind, gsize n, NerveMetric metric)
{
  gsize d = kind == 2 ? 6 : kind == 4 ? 60 : 2;
  g_autofree double *points = draw (random, kind, n, d);
  NerveCloud *cloud = nerve_cloud_new_from_points (points, n, d);

  cloud->metric = metric;
  cloud->neighbors = 3;

  return cloud;
}

static NerveDiagram *
compute (const NerveCloud *cloud, double threshold, int max_dimension, const NerveRipsPlan *plan)
{
  NerveRipsParameters parameters = { max_dimension, threshold };
  g_autoptr (GError) error = NULL;
  NerveDiagram *diagram = nerve_rips_cloud (cloud, &parameters, plan, NULL, &error);

  g_assert_no_error (error);

  return diagram;
}

static gsize
count_loops (const NerveDiagram *diagram)
{
  gsize n;

  nerve_diagram_get_dimension (diagram, 1, &n);

  return n;
}

static void
assert_same (const NerveDiagram *diagram, const NerveDiagram *other)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  const NerveBar *others = nerve_diagram_get_bars (other);

  g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, nerve_diagram_get_n_bars (other));
  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    g_assert_true (bars[i].dimension == others[i].dimension && bars[i].birth == others[i].birth &&
                   bars[i].death == others[i].death);
}

/* Some distance, just below it, just above it; nothing; half the enclosing radius and more than it. */
static double
choose_threshold (NerveRandom *random, const NerveDistances *distances, guint kind)
{
  gsize n = nerve_distances_get_n (distances);
  double enclosing = nerve_distances_enclosing_radius (distances);
  double some = n > 1 ? nerve_distances_get (distances, nerve_random_below (random, n - 1), n - 1) : 1;

  if (!isfinite (some))
    some = 2;
  if (!isfinite (enclosing))
    enclosing = 6;

  return kind == 0 ? some : kind == 1 ? nextafter (some, 0) : kind == 2 ? nextafter (some, INFINITY) :
         kind == 3 ? 0 : kind == 4 ? enclosing * (.2 + .6 * nerve_random_double (random)) : 1.5 * enclosing;
}

static void
bars_of_clouds_are_those_of_the_whole_matrix (void)
{
  NerveRandom random;
  gsize n_loops = 0;

  nerve_random_init (&random, 70);
  for (guint round = 0; round < 450; round++)
    {
      guint kind = round % 5;
      NerveMetric metric = round / 5 % N_METRICS;
      gsize n = round % 18 == 0 ? round / 18 % 4 : 20 + nerve_random_below (&random, 100);
      g_autoptr (NerveCloud) cloud = make_cloud (&random, kind, n, metric);
      g_autoptr (NerveDistances) distances = nerve_cloud_distances (cloud, NULL, NULL);
      double threshold = choose_threshold (&random, distances, round % 6);
      int max_dimension = round % 7 != 0;
      g_autoptr (NerveDiagram) expected = compute (cloud, threshold, max_dimension, &with_matrix);
      g_autoptr (NerveDiagram) found = compute (cloud, threshold, max_dimension, &without_matrix);

      assert_same (found, expected);
      n_loops += count_loops (found);
    }
  g_test_message ("%" G_GSIZE_FORMAT " loops", n_loops);
  g_assert_cmpuint (n_loops, >, 2000);
}

static void
scaled_clouds_are_scaled_either_way (void)
{
  NerveRandom random;

  nerve_random_init (&random, 74);
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (NerveCloud) cloud = make_cloud (&random, round % 5, 60, round % (N_METRICS - 1));
      g_autoptr (NerveDiagram) expected = NULL;
      g_autoptr (NerveDiagram) found = NULL;
      g_autoptr (NerveDistances) distances = NULL;
      double threshold;

      cloud->scale = round % 2 == 0 ? NERVE_SCALE_MEDIAN : NERVE_SCALE_Q90;
      cloud->unit = NAN;
      distances = nerve_cloud_distances (cloud, NULL, NULL);
      threshold = choose_threshold (&random, distances, round % 3);
      expected = compute (cloud, threshold, 1, &with_matrix);
      found = compute (cloud, threshold, 1, &without_matrix);
      assert_same (found, expected);
    }
}

static NerveRipsEdge *
list_edges (const double *values, gsize n, double threshold, gsize *n_edges)
{
  NerveRipsEdge *edges = g_new (NerveRipsEdge, n * n / 2 + 1);

  *n_edges = 0;
  for (gsize x = n; x-- > 1;)
    for (gsize y = 0; y < x; y++)
      if (values[x * (x - 1) / 2 + y] <= threshold && isfinite (values[x * (x - 1) / 2 + y]))
        edges[(*n_edges)++] = (NerveRipsEdge) { values[x * (x - 1) / 2 + y], x, y };

  return edges;
}

/* Few different distances, zeros and inf among them, and no triangle inequality: everything ties. */
static void
bars_of_edges_are_those_of_the_whole_matrix (void)
{
  NerveRandom random;
  gsize n_loops = 0;

  nerve_random_init (&random, 73);
  for (guint round = 0; round < 400; round++)
    {
      gsize n = 2 + nerve_random_below (&random, 40);
      gsize n_pairs = n * (n - 1) / 2;
      guint levels = 1 + nerve_random_below (&random, 12);
      double *values = g_new (double, n_pairs);
      NerveRipsParameters parameters = { 1, round % 3 == 0 ? INFINITY : nerve_random_below (&random, levels + 1) };
      g_autoptr (NerveDistances) distances = NULL;
      g_autoptr (NerveDiagram) expected = NULL;
      g_autoptr (NerveDiagram) found = NULL;
      NerveRipsEdge *edges;
      gsize n_edges;

      for (gsize i = 0; i < n_pairs; i++)
        values[i] = nerve_random_below (&random, 3) == 0 ? INFINITY : nerve_random_below (&random, levels + 1);
      distances = nerve_distances_take (values, n);
      edges = list_edges (values, n, parameters.threshold, &n_edges);
      expected = nerve_rips (distances, &parameters, NULL, NULL);
      found = nerve_rips_sparse (edges, n_edges, n, 1, NULL, NULL);
      assert_same (found, expected);
      n_loops += count_loops (found);
    }
  g_test_message ("%" G_GSIZE_FORMAT " loops", n_loops);
  g_assert_cmpuint (n_loops, >, 2000);
}

static void
any_number_of_threads_gives_the_same_bars (void)
{
  NerveRandom random;

  nerve_random_init (&random, 71);
  for (guint kind = 0; kind < 5; kind++)
    {
      g_autoptr (NerveCloud) cloud = make_cloud (&random, kind, 500, kind % N_METRICS);
      double threshold = kind == 4 ? 2 : kind == 3 ? .1 : kind == 2 ? 1 : kind == 1 ? .1 : .3;
      g_autoptr (NerveDiagram) first = NULL;

      nerve_parallel_set_threads (1);
      first = compute (cloud, threshold, 1, &without_matrix);
      for (guint threads = 2; threads <= 5; threads++)
        {
          g_autoptr (NerveDiagram) other = NULL;

          nerve_parallel_set_threads (threads);
          other = compute (cloud, threshold, 1, &without_matrix);
          assert_same (first, other);
        }
      nerve_parallel_set_threads (0);
    }
}

static gboolean
count_down (double fraction, gpointer user_data)
{
  return g_atomic_int_add ((gint *) user_data, -1) > 0;
}

static void
every_stage_can_be_stopped (void)
{
  NerveRandom random;
  g_autoptr (NerveCloud) cloud = NULL;
  NerveRipsParameters parameters = { 1, .4 };
  guint n_stopped = 0;

  nerve_random_init (&random, 72);
  cloud = make_cloud (&random, 0, 900, NERVE_METRIC_EUCLIDEAN);
  for (gint asked = 0;; asked = asked * 5 / 4 + 1)
    {
      gint left = asked;
      NerveProgress progress = { count_down, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveDiagram) diagram = nerve_rips_cloud (cloud, &parameters, &without_matrix, &progress, &error);

      if (diagram != NULL)
        break;
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      n_stopped++;
    }
  g_assert_cmpuint (n_stopped, >, 10);
}

static gboolean
is_planned_sparse (const NerveCloud *cloud, double threshold, int max_dimension, guint64 room)
{
  NerveRipsParameters parameters = { max_dimension, threshold };
  NerveRipsPlan plan;

  g_assert_true (nerve_rips_plan (cloud, &parameters, room, &plan, NULL, NULL));

  return plan.is_sparse;
}

static void
the_way_is_chosen_by_how_many_pairs_are_near (void)
{
  NerveRandom random;
  g_autoptr (NerveCloud) cloud = NULL;

  nerve_random_init (&random, 75);
  cloud = make_cloud (&random, 3, 5000, NERVE_METRIC_EUCLIDEAN);
  g_assert_true (is_planned_sparse (cloud, .01, 1, 0));
  g_assert_true (is_planned_sparse (cloud, .01, 0, 0));
  g_assert_false (is_planned_sparse (cloud, .5, 1, 0));
  g_assert_false (is_planned_sparse (cloud, NAN, 1, 0));
  g_assert_false (is_planned_sparse (cloud, .01, 2, 0));
  /* Or by what fits. */
  g_assert_true (is_planned_sparse (cloud, .25, 1, 150 << 20));
  g_assert_false (is_planned_sparse (cloud, .25, 1, (guint64) 4 << 30));
}

static void
distances_without_digits_are_refused_either_way (void)
{
  const double points[] = { 0, 1e-200, 1, 2 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, 4, 1);
  NerveRipsParameters parameters = { 1, .5 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nerve_rips_cloud (cloud, &parameters, i == 0 ? &with_matrix : &without_matrix, NULL, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
      g_assert_nonnull (strstr (error->message, "the distance between points 0 and 1 is too small for a double"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rips-sparse/bars-of-clouds-are-those-of-the-whole-matrix",
                   bars_of_clouds_are_those_of_the_whole_matrix);
  g_test_add_func ("/rips-sparse/scaled-clouds-are-scaled-either-way", scaled_clouds_are_scaled_either_way);
  g_test_add_func ("/rips-sparse/bars-of-edges-are-those-of-the-whole-matrix",
                   bars_of_edges_are_those_of_the_whole_matrix);
  g_test_add_func ("/rips-sparse/any-number-of-threads-gives-the-same-bars",
                   any_number_of_threads_gives_the_same_bars);
  g_test_add_func ("/rips-sparse/every-stage-can-be-stopped", every_stage_can_be_stopped);
  g_test_add_func ("/rips-sparse/the-way-is-chosen-by-how-many-pairs-are-near",
                   the_way_is_chosen_by_how_many_pairs_are_near);
  g_test_add_func ("/rips-sparse/distances-without-digits-are-refused-either-way",
                   distances_without_digits_are_refused_either_way);

  return g_test_run ();
}
