#include "homology/bootstrap.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"
#include "homology/rips-estimate.h"
#include "homology/summaries.h"

#define N_VALUES 50

static double *
make_circle (gsize n, double noise, guint64 seed)
{
  double *points = g_new (double, 2 * n);
  NerveRandom random;

  nerve_random_init (&random, seed);
  for (gsize i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * nerve_random_double (&random);

      points[2 * i] = cos (angle) + noise * nerve_random_normal (&random);
      points[2 * i + 1] = sin (angle) + noise * nerve_random_normal (&random);
    }

  return points;
}

static NerveBootstrap *
bootstrap (const double *points, gsize n, gsize size, int draws, double confidence, gint64 seed)
{
  NerveBootstrapSource source = { points, n, 2, NERVE_METRIC_EUCLIDEAN, 14, 1 };
  NerveBootstrapParameters parameters = { draws, -1, confidence };
  NerveRipsParameters rips = { 1, NAN };
  g_autoptr (GError) error = NULL;
  NerveBootstrap *self = nerve_bootstrap_new (&source, &rips, &parameters, size, seed, 2, N_VALUES, NULL, &error);

  g_assert_no_error (error);

  return self;
}

static void
a_band_holds_its_mean_and_most_other_samples (void)
{
  g_autofree double *points = make_circle (600, .1, 1);
  g_autoptr (NerveBootstrap) self = bootstrap (points, 600, 80, 60, .95, 0);
  guint n_outside = 0;
  gsize n;
  const double *at = nerve_bootstrap_get_at (self, &n);

  g_assert_cmpuint (n, ==, N_VALUES);
  g_assert_cmpuint (nerve_bootstrap_get_size (self), ==, 80);
  for (int dimension = 0; dimension <= 1; dimension++)
    for (gsize i = 0; i < n; i++)
      {
        double low = nerve_bootstrap_get_line (self, dimension, NERVE_BAND_LOW)[i];
        double mean = nerve_bootstrap_get_line (self, dimension, NERVE_BAND_MEAN)[i];
        double high = nerve_bootstrap_get_line (self, dimension, NERVE_BAND_HIGH)[i];

        g_assert_cmpfloat (low, <=, high);
        g_assert_cmpfloat (low, <=, mean + 1);
        g_assert_cmpfloat (mean, <=, high + 1);
      }

  /* Fresh points of the same circle. */
  for (guint seed = 2; seed < 22; seed++)
    {
      g_autofree double *others = make_circle (80, .1, seed);
      g_autoptr (NerveDistances) distances = nerve_distances_new (others, 80, 2, 0, 14, NULL, NULL);
      NerveRipsParameters rips = { 1, NAN };
      g_autoptr (NerveDiagram) diagram = nerve_rips (distances, &rips, NULL, NULL);
      double curve[N_VALUES];

      nerve_summary_betti (diagram, 0, at, n, curve);
      for (gsize i = 0; i < n; i++)
        n_outside += curve[i] < nerve_bootstrap_get_line (self, 0, NERVE_BAND_LOW)[i]
                     || curve[i] > nerve_bootstrap_get_line (self, 0, NERVE_BAND_HIGH)[i];
    }
  g_test_message ("%u of %u outside", n_outside, 20 * N_VALUES);
  g_assert_cmpuint (n_outside, <, 20 * N_VALUES / 8);
}

static void
draws_follow_the_seed_not_the_threads (void)
{
  g_autofree double *points = make_circle (200, .1, 3);
  g_autoptr (NerveBootstrap) first = NULL;
  g_autoptr (NerveBootstrap) second = NULL;
  g_autoptr (NerveBootstrap) other = NULL;
  gsize bytes = N_VALUES * sizeof (double);

  nerve_parallel_set_threads (1);
  first = bootstrap (points, 200, 500, 10, .9, 7);
  nerve_parallel_set_threads (4);
  second = bootstrap (points, 200, 500, 10, .9, 7);
  nerve_parallel_set_threads (0);
  other = bootstrap (points, 200, 500, 10, .9, 8);
  g_assert_cmpuint (nerve_bootstrap_get_size (first), ==, 100);
  for (NerveBandLine line = NERVE_BAND_LOW; line <= NERVE_BAND_HIGH; line++)
    g_assert_cmpmem (nerve_bootstrap_get_line (first, 1, line), bytes, nerve_bootstrap_get_line (second, 1, line),
                     bytes);
  g_assert_true (memcmp (nerve_bootstrap_get_line (first, 0, NERVE_BAND_MEAN),
                         nerve_bootstrap_get_line (other, 0, NERVE_BAND_MEAN), bytes) != 0);
}

/* Fasy et al.: the circle's loop stands out, the bars of a blob don't. */
static void
only_a_circle_s_loop_is_significant (void)
{
  g_autofree double *points = make_circle (3000, 0, 4);
  NerveBootstrapParameters parameters = { 40, -1, .95 };
  g_autoptr (NerveDistances) distances = nerve_distances_new (points, 3000, 2, 0, 14, NULL, NULL);
  NerveRipsParameters rips = { 1, NAN };
  g_autoptr (NerveDiagram) diagram = nerve_rips (distances, &rips, NULL, NULL);
  NerveDiagramSummary summary;
  guint n_above = 0;
  double length;

  g_assert_true (nerve_significance (distances, &parameters, 0, &length, NULL, NULL));
  nerve_diagram_summarize (diagram, 1, &summary);
  g_test_message ("significant above %g, the loop is %g long", length, summary.longest);
  g_assert_cmpfloat (length, >, 0);
  g_assert_cmpfloat (summary.longest, >, length);
  for (gsize i = 0; i < nerve_diagram_get_n_bars (diagram); i++)
    {
      const NerveBar *bar = &nerve_diagram_get_bars (diagram)[i];

      n_above += isfinite (bar->death) && bar->death - bar->birth > length;
    }
  g_assert_cmpuint (n_above, ==, 1);
}

