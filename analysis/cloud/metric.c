#include "cloud/metric.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cloud/metric-private.h"

#define LANES 4  /* doubles in a vector */
#define COLUMNS 8 /* points in a tile */
#define ROWS 4    /* points measured against a tile at once */
#define STRIP 64  /* rows whose sums are kept while a tile is worked through */
#define DEPTH 256 /* coordinates of a tile: 16 kB, stays in the first cache */
/* Of the largest coordinate: its square, and sums of them, have all their digits. */
#define LEAST_COORDINATE 1e-146
#define MOST_COORDINATE  1e146

typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double))));
typedef gint64 Bits __attribute__ ((vector_size (LANES * sizeof (gint64))));

/* Some coordinates of eight points, point after point changing fastest: a vector instruction then
 * works on different pairs, so that each pair's sum keeps its order whatever the processor. */
typedef struct
{
  double values[DEPTH * COLUMNS] __attribute__ ((aligned (64)));
  double sums[STRIP * COLUMNS] __attribute__ ((aligned (64)));
  double squares[COLUMNS]; /* of the tile's points: Σ x² */
} Tile;

const NerveChoice nerve_metric_choices[] = {
  { "euclidean", N_("Euclidean") },
  { "cosine", N_("Cosine") },
  { "manhattan", N_("Manhattan") },
  { "chebyshev", N_("Chebyshev") },
  { "geodesic", N_("Geodesic") },
  { NULL, NULL },
};

/* By pointers: a vector as an argument would depend on the processor. */
static inline __attribute__ ((always_inline)) void
add_term (NerveMetric metric, Vector *sum, const Vector *a, const Vector *b)
{
  Vector difference = *a - *b;
  Vector size = (Vector) ((Bits) difference & G_MAXINT64);

  if (metric == NERVE_METRIC_EUCLIDEAN)
    *sum += difference * difference;
  else if (metric == NERVE_METRIC_COSINE)
    *sum += *a * *b;
  else if (metric == NERVE_METRIC_MANHATTAN)
    *sum += size;
  else
    for (guint lane = 0; lane < LANES; lane++)
      (*sum)[lane] = size[lane] > (*sum)[lane] ? size[lane] : (*sum)[lane];
}

/* @sums: ROWS × COLUMNS */
static inline __attribute__ ((always_inline)) void
add_coordinates (NerveMetric metric, const double *const rows[ROWS], const double *values, gsize depth, double *sums)
{
  for (guint half = 0; half < COLUMNS; half += LANES)
    {
      Vector sum[ROWS];

      for (guint row = 0; row < ROWS; row++)
        memcpy (&sum[row], sums + row * COLUMNS + half, sizeof (Vector));
      for (gsize k = 0; k < depth; k++)
        {
          Vector b;

          memcpy (&b, values + k * COLUMNS + half, sizeof (Vector));
          for (guint row = 0; row < ROWS; row++)
            {
              Vector a = { rows[row][k], rows[row][k], rows[row][k], rows[row][k] };

              add_term (metric, &sum[row], &a, &b);
            }
        }
      for (guint row = 0; row < ROWS; row++)
        memcpy (sums + row * COLUMNS + half, &sum[row], sizeof (Vector));
    }
}

static inline __attribute__ ((always_inline)) void
add_any (NerveMetric metric, const double *const rows[ROWS], const double *values, gsize depth, double *sums)
{
  switch (metric)
    {
    case NERVE_METRIC_EUCLIDEAN:
      add_coordinates (NERVE_METRIC_EUCLIDEAN, rows, values, depth, sums);
      break;
    case NERVE_METRIC_COSINE:
      add_coordinates (NERVE_METRIC_COSINE, rows, values, depth, sums);
      break;
    case NERVE_METRIC_MANHATTAN:
      add_coordinates (NERVE_METRIC_MANHATTAN, rows, values, depth, sums);
      break;
    case NERVE_METRIC_CHEBYSHEV:
      add_coordinates (NERVE_METRIC_CHEBYSHEV, rows, values, depth, sums);
      break;
    case NERVE_METRIC_GEODESIC:
    default:
      g_assert_not_reached ();
    }
}

#ifdef __x86_64__
__attribute__ ((target ("avx2"))) static void
add_avx2 (NerveMetric metric, const double *const rows[ROWS], const double *values, gsize depth, double *sums)
{
  add_any (metric, rows, values, depth, sums);
}
#endif

static void
add_portable (NerveMetric metric, const double *const rows[ROWS], const double *values, gsize depth, double *sums)
{
  add_any (metric, rows, values, depth, sums);
}

static void
add_to_sums (NerveMetric metric, const double *const rows[ROWS], const double *values, gsize depth, double *sums)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    {
      add_avx2 (metric, rows, values, depth, sums);
      return;
    }
#endif
  add_portable (metric, rows, values, depth, sums);
}

/* Coordinates [first, first + depth) of up to eight points; a tile that is not full is filled with its last point. */
static void
fill_tile (Tile *self, const double *points, gsize n, gsize d, gsize first, gsize depth)
{
  for (gsize k = 0; k < depth; k++)
    for (gsize column = 0; column < COLUMNS; column++)
      self->values[k * COLUMNS + column] = points[MIN (column, n - 1) * d + first + k];
}

static void
add_squares (Tile *self, gsize depth)
{
  for (gsize k = 0; k < depth; k++)
    for (gsize column = 0; column < COLUMNS; column++)
      {
        double value = self->values[k * COLUMNS + column];

        self->squares[column] += value * value;
      }
}

