#include "layers/rtd.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/quantile.h"
#include "homology/rips.h"

#define SHARE .9

gboolean
nerve_rtd_unit (const NerveDistances *distances, double *out, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_distances_get_n (distances);
  gsize n_pairs = n > 0 ? n * (n - 1) / 2 : 0;
  g_autofree double *all = NULL;

  *out = 0;
  if (n == 0)
    return TRUE;
  if (!nerve_distances_is_finite (distances))
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "RTD needs finite distances; some points can't be reached");
      return FALSE;
    }

  all = nerve_memory_new ((guint64) n * n, sizeof (double), "a matrix of distances", error);
  if (all == NULL)
    return FALSE;
  memcpy (all, nerve_distances_get_values (distances), n_pairs * sizeof (double));
  memcpy (all + n_pairs, nerve_distances_get_values (distances), n_pairs * sizeof (double));
  memset (all + 2 * n_pairs, 0, n * sizeof (double));

  return nerve_quantile (all, n * n, SHARE, out, progress) || nerve_progress_set_cancelled (error);
}

/* The lower triangle of the 2n × 2n matrix, row by row. */
static NerveDistances *
join (const NerveDistances *a, const NerveDistances *b, GError **error)
{
  gsize n = nerve_distances_get_n (a);
  const double *first = nerve_distances_get_values (a);
  const double *second = nerve_distances_get_values (b);
  double *values = nerve_memory_new ((guint64) n * (2 * n - 1), sizeof (double), "the distances of RTD", error);
  double *out;

  if (values == NULL)
    return NULL;

  memset (values, 0, n * (n - 1) / 2 * sizeof (double));
  out = values + n * (n - 1) / 2;
  for (gsize i = 0; i < n; i++)
    {
      gsize row = i * (i - (i > 0)) / 2;

      for (gsize j = 0; j < i; j++)
        *out++ = first[row + j];
      *out++ = 0;
      for (gsize j = i + 1; j < n; j++)
        *out++ = first[j * (j - 1) / 2 + i];
      for (gsize j = 0; j < i; j++)
        *out++ = MIN (first[row + j], second[row + j]);
    }

  return nerve_distances_take (values, 2 * n);
}

gboolean
nerve_rtd_one (const NerveDistances *a, const NerveDistances *b, double *out, const NerveProgress *progress,
               GError **error)
{
  const NerveRipsParameters parameters = { .max_dimension = 1, .threshold = NAN };
  g_autoptr (NerveDistances) joined = NULL;
  g_autoptr (NerveDiagram) diagram = NULL;
  NerveDiagramSummary summary;

  g_return_val_if_fail (nerve_distances_get_n (a) == nerve_distances_get_n (b), FALSE);

  *out = 0;
  if (nerve_distances_get_n (a) == 0)
    return TRUE;
  joined = join (a, b, error);
  if (joined == NULL)
    return FALSE;
  diagram = nerve_rips (joined, &parameters, progress, error);
  if (diagram == NULL)
    return FALSE;

  nerve_diagram_summarize (diagram, 1, &summary);
  *out = summary.total;

  return TRUE;
}
