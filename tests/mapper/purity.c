#include "mapper/purity.h"

#include <math.h>

/* Two intervals with a node each: points 0 to 4 and points 5 to 9; the last two points are noise. */
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

/* Its first layer. */
static NerveCloud *
make_cloud (NerveDataset *dataset)
{
  NerveCloudParameters parameters;
  g_autoptr (GError) error = NULL;
  NerveCloud *cloud;

  nerve_parameters_init (&nerve_cloud_table, &parameters);
  cloud = nerve_cloud_new (dataset, 0, &parameters, NULL, &error);
  nerve_parameters_clear (&nerve_cloud_table, &parameters);
  g_assert_no_error (error);

  return cloud;
}

static NerveDataset *
open_golden (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);

  return dataset;
}

static void
points_take_the_labels_of_their_images_at_every_level (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ("activations.h5");
  g_autoptr (NerveCloud) cloud = make_cloud (dataset);
  const int *labels = nerve_dataset_get_labels (dataset);

  g_assert_cmpuint (nerve_dataset_get_n_levels (dataset), ==, 2);
  for (guint level = 0; level <= 2; level++)
    {
      guint n_classes;
      g_autofree int *found = nerve_purity_labels (cloud, dataset, level, &n_classes);

      for (gsize i = 0; i < nerve_cloud_get_n (cloud); i++)
        {
          int label = labels[nerve_cloud_get_images (cloud)[i]];

          if (label >= 0 && level > 0)
            label = nerve_dataset_get_group (dataset, level, label);
          g_assert_cmpint (found[i], ==, label);
          g_assert_cmpint (found[i], <, n_classes);
        }
    }
}

static void
without_labels_there_are_none (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ("foreign-ordered.h5");
  g_autoptr (NerveCloud) cloud = make_cloud (dataset);
  guint n_classes = 7;

  g_assert_null (nerve_dataset_get_labels (dataset));
  g_assert_null (nerve_purity_labels (cloud, dataset, 0, &n_classes));
  g_assert_cmpuint (n_classes, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapper/purity/measures follow their definitions", measures_follow_their_definitions);
  g_test_add_func ("/mapper/purity/unlabelled nodes have no purity", unlabelled_nodes_have_no_purity);
  g_test_add_func ("/mapper/purity/one class is pure", one_class_is_pure);
  g_test_add_func ("/mapper/purity/points take the labels of their images at every level",
                   points_take_the_labels_of_their_images_at_every_level);
  g_test_add_func ("/mapper/purity/without labels there are none", without_labels_there_are_none);
  return g_test_run ();
}
