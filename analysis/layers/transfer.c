#include "layers/transfer.h"

#include <math.h>
#include <string.h>

#include "base/linalg.h"
#include "base/memory.h"

/* The fixed point is steep: some ten turns as a rule. */
#define MAX_TURNS 1000
#define STEADY    1e-12

/* Features in their principal directions, seen by one target. */
typedef struct
{
  gsize         n;
  gsize         rank;
  const double *squares;  /* of the singular values */
  double       *products; /* squared products of the target with the left vectors */
  double        rest;     /* of the target's square, outside them */
} Regression;

/* ln p (y | α, β) at its largest, divided by n: MacKay's fixed point. */
static double
find_evidence (const Regression *self)
{
  double alpha = 1, beta = 1, square = 0, residual = 0, determinant = 0;

  for (guint turn = 0; turn < MAX_TURNS; turn++)
    {
      double ratio = alpha / beta, gamma = 0;

      square = 0;
      residual = self->rest;
      for (gsize k = 0; k < self->rank; k++)
        {
          double sum = self->squares[k] + ratio;

          gamma += self->squares[k] / sum;
          square += self->squares[k] * self->products[k] / (sum * sum);
          residual += self->products[k] * (ratio / sum) * (ratio / sum);
        }
      /* A target that is met exactly, or not at all, has no end. */
      alpha = gamma / (square + 1e-5);
      beta = (self->n - gamma) / (residual + 1e-5);
      if (!(alpha > 0 && beta > 0) || fabs (alpha / beta - ratio) <= STEADY * ratio)
        break;
    }

  for (gsize k = 0; k < self->rank; k++)
    determinant += log ((alpha + beta * self->squares[k]) / alpha);

  return (self->n * log (beta) - determinant - beta * residual - alpha * square - self->n * log (2 * G_PI)) /
         (2.0 * self->n);
}

/* Whether an image is of the class, against the left vectors. */
static void
set_target (Regression *self, const NerveSvd *svd, const int *labels, int label)
{
  gsize n_members = 0;
  double found = 0;

  memset (self->products, 0, self->rank * sizeof (double));
  for (gsize i = 0; i < self->n; i++)
    if (labels[i] == label)
      {
        n_members++;
        for (gsize k = 0; k < self->rank; k++)
          self->products[k] += svd->u[i * svd->k + k];
      }
  for (gsize k = 0; k < self->rank; k++)
    {
      self->products[k] *= self->products[k];
      found += self->products[k];
    }
  self->rest = MAX (n_members - found, 0);
}

gboolean
nerve_transfer_logme (const double *features, gsize n, gsize d, const int *labels, gsize n_classes, double *out,
                      const NerveProgress *progress, GError **error)
{
  g_auto (NerveSvd) svd = { 0 };
  g_autofree double *squares = NULL;
  g_autofree double *products = NULL;
  Regression regression = { .n = n };

  if (!nerve_svd_init (&svd, features, n, d, NERVE_LINALG_LEFT, progress, error))
    return FALSE;

  regression.rank = nerve_svd_rank (&svd);
  regression.squares = squares = g_new (double, svd.k + 1);
  regression.products = products = g_new (double, svd.k + 1);
  for (gsize k = 0; k < regression.rank; k++)
    squares[k] = svd.s[k] * svd.s[k];
  *out = 0;
  for (gsize label = 0; label < n_classes; label++)
    {
      set_target (&regression, &svd, labels, label);
      *out += find_evidence (&regression) / n_classes;
    }

  return TRUE;
}

/* With centred features F = U S Vᵀ the trace is Σ over classes of |Uᵀ 1_class|² / members. */
gboolean
nerve_transfer_hscore (const double *features, gsize n, gsize d, const int *labels, gsize n_classes, double *out,
                       const NerveProgress *progress, GError **error)
{
  g_auto (NerveSvd) svd = { 0 };
  g_autofree double *centred = nerve_memory_new ((guint64) n * d, sizeof (double), "the features", error);
  g_autofree double *sums = NULL;
  g_autofree gsize *counts = g_new0 (gsize, n_classes + 1);
  gsize rank;

  if (centred == NULL)
    return FALSE;
  memcpy (centred, features, n * d * sizeof (double));
  nerve_linalg_center (centred, n, d);
  if (!nerve_svd_init (&svd, centred, n, d, NERVE_LINALG_LEFT, progress, error))
    return FALSE;

  rank = nerve_svd_rank (&svd);
  sums = g_new0 (double, n_classes * rank + 1);
  for (gsize i = 0; i < n; i++)
    {
      counts[labels[i]]++;
      for (gsize k = 0; k < rank; k++)
        sums[labels[i] * rank + k] += svd.u[i * svd.k + k];
    }
  *out = 0;
  for (gsize label = 0; label < n_classes; label++)
    for (gsize k = 0; k < rank && counts[label] > 0; k++)
      *out += sums[label * rank + k] * sums[label * rank + k] / counts[label];

  return TRUE;
}
