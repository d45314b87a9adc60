#include "mapper/statistics.h"

#include <math.h>

#include "mapper/lens.h"
#include "mapper/purity-bands.h"

/* Ten points on a line, two nodes of five. */
static NerveMapper *
make_mapper (void)
{
  const double points[] = { 1, 2, 1.1, 4, 1.2, 2, 1.3, 4, 1.4, 8, 9, 1, 9.1, 1, 9.2, 1, 9.3, 1, 9.4, 1 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, 10, 2);
  NerveMapperParameters parameters;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.lens = NERVE_LENS_COORDINATE;
  parameters.intervals = 2;
  parameters.overlap = 0.0;
  parameters.eps = 20;
  parameters.min_samples = 3;

  return nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
}

static void
a_node_is_summed_up (void)
{
  g_autoptr (NerveMapper) mapper = make_mapper ();
  const NerveNode *node = nerve_mapper_get_node (mapper, 0);
  const int labels[] = { 0, 0, 1, 1, -1, 0, 0, 0, 0, 0 };
  const int predictions[] = { 0, 1, 1, 1, 1, 0, 0, 0, 0, 0 };
  NerveStatistics found;
  double activation[2];

  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 2);
  nerve_statistics_measure (mapper, node->members, node->n_members, labels, predictions, &found, activation);
  g_assert_cmpuint (found.n_points, ==, 5);
  g_assert_cmpuint (found.n_images, ==, 5);
  g_assert_cmpfloat_with_epsilon (found.lens_mean, 1.2, 1e-12);
  g_assert_cmpfloat (found.lens_min, ==, 1.0);
  g_assert_cmpfloat (found.lens_max, ==, 1.4);
  g_assert_cmpuint (found.histogram[0], ==, 5);
  g_assert_cmpuint (found.n_predicted, ==, 4);
  g_assert_cmpuint (found.n_right, ==, 3);
  g_assert_cmpfloat (found.accuracy, ==, 0.75);
  g_assert_cmpfloat_with_epsilon (activation[0], 1.2, 1e-12);
  g_assert_cmpfloat_with_epsilon (activation[1], 4.0, 1e-12);
}

static void
what_is_missing_is_left_out (void)
{
  g_autoptr (NerveMapper) mapper = make_mapper ();
  const guint32 ends[] = { 0, 9 };
  NerveStatistics found;
  double activation[2];

  nerve_statistics_measure (mapper, ends, 2, NULL, NULL, &found, NULL);
  g_assert_cmpuint (found.histogram[0], ==, 1);
  g_assert_cmpuint (found.histogram[NERVE_STATISTICS_BINS - 1], ==, 1);
  g_assert_true (isnan (found.accuracy));
  nerve_statistics_measure (mapper, NULL, 0, NULL, NULL, &found, activation);
  g_assert_cmpuint (found.n_points, ==, 0);
  g_assert_true (isnan (found.lens_mean) && isnan (activation[0]));
}

static void
bands_hold_what_they_are_of (void)
{
  g_autoptr (NerveMapper) mapper = make_mapper ();
  const int mixed[] = { 0, 0, 0, 0, 1, 1, 1, 1, 1, 1 };
  const int pure[] = { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 };
  g_autoptr (NervePurity) purity = nerve_purity_new (mapper, mixed, 2);
  g_autoptr (NervePurity) clean = nerve_purity_new (mapper, pure, 2);
  NervePurityBand band, again;

  nerve_purity_band (purity, mapper, FALSE, 200, 1, &band);
  nerve_purity_band (purity, mapper, FALSE, 200, 1, &again);
  g_assert_cmpmem (&band, sizeof band, &again, sizeof again);
  g_assert_cmpfloat (band.mean, ==, nerve_purity_get_nodewise (purity));
  g_assert_cmpfloat (band.low, ==, 0.5);
  g_assert_cmpfloat (band.high, ==, 1.0);
  nerve_purity_band (clean, mapper, TRUE, 200, 1, &band);
  g_assert_cmpfloat (band.mean, ==, nerve_purity_get_nodewise_weighted (clean));
  g_assert_true (band.low == 1.0 && band.high == 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/statistics/a node is summed up", a_node_is_summed_up);
  g_test_add_func ("/mapper/statistics/what is missing is left out", what_is_missing_is_left_out);
  g_test_add_func ("/mapper/statistics/bands hold what they are of", bands_hold_what_they_are_of);

  return g_test_run ();
}
