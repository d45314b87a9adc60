#include "base/linalg.h"

#include <math.h>
#include <string.h>

#include "base/blas.h"
#include "base/memory.h"
#include "base/parallel.h"

/* Wide enough for a QR decomposition to pay. */
#define WIDE 1.2

/* One call of LAPACK, owned by whoever is last: the caller or the thread. Column-major, as LAPACK wants it: what lies
 * row by row as m × n is there its transpose, n × m. */
typedef struct
{
  gatomicrefcount references;
  void          (*work) (gpointer call);
  lapack_int      status;
  lapack_int      rows;    /* of the transpose */
  lapack_int      columns;
  guint           vectors;
  gboolean        reduce;  /* by QR first */
  double         *a;
  double         *u;
  double         *s;
  double         *vt;
} Call;

static Call *
call_new (void (*work) (gpointer call), gsize rows, gsize columns)
{
  Call *self = g_new0 (Call, 1);

  g_atomic_ref_count_init (&self->references);
  self->work = work;
  self->rows = rows;
  self->columns = columns;

  return self;
}

static void
call_unref (Call *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->a);
  g_free (self->u);
  g_free (self->s);
  g_free (self->vt);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_unref)

static void unref_call (gpointer call) { call_unref (call); }

static gboolean
call_run (Call *self, const NerveProgress *progress, GError **error)
{
  if (!nerve_progress_check (progress, error))
    return FALSE;

  g_atomic_ref_count_inc (&self->references);
  if (!nerve_parallel_leave (self->work, self, unref_call, progress))
    return nerve_progress_set_cancelled (error);

  if (self->status == 0)
    return TRUE;
  if (self->status == LAPACK_WORK_MEMORY_ERROR)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "a decomposition of a matrix: out of memory");
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "the numbers are too large for a matrix to be decomposed");

  return FALSE;
}

/* Leaves R, the upper triangle, in the place of the matrix. */
static void
reduce (Call *self)
{
  lapack_int n = self->columns;
  double *tau = g_new (double, n);
  double *r = g_new0 (double, (gsize) n * n);

  self->status = nerve_blas_get ()->dgeqrf (LAPACK_COL_MAJOR, self->rows, n, self->a, self->rows, tau);
  for (lapack_int j = 0; j < n; j++)
    memcpy (r + (gsize) j * n, self->a + (gsize) j * self->rows, (j + 1) * sizeof (double));
  g_free (self->a);
  self->a = r;
  self->rows = n;
  g_free (tau);
}

static void
decompose (gpointer call)
{
  Call *self = call;
  char job = self->vectors == NERVE_LINALG_VALUES ? 'N' : 'S';
  lapack_int k;

  if (self->reduce)
    reduce (self);
  if (self->status != 0)
    return;

  k = MIN (self->rows, self->columns);
  if (job == 'S')
    self->u = g_try_new (double, (gsize) self->rows * k);
  if (job == 'S' && self->u == NULL)
    self->status = LAPACK_WORK_MEMORY_ERROR;
  else
    self->status = nerve_blas_get ()->dgesdd (LAPACK_COL_MAJOR, job, self->rows, self->columns, self->a, self->rows,
                                              self->s, self->u, self->rows, self->vt, MAX (k, 1));
}

gboolean
nerve_svd_init (NerveSvd *self, const double *a, gsize m, gsize n, guint vectors, const NerveProgress *progress,
                GError **error)
{
  g_autoptr (Call) call = NULL;
  gsize k = MIN (m, n);

  *self = (NerveSvd) { m, n, k };
  self->s = g_new0 (double, MAX (k, 1));
  if (k == 0)
    return TRUE;
  if (MAX (m, n) > G_MAXINT32)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "a matrix of %zu × %zu is too large", m, n);
      return FALSE;
    }

  call = call_new (decompose, n, m);
  call->vectors = vectors;
  call->reduce = !(vectors & NERVE_LINALG_RIGHT) && n > WIDE * m;
  call->a = nerve_memory_new ((guint64) m * n, sizeof (double), "a copy of a matrix", error);
  call->s = g_new (double, k);
  if (call->a == NULL)
    return FALSE;
  if (vectors != NERVE_LINALG_VALUES)
    call->vt = nerve_memory_new ((guint64) m * k, sizeof (double), "singular vectors", error);
  if (vectors != NERVE_LINALG_VALUES && call->vt == NULL)
    return FALSE;
  memcpy (call->a, a, m * n * sizeof (double));
  if (!call_run (call, progress, error))
    return FALSE;

  g_free (self->s);
  self->s = g_steal_pointer (&call->s);
  if (vectors & NERVE_LINALG_LEFT)
    self->u = g_steal_pointer (&call->vt);
  if (vectors & NERVE_LINALG_RIGHT)
    self->vt = g_steal_pointer (&call->u);

  return TRUE;
}

