#include "homology/rips.h"

#include <malloc.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "base/random.h"
#include "clock.h"
#include "homology/rips-target.h"
#include "textbook.h"

/* Sanitizers make everything several times slower. */
#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define LONGEST_STOP (500 * 1000)
#define MANY 3000
#else
#define LONGEST_STOP (100 * 1000)
#define MANY 10000
#endif

static NerveDiagram *
compute (const double *values, gsize n, int max_dimension, double threshold)
{
  NerveRipsParameters parameters = { max_dimension, threshold };
  g_autoptr (NerveDistances) distances = NULL;
  g_autoptr (GError) error = NULL;
  NerveDiagram *diagram;

  distances = nerve_distances_take (g_memdup2 (values, n * (n - MIN (n, 1)) / 2 * sizeof (double)), n);
  diagram = nerve_rips (distances, &parameters, NULL, &error);
  g_assert_no_error (error);

  return diagram;
}

static void
assert_same_bars (const NerveDiagram *diagram, const NerveDiagram *other)
{
  const NerveBar *bars = nerve_diagram_get_bars (diagram);
  const NerveBar *others = nerve_diagram_get_bars (other);

  g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, nerve_diagram_get_n_bars (other));
  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    {
      g_assert_cmpint (bars[i].dimension, ==, others[i].dimension);
      g_assert_cmpfloat (bars[i].birth, ==, others[i].birth);
      g_assert_cmpfloat (bars[i].death, ==, others[i].death);
    }
}

static double *
make_points_distances (gsize n, gsize d, guint64 seed)
{
  g_autofree double *points = g_new (double, n * d);
  double *values = g_new (double, n * (n - 1) / 2);
  double *value = values;
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n * d; i++)
    points[i] = nerve_random_normal (&random);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      *value++ = nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, points + i * d, points + j * d, d);

  return values;
}

static double *
read_cloud (char **lines, gsize *place, gsize n)
{
  double *values = g_new (double, n * n / 2 + 1);
  gsize count = 0;

  for (gsize i = 1; i < n; i++)
    {
      g_auto (GStrv) row = g_strsplit (lines[(*place)++], " ", -1);

      g_assert_cmpuint (g_strv_length (row), ==, i);
      for (gsize j = 0; j < i; j++)
        values[count++] = g_ascii_strtod (row[j], NULL);
    }

  return values;
}

static NerveDiagram *
read_bars (char **lines, gsize *place)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  for (; lines[*place] != NULL && g_str_has_prefix (lines[*place], "bar "); (*place)++)
    {
      g_auto (GStrv) words = g_strsplit (lines[*place], " ", -1);
      NerveBar bar = { words[1][0] - '0', g_ascii_strtod (words[2], NULL), g_ascii_strtod (words[3], NULL) };

      g_array_append_val (bars, bar);
    }

  return nerve_diagram_new_take (bars, 1);
}

static void
bars_are_those_of_gudhi (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "homology", "rips.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize place = 0;
  guint n_clouds = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (; g_str_has_prefix (lines[place], "cloud "); n_clouds++)
    {
      g_auto (GStrv) head = g_strsplit (lines[place++], " ", -1);
      double threshold = g_str_equal (head[3], "auto") ? NAN : g_ascii_strtod (head[3], NULL);
      gsize n = g_ascii_strtoull (head[2], NULL, 10);
      g_autofree double *values = read_cloud (lines, &place, n);
      g_autoptr (NerveDiagram) expected = read_bars (lines, &place);
      g_autoptr (NerveDiagram) diagram = compute (values, n, 1, threshold);

      g_test_message ("%s", head[1]);
      assert_same_bars (diagram, expected);
    }
  g_assert_cmpuint (n_clouds, >=, 35);
}

/* Distances among @levels values (0: none equal), some zero or infinite by the kind: ties in all places. */
static double
draw_distance (NerveRandom *random, guint kind, guint levels)
{
  double value = levels > 0 ? 1.0 + nerve_random_below (random, levels) : 1.0 + nerve_random_double (random);

  if ((kind & 1) != 0 && nerve_random_below (random, 4) == 0)
    value = INFINITY;
  if ((kind & 2) != 0 && nerve_random_below (random, 3) == 0)
    value = 0.0;

  return value;
}

