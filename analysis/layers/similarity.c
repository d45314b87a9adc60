#include "layers/similarity.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

/* Of XXᵀ; and how much of a long product is done between two questions. Results depend on both. */
#define TILE 128
#define CHUNK 2048
#define SHARE_KEPT .99

typedef struct
{
  const NerveCentered *layers;
  guint                n_layers;
  gsize                n;
  gsize                n_tiles;
  double             **scratch;  /* one a worker: a tile of each layer */
  double              *partial;  /* one matrix of layers a row of tiles */
  const NerveProgress *progress;
} Tiles;

void
nerve_centered_init (NerveCentered *self, double *points, gsize n, gsize p)
{
  double largest = 0;
  double sum = 0;

  *self = (NerveCentered) { n, p, points };
  nerve_linalg_center (points, n, p);
  for (gsize i = 0; i < n * p; i++)
    largest = MAX (largest, fabs (points[i]));
  if (largest == 0)
    return;

  for (gsize i = 0; i < n * p; i++)
    points[i] /= largest;
  for (gsize i = 0; i < n * p; i++)
    sum += points[i] * points[i];
  for (gsize i = 0; i < n * p; i++)
    points[i] /= sqrt (sum);
}

void
nerve_centered_clear (NerveCentered *self)
{
  g_clear_pointer (&self->x, g_free);
}

gboolean
nerve_centered_is_zero (const NerveCentered *self)
{
  for (gsize i = 0; i < self->n * self->p; i++)
    if (self->x[i] != 0)
      return FALSE;

  return TRUE;
}

/* Rows of @i times rows of @j of one layer. */
static gboolean
multiply_tile (const Tiles *self, const NerveCentered *layer, gsize i, gsize j, gsize rows, gsize columns, double *out)
{
  memset (out, 0, rows * columns * sizeof (double));
  for (gsize begin = 0; begin < layer->p; begin += CHUNK)
    {
      if (!nerve_progress_wanted (self->progress))
        return FALSE;
      nerve_linalg_add_nt (layer->x + i * layer->p + begin, layer->p, layer->x + j * layer->p + begin, layer->p, rows,
                           MIN (CHUNK, layer->p - begin), columns, out, columns);
    }

  return TRUE;
}

static gboolean
multiply_row (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Tiles *self = user_data;
  gsize size = (gsize) self->n_layers * self->n_layers;

  if (self->scratch[worker] == NULL)
    self->scratch[worker] = g_new (double, (gsize) self->n_layers * TILE * TILE);
  for (gsize row = begin; row < end; row++)
    for (gsize column = row; column < self->n_tiles; column++)
      {
        gsize rows = MIN (TILE, self->n - row * TILE);
        gsize columns = MIN (TILE, self->n - column * TILE);
        double *tiles = self->scratch[worker];
        double *sums = self->partial + row * size;

        for (guint l = 0; l < self->n_layers; l++)
          if (!multiply_tile (self, &self->layers[l], row * TILE, column * TILE, rows, columns,
                              tiles + l * rows * columns))
            return FALSE;
        nerve_linalg_add_nt (tiles, rows * columns, tiles, rows * columns, self->n_layers, rows * columns,
                             self->n_layers, sums, self->n_layers);
        /* What stands below the diagonal is the same again. */
        if (column > row)
          nerve_linalg_add_nt (tiles, rows * columns, tiles, rows * columns, self->n_layers, rows * columns,
                               self->n_layers, sums, self->n_layers);
      }

  return TRUE;
}

/* ⟨XXᵀ, YYᵀ⟩ of all pairs. */
static gboolean
multiply_all (const NerveCentered *layers, guint n_layers, double *out, const NerveProgress *progress, GError **error)
{
  gsize size = (gsize) n_layers * n_layers;
  guint n_workers = nerve_parallel_get_threads ();
  gsize n_tiles = (layers[0].n + TILE - 1) / TILE;
  g_autofree double **scratch = g_new0 (double *, n_workers);
  g_autofree double *partial = nerve_memory_new (n_tiles * size, sizeof (double), "the sums of CKA", error);
  Tiles tiles = { layers, n_layers, layers[0].n, n_tiles, scratch, partial, progress };
  gboolean done;

  if (partial == NULL)
    return FALSE;
  memset (partial, 0, n_tiles * size * sizeof (double));
  done = nerve_parallel_for (n_tiles, 1, multiply_row, &tiles, progress);
  for (guint w = 0; w < n_workers; w++)
    g_free (scratch[w]);
  if (!done)
    return nerve_progress_set_cancelled (error);

  memset (out, 0, size * sizeof (double));
  for (gsize row = 0; row < n_tiles; row++)
    for (gsize k = 0; k < size; k++)
      out[k] += partial[row * size + k];

  return TRUE;
}

