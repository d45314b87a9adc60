/* Linear algebra: the only room that calls BLAS and LAPACK, kept to one thread each. Who wants all cores cuts the
 * work into blocks whose size depends on neither the number of threads nor the machine. Matrices lie row by row. */
#pragma once

#include "base/error.h"
#include "base/progress.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_LINALG_VALUES = 0,      /* singular values only */
  NERVE_LINALG_LEFT   = 1 << 0,
  NERVE_LINALG_RIGHT  = 1 << 1,
} NerveLinalgVectors;

/* A = U diag(s) Vᵀ, thin. */
typedef struct
{
  gsize   m;
  gsize   n;
  gsize   k;  /* min (m, n) */
  double *u;  /* m × k, or NULL */
  double *s;  /* k, descending */
  double *vt; /* k × n, or NULL */
} NerveSvd;

void     nerve_svd_clear (NerveSvd *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveSvd, nerve_svd_clear)

/**
 * nerve_svd_init:
 * @a: m × n, copied
 * @vectors: which of u and vt are wanted
 *
 * LAPACK's dgesdd, after a QR decomposition where the matrix is wide and V is not wanted. LAPACK can't be stopped: it
 * works in a thread of its own, which is left to finish alone once @progress says stop.
 *
 * O(m n min (m, n)). Errors: NERVE_ERROR_VALUE (too large to be squared), MEMORY, CANCELLED
 */
gboolean nerve_svd_init (NerveSvd *self, const double *a, gsize m, gsize n, guint vectors,
                         const NerveProgress *progress, GError **error);

/* Singular values that count: those above max (m, n) · 2⁻⁵² · the largest. */
gsize    nerve_svd_rank (const NerveSvd *self);

/**
 * nerve_linalg_eigen:
 * @a: n × n, symmetric; copied
 * @k: how many, of the largest eigenvalues
 * @values: (array): @k, descending
 * @vectors: (array): @k × n; the largest entry of each by magnitude is positive
 *
 * Errors: as nerve_svd_init()
 */
gboolean nerve_linalg_eigen (const double *a, gsize n, gsize k, double *values, double *vectors,
                             const NerveProgress *progress, GError **error);

/* @out (m × n) += Aᵀ B, of @a (rows × m, a row every @a_stride) and @b (rows × n). One thread. */
void     nerve_linalg_add_tn (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize rows, gsize m,
                              gsize n, double *out, gsize out_stride);
/* @out (m × n) += A B, of @a (m × inner) and @b (inner × n). */
void     nerve_linalg_add_nn (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize m, gsize inner,
                              gsize n, double *out, gsize out_stride);
/* @out (m × n) += A Bᵀ, of @a (m × inner) and @b (n × inner). */
void     nerve_linalg_add_nt (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize m, gsize inner,
                              gsize n, double *out, gsize out_stride);

/**
 * nerve_linalg_center:
 * @x: (array): rows × columns
 *
 * Takes each column's mean off, twice; a constant column becomes exactly zero, whatever its value.
 */
void     nerve_linalg_center (double *x, gsize rows, gsize columns);

G_END_DECLS
