#include "mapper/cover.h"

#include "base/random.h"

static void
kepler_rounds_as_its_formula_is_written (void)
{
  const double lens[] = { 0.1, 0.7, 0.4 };
  NerveInterval intervals[7];
  double range = 0.7 - 0.1;
  double half = range / (2.0 * 7.0 * (1.0 - 0.3));

  g_assert_cmpuint (nerve_cover_intervals (NERVE_COVER_KEPLER, lens, 3, 7, 0.3, intervals), ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      double centre = 0.1 + (i + 0.5) * range / 7.0;

      g_assert_cmpfloat (intervals[i].lower, ==, centre - half);
      g_assert_cmpfloat (intervals[i].upper, ==, centre + half);
    }
}

static void
kepler_sticks_out_past_the_data (void)
{
  const double lens[] = { -2.0, 8.0 };
  NerveInterval intervals[10];

  nerve_cover_intervals (NERVE_COVER_KEPLER, lens, 2, 10, 0.5, intervals);
  g_assert_cmpfloat (intervals[0].lower, ==, -2.5);
  g_assert_cmpfloat (intervals[0].upper, ==, -0.5);
  g_assert_cmpfloat (intervals[9].upper, ==, 8.5);
}

static void
span_ends_exactly_where_the_data_end (void)
{
  NerveRandom random;

  nerve_random_init (&random, 3);
  for (guint t = 0; t < 500; t++)
    {
      double lens[] = { nerve_random_normal (&random), nerve_random_normal (&random) };
      guint n = 1 + nerve_random_below (&random, 50);
      double overlap = 0.9 * nerve_random_double (&random);
      g_autofree NerveInterval *intervals = g_new (NerveInterval, n);

      g_assert_cmpuint (nerve_cover_intervals (NERVE_COVER_SPAN, lens, 2, n, overlap, intervals), ==, n);
      g_assert_cmpfloat (intervals[0].lower, ==, MIN (lens[0], lens[1]));
      g_assert_cmpfloat (intervals[n - 1].upper, ==, MAX (lens[0], lens[1]));
    }
}

static void
neighbours_overlap_by_the_share_asked_for (void)
{
  const double lens[] = { 0.0, 100.0 };
  NerveInterval intervals[8];

  nerve_cover_intervals (NERVE_COVER_SPAN, lens, 2, 8, 0.25, intervals);
  for (guint i = 0; i + 1 < 8; i++)
    {
      double width = intervals[i].upper - intervals[i].lower;

      g_assert_cmpfloat_with_epsilon (intervals[i].upper - intervals[i + 1].lower, 0.25 * width, 1e-12);
    }
}

static void
a_constant_lens_gives_one_interval (void)
{
  const double lens[] = { 0.3, 0.3, 0.3 };
  NerveInterval intervals[5];

  for (NerveCover cover = 0; cover < NERVE_COVER_BALL; cover++)
    {
      g_assert_cmpuint (nerve_cover_intervals (cover, lens, 3, 5, 0.5, intervals), ==, 1);
      g_assert_cmpfloat (intervals[0].lower, ==, 0.3);
      g_assert_cmpfloat (intervals[0].upper, ==, 0.3);
    }
}

static void
no_points_give_no_interval (void)
{
  NerveInterval intervals[5];

  g_assert_cmpuint (nerve_cover_intervals (NERVE_COVER_KEPLER, NULL, 0, 5, 0.5, intervals), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/cover/kepler rounds as its formula is written", kepler_rounds_as_its_formula_is_written);
  g_test_add_func ("/mapper/cover/kepler sticks out past the data", kepler_sticks_out_past_the_data);
  g_test_add_func ("/mapper/cover/span ends exactly where the data end", span_ends_exactly_where_the_data_end);
  g_test_add_func ("/mapper/cover/neighbours overlap by the share asked for",
                   neighbours_overlap_by_the_share_asked_for);
  g_test_add_func ("/mapper/cover/a constant lens gives one interval", a_constant_lens_gives_one_interval);
  g_test_add_func ("/mapper/cover/no points give no interval", no_points_give_no_interval);
  return g_test_run ();
}
