#include "layers/projection.h"

#include <math.h>

/* A triangle of sides 3, 4 and 5, in units whose squares double has and has not. */
static void
classical_scaling_keeps_distances_in_any_unit (void)
{
  static const double sides[] = { 0, 3, 4, 3, 0, 5, 4, 5, 0 };
  static const double units[] = { 1, 1e-3, 1e200, 1e-200 };

  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    {
      double distances[9], places[6], share;
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < 9; i++)
        distances[i] = sides[i] * units[u];
      g_assert_true (nerve_classical_scaling (distances, 3, 2, places, &share, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (share, 1, 1e-9);
      for (guint i = 0; i < 3; i++)
        for (guint j = 0; j < 3; j++)
          {
            double x = places[2 * i] / units[u] - places[2 * j] / units[u];
            double y = places[2 * i + 1] / units[u] - places[2 * j + 1] / units[u];

            g_assert_cmpfloat_with_epsilon (hypot (x, y), sides[3 * i + j], 1e-9);
          }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/projection/classical-scaling-keeps-distances-in-any-unit",
                   classical_scaling_keeps_distances_in_any_unit);

  return g_test_run ();
}
