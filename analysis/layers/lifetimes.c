#include "layers/lifetimes.h"

#include <math.h>

#include "homology/cubical.h"
#include "layers/decay-curve.h"
#include "layers/volumes.h"

static gboolean
measure_image (const double *volume, const gsize shape[3], gsize image, guint worker, gpointer user_data,
               const NerveProgress *question, GError **error)
{
  double *lambdas = user_data;
  g_autoptr (NerveDiagram) diagram = nerve_cubical_diagram_new (volume, shape, NERVE_CUBICAL_V, 2, question, error);
  gsize n_bars;
  double sum = 0;

  if (diagram == NULL)
    return FALSE;

  n_bars = nerve_diagram_get_n_bars (diagram);
  for (gsize b = 0; b < n_bars; b++)
    {
      const NerveBar *bar = &nerve_diagram_get_bars (diagram)[b];

      if (isfinite (bar->death))
        sum += bar->death - bar->birth;
    }
  lambdas[image] = n_bars > 0 ? sum / n_bars : 0;

  return TRUE;
}

gboolean
nerve_lifetimes_layer (NerveDataset *dataset, guint layer, double *lambda, const NerveProgress *progress,
                       GError **error)
{
  gsize n = nerve_dataset_get_n (dataset);
  g_autofree double *lambdas = g_new0 (double, n + 1);

  if (!nerve_volumes_for_each (dataset, layer, measure_image, lambdas, progress, error))
    return FALSE;

  *lambda = 0;
  for (gsize i = 0; i < n; i++)
    *lambda += lambdas[i] / n;

  return TRUE;
}

gboolean
nerve_lifetimes_tau (NerveDataset *dataset, double *tau, const NerveProgress *progress, GError **error)
{
  NerveDecaySource source;
  g_autoptr (GArray) layers = nerve_decay_choose_layers (dataset, &source);
  double sum = 0;

  for (guint i = 0; i < layers->len; i++)
    {
      NerveProgress part = nerve_progress_part (progress, (double) i / layers->len, (i + 1.0) / layers->len);
      double lambda;

      if (!nerve_lifetimes_layer (dataset, g_array_index (layers, guint, i), &lambda, &part, error))
        return FALSE;
      sum += lambda / layers->len;
    }
  *tau = 1 / sum;

  return TRUE;
}
