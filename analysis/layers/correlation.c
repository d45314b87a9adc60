#include "layers/correlation.h"

#include <math.h>

static double
find_pearson (const double *x, const double *y, gsize n)
{
  double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;

  for (gsize i = 0; i < n; i++)
    {
      mean_x += x[i] / n;
      mean_y += y[i] / n;
    }
  for (gsize i = 0; i < n; i++)
    {
      xx += (x[i] - mean_x) * (x[i] - mean_x);
      yy += (y[i] - mean_y) * (y[i] - mean_y);
      xy += (x[i] - mean_x) * (y[i] - mean_y);
    }

  return xx > 0 && yy > 0 ? CLAMP (xy / sqrt (xx) / sqrt (yy), -1, 1) : NAN;
}

static gboolean
is_constant (const double *x, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (x[i] != x[0])
      return FALSE;

  return TRUE;
}

/* From 0; ties at their mean. */
static void
find_mean_ranks (const double *x, gsize n, double *ranks)
{
  for (gsize i = 0; i < n; i++)
    {
      gsize less = 0, equal = 0;

      for (gsize j = 0; j < n; j++)
        {
          less += x[j] < x[i];
          equal += x[j] == x[i];
        }
      ranks[i] = less + (equal - 1) / 2.0;
    }
}

static double
find_spearman (const double *x, const double *y, gsize n)
{
  g_autofree double *ranks = g_new (double, 2 * n);

  find_mean_ranks (x, n, ranks);
  find_mean_ranks (y, n, ranks + n);

  return find_pearson (ranks, ranks + n, n);
}

static int
sign (double value)
{
  return (value > 0) - (value < 0);
}

/* A pair weighs as much as its two members together. @weights: NULL if all are the same. */
static double
find_tau (const double *x, const double *y, gsize n, const double *weights)
{
  double both = 0, of_x = 0, of_y = 0;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      {
        double weight = weights != NULL ? weights[i] + weights[j] : 1;

        both += weight * sign (x[i] - x[j]) * sign (y[i] - y[j]);
        of_x += x[i] != x[j] ? weight : 0;
        of_y += y[i] != y[j] ? weight : 0;
      }

  return of_x > 0 && of_y > 0 ? CLAMP (both / sqrt (of_x) / sqrt (of_y), -1, 1) : NAN;
}

/* 1 / (1 + rank), the largest of @x ranked 0; ties by @y, then the later one first. */
static void
find_weights (const double *x, const double *y, gsize n, double *weights)
{
  for (gsize i = 0; i < n; i++)
    {
      gsize rank = 0;

      for (gsize j = 0; j < n; j++)
        rank += x[j] > x[i] || (x[j] == x[i] && (y[j] > y[i] || (y[j] == y[i] && j > i)));
      weights[i] = 1.0 / (1 + rank);
    }
}

static double
find_weighted_tau (const double *x, const double *y, gsize n)
{
  g_autofree double *weights = g_new (double, n);
  double by_x;

  find_weights (x, y, n, weights);
  by_x = find_tau (x, y, n, weights);
  find_weights (y, x, n, weights);

  return (by_x + find_tau (x, y, n, weights)) / 2;
}

void
nerve_correlations (const double *x, const double *y, gsize n, NerveCorrelations *out)
{
  g_return_if_fail ((x != NULL && y != NULL) || n == 0);
  g_return_if_fail (out != NULL);

  *out = (NerveCorrelations) { NAN, NAN, NAN, NAN };
  if (n < 2 || is_constant (x, n) || is_constant (y, n))
    return;

  out->pearson = find_pearson (x, y, n);
  out->spearman = find_spearman (x, y, n);
  out->kendall = find_tau (x, y, n, NULL);
  out->weighted_kendall = find_weighted_tau (x, y, n);
}