static void
bars_are_those_of_a_textbook_reduction (void)
{
  NerveRandom random;

  nerve_random_init (&random, 2);
  for (guint round = 0; round < 600; round++)
    {
      gsize n = nerve_random_below (&random, 10);
      gsize n_pairs = n * (n - MIN (n, 1)) / 2;
      guint levels = nerve_random_below (&random, 5);
      g_autofree double *values = g_new (double, n_pairs + 1);
      g_autoptr (NerveDiagram) diagram = NULL;
      g_autoptr (NerveDiagram) expected = NULL;
      double threshold = NAN;

      for (gsize i = 0; i < n_pairs; i++)
        values[i] = draw_distance (&random, round % 4, levels);
      if (round % 3 == 0 && n_pairs > 0)
        threshold = values[nerve_random_below (&random, n_pairs)];

      diagram = compute (values, n, 1, threshold);
      expected = textbook_rips (values, n, isnan (threshold) ? INFINITY : threshold);
      assert_same_bars (diagram, expected);
    }
}

static void
bars_of_points_on_a_grid_are_those_of_a_textbook_reduction (void)
{
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (guint round = 0; round < 60; round++)
    {
      gsize n = 10 + nerve_random_below (&random, 4);
      double points[14][2];
      double values[14 * 13 / 2];
      g_autoptr (NerveDiagram) diagram = NULL;
      g_autoptr (NerveDiagram) expected = NULL;

      for (gsize i = 0; i < n; i++)
        for (guint k = 0; k < 2; k++)
          points[i][k] = nerve_random_below (&random, 3 + round % 3);
      for (gsize i = 0, k = 0; i < n; i++)
        for (gsize j = 0; j < i; j++)
          values[k++] = nerve_metric_distance (NERVE_METRIC_EUCLIDEAN, points[i], points[j], 2);

      diagram = compute (values, n, 1, NAN);
      expected = textbook_rips (values, n, INFINITY);
      assert_same_bars (diagram, expected);
    }
}

static void
components_alone_are_those_found_with_loops (void)
{
  NerveRandom random;

  nerve_random_init (&random, 4);
  for (guint round = 0; round < 60; round++)
    {
      gsize n = nerve_random_below (&random, 90);
      gsize n_pairs = n * (n - MIN (n, 1)) / 2;
      g_autofree double *values = g_new (double, n_pairs + 1);
      double threshold = round % 2 == 0 ? NAN : 1.3;
      g_autoptr (NerveDiagram) alone = NULL;
      g_autoptr (NerveDiagram) both = NULL;
      gsize n_components;

      for (gsize i = 0; i < n_pairs; i++)
        values[i] = draw_distance (&random, round % 4, round % 5);
      alone = compute (values, n, 0, threshold);
      both = compute (values, n, 1, threshold);

      nerve_diagram_get_dimension (both, 0, &n_components);
      g_assert_cmpuint (nerve_diagram_get_n_bars (alone), ==, n_components);
      for (gsize i = 0; i < n_components; i++)
        g_assert_cmpfloat (nerve_diagram_get_bars (alone)[i].death, ==, nerve_diagram_get_bars (both)[i].death);
    }
}

static void
no_point_has_no_bar_and_one_point_one (void)
{
  for (int dimension = 0; dimension <= 1; dimension++)
    for (gsize n = 0; n <= 1; n++)
      {
        g_autoptr (NerveDiagram) diagram = compute (NULL, n, dimension, NAN);

        g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, n);
      }
}

static void
a_threshold_lets_in_the_edges_equal_to_it (void)
{
  const double square[] = { 1, 1.5, 1, 1, 1.5, 1 };
  const struct { double threshold; gsize n_components; gsize n_loops; } cases[] = {
    { 0, 4, 0 },
    { 0.999999999, 4, 0 },
    { 1, 4, 1 },
    { 1.499999999, 4, 1 },
    { 1.5, 4, 1 },
    { INFINITY, 4, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NerveDiagram) diagram = compute (square, 4, 1, cases[i].threshold);
      NerveDiagramSummary components, loops;

      nerve_diagram_summarize (diagram, 0, &components);
      nerve_diagram_summarize (diagram, 1, &loops);
      g_assert_cmpuint (components.n, ==, cases[i].n_components);
      g_assert_cmpuint (components.n_essential, ==, cases[i].threshold < 1 ? 4 : 1);
      g_assert_cmpuint (loops.n, ==, cases[i].n_loops);
      g_assert_cmpuint (loops.n_essential, ==, cases[i].threshold < 1.5 ? cases[i].n_loops : 0);
    }
}

