#include "mapper/axes.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"

/* Without base/linalg: BLAS rounds as the processor likes, and a point at the end of an interval would change sides. */
#define AXES 8       /* iterated together: the gap after them decides how fast the first two settle */
#define BLOCK 512    /* points whose sums are added before they join the others': the same for any thread */
#define MOST 500
#define SETTLED 1e-12

typedef struct
{
  const double *points;
  gsize         n;
  gsize         d;
  const double *mean;
  const double *axes;  /* AXES × d */
  double       *sums;  /* a block's, AXES × d each */
} Round;

static gboolean
add_blocks (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Round *self = user_data;
  gsize d = self->d;
  g_autofree double *point = g_new (double, d);

  for (gsize block = begin; block < end; block++)
    {
      double *sums = self->sums + block * AXES * d;

      memset (sums, 0, AXES * d * sizeof (double));
      for (gsize i = block * BLOCK; i < MIN ((block + 1) * BLOCK, self->n); i++)
        {
          for (gsize k = 0; k < d; k++)
            point[k] = self->points[i * d + k] - self->mean[k];
          for (guint a = 0; a < AXES; a++)
            {
              double product = 0.0;

              for (gsize k = 0; k < d; k++)
                product += self->axes[a * d + k] * point[k];
              for (gsize k = 0; k < d; k++)
                sums[a * d + k] += product * point[k];
            }
        }
    }

  return TRUE;
}

static double
measure_square (const double *axis, gsize d)
{
  double square = 0.0;

  for (gsize k = 0; k < d; k++)
    square += axis[k] * axis[k];

  return square;
}

/* Gram and Schmidt, twice. Of an axis that lies among those before it only rounding is left: it becomes zero. */
static void
orthogonalise (double *axes, gsize d)
{
  for (guint a = 0; a < AXES; a++)
    {
      double *own = axes + a * d;
      double before = measure_square (own, d);
      double length = 0.0;

      for (guint pass = 0; pass < 2; pass++)
        for (guint b = 0; b < a; b++)
          {
            double product = 0.0;

            for (gsize k = 0; k < d; k++)
              product += own[k] * axes[b * d + k];
            for (gsize k = 0; k < d; k++)
              own[k] -= product * axes[b * d + k];
          }
      length = sqrt (measure_square (own, d));
      for (gsize k = 0; k < d; k++)
        own[k] = length > 1e-10 * sqrt (before) ? own[k] / length : 0.0;
    }
}

/* Jacobi's rotations of a small symmetric matrix; columns of @vectors are its eigenvectors. */
static void
diagonalise (double matrix[AXES][AXES], double vectors[AXES][AXES])
{
  for (guint i = 0; i < AXES; i++)
    for (guint j = 0; j < AXES; j++)
      vectors[i][j] = i == j;

  for (guint sweep = 0; sweep < 30; sweep++)
    for (guint p = 0; p < AXES; p++)
      for (guint q = p + 1; q < AXES; q++)
        {
          double theta, t, c, s;

          if (fabs (matrix[p][q]) <= 1e-17 * sqrt (fabs (matrix[p][p] * matrix[q][q])) || matrix[p][q] == 0.0)
            continue;
          theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
          t = (theta >= 0.0 ? 1.0 : -1.0) / (fabs (theta) + sqrt (theta * theta + 1.0));
          c = 1.0 / sqrt (t * t + 1.0);
          s = t * c;
          for (guint k = 0; k < AXES; k++)
            {
              double a = matrix[k][p];
              double b = matrix[k][q];

              matrix[k][p] = c * a - s * b;
              matrix[k][q] = s * a + c * b;
            }
          for (guint k = 0; k < AXES; k++)
            {
              double a = matrix[p][k];
              double b = matrix[q][k];

              matrix[p][k] = c * a - s * b;
              matrix[q][k] = s * a + c * b;
            }
          for (guint k = 0; k < AXES; k++)
            {
              double a = vectors[k][p];
              double b = vectors[k][q];

              vectors[k][p] = c * a - s * b;
              vectors[k][q] = s * a + c * b;
            }
        }
}

/* Turns the axes within their span so that they are the best of it (Rayleigh and Ritz), largest first; @moved is
 * what the covariance made of them. */
