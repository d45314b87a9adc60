#include "cloud/geodesic.h"

#include "cloud/golden.h"

static void
check_against (const char *points_name, gsize d, guint k, const char *hops_name)
{
  gsize n_values, n_expected;
  g_autofree double *points = golden_read ("metric.txt", points_name, &n_values);
  g_autofree double *expected = golden_read ("metric.txt", hops_name, &n_expected);
  gsize n = n_values / d;
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveGeodesic) graph = nerve_geodesic_new (points, n, d, k, NULL, &error);
  g_autofree double *hops = g_new (double, n);

  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    {
      nerve_geodesic_hops (graph, i, hops, n);
      g_assert_cmpfloat (hops[i], ==, 0.0);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpfloat (hops[j], ==, expected[i * (i - 1) / 2 + j]);
    }
}

static void
hops_are_the_references (void)
{
  check_against ("points", 11, 3, "geodesic3");
}

static void
ties_go_to_the_lower_index (void)
{
  check_against ("grid", 2, 2, "grid-geodesic2");
}

static void
what_can_not_be_reached_is_infinitely_far (void)
{
  check_against ("apart", 2, 3, "apart-geodesic3");
}

static void
more_neighbors_than_points_join_all (void)
{
  const double points[] = { 0.0, 1.0, 5.0 };
  g_autoptr (NerveGeodesic) graph = nerve_geodesic_new (points, 3, 1, 100, NULL, NULL);
  double hops[3];

  nerve_geodesic_hops (graph, 2, hops, 3);
  g_assert_cmpfloat (hops[0], ==, 1.0);
  g_assert_cmpfloat (hops[1], ==, 1.0);
  g_assert_cmpfloat (hops[2], ==, 0.0);
}

static void
coordinates_too_large_are_an_error (void)
{
  const double points[] = { 0.0, 1e300 };
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_geodesic_new (points, 2, 1, 1, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloud/geodesic/hops-are-the-references", hops_are_the_references);
  g_test_add_func ("/cloud/geodesic/ties-go-to-the-lower-index", ties_go_to_the_lower_index);
  g_test_add_func ("/cloud/geodesic/what-can-not-be-reached-is-infinitely-far",
                   what_can_not_be_reached_is_infinitely_far);
  g_test_add_func ("/cloud/geodesic/more-neighbors-than-points-join-all", more_neighbors_than_points_join_all);
  g_test_add_func ("/cloud/geodesic/coordinates-too-large-are-an-error", coordinates_too_large_are_an_error);

  return g_test_run ();
}
