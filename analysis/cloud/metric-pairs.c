#include "cloud/metric.h"

#include <math.h>
#include <string.h>

#include "cloud/metric-private.h"

#define LANES 4
#define CHAINS 4               /* sums that are added to at the same time, since each waits for its last term */
#define PAIRS (LANES * CHAINS)

typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double))));
typedef double Loose __attribute__ ((vector_size (LANES * sizeof (double)), aligned (8), may_alias));
typedef gint64 Places __attribute__ ((vector_size (LANES * sizeof (gint64))));

/* The next four coordinates of four points, turned so that a vector holds one coordinate of all. */
static inline __attribute__ ((always_inline)) void
load_turned (const double *const *points, gsize k, Vector turned[LANES])
{
  Vector v0 = *(const Loose *) (points[0] + k);
  Vector v1 = *(const Loose *) (points[1] + k);
  Vector v2 = *(const Loose *) (points[2] + k);
  Vector v3 = *(const Loose *) (points[3] + k);
  Vector a = __builtin_shuffle (v0, v1, (Places) { 0, 4, 2, 6 });
  Vector b = __builtin_shuffle (v0, v1, (Places) { 1, 5, 3, 7 });
  Vector c = __builtin_shuffle (v2, v3, (Places) { 0, 4, 2, 6 });
  Vector e = __builtin_shuffle (v2, v3, (Places) { 1, 5, 3, 7 });

  turned[0] = __builtin_shuffle (a, c, (Places) { 0, 1, 4, 5 });
  turned[1] = __builtin_shuffle (b, e, (Places) { 0, 1, 4, 5 });
  turned[2] = __builtin_shuffle (a, c, (Places) { 2, 3, 6, 7 });
  turned[3] = __builtin_shuffle (b, e, (Places) { 2, 3, 6, 7 });
}

/* Sums over the coordinates, each pair's in order: Σ (a − b)² or Σ a b. */
static inline __attribute__ ((always_inline)) void
sum_pairs (gboolean product, const double *const *a, const double *const *b, gsize d, double *out)
{
  Vector sums[CHAINS] = { { 0.0 } };
  gsize k;

  for (k = 0; k + LANES <= d; k += LANES)
#pragma GCC unroll 4
    for (guint chain = 0; chain < CHAINS; chain++)
      {
        Vector left[LANES];
        Vector right[LANES];

        load_turned (a + chain * LANES, k, left);
        load_turned (b + chain * LANES, k, right);
#pragma GCC unroll 4
        for (guint i = 0; i < LANES; i++)
          {
            Vector term = left[i] - right[i];

            sums[chain] += product ? left[i] * right[i] : term * term;
          }
      }
  memcpy (out, sums, sizeof sums);
  for (; k < d; k++)
    for (guint i = 0; i < PAIRS; i++)
      out[i] += product ? a[i][k] * b[i][k] : (a[i][k] - b[i][k]) * (a[i][k] - b[i][k]);
}

#ifdef __x86_64__
__attribute__ ((target ("avx2"))) static void
sum_pairs_avx2 (gboolean product, const double *const *a, const double *const *b, gsize d, double *out)
{
  if (product)
    sum_pairs (TRUE, a, b, d, out);
  else
    sum_pairs (FALSE, a, b, d, out);
}
#endif

static void
sum_pairs_portable (gboolean product, const double *const *a, const double *const *b, gsize d, double *out)
{
  sum_pairs (product, a, b, d, out);
}

static void
sum_any_pairs (gboolean product, const double *const *a, const double *const *b, gsize d, double *out)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    {
      sum_pairs_avx2 (product, a, b, d, out);
      return;
    }
#endif
  sum_pairs_portable (product, a, b, d, out);
}

void
nerve_metric_pairs (NerveMetric metric, const double *const *a, const double *const *b, gsize n, gsize d, double *out)
{
  if (metric != NERVE_METRIC_EUCLIDEAN && metric != NERVE_METRIC_COSINE)
    {
      for (gsize i = 0; i < n; i++)
        out[i] = nerve_metric_distance (metric, a[i], b[i], d);
      return;
    }

  for (gsize first = 0; first < n; first += PAIRS)
    {
      const double *left[PAIRS];
      const double *right[PAIRS];
      double sums[PAIRS];

      for (gsize i = 0; i < PAIRS; i++)
        {
          left[i] = a[MIN (first + i, n - 1)];
          right[i] = b[MIN (first + i, n - 1)];
        }
      sum_any_pairs (metric == NERVE_METRIC_COSINE, left, right, d, sums);
      for (gsize i = first; i < MIN (first + PAIRS, n); i++)
        if (metric == NERVE_METRIC_EUCLIDEAN)
          out[i] = sqrt (sums[i - first]);
        else
          out[i] = nerve_metric_finish_cosine (sums[i - first], nerve_metric_square (a[i], d),
                                               nerve_metric_square (b[i], d));
    }
}
