#include "layers/transfer.h"

#include <math.h>

double
nerve_transfer_leep (const double *probabilities, gsize n, gsize n_source, const int *labels, gsize n_classes)
{
  g_autofree double *joint = g_new0 (double, n_classes * n_source + 1); /* n · P̂ (y, z) */
  g_autofree double *marginal = g_new0 (double, n_source + 1);
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    for (gsize z = 0; z < n_source; z++)
      {
        joint[labels[i] * n_source + z] += probabilities[i * n_source + z];
        marginal[z] += probabilities[i * n_source + z];
      }
  for (gsize i = 0; i < n; i++)
    {
      double expected = 0;

      for (gsize z = 0; z < n_source; z++)
        if (marginal[z] > 0)
          expected += joint[labels[i] * n_source + z] / marginal[z] * probabilities[i * n_source + z];
      sum += log (expected);
    }

  return sum / n;
}

double
nerve_transfer_nce (const int *predictions, gsize n, gsize n_source, const int *labels, gsize n_classes)
{
  g_autofree gsize *joint = g_new0 (gsize, n_classes * n_source + 1);
  g_autofree gsize *marginal = g_new0 (gsize, n_source + 1);
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      joint[labels[i] * n_source + predictions[i]]++;
      marginal[predictions[i]]++;
    }
  for (gsize y = 0; y < n_classes; y++)
    for (gsize z = 0; z < n_source; z++)
      if (joint[y * n_source + z] > 0)
        sum += joint[y * n_source + z] * log ((double) joint[y * n_source + z] / marginal[z]);

  return sum / n;
}
