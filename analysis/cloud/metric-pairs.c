#include "cloud/metric.h"

#include <math.h>
#include <string.h>

#include "cloud/metric-private.h"

#define LANES 4
#define CHAINS 4               /* sums that are added to at the same time, since each waits for its last term */
#define PAIRS (LANES * CHAINS)

typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double))));
typedef double Loose __attribute__ ((vector_size (LANES * sizeof (double)), aligned (8), may_alias));
typedef float LooseSingle __attribute__ ((vector_size (LANES * sizeof (float)), aligned (4), may_alias));
typedef gint64 Places __attribute__ ((vector_size (LANES * sizeof (gint64))));

/* What points are held as and what is summed: known where a function is made of it. */
typedef enum
{
  SQUARES,        /* (a − b)² */
  PRODUCTS,       /* a b */
  SINGLE_SQUARES, /* (a − b)² of floats */
} Sum;

static inline __attribute__ ((always_inline)) void
load (Sum sum, gconstpointer point, gsize k, Vector *out)
{
  if (sum == SINGLE_SQUARES)
    *out = __builtin_convertvector (*(const LooseSingle *) ((const float *) point + k), Vector);
  else
    *out = *(const Loose *) ((const double *) point + k);
}

static inline __attribute__ ((always_inline)) double
get_term (Sum sum, gconstpointer a, gconstpointer b, gsize k)
{
  double left = sum == SINGLE_SQUARES ? ((const float *) a)[k] : ((const double *) a)[k];
  double right = sum == SINGLE_SQUARES ? ((const float *) b)[k] : ((const double *) b)[k];

  return sum == PRODUCTS ? left * right : (left - right) * (left - right);
}

/* The next four coordinates of four points, turned so that a vector holds one coordinate of all. */
static inline __attribute__ ((always_inline)) void
load_turned (Sum sum, const gconstpointer *points, gsize k, Vector turned[LANES])
{
  Vector v[LANES];
  Vector a, b, c, e;

#pragma GCC unroll 4
  for (guint i = 0; i < LANES; i++)
    load (sum, points[i], k, &v[i]);
  a = __builtin_shuffle (v[0], v[1], (Places) { 0, 4, 2, 6 });
  b = __builtin_shuffle (v[0], v[1], (Places) { 1, 5, 3, 7 });
  c = __builtin_shuffle (v[2], v[3], (Places) { 0, 4, 2, 6 });
  e = __builtin_shuffle (v[2], v[3], (Places) { 1, 5, 3, 7 });
  turned[0] = __builtin_shuffle (a, c, (Places) { 0, 1, 4, 5 });
  turned[1] = __builtin_shuffle (b, e, (Places) { 0, 1, 4, 5 });
  turned[2] = __builtin_shuffle (a, c, (Places) { 2, 3, 6, 7 });
  turned[3] = __builtin_shuffle (b, e, (Places) { 2, 3, 6, 7 });
}

/* Sums over the coordinates, each pair's in order. */
static inline __attribute__ ((always_inline)) void
sum_pairs (Sum sum, const gconstpointer *a, const gconstpointer *b, gsize d, double *out)
{
  Vector sums[CHAINS] = { { 0.0 } };
  gsize k;

  for (k = 0; k + LANES <= d; k += LANES)
#pragma GCC unroll 4
    for (guint chain = 0; chain < CHAINS; chain++)
      {
        Vector left[LANES];
        Vector right[LANES];

        load_turned (sum, a + chain * LANES, k, left);
        load_turned (sum, b + chain * LANES, k, right);
#pragma GCC unroll 4
        for (guint i = 0; i < LANES; i++)
          {
            Vector term = left[i] - right[i];

            sums[chain] += sum == PRODUCTS ? left[i] * right[i] : term * term;
          }
      }
  memcpy (out, sums, sizeof sums);
  for (; k < d; k++)
    for (guint i = 0; i < PAIRS; i++)
      out[i] += get_term (sum, a[i], b[i], k);
}

static inline __attribute__ ((always_inline)) void
sum_pairs_as (Sum sum, const gconstpointer *a, const gconstpointer *b, gsize d, double *out)
{
  if (sum == SINGLE_SQUARES)
    sum_pairs (SINGLE_SQUARES, a, b, d, out);
  else if (sum == PRODUCTS)
    sum_pairs (PRODUCTS, a, b, d, out);
  else
    sum_pairs (SQUARES, a, b, d, out);
}

#ifdef __x86_64__
__attribute__ ((target ("avx2"))) static void
sum_pairs_avx2 (Sum sum, const gconstpointer *a, const gconstpointer *b, gsize d, double *out)
{
  sum_pairs_as (sum, a, b, d, out);
}
#endif

static void
sum_pairs_portable (Sum sum, const gconstpointer *a, const gconstpointer *b, gsize d, double *out)
{
  sum_pairs_as (sum, a, b, d, out);
}

static void
sum_any_pairs (Sum sum, const gconstpointer *a, const gconstpointer *b, gsize d, double *out)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    {
      sum_pairs_avx2 (sum, a, b, d, out);
      return;
    }
#endif
  sum_pairs_portable (sum, a, b, d, out);
}

/* Those from @first on; the last one again where there are no more. */
static void
sum_some_pairs (Sum sum, const gconstpointer *a, const gconstpointer *b, gsize first, gsize n, gsize d, double *out)
{
  gconstpointer left[PAIRS];
  gconstpointer right[PAIRS];

  for (gsize i = 0; i < PAIRS; i++)
    {
      left[i] = a[MIN (first + i, n - 1)];
      right[i] = b[MIN (first + i, n - 1)];
    }
  sum_any_pairs (sum, left, right, d, out);
}

void
nerve_metric_pairs_single (const float *const *a, const float *const *b, gsize n, gsize d, double *out)
{
  for (gsize first = 0; first < n; first += PAIRS)
    {
      double sums[PAIRS];

      sum_some_pairs (SINGLE_SQUARES, (const gconstpointer *) a, (const gconstpointer *) b, first, n, d, sums);
      for (gsize i = first; i < MIN (first + PAIRS, n); i++)
        out[i] = sqrt (sums[i - first]);
    }
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
      double sums[PAIRS];

      sum_some_pairs (metric == NERVE_METRIC_COSINE ? PRODUCTS : SQUARES, (const gconstpointer *) a,
                      (const gconstpointer *) b, first, n, d, sums);
      for (gsize i = first; i < MIN (first + PAIRS, n); i++)
        if (metric == NERVE_METRIC_EUCLIDEAN)
          out[i] = sqrt (sums[i - first]);
        else
          out[i] = nerve_metric_finish_cosine (sums[i - first], nerve_metric_square (a[i], d),
                                               nerve_metric_square (b[i], d));
    }
}
