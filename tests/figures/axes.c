#include "figures/axes.h"

#include <math.h>

#include "figures/text.h"

static void
assert_labels (const NerveTicks *ticks, const char *expected)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = nerve_ticks_label (ticks, i);

      g_string_append_printf (all, "%s%s", i > 0 ? " " : "", label);
    }
  g_assert_cmpstr (all->str, ==, expected);
  g_string_free (all, TRUE);
}

static void
test_ticks_step_by_1_2_5 (void)
{
  static const struct { double lower, upper; guint wanted; const char *labels; } cases[] = {
    { 0, .836, 3, "0 0.2 0.4 0.6 0.8" },
    { 0, 1.1, 3, "0 0.5 1" },
    { 0, 10, 3, "0 5 10" },
    { 0, 3, 3, "0 1 2 3" },
    { 0, .0007, 3, "0 0.0002 0.0004 0.0006" },
    { -1, 1, 4, "−1 −0.5 0 0.5 1" },
    { 0, 3e7, 3, "0 1e7 2e7 3e7" },
    { 0, 3e-9, 3, "0 1e−9 2e−9 3e−9" },
    { 5.1, 5.35, 3, "5.1 5.2 5.3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NerveTicks ticks;

      nerve_ticks_linear (cases[i].lower, cases[i].upper, cases[i].wanted, &ticks);
      assert_labels (&ticks, cases[i].labels);
    }
}

static void
test_any_range_has_ticks_inside (void)
{
  for (double exponent = -30; exponent <= 30; exponent += .37)
    for (guint wanted = 1; wanted <= 8; wanted++)
      {
        double upper = pow (10, exponent);
        NerveTicks ticks;

        nerve_ticks_linear (0, upper, wanted, &ticks);
        g_assert_cmpuint (ticks.n, >=, 2);
        g_assert_cmpuint (ticks.n, <=, 2 * wanted + 2);
        for (guint i = 0; i < ticks.n; i++)
          g_assert_true (ticks.values[i] >= 0 && ticks.values[i] <= upper * (1 + 1e-6));
      }
}

static void
test_odd_ranges_have_none (void)
{
  static const double odd[][2] = { { 0, 0 }, { 1, 0 }, { 0, NAN }, { NAN, 1 }, { 0, INFINITY } };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      NerveTicks ticks;

      nerve_ticks_linear (odd[i][0], odd[i][1], 3, &ticks);
      g_assert_cmpuint (ticks.n, ==, 0);
      nerve_ticks_log (odd[i][0], odd[i][1], 3, &ticks);
      g_assert_cmpuint (ticks.n, ==, 0);
    }
}

static void
test_logarithmic_ticks_are_powers_of_ten (void)
{
  NerveTicks ticks;

  nerve_ticks_log (1, 199, 4, &ticks);
  assert_labels (&ticks, "1 10 100");
  nerve_ticks_log (.01, 20, 8, &ticks);
  assert_labels (&ticks, "0.01 0.1 1 10");
  nerve_ticks_log (1, 1e12, 4, &ticks);
  g_assert_cmpuint (ticks.n, <=, 4);
  nerve_ticks_log (2, 8, 4, &ticks);
  assert_labels (&ticks, "2 5");
}

static void
test_spreading_keeps_order_and_distance (void)
{
  double values[] = { 10, 11, 50, 10.5, 99, 98 };
  static const guint sorted[] = { 0, 3, 1, 2, 5, 4 };

  nerve_axes_spread (values, 6, 12, 0, 100);
  for (guint i = 0; i < 6; i++)
    g_assert_true (values[i] >= 0 && values[i] <= 100);
  for (guint i = 1; i < 6; i++)
    g_assert_cmpfloat (values[sorted[i]] - values[sorted[i - 1]], >=, 12 - 1e-6);
}

static void
test_numbers_keep_two_digits (void)
{
  static const struct { double value; const char *text; } cases[] = {
    { .0035, "0.0035" }, { .00349, "0.0035" }, { 0, "0" }, { 4.13, "4.1" }, { .0996, "0.10" }, { .999, "1.0" },
    { 147, "147" }, { 147.4, "147" }, { 12.4, "12" }, { 1, "1" }, { -2.5, "−2.5" }, { 3e-7, "3.0e−7" },
    { 1.24e9, "1.2e9" }, { NAN, "–" }, { INFINITY, "∞" }, { -INFINITY, "−∞" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = nerve_text_number (cases[i].value, 2);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_parameters_lose_their_zeros (void)
{
  g_autofree char *half = nerve_text_short (.5, 3);
  g_autofree char *two = nerve_text_short (2.0000001, 3);
  g_autofree char *count = nerve_text_count (1234567);
  g_autofree char *small = nerve_text_count (999);
  g_autofree char *share = nerve_text_percent (.834);

  g_assert_cmpstr (half, ==, "0.5");
  g_assert_cmpstr (two, ==, "2");
  g_assert_cmpstr (count, ==, "1,234,567");
  g_assert_cmpstr (small, ==, "999");
  g_assert_cmpstr (share, ==, "83\342\200\211%");
}

static void
test_text_is_as_wide_everywhere (void)
{
  g_auto (NerveStyle) style = { FALSE };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 10, 10);
  cairo_t *cr = cairo_create (surface);
  double width;

  nerve_style_init_screen (&style, FALSE, FALSE);
  width = nerve_text_width (NULL, &style, "stage2_block1", 13, 0);
  g_assert_cmpfloat (width, >, 40);
  g_assert_cmpfloat_with_epsilon (nerve_text_width (cr, &style, "stage2_block1", 13, 0), width, .1);
  cairo_scale (cr, 3.7, 3.7);
  g_assert_cmpfloat_with_epsilon (nerve_text_width (cr, &style, "stage2_block1", 13, 0), width, .1);
  g_assert_cmpfloat_with_epsilon (nerve_text_width (NULL, &style, "stage2_block1", 26, 0), 2 * width, .5);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/axes/ticks-step-by-1-2-5", test_ticks_step_by_1_2_5);
  g_test_add_func ("/figures/axes/any-range-has-ticks-inside", test_any_range_has_ticks_inside);
  g_test_add_func ("/figures/axes/odd-ranges-have-none", test_odd_ranges_have_none);
  g_test_add_func ("/figures/axes/logarithmic-ticks-are-powers-of-ten", test_logarithmic_ticks_are_powers_of_ten);
  g_test_add_func ("/figures/axes/spreading-keeps-order-and-distance", test_spreading_keeps_order_and_distance);
  g_test_add_func ("/figures/text/numbers-keep-two-digits", test_numbers_keep_two_digits);
  g_test_add_func ("/figures/text/parameters-lose-their-zeros", test_parameters_lose_their_zeros);
  g_test_add_func ("/figures/text/text-is-as-wide-everywhere", test_text_is_as_wide_everywhere);

  return g_test_run ();
}
