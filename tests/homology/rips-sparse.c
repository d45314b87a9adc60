#include "homology/rips-sparse.h"

#include <math.h>

#include "base/parallel.h"
#include "base/random.h"
#include "homology/rips.h"

/* By @kind: points of the plane, of a grid (ties, duplicates), of a space of six dimensions, on a circle. */
static double *
draw (NerveRandom *random, guint kind, gsize n, gsize d)
{
  double *points = g_new0 (double, n * d);

  for (gsize i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * nerve_random_double (random);

      for (gsize k = 0; k < d; k++)
        points[i * d + k] = kind == 1 ? nerve_random_below (random, 6) :
                            kind == 3 ? (k == 0 ? cos (angle) : k == 1 ? sin (angle) : 0) :
                                        nerve_random_normal (random);
    }

  return points;
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

static void
bars_are_those_of_the_whole_matrix (void)
{
  NerveRandom random;
  gsize n_loops = 0;

  nerve_random_init (&random, 70);
  for (guint round = 0; round < 160; round++)
    {
      guint kind = round % 4;
      gsize d = kind == 2 ? 6 : 2;
      gsize n = round < 8 ? round / 4 : 20 + nerve_random_below (&random, 120);
      NerveMetric metric = round / 4 % 4;
      g_autofree double *points = draw (&random, kind, n, d);
      g_autoptr (NerveDistances) distances = nerve_distances_new (points, n, d, metric, 14, NULL, NULL);
      double enclosing = nerve_distances_enclosing_radius (distances);
      NerveRipsParameters parameters = { round % 5 != 0, NAN };
      g_autoptr (NerveDiagram) expected = NULL;
      g_autoptr (NerveDiagram) found = NULL;
      gsize n_own;

      /* At a tie, below the enclosing radius, above it. */
      parameters.threshold = round % 3 == 0 && n > 5 ? nerve_distances_get (distances, 5, 2) :
                             enclosing * (.3 + nerve_random_double (&random));
      expected = nerve_rips (distances, &parameters, NULL, NULL);
      found = nerve_rips_sparse (points, n, d, metric, 1, parameters.threshold, parameters.max_dimension, NULL, NULL);
      assert_same (found, expected);
      nerve_diagram_get_dimension (found, 1, &n_own);
      n_loops += n_own;
    }
  g_test_message ("%" G_GSIZE_FORMAT " loops", n_loops);
  g_assert_cmpuint (n_loops, >, 1000);
}

static void
any_number_of_threads_gives_the_same_bars (void)
{
  NerveRandom random;
  g_autofree double *points = NULL;
  g_autoptr (NerveDiagram) first = NULL;
  g_autoptr (NerveDiagram) second = NULL;

  nerve_random_init (&random, 71);
  points = draw (&random, 1, 1000, 3);
  nerve_parallel_set_threads (1);
  first = nerve_rips_sparse (points, 1000, 3, NERVE_METRIC_MANHATTAN, 1, 2, 1, NULL, NULL);
  nerve_parallel_set_threads (4);
  second = nerve_rips_sparse (points, 1000, 3, NERVE_METRIC_MANHATTAN, 1, 2, 1, NULL, NULL);
  nerve_parallel_set_threads (0);
  assert_same (first, second);
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
  g_autofree double *points = NULL;
  guint n_stopped = 0;

  nerve_random_init (&random, 72);
  points = draw (&random, 0, 900, 2);
  for (gint asked = 0;; asked = asked * 5 / 4 + 1)
    {
      gint left = asked;
      NerveProgress progress = { count_down, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (NerveDiagram) diagram = nerve_rips_sparse (points, 900, 2, NERVE_METRIC_EUCLIDEAN, 1, .4, 1, &progress,
                                                            &error);

      if (diagram != NULL)
        break;
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
      n_stopped++;
    }
  g_assert_cmpuint (n_stopped, >, 10);
}

static void
distances_that_overflow_are_refused (void)
{
  const double points[] = { 1e300, 1e300, -1e300, 1e300, INFINITY, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_rips_sparse (points, 3, 2, NERVE_METRIC_COSINE, 1, 1, 1, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rips-sparse/bars-are-those-of-the-whole-matrix", bars_are_those_of_the_whole_matrix);
  g_test_add_func ("/rips-sparse/any-number-of-threads-gives-the-same-bars",
                   any_number_of_threads_gives_the_same_bars);
  g_test_add_func ("/rips-sparse/every-stage-can-be-stopped", every_stage_can_be_stopped);
  g_test_add_func ("/rips-sparse/distances-that-overflow-are-refused", distances_that_overflow_are_refused);

  return g_test_run ();
}
