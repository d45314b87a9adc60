/* BLAS and LAPACK, loaded when they are first needed: linked, they would double the time every program needs to start.
 * For linalg only. */
#pragma once

#include <cblas.h>
#include <glib.h>
#include <lapacke.h>

G_BEGIN_DECLS

typedef struct
{
  void (*set_num_threads) (int n);
  __typeof__ (&cblas_dgemm)     dgemm;
  __typeof__ (&LAPACKE_dgeqrf)  dgeqrf;
  __typeof__ (&LAPACKE_dgesdd)  dgesdd;
  __typeof__ (&LAPACKE_dsyevr)  dsyevr;
} NerveBlas;

/* Kept to one thread. Without the libraries, which are installed with the program, it ends here with a message. */
const NerveBlas *nerve_blas_get (void);

G_END_DECLS
