#include "layers/decay.h"

#include <math.h>

/* Numbers of a line after its first word. */
static double *
parse_numbers (const char *line,
               const char *word,
               gsize      *n)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", -1);
  double *numbers = NULL;

  g_assert_cmpstr (fields[0], ==, word);
  *n = g_strv_length (fields) - 1;
  numbers = g_new (double, *n);
  for (gsize k = 0; k < *n; k++)
    numbers[k] = g_ascii_strtod (fields[k + 1], NULL);

  return numbers;
}

static void
assert_near (double a,
             double b)
{
  if (isnan (a) || isnan (b))
    g_assert_true (isnan (a) && isnan (b));
  else
    g_assert_cmpfloat_with_epsilon (a, b, 1e-9 * MAX (1, fabs (b)));
}

static void
check_scores (const double *omega,
              gsize         n,
              NerveDecayX   x,
              const char   *line,
              const char   *word)
{
  gsize n_expected;
  g_autofree double *expected = parse_numbers (line, word, &n_expected);
  NerveDecayScores scores;

  g_assert_cmpuint (n_expected, ==, 4);
  nerve_decay_scores (omega, n, x, &scores);
  assert_near (scores.theta, expected[0]);
  assert_near (scores.log_slope, expected[1]);
  assert_near (scores.area, expected[2]);
  assert_near (scores.first_last, expected[3]);
}

static void
scores_are_those_of_scikit_learn (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", "scores.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_curves = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize k = 0; lines[k] != NULL; k++)
    {
      g_autofree double *omega = NULL;
      gsize n;

      if (!g_str_has_prefix (lines[k], "curve "))
        continue;
      omega = parse_numbers (lines[k + 1], "omega", &n);
      check_scores (omega, n, NERVE_DECAY_X_LAYERS, lines[k + 2], "layers");
      check_scores (omega, n, NERVE_DECAY_X_UNIT, lines[k + 3], "unit");
      n_curves++;
    }
  g_assert_cmpuint (n_curves, ==, 10);
}

/* SCIENCE §4: β0, β1, β2 of ResNet-18's blocks as published, and θ. */
static void
resnet18_decays_as_published (void)
{
  static const double beta[3][11] = {
    { 89.9, 41.2, 41.2, 198.9, 350.2, 1.7, 1.6, 1.0, 1.0, 1.0, 58.0 },
    { 3040.4, 2209.3, 2209.3, 2888.8, 5669.9, 870.1, 1021.1, 59.4, 67.9, 23.7, 1181.1 },
    { 679.2, 1247.2, 1247.2, 214.2, 39.5, 434.4, 365.7, 495.5, 473.7, 217.5, 0.0 },
  };
  NerveDecayScores scores;
  double omega[11];

  for (guint k = 0; k < 11; k++)
    omega[k] = beta[0][k] + beta[1][k] + beta[2][k];
  nerve_decay_scores (omega, 11, NERVE_DECAY_X_LAYERS, &scores);
  g_assert_cmpfloat_with_epsilon (scores.theta, .1944, 1e-4);
}

static void
theta_does_not_change_with_the_scale_of_omega (void)
{
  static const double omega[] = { 5, 4, 4.5, 2, 1, .5 }, larger[] = { 5e6, 4e6, 4.5e6, 2e6, 1e6, .5e6 };
  NerveDecayScores a, b;

  nerve_decay_scores (omega, 6, NERVE_DECAY_X_LAYERS, &a);
  nerve_decay_scores (larger, 6, NERVE_DECAY_X_LAYERS, &b);
  assert_near (a.theta, b.theta);
  assert_near (a.log_slope, b.log_slope);
  assert_near (a.area, b.area);
  assert_near (a.first_last, b.first_last);
}

static void
assert_no_scores (const double *omega,
                  gsize         n)
{
  NerveDecayScores scores;

  nerve_decay_scores (omega, n, NERVE_DECAY_X_LAYERS, &scores);
  g_assert_true (isnan (scores.theta));
  g_assert_true (isnan (scores.log_slope));
  g_assert_true (isnan (scores.area));
  g_assert_true (isnan (scores.first_last));
}

static void
less_than_a_curve_has_no_scores (void)
{
  static const double one[] = { 3 }, zeros[] = { 0, 0, 0 }, unknown[] = { 1, NAN, 2 };

  assert_no_scores (NULL, 0);
  assert_no_scores (one, 1);
  assert_no_scores (zeros, 3);
  assert_no_scores (unknown, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/scores/scikit-learn", scores_are_those_of_scikit_learn);
  g_test_add_func ("/layers/scores/resnet18", resnet18_decays_as_published);
  g_test_add_func ("/layers/scores/scale", theta_does_not_change_with_the_scale_of_omega);
  g_test_add_func ("/layers/scores/none", less_than_a_curve_has_no_scores);

  return g_test_run ();
}
