#include "base/random.h"
#include "homology/betti-curve.h"
#include "homology/betti.h"

#include <math.h>
#include <string.h>

/* Values among @n_values, or different ones if that is 0. */
static double *
make_volume (NerveRandom *random, const gsize shape[3], guint n_values)
{
  gsize n = shape[0] * shape[1] * shape[2];
  double *volume = g_new (double, n);

  for (gsize v = 0; v < n; v++)
    volume[v] = n_values > 0 ? (double) nerve_random_below (random, n_values) - 2 : nerve_random_normal (random);

  return volume;
}

static NerveBettiCurve *
make_curve (const double *volume, const gsize shape[3])
{
  g_autoptr (GError) error = NULL;
  NerveBettiCurve *curve = nerve_betti_curve_new (volume, shape, NULL, &error);

  g_assert_no_error (error);
  return curve;
}

/* At, just below and just above each of @n_asked of its values. */
static void
assert_like_single_thresholds (NerveRandom *random, const double *volume, const gsize shape[3], guint n_asked)
{
  g_autoptr (NerveBettiCurve) curve = make_curve (volume, shape);
  g_autoptr (NerveBettiWorkspace) workspace = nerve_betti_workspace_new ();

  for (guint k = 0; k < n_asked; k++)
    {
      double value = volume[nerve_random_below (random, shape[0] * shape[1] * shape[2])];
      double etas[3] = { value, nextafter (value, -INFINITY), nextafter (value, INFINITY) };
      guint64 expected[9];
      guint32 found[3];

      g_assert_true (nerve_betti_numbers (workspace, volume, shape, etas, 3, NERVE_BETTI_HALF_OPEN, expected, NULL,
                                          NULL));
      for (guint e = 0; e < 3; e++)
        {
          nerve_betti_curve_at (curve, etas[e], found);
          for (guint d = 0; d < 3; d++)
            g_assert_cmpuint (found[d], ==, expected[3 * e + d]);
        }
    }
}

static void
a_curve_is_its_single_thresholds (void)
{
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (guint trial = 0; trial < 600; trial++)
    {
      gsize shape[3] = { 1 + nerve_random_below (&random, 7), 1 + nerve_random_below (&random, 7),
                         1 + nerve_random_below (&random, trial % 10 == 0 ? 80 : 7) };
      g_autofree double *volume = make_volume (&random, shape, trial % 5 == 0 ? 0 : 2 + trial % 9);

      assert_like_single_thresholds (&random, volume, shape, 10);
    }
}

static void
steps_rise_and_each_changes_something (void)
{
  static const gsize shape[3] = { 9, 10, 11 };
  g_autoptr (NerveBettiCurve) curve = NULL;
  g_autofree double *volume = NULL;
  const guint32 *numbers;
  const double *etas;
  NerveRandom random;

  nerve_random_init (&random, 2);
  volume = make_volume (&random, shape, 0);
  curve = make_curve (volume, shape);
  etas = nerve_betti_curve_get_etas (curve);
  numbers = nerve_betti_curve_get_numbers (curve);
  g_assert_cmpuint (nerve_betti_curve_get_n (curve), >, 100);
  for (gsize k = 1; k < nerve_betti_curve_get_n (curve); k++)
    {
      g_assert_cmpfloat (etas[k - 1], <, etas[k]);
      g_assert_true (memcmp (numbers + 3 * k, numbers + 3 * (k - 1), 3 * sizeof (guint32)) != 0);
    }
}

/* Single precision would not tell them apart. */
static void
close_doubles_stay_apart (void)
{
  static const gsize shape[3] = { 1, 1, 3 };
  const double volume[3] = { 1, 1 + 1e-12, 1 - 1e-12 };
  g_autoptr (NerveBettiCurve) curve = make_curve (volume, shape);
  guint32 numbers[3];

  nerve_betti_curve_at (curve, 1, numbers);
  g_assert_cmpuint (numbers[0], ==, 2);
  nerve_betti_curve_at (curve, 1 + 1e-12, numbers);
  g_assert_cmpuint (numbers[0], ==, 1);
  nerve_betti_curve_at (curve, 1 - 1e-11, numbers);
  g_assert_cmpuint (numbers[0], ==, 0);
}

static void
nothing_has_an_empty_curve (void)
{
  static const gsize shape[3] = { 4, 0, 4 };
  const double value = 0;
  g_autoptr (NerveBettiCurve) curve = make_curve (&value, shape);
  guint32 numbers[3];

  g_assert_cmpuint (nerve_betti_curve_get_n (curve), ==, 0);
  nerve_betti_curve_at (curve, 1, numbers);
  g_assert_cmpuint (numbers[0] + numbers[1] + numbers[2], ==, 0);
}

static void
an_impossible_volume_is_refused (void)
{
  static const gsize shape[3] = { 1 << 12, 1 << 12, 1 << 12 };
  const double value = 0;
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_betti_curve_new (&value, shape, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/betti-curve/thresholds", a_curve_is_its_single_thresholds);
  g_test_add_func ("/betti-curve/steps", steps_rise_and_each_changes_something);
  g_test_add_func ("/betti-curve/doubles", close_doubles_stay_apart);
  g_test_add_func ("/betti-curve/nothing", nothing_has_an_empty_curve);
  g_test_add_func ("/betti-curve/impossible", an_impossible_volume_is_refused);

  return g_test_run ();
}
