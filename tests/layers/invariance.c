#include "layers/invariance.h"

#include <math.h>

#include "layers/betti-curves.h"

static const double etas[] = { -.5, 0, .25, .5, 1 };

static NerveDataset *
open_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", "decay.h5", NULL);
  g_autoptr (GError) error = NULL;
  NerveDataset *dataset = nerve_dataset_open (path, &error);

  g_assert_no_error (error);
  return dataset;
}

static guint
find_layer (NerveDataset *dataset, const char *name)
{
  guint layer;

  g_assert_true (nerve_dataset_find_layer (dataset, name, &layer, NULL));
  return layer;
}

static void
curves_that_are_kept_count_as_single_thresholds (void)
{
  static const char * const names[] = { "conv", "relu", "last", "logits" };
  g_autoptr (NerveDataset) dataset = open_golden ();

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      guint layer = find_layer (dataset, names[k]);
      g_autoptr (NerveBettiCurves) curves = nerve_betti_curves_new (dataset, layer, 1 << 20, NULL, NULL);
      g_autoptr (NerveBettiLayer) found = nerve_betti_curves_at (curves, etas, G_N_ELEMENTS (etas), NULL);
      double low, high;

      g_assert_true (nerve_betti_curves_is_exact (curves));
      g_assert_true (nerve_betti_curves_get_range (curves, &low, &high));
      g_assert_cmpfloat (low, <=, high);
      for (gsize e = 0; e < G_N_ELEMENTS (etas); e++)
        {
          g_autoptr (NerveBettiLayer) expected =
            nerve_betti_layer_new (dataset, layer, &etas[e], 1, NERVE_BETTI_HALF_OPEN, NULL, NULL);
          double a[4], b[4];

          for (gsize image = 0; image < nerve_betti_layer_get_n_images (found); image++)
            g_assert_cmpmem (nerve_betti_layer_get_image (found, e, image), 3 * sizeof (guint64),
                             nerve_betti_layer_get_image (expected, 0, image), 3 * sizeof (guint64));
          nerve_betti_layer_mean (found, e, a);
          nerve_betti_layer_mean (expected, 0, b);
          g_assert_cmpmem (a, sizeof a, b, sizeof b);
        }
    }
}

static void
curves_keep_within_their_memory (void)
{
  g_autoptr (NerveDataset) dataset = open_golden ();
  guint layer = find_layer (dataset, "conv");
  g_autoptr (NerveBettiCurves) curves = nerve_betti_curves_new (dataset, layer, 23 * 20 * 20, NULL, NULL);
  g_autoptr (NerveBettiCurves) whole = nerve_betti_curves_new (dataset, layer, 1 << 20, NULL, NULL);
  double low, high, a[4], b[4];
  g_autoptr (NerveBettiLayer) thin = NULL;
  g_autoptr (NerveBettiLayer) exact = NULL;

  g_assert_false (nerve_betti_curves_is_exact (curves));
  g_assert_cmpuint (nerve_betti_curves_get_bytes (curves), <=, 23 * (20 * 20 + 32));
  g_assert_true (nerve_betti_curves_get_range (whole, &low, &high));
  thin = nerve_betti_curves_at (curves, &high, 1, NULL);
  exact = nerve_betti_curves_at (whole, &high, 1, NULL);
  nerve_betti_layer_mean (thin, 0, a);
  nerve_betti_layer_mean (exact, 0, b);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
}

static void
the_same_shape_is_at_no_distance (void)
{
  static const double a[] = { 4, 2, 1, 3 }, tenfold[] = { 40, 20, 10, 30 };
  static const double finer[] = { 4, 3, 2, 1.5, 1, 2, 3 };

  g_assert_cmpfloat_with_epsilon (nerve_invariance_distance (a, 4, a, 4, NERVE_DEPTH_LAYER), 0, 1e-7);
  g_assert_cmpfloat_with_epsilon (nerve_invariance_distance (a, 4, tenfold, 4, NERVE_DEPTH_LAYER), 0, 1e-7);
  g_assert_cmpfloat_with_epsilon (nerve_invariance_distance (a, 4, finer, 7, NERVE_DEPTH_RELATIVE), 0, 1e-7);
  g_assert_cmpfloat (nerve_invariance_distance (a, 4, finer, 7, NERVE_DEPTH_LAYER), >, .3);
}