void
nerve_svd_clear (NerveSvd *self)
{
  g_clear_pointer (&self->u, g_free);
  g_clear_pointer (&self->s, g_free);
  g_clear_pointer (&self->vt, g_free);
}

gsize
nerve_svd_rank (const NerveSvd *self)
{
  double least = MAX (self->m, self->n) * 0x1p-52 * self->s[0];
  gsize rank = 0;

  while (rank < self->k && self->s[rank] > least)
    rank++;

  return rank;
}

/* The last @vectors of all, ascending. */
static void
find_eigenvectors (gpointer call)
{
  Call *self = call;
  lapack_int n = self->rows;
  lapack_int k = self->columns;
  lapack_int n_found;
  lapack_int *support = g_new (lapack_int, 2 * k);

  self->status = nerve_blas_get ()->dsyevr (LAPACK_COL_MAJOR, 'V', 'I', 'U', n, self->a, n, 0, 0, n - k + 1, n, 0,
                                            &n_found, self->s, self->u, n, support);
  g_free (support);
}

/* A vector and its negative serve alike: the same one on every machine. */
static void
orient (double *vector, gsize n)
{
  gsize largest = 0;
  double sign;

  for (gsize i = 1; i < n; i++)
    if (fabs (vector[i]) > fabs (vector[largest]) * (1 + 1e-9))
      largest = i;
  sign = vector[largest] < 0 ? -1 : 1;
  for (gsize i = 0; i < n; i++)
    vector[i] *= sign;
}

gboolean
nerve_linalg_eigen (const double *a, gsize n, gsize k, double *values, double *vectors, const NerveProgress *progress,
                    GError **error)
{
  g_autoptr (Call) call = NULL;

  g_return_val_if_fail (k >= 1 && k <= n && n <= G_MAXINT32, FALSE);

  call = call_new (find_eigenvectors, n, k);
  call->a = nerve_memory_new ((guint64) n * n, sizeof (double), "a copy of a matrix", error);
  if (call->a == NULL)
    return FALSE;
  memcpy (call->a, a, n * n * sizeof (double));
  call->s = g_new (double, n);
  call->u = g_new (double, n * k);
  if (!call_run (call, progress, error))
    return FALSE;

  for (gsize i = 0; i < k; i++)
    {
      values[i] = call->s[k - 1 - i];
      memcpy (vectors + i * n, call->u + (k - 1 - i) * n, n * sizeof (double));
      orient (vectors + i * n, n);
    }

  return TRUE;
}

void
nerve_linalg_add_tn (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize rows, gsize m, gsize n,
                     double *out, gsize out_stride)
{
  if (rows > 0 && m > 0 && n > 0)
    nerve_blas_get ()->dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, m, n, rows, 1, a, a_stride, b, b_stride, 1, out,
                              out_stride);
}

void
nerve_linalg_add_nn (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize m, gsize inner, gsize n,
                     double *out, gsize out_stride)
{
  if (inner > 0 && m > 0 && n > 0)
    nerve_blas_get ()->dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, inner, 1, a, a_stride, b, b_stride, 1,
                              out, out_stride);
}

void
nerve_linalg_add_nt (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize m, gsize inner, gsize n,
                     double *out, gsize out_stride)
{
  if (inner > 0 && m > 0 && n > 0)
    nerve_blas_get ()->dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, m, n, inner, 1, a, a_stride, b, b_stride, 1, out,
                              out_stride);
}

static void
center_once (double *x, gsize rows, gsize columns, double *means)
{
  memset (means, 0, columns * sizeof (double));
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      means[j] += x[i * columns + j];
  for (gsize j = 0; j < columns; j++)
    means[j] /= rows;
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      x[i * columns + j] -= means[j];
}

/* What rounding left of a constant is a constant. */
static void
clear_constant (double *x, gsize rows, gsize columns, gsize column)
{
  for (gsize i = 1; i < rows; i++)
    if (x[i * columns + column] != x[column])
      return;

  for (gsize i = 0; i < rows; i++)
    x[i * columns + column] = 0;
}

void
nerve_linalg_center (double *x, gsize rows, gsize columns)
{
  g_autofree double *means = g_new (double, MAX (columns, 1));

  if (rows == 0)
    return;

  center_once (x, rows, columns, means);
  for (gsize j = 0; j < columns; j++)
    clear_constant (x, rows, columns, j);
  center_once (x, rows, columns, means);
}