/* Σ x² of @n points, each in order of its coordinates. */
static void
measure_squares (Tile *tile, const double *points, gsize n, gsize d, double *squares)
{
  for (gsize begin = 0; begin < n; begin += COLUMNS)
    {
      gsize columns = MIN (COLUMNS, n - begin);

      memset (tile->squares, 0, sizeof tile->squares);
      for (gsize first = 0; first < d; first += DEPTH)
        {
          gsize depth = MIN (DEPTH, d - first);

          fill_tile (tile, points + begin * d, columns, d, first, depth);
          add_squares (tile, depth);
        }
      memcpy (squares + begin, tile->squares, columns * sizeof (double));
    }
}

double
nerve_metric_finish_cosine (double product, double square_a, double square_b)
{
  double squares = square_a * square_b;
  double norms;

  if (square_a == 0.0 || square_b == 0.0)
    return square_a == square_b ? 0.0 : 1.0;

  /* The root of the product is exact for equal points; it may leave double's range for extreme ones. */
  norms = isnormal (squares) ? sqrt (squares) : sqrt (square_a) * sqrt (square_b);

  /* The comparisons keep a NaN. */
  product = 1.0 - product / norms;
  if (product < 0.0)
    return 0.0;

  return product > 2.0 ? 2.0 : product;
}

/* The distances of a strip of rows to a tile's points from the sums. */
static void
finish_sums (NerveMetric metric, const Tile *tile, const double *squares, gsize n_rows, gsize n_columns,
             double *out, gsize stride)
{
  for (gsize row = 0; row < n_rows; row++)
    for (gsize column = 0; column < n_columns; column++)
      {
        double sum = tile->sums[row * COLUMNS + column];

        if (metric == NERVE_METRIC_EUCLIDEAN)
          sum = sqrt (sum);
        else if (metric == NERVE_METRIC_COSINE)
          sum = nerve_metric_finish_cosine (sum, squares[row], tile->squares[column]);
        out[row * stride + column] = sum;
      }
}

static void
measure_tile (Tile *tile, NerveMetric metric, const double *a, gsize n_a, const double *b, gsize n_b, gsize d)
{
  memset (tile->sums, 0, sizeof tile->sums);
  memset (tile->squares, 0, sizeof tile->squares);

  for (gsize first = 0; first < d; first += DEPTH)
    {
      gsize depth = MIN (DEPTH, d - first);

      fill_tile (tile, b, n_b, d, first, depth);
      if (metric == NERVE_METRIC_COSINE)
        add_squares (tile, depth);
      for (gsize row = 0; row < n_a; row += ROWS)
        {
          const double *rows[ROWS];

          for (gsize i = 0; i < ROWS; i++)
            rows[i] = a + MIN (row + i, n_a - 1) * d + first;
          add_to_sums (metric, rows, tile->values, depth, tile->sums + row * COLUMNS);
        }
    }
}

double
nerve_metric_distance (NerveMetric metric, const double *a, const double *b, gsize d)
{
  double sum = 0.0;
  double square_a = 0.0;
  double square_b = 0.0;

  for (gsize k = 0; k < d; k++)
    {
      double difference = a[k] - b[k];

      switch (metric)
        {
        case NERVE_METRIC_EUCLIDEAN:
          sum += difference * difference;
          break;
        case NERVE_METRIC_COSINE:
          sum += a[k] * b[k];
          square_a += a[k] * a[k];
          square_b += b[k] * b[k];
          break;
        case NERVE_METRIC_MANHATTAN:
          sum += fabs (difference);
          break;
        case NERVE_METRIC_CHEBYSHEV:
          sum = fabs (difference) > sum ? fabs (difference) : sum;
          break;
        case NERVE_METRIC_GEODESIC:
        default:
          g_return_val_if_reached (NAN);
        }
    }

  if (metric == NERVE_METRIC_EUCLIDEAN)
    return sqrt (sum);

  return metric == NERVE_METRIC_COSINE ? nerve_metric_finish_cosine (sum, square_a, square_b) : sum;
}

void
nerve_metric_block (NerveMetric metric, const double *a, gsize n_a, const double *b, gsize n_b, gsize d, double *out)
{
  double squares[STRIP];
  Tile tile;

  g_return_if_fail (metric != NERVE_METRIC_GEODESIC);

  for (gsize row = 0; row < n_a; row += STRIP)
    {
      gsize n_rows = MIN (STRIP, n_a - row);

      if (metric == NERVE_METRIC_COSINE)
        measure_squares (&tile, a + row * d, n_rows, d, squares);
      for (gsize column = 0; column < n_b; column += COLUMNS)
        {
          gsize n_columns = MIN (COLUMNS, n_b - column);

          measure_tile (&tile, metric, a + row * d, n_rows, b + column * d, n_columns, d);
          finish_sums (metric, &tile, squares, n_rows, n_columns, out + row * n_b + column, n_b);
        }
    }
}

static gboolean
check_largest (const double *values, gsize n, GError **error)
{
  double largest = 0.0;

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs (values[i]));
  if (largest == 0.0 || (largest >= LEAST_COORDINATE && largest <= MOST_COORDINATE))
    return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "its largest number is %.9g: squares of such numbers leave "
               "the range of floating point; bring them nearer to 1", largest);
  return FALSE;
}

gboolean
nerve_metric_check_range (NerveMetric metric, const double *points, gsize n, gsize d, GError **error)
{
  gsize n_rows = metric == NERVE_METRIC_COSINE ? n : MIN (n, 1);

  if (metric == NERVE_METRIC_MANHATTAN || metric == NERVE_METRIC_CHEBYSHEV)
    return TRUE;

  for (gsize row = 0; row < n_rows; row++)
    if (!check_largest (points + row * d, n / n_rows * d, error))
      return FALSE;

  return TRUE;
}
