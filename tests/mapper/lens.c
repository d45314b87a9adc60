#include "mapper/lens.h"

#include <math.h>

/* The value of the lens called @name at one point of @d coordinates. */
static double
evaluate (const char *name, const double *point, gsize d)
{
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (point, 1, d);
  g_autoptr (GError) error = NULL;
  double value = NAN;

  for (int lens = 0; nerve_lens_choices[lens].name != NULL; lens++)
    if (g_str_equal (nerve_lens_choices[lens].name, name))
      {
        g_assert_true (nerve_lens_evaluate (lens, -1, cloud, &value, NULL, &error));
        g_assert_no_error (error);
        return value;
      }

  g_assert_not_reached ();
}

static void
each_lens_is_what_its_name_says (void)
{
  const double point[] = { 3.0, -1.0, 0.5, 2.5 };

  g_assert_cmpfloat (evaluate ("l2", point, 4), ==, sqrt (9.0 + 1.0 + 0.25 + 6.25));
  g_assert_cmpfloat (evaluate ("l1", point, 4), ==, 7.0);
  g_assert_cmpfloat (evaluate ("sum", point, 4), ==, 5.0);
  g_assert_cmpfloat (evaluate ("mean", point, 4), ==, 1.25);
  g_assert_cmpfloat (evaluate ("median", point, 4), ==, 1.5);
  g_assert_cmpfloat (evaluate ("median", point, 3), ==, 0.5);
  g_assert_cmpfloat (evaluate ("max", point, 4), ==, 3.0);
  g_assert_cmpfloat (evaluate ("min", point, 4), ==, -1.0);
  g_assert_cmpfloat (evaluate ("std", point, 4), ==, sqrt ((3.0625 + 5.0625 + 0.5625 + 1.5625) / 4.0));
}

static void
a_length_survives_extreme_coordinates (void)
{
  const double large[] = { 3e200, 4e200 };
  const double small[] = { 3e-200, -4e-200 };
  const double zero[] = { 0.0, 0.0 };

  g_assert_cmpfloat_with_epsilon (evaluate ("l2", large, 2) / 5e200, 1.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (evaluate ("l2", small, 2) / 5e-200, 1.0, 1e-15);
  g_assert_cmpfloat (evaluate ("l2", zero, 2), ==, 0.0);
}

static void
a_value_out_of_range_is_an_error (void)
{
  const double points[] = { 1.0, 1.0, 1.5e308, 1.5e308 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, 2, 2);
  g_autoptr (GError) error = NULL;
  double values[2];

  g_assert_false (nerve_lens_evaluate (1, -1, cloud, values, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "point 1"));
}

static void
values_too_far_apart_are_an_error (void)
{
  const double points[] = { 1.5e308, -1.5e308 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, 2, 1);
  g_autoptr (GError) error = NULL;
  double values[2];

  g_assert_false (nerve_lens_evaluate (2, -1, cloud, values, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/lens/each lens is what its name says", each_lens_is_what_its_name_says);
  g_test_add_func ("/mapper/lens/a length survives extreme coordinates", a_length_survives_extreme_coordinates);
  g_test_add_func ("/mapper/lens/a value out of range is an error", a_value_out_of_range_is_an_error);
  g_test_add_func ("/mapper/lens/values too far apart are an error", values_too_far_apart_are_an_error);
  return g_test_run ();
}
