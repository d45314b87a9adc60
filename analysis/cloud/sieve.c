#include "cloud/sieve.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "cloud/rows.h"

#define LANES NERVE_SCREEN_LANES
#define SAMPLE 512        /* points that main directions are found from */
#define WIDE 256          /* coordinates from which on there are more main directions */
#define SMALLEST 48       /* coordinates below which there are none */
#define FEW 0.04          /* share of pairs that main directions may leave so that the others are seldom asked for */
#define MANY 0.5          /* that they may leave at all, were they for nothing */
#define LARGEST (256 << 20) /* bytes of panels of all coordinates; beyond, they are made when needed, and again */
#define ROUNDS 3          /* of the iteration for main directions */

typedef double Vector __attribute__ ((vector_size (4 * sizeof (double))));

typedef struct
{
  NerveSieve   *sieve;
  const double *directions; /* d × n_directions, or NULL */
  gsize         n_directions;
  gsize         padded;     /* a multiple of 4 */
} Filling;

gboolean
nerve_sieve_serves (NerveMetric metric)
{
  return metric == NERVE_METRIC_EUCLIDEAN || metric == NERVE_METRIC_COSINE;
}

static double
measure_length (const double *point, gsize d)
{
  double largest = 0.0;
  double sum = 0.0;

  for (gsize k = 0; k < d; k++)
    largest = MAX (largest, fabs (point[k]));
  if (largest == 0.0)
    return 0.0;
  for (gsize k = 0; k < d; k++)
    sum += (point[k] / largest) * (point[k] / largest);

  return largest * sqrt (sum);
}

/* Centred and scaled, or of length one, in double. */
static void
prepare_point (const NerveSieve *self, gsize position, double *out)
{
  gsize row = self->order != NULL ? self->order[position] : position;
  const double *point = nerve_cloud_get_row (self->cloud, row, out);

  if (nerve_cloud_get_metric (self->cloud) == NERVE_METRIC_COSINE)
    {
      double length = measure_length (point, self->d);

      for (gsize k = 0; k < self->d; k++)
        out[k] = length > 0.0 ? point[k] / length : 0.0;
    }
  else
    {
      for (gsize k = 0; k < self->d; k++)
        out[k] = (point[k] - self->mean[k]) * self->scale;
    }
}

static double
sum_squares (const double *point, gsize d)
{
  double part[8] = { 0.0 };
  double sum = 0.0;
  gsize k;

  for (k = 0; k + 8 <= d; k += 8)
    for (guint i = 0; i < 8; i++)
      part[i] += point[k + i] * point[k + i];
  for (; k < d; k++)
    sum += point[k] * point[k];
  for (guint i = 0; i < 8; i++)
    sum += part[i];

  return sum;
}

void
nerve_sieve_panel (const NerveSieve *self, gsize first, float *out)
{
  g_autofree double *point = g_new (double, self->d);

  for (gsize lane = 0; lane < LANES; lane++)
    {
      if (first + lane < self->n)
        prepare_point (self, first + lane, point);
      else
        memset (point, 0, self->d * sizeof (double));
      for (gsize k = 0; k < self->d; k++)
        out[k * LANES + lane] = (float) point[k];
    }
}

double
nerve_sieve_bound (const NerveSieve *self, double distance)
{
  double side;

  /* |u − v|² = 2 − 2 cos; but for a zero vector, which is only nearer. */
  if (nerve_cloud_get_metric (self->cloud) == NERVE_METRIC_COSINE)
    return 2.0 * distance * (1.0 + 1e-9) + 1e-9;

  side = distance * self->scale * (1.0 + 1e-9);
  return side * side;
}

double
nerve_sieve_sure_bound (const NerveSieve *self, double distance)
{
  double side = distance * self->scale * (1.0 - 1e-9);

  return nerve_cloud_get_metric (self->cloud) == NERVE_METRIC_EUCLIDEAN ? side * side : -1.0;
}