/* The diagonal of XXᵀ. */
static double *
squared_lengths (const NerveCentered *layer)
{
  double *out = g_new0 (double, MAX (layer->n, 1));

  for (gsize i = 0; i < layer->n; i++)
    for (gsize k = 0; k < layer->p; k++)
      out[i] += layer->x[i * layer->p + k] * layer->x[i * layer->p + k];

  return out;
}

/* HSIC₁ without its factor 1 / (n (n − 3)), which cancels. The columns of X sum to zero, so that without its diagonal
 * each row of XXᵀ sums to minus the diagonal's entry. */
static double
debias (double product, const double *a, const double *b, gsize n)
{
  double common = 0;
  double sum_a = 0;
  double sum_b = 0;

  for (gsize i = 0; i < n; i++)
    {
      common += a[i] * b[i];
      sum_a += a[i];
      sum_b += b[i];
    }

  return product - common + sum_a * sum_b / ((n - 1.) * (n - 2.)) - 2 / (n - 2.) * common;
}

static void
debias_all (const NerveCentered *layers, guint n_layers, double *out)
{
  g_autoptr (GPtrArray) lengths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_layers; i++)
    g_ptr_array_add (lengths, squared_lengths (&layers[i]));
  for (guint i = 0; i < n_layers; i++)
    for (guint j = 0; j < n_layers; j++)
      out[i * n_layers + j] = debias (out[i * n_layers + j], lengths->pdata[i], lengths->pdata[j], layers[0].n);
}

gboolean
nerve_cka (const NerveCentered *layers, guint n_layers, gboolean debiased, double *out, const NerveProgress *progress,
           GError **error)
{
  g_autofree double *norms = g_new (double, MAX (n_layers, 1));

  if (n_layers == 0)
    return TRUE;
  g_return_val_if_fail (!debiased || layers[0].n > 3, FALSE);

  if (!multiply_all (layers, n_layers, out, progress, error))
    return FALSE;
  if (debiased)
    debias_all (layers, n_layers, out);
  for (guint i = 0; i < n_layers; i++)
    norms[i] = out[i * n_layers + i] > 0 ? sqrt (out[i * n_layers + i]) : NAN;
  for (guint i = 0; i < n_layers; i++)
    for (guint j = 0; j < n_layers; j++)
      out[i * n_layers + j] /= norms[i] * norms[j];

  return TRUE;
}

static gsize
count_kept (const double *s, gsize rank)
{
  double total = 0;
  double sum = 0;
  gsize n = 0;

  for (gsize i = 0; i < rank; i++)
    total += s[i] * s[i];
  while (n < rank && sum < SHARE_KEPT * total)
    {
      sum += s[n] * s[n];
      n++;
    }

  return n;
}

/* @out (m × n) = AᵀB, in pieces. */
static gboolean
multiply (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize rows, gsize m, gsize n, double *out,
          const NerveProgress *progress, GError **error)
{
  memset (out, 0, m * n * sizeof (double));
  for (gsize begin = 0; begin < rows; begin += CHUNK)
    {
      if (!nerve_progress_check (progress, error))
        return FALSE;
      nerve_linalg_add_tn (a + begin * a_stride, a_stride, b + begin * b_stride, b_stride, MIN (CHUNK, rows - begin),
                           m, n, out, n);
    }

  return TRUE;
}

gboolean
nerve_spectrum_init (NerveSpectrum *self, const NerveCentered *layer, gboolean loadings, const NerveProgress *progress,
                     GError **error)
{
  g_auto (NerveSvd) svd = { 0 };

  *self = (NerveSpectrum) { .n = layer->n, .p = layer->p };
  if (!nerve_svd_init (&svd, layer->x, layer->n, layer->p, NERVE_LINALG_LEFT, progress, error))
    return FALSE;

  self->rank = svd.k > 0 ? nerve_svd_rank (&svd) : 0;
  self->n_kept = count_kept (svd.s, self->rank);
  for (gsize i = 1; i < self->n; i++)
    memmove (svd.u + i * self->rank, svd.u + i * svd.k, self->rank * sizeof (double));
  self->u = g_steal_pointer (&svd.u);
  self->s = g_steal_pointer (&svd.s);
  if (!loadings || self->rank == 0)
    return TRUE;

  self->loadings = nerve_memory_new ((guint64) self->rank * self->p, sizeof (double), "loadings", error);

  return self->loadings != NULL && multiply (self->u, self->rank, layer->x, self->p, self->n, self->rank, self->p,
                                             self->loadings, progress, error);
}

void
nerve_spectrum_clear (NerveSpectrum *self)
{
  g_clear_pointer (&self->u, g_free);
  g_clear_pointer (&self->s, g_free);
  g_clear_pointer (&self->loadings, g_free);
}

gboolean
nerve_spectra_saturate (const NerveSpectrum *a, const NerveSpectrum *b)
{
  return a->n <= a->rank + b->rank + 1;
}