static void
turn_axes (const double *axes, const double *moved, gsize d, double *out)
{
  double matrix[AXES][AXES];
  double vectors[AXES][AXES];
  gboolean used[AXES] = { FALSE };

  for (guint a = 0; a < AXES; a++)
    for (guint b = 0; b < AXES; b++)
      {
        matrix[a][b] = 0.0;
        for (gsize k = 0; k < d; k++)
          matrix[a][b] += axes[a * d + k] * moved[b * d + k];
      }
  for (guint a = 0; a < AXES; a++)
    for (guint b = 0; b < a; b++)
      matrix[a][b] = matrix[b][a] = 0.5 * (matrix[a][b] + matrix[b][a]);
  diagonalise (matrix, vectors);

  memset (out, 0, AXES * d * sizeof (double));
  for (guint a = 0; a < AXES; a++)
    {
      guint best = AXES;

      for (guint b = 0; b < AXES; b++)
        if (!used[b] && (best == AXES || matrix[b][b] > matrix[best][best]))
          best = b;
      used[best] = TRUE;
      for (guint b = 0; b < AXES; b++)
        for (gsize k = 0; k < d; k++)
          out[a * d + k] += vectors[b][best] * moved[b * d + k];
    }
}

static void
fix_sign (double *axis, gsize d)
{
  gsize largest = 0;

  /* Of two that differ by rounding alone the first. */
  for (gsize k = 1; k < d; k++)
    if (fabs (axis[k]) > fabs (axis[largest]) * (1.0 + 1e-9))
      largest = k;
  if (axis[largest] < 0.0)
    for (gsize k = 0; k < d; k++)
      axis[k] = -axis[k];
}

static double
measure_turn (const double *a, const double *b, gsize d)
{
  double square = 0.0;

  for (gsize k = 0; k < d; k++)
    square += (a[k] - b[k]) * (a[k] - b[k]);

  return sqrt (square);
}

static gboolean
settle (Round *round, double *axes, guint axis, const NerveProgress *progress)
{
  gsize d = round->d;
  gsize n_blocks = (round->n + BLOCK - 1) / BLOCK;
  g_autofree double *moved = g_new (double, AXES * d);
  g_autofree double *before = g_new (double, d);

  for (guint i = 0; i < MOST; i++)
    {
      round->axes = axes;
      if (!nerve_progress_step (progress, (double) i / MOST) ||
          !nerve_parallel_for (n_blocks, 1, add_blocks, round, NULL))
        return FALSE;
      memset (moved, 0, AXES * d * sizeof (double));
      for (gsize block = 0; block < n_blocks; block++)
        for (gsize k = 0; k < AXES * d; k++)
          moved[k] += round->sums[block * AXES * d + k];
      memcpy (before, axes + axis * d, d * sizeof (double));
      turn_axes (axes, moved, d, axes);
      orthogonalise (axes, d);
      fix_sign (axes + axis * d, d);
      if (measure_turn (before, axes + axis * d, d) < SETTLED)
        break;
    }

  return TRUE;
}

gboolean
nerve_axes_project (const NerveCloud *cloud, guint axis, double *out, const NerveProgress *progress, GError **error)
{
  gsize n = nerve_cloud_get_n (cloud);
  gsize d = nerve_cloud_get_dimension (cloud);
  const double *points = nerve_cloud_get_points (cloud);
  g_autofree double *mean = g_new0 (double, d);
  g_autofree double *axes = g_new (double, AXES * d);
  g_autofree double *sums = g_new (double, (n + BLOCK - 1) / BLOCK * AXES * d);
  Round round = { points, n, d, mean, axes, sums };
  NerveRandom random;

  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < d; k++)
      mean[k] += points[i * d + k];
  for (gsize k = 0; k < d; k++)
    mean[k] /= n;
  nerve_random_init (&random, 0);
  for (gsize k = 0; k < AXES * d; k++)
    axes[k] = nerve_random_normal (&random);
  orthogonalise (axes, d);
  if (!settle (&round, axes, axis, progress))
    return nerve_progress_set_cancelled (error);

  for (gsize i = 0; i < n; i++)
    {
      out[i] = 0.0;
      for (gsize k = 0; k < d; k++)
        out[i] += axes[axis * d + k] * (points[i * d + k] - mean[k]);
    }

  return TRUE;
}
