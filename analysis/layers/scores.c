#include "layers/decay.h"

#include <math.h>
#include <string.h>

/* P2's fit: a cubic, and α of the ridge on all but the intercept. */
#define N_POWERS 3
#define RIDGE    1e-3L

/* Makes column @k of the @n × N_POWERS matrix @a orthogonal to the earlier ones (twice is enough: what rounding left
 * is taken off again) and of length 1; row k of @r takes what was taken off. */
static void
orthonormalize (long double *a,
                gsize        n,
                guint        k,
                long double  r[N_POWERS][N_POWERS])
{
  long double length = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint j = 0; j < k; j++)
      {
        long double product = 0;

        for (gsize i = 0; i < n; i++)
          product += a[i * N_POWERS + j] * a[i * N_POWERS + k];
        for (gsize i = 0; i < n; i++)
          a[i * N_POWERS + k] -= product * a[i * N_POWERS + j];
        r[j][k] += product;
      }

  for (gsize i = 0; i < n; i++)
    length += a[i * N_POWERS + k] * a[i * N_POWERS + k];
  r[k][k] = sqrtl (length);
  for (gsize i = 0; i < n; i++)
    a[i * N_POWERS + k] /= r[k][k];
}

/* Coefficients of x, x², x³ in the ridge regression of @y. The intercept takes the means; the rest is the least squares
 * problem [X; √α I] c = [y; 0], solved by QR: the normal equations would square the condition number. */
static void
fit_cubic (const double *x,
           const double *y,
           gsize         n,
           long double   c[N_POWERS])
{
  gsize n_rows = n + N_POWERS;
  g_autofree long double *a = g_new0 (long double, n_rows * N_POWERS);
  long double r[N_POWERS][N_POWERS] = { 0 };
  long double means[N_POWERS] = { 0 };

  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < N_POWERS; k++)
      {
        a[i * N_POWERS + k] = (k > 0 ? a[i * N_POWERS + k - 1] : 1) * x[i];
        means[k] += a[i * N_POWERS + k] / n;
      }
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < N_POWERS; k++)
      a[i * N_POWERS + k] -= means[k];
  for (guint k = 0; k < N_POWERS; k++)
    a[(n + k) * N_POWERS + k] = sqrtl (RIDGE);

  for (guint k = 0; k < N_POWERS; k++)
    orthonormalize (a, n_rows, k, r);
  for (guint k = N_POWERS; k-- > 0;)
    {
      c[k] = 0;
      for (gsize i = 0; i < n; i++)
        c[k] += a[i * N_POWERS + k] * y[i];
      for (guint j = k + 1; j < N_POWERS; j++)
        c[k] -= r[k][j] * c[j];
      c[k] /= r[k][k];
    }
}

static double
find_theta (const double *x,
            const double *y,
            gsize         n)
{
  long double c[N_POWERS];

  fit_cubic (x, y, n, c);
  return c[0] + c[1] / 2 + c[2] / 2;
}

static double
find_log_slope (const double *x,
                const double *omega,
                gsize         n)
{
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (!(omega[i] > 0))
        return NAN;
      mean_x += x[i] / n;
      mean_y += log (omega[i]) / n;
    }
  for (gsize i = 0; i < n; i++)
    {
      xx += (x[i] - mean_x) * (x[i] - mean_x);
      xy += (x[i] - mean_x) * (log (omega[i]) - mean_y);
    }

  return xy / xx;
}

static double
find_area (const double *x,
           const double *y,
           gsize         n)
{
  double area = 0;

  for (gsize i = 1; i < n; i++)
    area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;

  return area;
}

void
nerve_decay_scores (const double     *omega,
                    gsize             n,
                    NerveDecayX       x_kind,
                    NerveDecayScores *out)
{
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *y = g_new (double, n + 1);
  double squares = 0;

  g_return_if_fail (omega != NULL || n == 0);
  g_return_if_fail (out != NULL);

  *out = (NerveDecayScores) { NAN, NAN, NAN, NAN };
  for (gsize i = 0; i < n; i++)
    squares += omega[i] * omega[i];
  if (n < 2 || !(squares > 0))
    return;

  for (gsize i = 0; i < n; i++)
    {
      x[i] = x_kind == NERVE_DECAY_X_UNIT ? (double) i / (n - 1) : i + 1;
      y[i] = omega[i] / sqrt (squares);
    }

  out->theta = find_theta (x, y, n);
  out->log_slope = find_log_slope (x, omega, n);
  out->area = find_area (x, y, n);
  out->first_last = omega[0] / omega[n - 1];
}
