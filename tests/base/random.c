#include "base/random.h"

#include <math.h>
#include <string.h>

/* From the authors' own C code: https://prng.di.unimi.it/xoshiro256starstar.c, state 1 2 3 4. */
static void
it_is_xoshiro (void)
{
  const guint64 expected[] = {
    11520, 0, 1509978240, G_GUINT64_CONSTANT (1215971899390074240), G_GUINT64_CONSTANT (1216172134540287360),
    G_GUINT64_CONSTANT (607988272756665600), G_GUINT64_CONSTANT (16172922978634559625),
  };
  NerveRandom random = { { 1, 2, 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (nerve_random_next (&random), ==, expected[i]);
}

/* splitmix64.c by Vigna, seed 1234567. */
static void
it_is_seeded_by_splitmix (void)
{
  const guint64 expected[] = {
    G_GUINT64_CONSTANT (6457827717110365317), G_GUINT64_CONSTANT (3203168211198807973),
    G_GUINT64_CONSTANT (9817491932198370423), G_GUINT64_CONSTANT (4593380528125082431),
  };
  NerveRandom random;

  nerve_random_init (&random, 1234567);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (random.s[i], ==, expected[i]);
}

static void
streams_of_one_seed_differ (void)
{
  NerveRandom streams[64];

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      nerve_random_init_stream (&streams[i], 7, i);
      for (guint j = 0; j < i; j++)
        g_assert_cmpint (memcmp (&streams[i], &streams[j], sizeof streams[i]), !=, 0);
    }
}

static void
numbers_below_a_bound_are_even (void)
{
  NerveRandom random;
  guint counts[7] = { 0 };

  nerve_random_init (&random, 0);
  for (guint i = 0; i < 70000; i++)
    counts[nerve_random_below (&random, 7)]++;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (ABS ((int) counts[i] - 10000), <, 400);
  g_assert_cmpuint (nerve_random_below (&random, 1), ==, 0);
}

static void
doubles_fill_the_unit_interval (void)
{
  NerveRandom random;
  double sum = 0.0;

  nerve_random_init (&random, 0);
  for (guint i = 0; i < 100000; i++)
    {
      double x = nerve_random_double (&random);

      g_assert_true (x >= 0.0 && x < 1.0);
      sum += x;
    }
  g_assert_cmpfloat_with_epsilon (sum / 100000, 0.5, 0.005);
}

static void
normals_have_the_moments_of_the_normal (void)
{
  NerveRandom random;
  double moments[5] = { 0.0 };

  nerve_random_init (&random, 3);
  for (guint i = 0; i < 400000; i++)
    {
      double x = nerve_random_normal (&random);

      for (guint k = 1; k < G_N_ELEMENTS (moments); k++)
        moments[k] += pow (x, k) / 400000;
    }
  g_assert_cmpfloat_with_epsilon (moments[1], 0.0, 0.01);
  g_assert_cmpfloat_with_epsilon (moments[2], 1.0, 0.01);
  g_assert_cmpfloat_with_epsilon (moments[3], 0.0, 0.03);
  g_assert_cmpfloat_with_epsilon (moments[4], 3.0, 0.06);
}

/* The polar method once more, with the C library's log(). */
static void
normals_are_exact_to_the_last_digits (void)
{
  NerveRandom random, same;

  nerve_random_init (&random, 5);
  nerve_random_init (&same, 5);
  for (guint i = 0; i < 10000; i++)
    {
      double u, v, s, expected;

      do
        {
          u = 2.0 * nerve_random_double (&same) - 1.0;
          v = 2.0 * nerve_random_double (&same) - 1.0;
          s = u * u + v * v;
        }
      while (s >= 1.0 || s == 0.0);
      expected = u * sqrt (-2.0 * log (s) / s);
      g_assert_cmpfloat_with_epsilon (nerve_random_normal (&random), expected, 2e-15 * fabs (expected));
    }
}

static void
chosen_numbers_differ_and_rise (void)
{
  NerveRandom random;
  guint32 chosen[50];

  nerve_random_init (&random, 2);
  for (gsize n = 0; n <= 50; n++)
    for (gsize k = 0; k <= n; k++)
      {
        nerve_random_choose (&random, n, k, chosen);
        for (gsize i = 0; i < k; i++)
          {
            g_assert_cmpuint (chosen[i], <, n);
            g_assert_true (i == 0 || chosen[i - 1] < chosen[i]);
          }
      }
}

static void
every_number_is_chosen_as_often (void)
{
  NerveRandom random;
  guint counts[10] = { 0 };

  nerve_random_init (&random, 4);
  for (guint i = 0; i < 30000; i++)
    {
      guint32 chosen[3];

      nerve_random_choose (&random, 10, 3, chosen);
      for (guint j = 0; j < 3; j++)
        counts[chosen[j]]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (ABS ((int) counts[i] - 9000), <, 400);
}

static void
choosing_from_very_many_is_quick (void)
{
  NerveRandom random;
  guint32 chosen[1000];

  nerve_random_init (&random, 6);
  nerve_random_choose (&random, G_MAXUINT32, G_N_ELEMENTS (chosen), chosen);
  g_assert_cmpuint (chosen[0], <, G_MAXUINT32 / 50);
  g_assert_cmpuint (chosen[999], >, G_MAXUINT32 / 50 * 49);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/random/it is xoshiro", it_is_xoshiro);
  g_test_add_func ("/base/random/it is seeded by splitmix", it_is_seeded_by_splitmix);
  g_test_add_func ("/base/random/streams of one seed differ", streams_of_one_seed_differ);
  g_test_add_func ("/base/random/numbers below a bound are even", numbers_below_a_bound_are_even);
  g_test_add_func ("/base/random/doubles fill the unit interval", doubles_fill_the_unit_interval);
  g_test_add_func ("/base/random/normals have the moments of the normal", normals_have_the_moments_of_the_normal);
  g_test_add_func ("/base/random/normals are exact to the last digits", normals_are_exact_to_the_last_digits);
  g_test_add_func ("/base/random/chosen numbers differ and rise", chosen_numbers_differ_and_rise);
  g_test_add_func ("/base/random/every number is chosen as often", every_number_is_chosen_as_often);
  g_test_add_func ("/base/random/choosing from very many is quick", choosing_from_very_many_is_quick);
  return g_test_run ();
}
