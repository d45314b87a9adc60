#include "layers/betti-heat.h"

#include <math.h>

typedef struct
{
  NerveDataset      *dataset;
  guint              n;
  NerveBettiCurves **curves;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", "decay.h5", NULL);
  g_autoptr (GError) error = NULL;

  f->dataset = nerve_dataset_open (path, &error);
  g_assert_no_error (error);
  f->n = nerve_dataset_get_n_layers (f->dataset);
  f->curves = g_new0 (NerveBettiCurves *, f->n);
  /* The first one stays away. */
  for (guint i = 1; i < f->n; i++)
    f->curves[i] = nerve_betti_curves_new (f->dataset, i, 1 << 22, NULL, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 1; i < f->n; i++)
    g_clear_pointer (&f->curves[i], nerve_betti_curves_unref);
  g_free (f->curves);
  nerve_dataset_unref (f->dataset);
}

static void
cells_are_the_means_at_their_threshold (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NerveBettiHeat) heat = nerve_betti_heat_new (f->curves, f->n, 9, NULL, &error);
  double low, high;

  g_assert_no_error (error);
  g_assert_true (nerve_betti_heat_find_range (f->curves, f->n, &low, &high));
  g_assert_cmpfloat (nerve_betti_heat_get_etas (heat)[0], ==, low);
  g_assert_cmpfloat_with_epsilon (nerve_betti_heat_get_etas (heat)[8], high, 1e-9);
  g_assert_null (nerve_betti_heat_get (heat, 0, 0));
  for (guint i = 1; i < f->n; i++)
    for (guint k = 0; k < 9; k++)
      {
        double eta = nerve_betti_heat_get_etas (heat)[k];
        g_autoptr (NerveBettiLayer) layer =
          nerve_betti_layer_new (f->dataset, i, &eta, 1, NERVE_BETTI_HALF_OPEN, NULL, NULL);
        double mean[4];

        /* A layer that can't be counted has no curves either. */
        g_assert_true ((layer == NULL) == (f->curves[i] == NULL));
        if (layer == NULL)
          continue;
        nerve_betti_layer_mean (layer, 0, mean);
        g_assert_cmpmem (nerve_betti_heat_get (heat, i, k), sizeof mean, mean, sizeof mean);
      }
}

static void
a_quantile_has_its_share_of_the_steps_below (Fixture *f, gconstpointer data)
{
  double low, high, before = -INFINITY;

  g_assert_true (nerve_betti_curves_get_range (f->curves[1], &low, &high));
  for (guint k = 0; k <= 10; k++)
    {
      double now = nerve_betti_curves_get_quantile (f->curves[1], k / 10.);

      g_assert_cmpfloat (now, >=, before);
      g_assert_cmpfloat (now, >=, low);
      g_assert_cmpfloat (now, <=, high);
      before = now;
    }
}

static gboolean
refuse (double fraction, gpointer user_data)
{
  return FALSE;
}

static void
it_stops_when_told_and_needs_something_to_show (Fixture *f, gconstpointer data)
{
  NerveProgress progress = { refuse, NULL, 0, 1 };
  NerveBettiCurves *none[2] = { NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_betti_heat_new (f->curves, f->n, 9, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (nerve_betti_heat_new (none, 2, 9, NULL, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_VALUE);
}

#define ADD(test) g_test_add ("/betti-heat/" #test, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (cells_are_the_means_at_their_threshold);
  ADD (a_quantile_has_its_share_of_the_steps_below);
  ADD (it_stops_when_told_and_needs_something_to_show);

  return g_test_run ();
}
