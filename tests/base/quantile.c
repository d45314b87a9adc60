#include "base/quantile.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* numpy.quantile(), by sorting. */
static double
quantile_by_sorting (const double *values, gsize n, double q)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof (double));
  double place = q * (n - 1);
  gsize rank = place;
  double a, b, t;

  qsort (sorted, n, sizeof (double), compare_doubles);
  a = sorted[rank];
  b = sorted[MIN (rank + 1, n - 1)];
  t = place - rank;
  if (a == b)
    return a;

  return t >= 0.5 ? b - (b - a) * (1.0 - t) : a + (b - a) * t;
}

static double
quantile (const double *values, gsize n, double q)
{
  double out = NAN;

  g_assert_true (nerve_quantile (values, n, q, &out, NULL));

  return out;
}

static void
it_is_what_sorting_gives (void)
{
  const double qs[] = { 0.0, 0.1, 0.25, 1.0 / 3.0, 0.5, 0.75, 0.9, 0.999, 1.0 };
  NerveRandom random;

  nerve_random_init (&random, 5);
  for (guint round = 0; round < 50; round++)
    {
      gsize n = 1 + nerve_random_below (&random, 200);
      g_autofree double *values = g_new (double, n);

      /* Ties, both signs, both zeros, many sizes. */
      for (gsize i = 0; i < n; i++)
        values[i] = round % 2 == 0 ? (double) nerve_random_below (&random, 9) * -0.5 + 1.0
                                   : nerve_random_normal (&random) * pow (10, (double) round * 4 - 100);
      for (guint i = 0; i < G_N_ELEMENTS (qs); i++)
        g_assert_cmpfloat (quantile (values, n, qs[i]), ==, quantile_by_sorting (values, n, qs[i]));
    }
}

static void
infinite_values_have_their_place (void)
{
  const double values[] = { INFINITY, 1.0, -INFINITY, INFINITY, 2.0 };

  g_assert_cmpfloat (quantile (values, 5, 0.5), ==, 2.0);
  g_assert_cmpfloat (quantile (values, 5, 0.0), ==, -INFINITY);
  g_assert_cmpfloat (quantile (values, 5, 1.0), ==, INFINITY);
  g_assert_cmpfloat (quantile (values, 5, 0.9), ==, INFINITY);
}

static void
a_million_values_are_cut_in_pieces (void)
{
  gsize n = 2500000;
  g_autofree double *values = g_new (double, n);

  /* A permutation of 0 … n − 1. */
  for (gsize i = 0; i < n; i++)
    values[i] = i * G_GUINT64_CONSTANT (1234577) % n;
  g_assert_cmpfloat (quantile (values, n, 0.5), ==, (n - 1) / 2.0);
  g_assert_cmpfloat (quantile (values, n, 1.0), ==, n - 1);
}

static gboolean
refuse (double fraction, gpointer user_data)
{
  return FALSE;
}

static void
it_stops_when_told (void)
{
  const double values[] = { 1.0 };
  NerveProgress progress = { refuse, NULL, 0.0, 1.0 };
  double out;

  g_assert_false (nerve_quantile (values, 1, 0.5, &out, &progress));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/quantile/it-is-what-sorting-gives", it_is_what_sorting_gives);
  g_test_add_func ("/base/quantile/infinite-values-have-their-place", infinite_values_have_their_place);
  g_test_add_func ("/base/quantile/a-million-values-are-cut-in-pieces", a_million_values_are_cut_in_pieces);
  g_test_add_func ("/base/quantile/it-stops-when-told", it_stops_when_told);

  return g_test_run ();
}
