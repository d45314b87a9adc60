#include "mapper/purity.h"

#include <math.h>

/* Three groups on a line, the first two in one node at a time: with eps = 1 and one interval per end the nodes
 * are {0 … 4}, {5 … 9} and, overlapping nothing, the rest is noise. */
static NerveMapper *
make_mapper (void)
{
  const double points[] = { 1.0, 1.1, 1.2, 1.3, 1.4, 9.0, 9.1, 9.2, 9.3, 9.4, 5.0, 10.0 };
  g_autoptr (NerveCloud) cloud = nerve_cloud_new_from_points (points, G_N_ELEMENTS (points), 1);
  NerveMapperParameters parameters;

  nerve_parameters_init (&nerve_mapper_table, &parameters);
  parameters.intervals = 2;
  parameters.overlap = 0.0;
  parameters.eps = 0.2;
  parameters.min_samples = 3;

  return nerve_mapper_new (cloud, &parameters, FALSE, NULL, NULL);
}

static void
measures_follow_their_definitions (void)
{
  g_autoptr (NerveMapper) mapper = make_mapper ();
  const int labels[] = { 0, 0, 0, 1, -1, 1, 1, 1, 1, 1, 0, 1 };
  g_autoptr (NervePurity) purity = nerve_purity_new (mapper, labels, 3);
  const NerveNodePurity *mixed = nerve_purity_get_node (purity, 0);
  const NerveNodePurity *pure = nerve_purity_get_node (purity, 1);

  g_assert_cmpuint (nerve_mapper_get_n_nodes (mapper), ==, 2);
  g_assert_cmpfloat (mixed->purity, ==, 0.5);
  g_assert_cmpfloat (mixed->majority, ==, 0.75);
  g_assert_cmpint (mixed->label, ==, 0);
  g_assert_cmpfloat_with_epsilon (mixed->entropy, -(0.75 * log (0.75) + 0.25 * log (0.25)) / log (3.0), 1e-15);
  g_assert_cmpfloat (pure->purity, ==, 1.0);
  g_assert_cmpfloat (pure->entropy, ==, 0.0);
  g_assert_cmpuint (nerve_purity_get_counts (purity, 0)[0], ==, 3);
  g_assert_cmpuint (nerve_purity_get_counts (purity, 1)[1], ==, 5);

  g_assert_cmpfloat (nerve_purity_get_nodewise (purity), ==, 0.75);
  g_assert_cmpfloat (nerve_purity_get_nodewise_weighted (purity), ==, 0.75);
  /* Class 0: three points in the mixed node, one that is noise. Class 1: one there, five pure, one noise. */
  g_assert_cmpfloat (nerve_purity_get_class (purity, 0), ==, 1.5 / 4.0);
  g_assert_cmpfloat (nerve_purity_get_class (purity, 1), ==, 5.5 / 7.0);
  g_assert_true (isnan (nerve_purity_get_class (purity, 2)));
}

static void
unlabelled_nodes_have_no_purity (void)
{
  g_autoptr (NerveMapper) mapper = make_mapper ();
  const int labels[] = { -1, -1, -1, -1, -1, 0, 1, 1, 0, -1, -1, -1 };
  g_autoptr (NervePurity) purity = nerve_purity_new (mapper, labels, 2);

  g_assert_true (isnan (nerve_purity_get_node (purity, 0)->purity));
  g_assert_true (isnan (nerve_purity_get_node (purity, 0)->entropy));
  g_assert_cmpint (nerve_purity_get_node (purity, 0)->label, ==, -1);
  g_assert_cmpfloat (nerve_purity_get_node (purity, 1)->entropy, ==, 1.0);
  g_assert_cmpint (nerve_purity_get_node (purity, 1)->label, ==, 0);
  g_assert_cmpfloat (nerve_purity_get_nodewise (purity), ==, 0.5);
}

static void
one_class_is_pure (void)
{
  g_autoptr (NerveMapper) mapper = make_mapper ();
  const int labels[12] = { 0 };
  g_autoptr (NervePurity) purity = nerve_purity_new (mapper, labels, 1);

  g_assert_cmpfloat (nerve_purity_get_nodewise (purity), ==, 1.0);
  g_assert_cmpfloat (nerve_purity_get_node (purity, 0)->entropy, ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/purity/measures follow their definitions", measures_follow_their_definitions);
  g_test_add_func ("/mapper/purity/unlabelled nodes have no purity", unlabelled_nodes_have_no_purity);
  g_test_add_func ("/mapper/purity/one class is pure", one_class_is_pure);
  return g_test_run ();
}