gsize
nerve_sieve_main_width (const NerveSieve *self)
{
  /* A square off by 2d·2⁻⁵³ of the whole has a root off by the root of that, in units of half 2⁻²⁴. */
  return self->n_main + (gsize) ceil (0x1p25 * sqrt (2.0 * self->d * 0x1p-53));
}

/* Mean over some rows, whatever the order, and a scale that puts the largest of them near one. Any will do. */
static void
find_centre (NerveSieve *self)
{
  g_autofree double *scratch = g_new (double, self->d);
  gsize step = MAX (self->n / 2048, 1);
  gsize count = 0;
  double largest = 0.0;
  int exponent;

  for (gsize i = 0; i < self->n; i += step, count++)
    {
      const double *point = nerve_cloud_get_row (self->cloud, i, scratch);

      for (gsize k = 0; k < self->d; k++)
        self->mean[k] += point[k];
    }
  for (gsize k = 0; k < self->d; k++)
    self->mean[k] /= MAX (count, 1);
  for (gsize i = 0; i < self->n; i++)
    {
      const double *point = nerve_cloud_get_row (self->cloud, i, scratch);

      for (gsize k = 0; k < self->d; k++)
        largest = MAX (largest, fabs (point[k] - self->mean[k]));
    }

  self->scale = 1.0;
  if (largest > 0.0 && isfinite (largest))
    {
      frexp (largest, &exponent);
      self->scale = ldexp (1.0, CLAMP (-exponent, -1000, 1000));
    }
}

/* Of a direction that lies among those before it only rounding is left: it becomes zero. */
static void
orthogonalise (double *directions, gsize n, gsize d)
{
  for (gsize i = 0; i < n; i++)
    {
      double *own = directions + i * d;
      double before = measure_length (own, d);
      double length;

      for (guint pass = 0; pass < 2; pass++)
        for (gsize j = 0; j < i; j++)
          {
            const double *other = directions + j * d;
            double product = 0.0;

            for (gsize k = 0; k < d; k++)
              product += own[k] * other[k];
            for (gsize k = 0; k < d; k++)
              own[k] -= product * other[k];
          }
      length = measure_length (own, d);
      for (gsize k = 0; k < d; k++)
        own[k] = length > 1e-6 * before ? own[k] / length : 0.0;
    }
}

/* One round of subspace iteration: directions ← orthogonalised (directions Xᵀ X). */
static void
improve_directions (double *directions, gsize n, const double *sample, gsize n_sample, gsize d)
{
  g_autofree double *next = g_new0 (double, n * d);

  for (gsize s = 0; s < n_sample; s++)
    for (gsize i = 0; i < n; i++)
      {
        const double *point = sample + s * d;
        double part[4] = { 0.0 };
        double product;
        gsize k;

        for (k = 0; k + 4 <= d; k += 4)
          for (guint l = 0; l < 4; l++)
            part[l] += directions[i * d + k + l] * point[k + l];
        product = (part[0] + part[1]) + (part[2] + part[3]);
        for (k = 0; k < d; k++)
          next[i * d + k] += product * point[k];
      }
  orthogonalise (next, n, d);
  memcpy (directions, next, n * d * sizeof (double));
}

/* A lower bound of the distance²: along the directions, and of what is left of both. */
static double
measure_main (const double *a, const double *b, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i <= n; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);

  return sum;
}

static void
project_sample (const double *sample, const double *squares, gsize n_sample, const double *directions, gsize n,
                gsize d, double *out)
{
  for (gsize s = 0; s < n_sample; s++)
    {
      double left = squares[s];

      for (gsize i = 0; i < n; i++)
        {
          double sum = 0.0;

          for (gsize k = 0; k < d; k++)
            sum += directions[i * d + k] * sample[s * d + k];
          out[s * (n + 1) + i] = sum;
          left -= sum * sum;
        }
      out[s * (n + 1) + n] = sqrt (MAX (left, 0.0));
    }
}