/* Half of four points at 0, 0, 1, 1: by hand. */
static void
the_line_is_eight_times_the_quantile_of_hausdorff_distances (void)
{
  const double points[] = { 0, 0, 0, 0, 1, 0, 1, 0 };
  NerveBootstrapParameters all = { 10, 4, .95 };
  NerveBootstrapParameters half = { 200, 2, .95 };
  g_autoptr (NerveDistances) distances = nerve_distances_new (points, 4, 2, 0, 14, NULL, NULL);
  g_autoptr (GError) error = NULL;
  double length;

  g_assert_false (nerve_significance (distances, &all, 0, &length, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
  /* A third of the draws has both points at one place. */
  g_assert_true (nerve_significance (distances, &half, 0, &length, NULL, NULL));
  g_assert_cmpfloat (length, ==, 8);
  half.confidence = .5;
  g_assert_true (nerve_significance (distances, &half, 0, &length, NULL, NULL));
  g_assert_cmpfloat (length, ==, 0);
}

static gboolean
count_down (double fraction, gpointer user_data)
{
  return g_atomic_int_add ((gint *) user_data, -1) > 0;
}

static void
both_can_be_stopped (void)
{
  g_autofree double *points = make_circle (300, .1, 5);
  NerveBootstrapSource source = { points, 300, 2, NERVE_METRIC_EUCLIDEAN, 14, 1 };
  NerveBootstrapParameters parameters = { 10, -1, .95 };
  NerveRipsParameters rips = { 1, NAN };
  g_autoptr (NerveDistances) distances = nerve_distances_new (points, 300, 2, 0, 14, NULL, NULL);

  for (gint asked = 0; asked < 40; asked = asked * 2 + 1)
    {
      gint left = asked;
      NerveProgress progress = { count_down, &left, 0, 1 };
      g_autoptr (GError) error = NULL;

      g_assert_null (nerve_bootstrap_new (&source, &rips, &parameters, 100, 0, 2, N_VALUES, &progress, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
    }
  for (gint asked = 0; asked < 10; asked++)
    {
      gint left = asked;
      NerveProgress progress = { count_down, &left, 0, 1 };
      g_autoptr (GError) error = NULL;
      double length;

      g_assert_false (nerve_significance (distances, &parameters, 0, &length, &progress, &error));
      g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
    }
}

static void
what_can_not_fit_is_refused_with_what_would (void)
{
  NerveRipsEstimate few, many;
  g_autoptr (GError) error = NULL;
  gsize fitting;

  g_assert_true (nerve_rips_check_fits (1000, 3, 1, 0, &fitting, NULL));
  g_assert_cmpuint (fitting, ==, 1000);
  g_assert_false (nerve_rips_check_fits (50000, 3, 1, 2000 * G_GUINT64_CONSTANT (1000000), &fitting, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY);
  g_assert_true (g_str_has_prefix (error->message, "persistence of 50000 points would need about 1"));
  g_assert_true (g_str_has_suffix (error->message, "2.0 GB are allowed"));
  g_assert_cmpuint (fitting, >, 10000);
  g_assert_cmpuint (fitting, <, 25000);
  /* What this process has itself is counted in, and may have grown since. */
  g_assert_true (nerve_rips_check_fits (fitting - fitting / 50, 3, 1, 2000 * G_GUINT64_CONSTANT (1000000), NULL, NULL));
  nerve_rips_estimate (2000, 10, INFINITY, 1, 2, &few);
  nerve_rips_estimate (4000, 10, INFINITY, 1, 2, &many);
  g_assert_cmpuint (many.bytes, >, 2 * few.bytes);
  g_assert_cmpfloat (many.seconds, >, 3 * few.seconds);
}

static void
amounts_of_memory_are_read_as_written (void)
{
  const struct { const char *text; guint64 bytes; } cases[] = {
    { "2G", 2000000000 }, { "1.5 GB", 1500000000 }, { "800m", 800000000 }, { "4096", 4096 }, { "12kb", 12000 },
    { "", 0 }, { "G", 0 }, { "-1G", 0 }, { "2X", 0 }, { "2G!", 0 }, { "nan", 0 }, { "inf", 0 }, { "1e30", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (nerve_memory_parse (cases[i].text), ==, cases[i].bytes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bootstrap/a-band-holds-its-mean-and-most-other-samples",
                   a_band_holds_its_mean_and_most_other_samples);
  g_test_add_func ("/bootstrap/draws-follow-the-seed-not-the-threads", draws_follow_the_seed_not_the_threads);
  g_test_add_func ("/bootstrap/only-a-circle-s-loop-is-significant", only_a_circle_s_loop_is_significant);
  g_test_add_func ("/bootstrap/the-line-is-eight-times-the-quantile-of-hausdorff-distances",
                   the_line_is_eight_times_the_quantile_of_hausdorff_distances);
  g_test_add_func ("/bootstrap/both-can-be-stopped", both_can_be_stopped);
  g_test_add_func ("/rips-estimate/what-can-not-fit-is-refused-with-what-would",
                   what_can_not_fit_is_refused_with_what_would);
  g_test_add_func ("/rips-estimate/amounts-of-memory-are-read-as-written", amounts_of_memory_are_read_as_written);

  return g_test_run ();
}