/* ∫ over [0, 1] of (√3 x − √3 (1 − x))² = 1. */
static void
distances_are_integrals (void)
{
  static const double up[] = { 0, 1 }, down[] = { 1, 0 }, flat[] = { 1, 1 };
  double expected = sqrt (2 - 2 * sqrt (3) / 2);

  g_assert_cmpfloat_with_epsilon (nerve_invariance_distance (up, 2, down, 2, NERVE_DEPTH_RELATIVE), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (nerve_invariance_distance (up, 2, flat, 2, NERVE_DEPTH_LAYER), expected, 1e-6);
}

static void
what_is_no_curve_has_no_distance (void)
{
  static const double a[] = { 1, 2 }, zeros[] = { 0, 0 }, unknown[] = { 1, NAN };

  g_assert_true (isnan (nerve_invariance_distance (a, 1, a, 2, NERVE_DEPTH_LAYER)));
  g_assert_true (isnan (nerve_invariance_distance (a, 2, zeros, 2, NERVE_DEPTH_LAYER)));
  g_assert_true (isnan (nerve_invariance_distance (a, 2, unknown, 2, NERVE_DEPTH_RELATIVE)));
}

/* 1, 2, 5, … and the largest class, which is what gives the whole curve; no more. */
static void
check_sizes (const NerveDecayCurve *curve)
{
  g_autoptr (GArray) results = nerve_invariance_subsample (curve, NERVE_DECAY_ALL_DIMENSIONS, NERVE_DECAY_X_UNIT, NULL,
                                                           0, 40, 1, NULL, NULL);
  const NerveImageSubsample *last = &g_array_index (results, NerveImageSubsample, results->len - 1);
  const NerveImageSubsample *before = last - 1;
  gsize n_classes, largest = 0;
  const int *classes = nerve_decay_curve_get_classes (curve, &n_classes);

  for (gsize c = 0; c < n_classes; c++)
    {
      gsize n = 0;

      for (gsize i = 0; i < nerve_decay_curve_get_n_images (curve); i++)
        n += classes[i] == (int) c;
      largest = MAX (largest, n);
    }
  g_assert_cmpuint (last->n_images, ==, largest);
  g_assert_cmpuint (before->n_images, <, largest);
  g_assert_cmpuint (g_array_index (results, NerveImageSubsample, 0).n_images, ==, 1);
  g_assert_cmpfloat (before->distance.high, >, 1e-6);
}

static void
a_curve_of_more_images_is_nearer_to_that_of_all (void)
{
  static const gsize sizes[] = { 1, 3, 100 };
  g_autoptr (NerveDataset) dataset = open_golden ();
  static const char * const names[] = { "conv", "relu", "last" };
  g_autofree NerveBettiLayer **layers = g_new0 (NerveBettiLayer *, nerve_dataset_get_n_layers (dataset));
  g_autoptr (NerveDecayCurve) curve = NULL;
  g_autoptr (GArray) results = NULL;
  NerveInvariance itself;
  const NerveImageSubsample *few, *some, *all;

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      guint layer = find_layer (dataset, names[k]);

      layers[layer] = nerve_betti_layer_new (dataset, layer, etas, 5, NERVE_BETTI_HALF_OPEN, NULL, NULL);
    }
  curve = nerve_decay_curve_new_for_layers (dataset, layers, 3, NULL);
  g_assert_cmpuint (nerve_decay_curve_get_n_layers (curve), ==, 3);
  g_assert_cmpfloat (nerve_decay_curve_get_eta (curve), ==, .5);
  results = nerve_invariance_subsample (curve, NERVE_DECAY_ALL_DIMENSIONS, NERVE_DECAY_X_LAYERS, sizes, 3, 100, 1, NULL,
                                        NULL);
  few = &g_array_index (results, NerveImageSubsample, 0);
  some = &g_array_index (results, NerveImageSubsample, 1);
  all = &g_array_index (results, NerveImageSubsample, 2);
  g_assert_cmpfloat (few->distance.high, >, some->distance.high);
  g_assert_cmpfloat (some->distance.high, >, all->distance.high);
  g_assert_cmpfloat_with_epsilon (all->distance.high, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (all->theta.low, all->theta.high, 1e-12);
  g_assert_cmpfloat (few->theta.low, <, few->theta.high);
  check_sizes (curve);

  g_assert_true (nerve_invariance_compare (curve, curve, NERVE_DECAY_ALL_DIMENSIONS, NERVE_DEPTH_LAYER, 50, 3, &itself,
                                           NULL));
  g_assert_cmpfloat_with_epsilon (itself.distance, 0, 1e-6);
  g_assert_cmpfloat (itself.high, >, itself.low);
  for (guint i = 0; i < nerve_dataset_get_n_layers (dataset); i++)
    g_clear_pointer (&layers[i], nerve_betti_layer_unref);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layers/invariance/curves", curves_that_are_kept_count_as_single_thresholds);
  g_test_add_func ("/layers/invariance/memory", curves_keep_within_their_memory);
  g_test_add_func ("/layers/invariance/same", the_same_shape_is_at_no_distance);
  g_test_add_func ("/layers/invariance/integral", distances_are_integrals);
  g_test_add_func ("/layers/invariance/none", what_is_no_curve_has_no_distance);
  g_test_add_func ("/layers/invariance/subsample", a_curve_of_more_images_is_nearer_to_that_of_all);

  return g_test_run ();
}