/* The share of the sample's pairs that pass. */
static double
find_passed (const double *projected, gsize n_sample, gsize n, gsize step, const double *lens, double width,
             double bound)
{
  gsize n_pairs = 0;
  gsize n_passed = 0;

  for (gsize s = 0; s < n_sample; s++)
    for (gsize t = s + 1; t < n_sample; t++)
      {
        if (lens != NULL && lens[t * step] - lens[s * step] > width)
          break;
        n_pairs++;
        n_passed += measure_main (projected + s * (n + 1), projected + t * (n + 1), n) <= bound;
      }

  return n_pairs > 0 ? (double) n_passed / n_pairs : 0.0;
}

/* The directions, n × d, or NULL if they would not reject enough for what they take. @passed: out */
static double *
find_directions (const NerveSieve *self, gsize n, const double *lens, double width, double bound, double *passed)
{
  gsize step = MAX (self->n / SAMPLE, 1);
  gsize n_sample = MIN (SAMPLE, self->n / step);
  gsize d = self->d;
  g_autofree double *sample = g_new (double, n_sample * d);
  g_autofree double *squares = g_new (double, n_sample);
  g_autofree double *projected = g_new (double, n_sample * (n + 1));
  g_autofree double *directions = g_new (double, n * d);
  NerveRandom random;

  for (gsize s = 0; s < n_sample; s++)
    {
      prepare_point (self, s * step, sample + s * d);
      squares[s] = sum_squares (sample + s * d, d);
    }
  nerve_random_init (&random, 0);
  for (gsize i = 0; i < n * d; i++)
    directions[i] = nerve_random_normal (&random);
  orthogonalise (directions, n, d);
  for (guint round = 0; round < ROUNDS; round++)
    improve_directions (directions, n, sample, n_sample, d);

  project_sample (sample, squares, n_sample, directions, n, d, projected);
  *passed = find_passed (projected, n_sample, n, step, lens, width, bound);
  if (*passed > MAX (FEW, MANY * (1.0 - 4.0 * (n + 1) / d)))
    return NULL;

  return g_steal_pointer (&directions);
}

static inline __attribute__ ((always_inline)) void
project_any (const double *point, const double *turned, gsize padded, gsize d, double *out)
{
  for (gsize first = 0; first < padded; first += 16)
    {
      Vector sums[4] = { { 0.0 }, { 0.0 }, { 0.0 }, { 0.0 } };

      for (gsize k = 0; k < d; k++)
        {
          Vector value = { point[k], point[k], point[k], point[k] };

          for (guint i = 0; i < 4; i++)
            {
              Vector row;

              memcpy (&row, turned + k * padded + first + 4 * i, sizeof row);
              sums[i] += value * row;
            }
        }
      memcpy (out + first, sums, sizeof sums);
    }
}

#ifdef __x86_64__
__attribute__ ((target ("avx2"))) static void
project_avx2 (const double *point, const double *turned, gsize padded, gsize d, double *out)
{
  project_any (point, turned, padded, d, out);
}
#endif

static void
project_point (const double *point, const double *turned, gsize padded, gsize d, double *out)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    {
      project_avx2 (point, turned, padded, d, out);
      return;
    }
#endif
  project_any (point, turned, padded, d, out);
}

/* Squares and main coordinates of the points of whole panels. */
static gboolean
fill_panels (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Filling *filling = user_data;
  NerveSieve *self = filling->sieve;
  gsize n = filling->n_directions;
  g_autofree double *point = g_new (double, self->d);
  g_autofree double *main = g_new (double, MAX (filling->padded, 1));

  for (gsize position = begin * LANES; position < MIN (end * LANES, self->n); position++)
    {
      float *out = self->main + position / LANES * self->n_main * LANES + position % LANES;
      double left;

      prepare_point (self, position, point);
      left = self->squares[position] = sum_squares (point, self->d);
      if (self->all != NULL)
        for (gsize k = 0; k < self->d; k++)
          self->all[(position / LANES * self->d + k) * LANES + position % LANES] = (float) point[k];
      if (filling->directions == NULL)
        continue;
      project_point (point, filling->directions, filling->padded, self->d, main);
      for (gsize i = 0; i < n; i++)
        {
          out[i * LANES] = (float) main[i];
          left -= main[i] * main[i];
        }
      out[n * LANES] = (float) sqrt (MAX (left, 0.0));
    }

  return TRUE;
}

