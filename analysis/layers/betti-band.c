#include "layers/betti-band.h"

#include <math.h>

NerveResampling *
nerve_betti_band_bootstrap (NerveDataset *dataset, gsize n_replicates, guint64 seed, GError **error)
{
  gsize n = nerve_dataset_get_n (dataset);
  g_autofree int *classes = g_new (int, n + 1);

  nerve_resampling_classes (nerve_dataset_get_labels (dataset), n, nerve_dataset_get_n_classes (dataset), classes);

  return nerve_resampling_new (classes, n, n_replicates, seed, error);
}

void
nerve_betti_band_find (const NerveBettiLayer *layer, gsize eta, const gboolean *wanted,
                       const NerveResampling *bootstrap, NerveBettiBand *out)
{
  gsize n = nerve_betti_layer_get_n_images (layer), n_classes;
  guint n_labels;
  const int *labels = nerve_betti_layer_get_labels (layer, &n_labels);
  g_autofree int *classes = g_new (int, n + 1);
  g_autofree double *values = g_new (double, n + 1);

  *out = (NerveBettiBand) { NAN, NAN, NAN };
  n_classes = nerve_resampling_classes (labels, n, n_labels, classes);
  if (n == 0 || nerve_resampling_shares (classes, n, n_classes, wanted, values) == 0)
    return;

  out->mean = 0;
  for (gsize i = 0; i < n; i++)
    {
      const guint64 *numbers = nerve_betti_layer_get_image (layer, eta, i);

      values[i] *= numbers[0] + numbers[1] + numbers[2];
      out->mean += values[i];
    }
  if (bootstrap != NULL && nerve_resampling_get_n_images (bootstrap) == n)
    {
      gsize n_replicates = nerve_resampling_get_n_replicates (bootstrap);
      g_autofree double *sums = g_new (double, n_replicates + 1);

      nerve_resampling_sums (bootstrap, values, sums);
      nerve_resampling_band (sums, n_replicates, &out->low, &out->high);
    }
}