/* Of the first @m and @n left vectors' products, which are the canonical correlations. */
static gboolean
correlate (const NerveSpectrum *a, gsize m, const NerveSpectrum *b, gsize n, guint vectors, NerveSvd *out,
           const NerveProgress *progress, GError **error)
{
  g_autofree double *products = nerve_memory_new ((guint64) m * n, sizeof (double), "products of two layers", error);

  if (products == NULL || !multiply (a->u, a->rank, b->u, b->rank, a->n, m, n, products, progress, error))
    return FALSE;

  return nerve_svd_init (out, products, m, n, vectors, progress, error);
}

gboolean
nerve_svcca (const NerveSpectrum *a, const NerveSpectrum *b, double *out, const NerveProgress *progress,
             GError **error)
{
  g_auto (NerveSvd) svd = { 0 };
  double sum = 0;

  *out = NAN;
  if (a->rank == 0 || b->rank == 0)
    return TRUE;
  if (!correlate (a, a->n_kept, b, b->n_kept, NERVE_LINALG_VALUES, &svd, progress, error))
    return FALSE;

  for (gsize i = 0; i < svd.k; i++)
    sum += CLAMP (svd.s[i], 0, 1);
  *out = sum / svd.k;

  return TRUE;
}

/* @vectors (k × rank): the canonical variates in the layer's left vectors. */
static gboolean
weigh (const NerveSpectrum *layer, const double *vectors, const double *correlations, gsize k, double *out,
       const NerveProgress *progress, GError **error)
{
  g_autofree double *products = nerve_memory_new ((guint64) k * layer->p, sizeof (double), "projections", error);
  double total = 0;
  double sum = 0;

  if (products == NULL)
    return FALSE;
  memset (products, 0, k * layer->p * sizeof (double));
  for (gsize begin = 0; begin < layer->p; begin += CHUNK)
    {
      if (!nerve_progress_check (progress, error))
        return FALSE;
      nerve_linalg_add_nn (vectors, layer->rank, layer->loadings + begin, layer->p, k, layer->rank,
                           MIN (CHUNK, layer->p - begin), products + begin, layer->p);
    }

  for (gsize i = 0; i < k; i++)
    {
      double weight = 0;

      for (gsize j = 0; j < layer->p; j++)
        weight += fabs (products[i * layer->p + j]);
      total += weight;
      sum += weight * CLAMP (correlations[i], 0, 1);
    }
  *out = sum / total;

  return TRUE;
}

static double *
transpose (const double *a, gsize rows, gsize columns)
{
  double *out = g_new (double, rows * columns);

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      out[j * rows + i] = a[i * columns + j];

  return out;
}

gboolean
nerve_pwcca (const NerveSpectrum *a, const NerveSpectrum *b, double *ab, double *ba, const NerveProgress *progress,
             GError **error)
{
  g_auto (NerveSvd) svd = { 0 };
  g_autofree double *left = NULL;

  g_return_val_if_fail ((a->loadings != NULL || a->rank == 0) && (b->loadings != NULL || b->rank == 0), FALSE);

  *ab = *ba = NAN;
  if (a->rank == 0 || b->rank == 0)
    return TRUE;
  if (!correlate (a, a->rank, b, b->rank, NERVE_LINALG_LEFT | NERVE_LINALG_RIGHT, &svd, progress, error))
    return FALSE;

  left = transpose (svd.u, a->rank, svd.k);

  return weigh (a, left, svd.s, svd.k, ab, progress, error) && weigh (b, svd.vt, svd.s, svd.k, ba, progress, error);
}

gboolean
nerve_procrustes (const NerveSpectrum *a, const NerveSpectrum *b, double *out, const NerveProgress *progress,
                  GError **error)
{
  g_autofree double *products = NULL;
  g_auto (NerveSvd) svd = { 0 };
  double sum = 0;

  *out = NAN;
  if (a->rank == 0 || b->rank == 0)
    return TRUE;
  *out = 0;
  if (a == b)
    return TRUE;

  products = nerve_memory_new ((guint64) a->rank * b->rank, sizeof (double), "products of two layers", error);
  if (products == NULL ||
      !multiply (a->u, a->rank, b->u, b->rank, a->n, a->rank, b->rank, products, progress, error))
    return FALSE;
  for (gsize i = 0; i < a->rank; i++)
    for (gsize j = 0; j < b->rank; j++)
      products[i * b->rank + j] *= a->s[i] * b->s[j];
  if (!nerve_svd_init (&svd, products, a->rank, b->rank, NERVE_LINALG_VALUES, progress, error))
    return FALSE;

  for (gsize i = 0; i < svd.k; i++)
    sum += svd.s[i];
  *out = 2 * asin (sqrt (MAX (2 - 2 * sum, 0)) / 2);

  return TRUE;
}