static double *
turn_directions (const double *directions, gsize n, gsize padded, gsize d)
{
  double *turned = g_new0 (double, padded * d);

  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < d; k++)
      turned[k * padded + i] = directions[i * d + k];

  return turned;
}

static gboolean
allocate_all (NerveSieve *self, gsize n_panels, GError **error)
{
  guint64 size = (guint64) n_panels * LANES * self->d * sizeof (float);

  if (size > LARGEST)
    return TRUE;

  self->all = nerve_memory_new (size, 1, "the points in single precision", error);
  if (self->all != NULL)
    memset (self->all + (n_panels - MIN (n_panels, 1)) * LANES * self->d, 0,
            MIN (n_panels, 1) * LANES * self->d * sizeof (float));

  return self->all != NULL;
}

static gboolean
fill (NerveSieve *self, const double *directions, gsize n, gboolean keeps, const NerveProgress *progress,
      GError **error)
{
  gsize n_panels = (self->n + LANES - 1) / LANES;
  gsize padded = (n + 15) / 16 * 16;
  g_autofree double *turned = directions != NULL ? turn_directions (directions, n, padded, self->d) : NULL;
  Filling filling = { self, turned, n, padded };

  if (directions != NULL)
    {
      self->n_main = n + 1;
      self->main = nerve_memory_new (n_panels * self->n_main * LANES, sizeof (float), "main coordinates", error);
      if (self->main == NULL)
        return FALSE;
      memset (self->main, 0, n_panels * self->n_main * LANES * sizeof (float));
    }

  if (keeps && !allocate_all (self, n_panels, error))
    return FALSE;

  return nerve_parallel_for (n_panels, MAX (1, 65536 / self->d / LANES), fill_panels, &filling, progress) ||
         nerve_progress_set_cancelled (error);
}

static gboolean
set_up (NerveSieve *self, const NerveCloud *cloud, const guint32 *order, GError **error)
{
  memset (self, 0, sizeof *self);
  self->cloud = cloud;
  self->order = order;
  self->n = nerve_cloud_get_n (cloud);
  self->d = nerve_cloud_get_dimension (cloud);
  self->mean = g_new0 (double, self->d);
  self->squares = nerve_memory_new (self->n, sizeof (double), "the lengths of the points", error);
  self->scale = 1.0;
  if (self->squares == NULL)
    return FALSE;
  if (nerve_cloud_get_metric (cloud) == NERVE_METRIC_EUCLIDEAN)
    find_centre (self);

  return TRUE;
}

gboolean
nerve_sieve_measure (NerveSieve *self, const NerveCloud *cloud, const NerveProgress *progress, GError **error)
{
  if (!set_up (self, cloud, NULL, error))
    return FALSE;

  return fill (self, NULL, 0, FALSE, progress, error);
}

gboolean
nerve_sieve_init (NerveSieve *self, const NerveCloud *cloud, const guint32 *order, const double *lens, double width,
                  double eps, const NerveProgress *progress, GError **error)
{
  g_autofree double *directions = NULL;
  gsize n_directions;
  double passed = 1.0;

  if (!set_up (self, cloud, order, error))
    return FALSE;

  n_directions = self->d >= WIDE ? 31 : 15;
  if (!isnan (eps) && self->d >= SMALLEST && self->n >= 2 * SAMPLE)
    directions = find_directions (self, n_directions, lens, width, nerve_sieve_bound (self, eps), &passed);

  return fill (self, directions, n_directions, passed > FEW, progress, error);
}

void
nerve_sieve_clear (NerveSieve *self)
{
  g_clear_pointer (&self->mean, g_free);
  g_clear_pointer (&self->squares, g_free);
  g_clear_pointer (&self->main, g_free);
  g_clear_pointer (&self->all, g_free);
}
