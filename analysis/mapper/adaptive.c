#include "mapper/adaptive.h"

#include <float.h>
#include <math.h>

#define THRESHOLD 10.0
#define OVERLAP   0.1

typedef struct
{
  NerveInterval interval;
  gboolean      is_whole; /* will not be split again */
} Piece;

static double
find_mean (const double *values, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += values[i];

  return sum / n;
}

static double
sum_squares (const double *values, gsize n, double mean)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (values[i] - mean) * (values[i] - mean);

  return sum;
}

/* ln Φ(z), also far out where Φ itself is zero. */
static double
log_normal (double z)
{
  double value = 0.5 * erfc (-z / G_SQRT2);

  if (value > 1e-300)
    return log (value);

  return -0.5 * z * z - log (-z) - 0.5 * log (2.0 * G_PI) + log1p (-1.0 / (z * z));
}

double
nerve_adaptive_statistic (const double *values, gsize n)
{
  double mean;
  double deviation;
  double sum = 0.0;

  if (n < 2)
    return 0.0;
  mean = find_mean (values, n);
  deviation = sqrt (sum_squares (values, n, mean) / (n - 1.0));
  if (!(deviation > 0.0))
    return 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (2.0 * i + 1.0) / n * (log_normal ((values[i] - mean) / deviation) +
                                  log_normal (-(values[n - 1 - i] - mean) / deviation));

  return -(double) n - sum;
}

static double
log_density (double value, double mean, double variance)
{
  return -0.5 * ((value - mean) * (value - mean) / variance + log (2.0 * G_PI * variance));
}

/* One round; returns the mean log likelihood before it. */
static double
improve_mixture (const double *values, gsize n, double weights[2], double means[2], double variances[2])
{
  double totals[2] = { 10.0 * DBL_EPSILON, 10.0 * DBL_EPSILON };
  double sums[2] = { 0.0 };
  double squares[2] = { 0.0 };
  double middle = 0.5 * (means[0] + means[1]);
  double likelihood = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      double a = log (weights[0]) + log_density (values[i], means[0], variances[0]);
      double b = log (weights[1]) + log_density (values[i], means[1], variances[1]);
      double total = MAX (a, b) + log1p (exp (-fabs (a - b)));
      double x = values[i] - middle;

      for (guint c = 0; c < 2; c++)
        {
          double share = exp ((c == 0 ? a : b) - total);

          totals[c] += share;
          sums[c] += share * x;
          squares[c] += share * x * x;
        }
      likelihood += total;
    }
  for (guint c = 0; c < 2; c++)
    {
      double mean = sums[c] / totals[c];

      weights[c] = totals[c] / n;
      means[c] = middle + mean;
      variances[c] = MAX (squares[c] / totals[c] - mean * mean, 0.0) + 1e-6;
    }

  return likelihood / n;
}

void
nerve_adaptive_mixture (const double *values, gsize n, double means[2], double deviations[2])
{
  gsize half = n / 2;
  double weights[2] = { (double) half / n, (double) (n - half) / n };
  double variances[2];
  double previous = -INFINITY;

  means[0] = find_mean (values, half);
  means[1] = find_mean (values + half, n - half);
  variances[0] = sum_squares (values, half, means[0]) / half + 1e-6;
  variances[1] = sum_squares (values + half, n - half, means[1]) / (n - half) + 1e-6;
  for (guint round = 0; round < 100; round++)
    {
      double likelihood = improve_mixture (values, n, weights, means, variances);

      if (likelihood - previous < 1e-3)
        break;
      previous = likelihood;
    }

  if (means[0] > means[1])
    {
      double mean = means[0];
      double variance = variances[0];

      means[0] = means[1];
      variances[0] = variances[1];
      means[1] = mean;
      variances[1] = variance;
    }
  deviations[0] = sqrt (variances[0]);
  deviations[1] = sqrt (variances[1]);
}

/* The values within @interval. */
static const double *
find_values (const double *values, gsize n, const NerveInterval *interval, gsize *count)
{
  gsize first = 0;
  gsize last = n;

  while (first < n && values[first] < interval->lower)
    first++;
  while (last > first && values[last - 1] > interval->upper)
    last--;
  *count = last - first;

  return values + first;
}

/* FALSE if @piece stays whole. */
static gboolean
split (const double *values, gsize n, Piece *piece, Piece *right)
{
  double means[2];
  double deviations[2];
  double both;
  gsize count;
  const double *own = find_values (values, n, &piece->interval, &count);

  if (count < 2 || nerve_adaptive_statistic (own, count) <= THRESHOLD)
    return FALSE;

  nerve_adaptive_mixture (own, count, means, deviations);
  both = (1.0 + OVERLAP) * (means[1] - means[0]) / (deviations[0] + deviations[1]);
  right->interval.lower = MAX (means[1] - both * deviations[1], means[0]);
  right->interval.upper = piece->interval.upper;
  right->is_whole = FALSE;
  /* A mixture of which one half has all says nothing. */
  if (!(means[0] < means[1]) || !(right->interval.lower > piece->interval.lower) ||
      !(MIN (means[0] + both * deviations[0], means[1]) < piece->interval.upper))
    return FALSE;
  piece->interval.upper = MIN (means[0] + both * deviations[0], means[1]);

  return TRUE;
}

guint
nerve_adaptive_cover (const double *values, gsize n, NerveInterval *out)
{
  Piece pieces[NERVE_COVER_MOST] = { { { values[0], values[n - 1] }, FALSE } };
  guint count = 1;
  gboolean changed = TRUE;

  /* Breadth first: each round splits what the one before left. */
  while (changed && count < NERVE_COVER_MOST)
    {
      changed = FALSE;
      for (guint i = 0; i < count && count < NERVE_COVER_MOST; i++)
        {
          Piece right;

          if (pieces[i].is_whole)
            continue;
          if (!split (values, n, &pieces[i], &right))
            {
              pieces[i].is_whole = TRUE;
              continue;
            }
          for (guint k = count; k > i + 1; k--)
            pieces[k] = pieces[k - 1];
          pieces[i + 1] = right;
          count++;
          i++;
          changed = TRUE;
        }
    }
  for (guint i = 0; i < count; i++)
    out[i] = pieces[i].interval;

  return count;
}