static void
the_first_bad_distance_is_named (void)
{
  const struct { double value; const char *message; } cases[] = {
    { NAN, "the distance in row 700, column 3 (counted from 0) is not a number (NaN)" },
    { -0.5, "the distance in row 700, column 3 (counted from 0) is negative (-0.5)" },
    { -INFINITY, "the distance in row 700, column 3 (counted from 0) is negative (-inf)" },
  };
  NerveRipsParameters parameters = { 1, NAN };
  gsize n = 1500;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double *values = make_points_distances (n, 1, 5);
      g_autoptr (NerveDistances) distances = nerve_distances_take (values, n);
      g_autoptr (GError) error = NULL;

      values[700 * 699 / 2 + 3] = cases[i].value;
      values[700 * 699 / 2 + 4] = NAN;
      values[1400 * 1399 / 2] = NAN;
      g_assert_null (nerve_rips (distances, &parameters, NULL, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
negative_zero_is_zero (void)
{
  const double values[] = { -0.0, 1, 1 };
  g_autoptr (NerveDiagram) diagram = compute (values, 3, 1, NAN);
  g_autoptr (NerveDiagram) components = compute (values, 3, 0, NAN);

  g_assert_cmpuint (nerve_diagram_get_n_bars (diagram), ==, 2);
  g_assert_cmpuint (nerve_diagram_get_n_bars (components), ==, 2);
}

/* Enough points for several pieces of everything; every other cloud full of ties. */
static double *
make_large_cloud (gsize n, guint seed)
{
  double *values = make_points_distances (n, 2 + seed, seed);

  for (gsize i = 0; i < n * (n - 1) / 2 && seed % 2 == 1; i++)
    values[i] = 1 + floor (values[i] * 4);

  return values;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
replace (double value, const double *from, const double *to, gsize n)
{
  const double *place = bsearch (&value, from, n, sizeof (double), compare_doubles);

  return place != NULL ? to[place - from] : value;
}

/* Ever larger numbers, now next to each other, now far apart, from the least double on. */
static double *
make_uneven_numbers (gsize n)
{
  double *numbers = g_new (double, n);
  double number = 5e-324;

  for (gsize i = 0; i < n; i++)
    {
      numbers[i] = number;
      number = i % 1000 < 900 ? nextafter (number, INFINITY) : number * 1.4;
      if (i == n / 3)
        number = 1.0;
    }

  return numbers;
}

static void
only_the_order_of_the_distances_matters (void)
{
  gsize n = 160;
  gsize n_pairs = n * (n - 1) / 2;
  g_autofree double *to = make_uneven_numbers (n_pairs);

  for (guint seed = 0; seed < 4; seed++)
    {
      g_autofree double *values = make_large_cloud (n, seed);
      g_autofree double *from = g_memdup2 (values, n_pairs * sizeof (double));
      g_autofree double *uneven = g_new (double, n_pairs);
      g_autoptr (NerveDiagram) diagram = compute (values, n, 1, NAN);
      GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
      g_autoptr (NerveDiagram) expected = NULL;
      g_autoptr (NerveDiagram) found = NULL;

      qsort (from, n_pairs, sizeof (double), compare_doubles);
      for (gsize i = 0; i < n_pairs; i++)
        uneven[i] = replace (values[i], from, to, n_pairs);
      for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
        {
          NerveBar bar = nerve_diagram_get_bars (diagram)[i];

          if (bar.dimension > 0)
            bar.birth = replace (bar.birth, from, to, n_pairs);
          bar.death = replace (bar.death, from, to, n_pairs);
          g_array_append_val (bars, bar);
        }

      expected = nerve_diagram_new_take (bars, 1);
      found = compute (uneven, n, 1, NAN);
      assert_same_bars (found, expected);
    }
}

static void
any_number_of_threads_gives_the_same_bars (void)
{
  const guint threads[] = { 2, 3, 8 };
  gsize n = 700;

  for (guint seed = 0; seed < 4; seed++)
    {
      g_autofree double *values = make_large_cloud (n, seed);
      g_autoptr (NerveDiagram) expected = NULL;

      nerve_parallel_set_threads (1);
      expected = compute (values, n, 1, NAN);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_autoptr (NerveDiagram) diagram = NULL;

          nerve_parallel_set_threads (threads[i]);
          diagram = compute (values, n, 1, NAN);
          assert_same_bars (diagram, expected);
        }
      nerve_parallel_set_threads (0);
    }
}

static void
any_processor_gives_the_same_bars (void)
{
  gsize n = 500;

  for (guint seed = 0; seed < 4; seed++)
    {
      g_autofree double *values = make_large_cloud (n, seed);
      g_autoptr (NerveDiagram) expected = compute (values, n, 1, NAN);

      for (int target = NERVE_RIPS_TARGET_PLAIN; target < NERVE_RIPS_TARGET_AVX512; target++)
        {
          g_autoptr (NerveDiagram) diagram = NULL;

          nerve_rips_target_limit (target);
          diagram = compute (values, n, 1, NAN);
          assert_same_bars (diagram, expected);
        }
      nerve_rips_target_limit (-1);
    }
}

static void
the_order_of_the_points_does_not_matter (void)
{
  gsize n = 300;

  for (guint seed = 0; seed < 2; seed++)
    {
      g_autofree double *values = make_large_cloud (n, seed);
      g_autofree double *reversed = g_new (double, n * (n - 1) / 2);
      g_autoptr (NerveDiagram) diagram = compute (values, n, 1, NAN);
      g_autoptr (NerveDiagram) other = NULL;

      for (gsize i = 0; i < n; i++)
        for (gsize j = 0; j < i; j++)
          reversed[i * (i - 1) / 2 + j] = values[(n - 1 - j) * (n - 2 - j) / 2 + n - 1 - i];
      other = compute (reversed, n, 1, NAN);
      assert_same_bars (diagram, other);
    }
}

/* One run in a thread of its own. */
typedef struct
{
  NerveDistances *distances;
  double          cancel_at; /* fraction; or only by hand */
  atomic_bool     cancelled;
  atomic_llong    cancelled_at;
} Run;

static gboolean
go_on (double fraction, gpointer user_data)
{
  Run *run = user_data;

  if (fraction >= run->cancel_at && !atomic_exchange (&run->cancelled, TRUE))
    atomic_store (&run->cancelled_at, test_clock ());

  return !atomic_load (&run->cancelled);
}

static gpointer
run_in_thread (gpointer data)
{
  Run *run = data;
  NerveRipsParameters parameters = { 1, NAN };
  NerveProgress progress = { go_on, run, 0.0, 1.0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_rips (run->distances, &parameters, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);

  return NULL;
}

static gsize
get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static gint64
measure_stop (NerveDistances *distances, double fraction, gulong delay)
{
  Run run = { .distances = distances, .cancel_at = fraction };
  GThread *thread = g_thread_new ("run", run_in_thread, &run);

  if (delay > 0)
    {
      g_usleep (delay);
      atomic_store (&run.cancelled_at, test_clock ());
      atomic_store (&run.cancelled, TRUE);
    }
  g_thread_join (thread);

  return test_clock () - atomic_load (&run.cancelled_at);
}

/* The best of ten: other programs may have the processor while one is measured. */
static void
assert_stops (NerveDistances *distances, double fraction, gulong delay)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 10 && best >= LONGEST_STOP; i++)
    best = MIN (best, measure_stop (distances, fraction, delay));
  g_test_message ("asked at %g or after %lu ms: stopped %.1f ms later", fraction, delay / 1000, best / 1000.0);
  g_assert_cmpint (best, <, LONGEST_STOP);
}

static void
a_run_on_many_points_stops_within_100_ms_and_frees_its_memory (void)
{
  gsize n = MANY;
  g_autoptr (NerveDistances) distances = nerve_distances_take (make_points_distances (n, 3, 7), n);
  const double fractions[] = { 0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4 };
  gsize before;

  /* Threads of the pool stay; let them be there before counting. */
  assert_stops (distances, 2.0, 200000);
  before = get_allocated ();
  assert_stops (distances, 2.0, 200000);
  for (guint i = 0; i < G_N_ELEMENTS (fractions); i++)
    assert_stops (distances, fractions[i], 0);
  g_assert_cmpuint (get_allocated (), <=, before + 65536);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rips/bars-are-those-of-gudhi", bars_are_those_of_gudhi);
  g_test_add_func ("/rips/bars-are-those-of-a-textbook-reduction", bars_are_those_of_a_textbook_reduction);
  g_test_add_func ("/rips/bars-of-points-on-a-grid-are-those-of-a-textbook-reduction",
                   bars_of_points_on_a_grid_are_those_of_a_textbook_reduction);
  g_test_add_func ("/rips/components-alone-are-those-found-with-loops", components_alone_are_those_found_with_loops);
  g_test_add_func ("/rips/no-point-has-no-bar-and-one-point-one", no_point_has_no_bar_and_one_point_one);
  g_test_add_func ("/rips/a-threshold-lets-in-the-edges-equal-to-it", a_threshold_lets_in_the_edges_equal_to_it);
  g_test_add_func ("/rips/the-first-bad-distance-is-named", the_first_bad_distance_is_named);
  g_test_add_func ("/rips/negative-zero-is-zero", negative_zero_is_zero);
  g_test_add_func ("/rips/only-the-order-of-the-distances-matters", only_the_order_of_the_distances_matters);
  g_test_add_func ("/rips/any-number-of-threads-gives-the-same-bars", any_number_of_threads_gives_the_same_bars);
  g_test_add_func ("/rips/any-processor-gives-the-same-bars", any_processor_gives_the_same_bars);
  g_test_add_func ("/rips/the-order-of-the-points-does-not-matter", the_order_of_the_points_does_not_matter);
  g_test_add_func ("/rips/a-run-on-many-points-stops-within-100-ms-and-frees-its-memory",
                   a_run_on_many_points_stops_within_100_ms_and_frees_its_memory);

  return g_test_run ();
}
