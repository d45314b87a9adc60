#include <locale.h>

#include "figures/text.h"

/* Numbers stand on screen as the user writes them, in files with a point. */

typedef char *(*NumberFunc) (double value, guint digits);

static void
check (NumberFunc number, double value, guint digits, const char *expected)
{
  g_autofree char *text = number (value, digits);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_count (gsize n, const char *expected)
{
  g_autofree char *text = nerve_text_count (n);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_plain (void)
{
  check (nerve_text_number, 1.0 / 3, 3, "0.333");
  check (nerve_text_number, 12.6, 2, "13");
  check (nerve_text_short, -.25, 4, "\342\210\2220.25");
  check (nerve_text_short, 1234567, 3, "1.23e6");
  check (nerve_text_fixed, 2, 2, "2.00");
  check_count (999, "999");
  check_count (1234567, "1,234,567");
}

static void
without_a_window_there_are_points (void)
{
  check_plain ();
}

/* The locale that the build made for this test: once used, it stays. */
static void
a_german_window_has_commas_and_its_files_points (void)
{
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no German locale here");
      return;
    }

  check_plain ();
  nerve_text_use_locale ();
  check (nerve_text_number, 1.0 / 3, 3, "0,333");
  check (nerve_text_number, 12.6, 2, "13");
  check (nerve_text_short, -.25, 4, "\342\210\2220,25");
  check (nerve_text_short, .5, 4, "0,5");
  check (nerve_text_short, 1234567, 3, "1,23e6");
  check (nerve_text_fixed, 2, 2, "2,00");
  check_count (1234567, "1.234.567");

  nerve_text_begin_plain ();
  check_plain ();
  nerve_text_end_plain ();
  check (nerve_text_fixed, 2, 2, "2,00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/numbers/no-window", without_a_window_there_are_points);
  g_test_add_func ("/numbers/german", a_german_window_has_commas_and_its_files_points);

  return g_test_run ();
}
