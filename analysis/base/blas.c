#include "base/blas.h"

#include <dlfcn.h>
#include <string.h>

#define BLAS "libopenblas.so.0"
#define LAPACK "liblapacke.so.3"

static gpointer
load (const char *name)
{
  gpointer library = dlopen (name, RTLD_NOW | RTLD_LOCAL);

  if (library == NULL)
    g_error ("cannot load %s: %s", name, dlerror ());

  return library;
}

/* Puts the address of @name into a pointer to a function, which C converts from no other. */
static void
find (gpointer library, const char *name, gpointer function)
{
  gpointer address = dlsym (library, name);

  if (address == NULL)
    g_error ("no %s in the library: %s", name, dlerror ());
  memcpy (function, &address, sizeof address);
}

static NerveBlas *
load_all (void)
{
  NerveBlas *self = g_new0 (NerveBlas, 1);
  gpointer blas = load (BLAS);
  gpointer lapack = load (LAPACK);

  find (blas, "openblas_set_num_threads", &self->set_num_threads);
  find (blas, "cblas_dgemm", &self->dgemm);
  find (lapack, "LAPACKE_dgeqrf", &self->dgeqrf);
  find (lapack, "LAPACKE_dgesdd", &self->dgesdd);
  find (lapack, "LAPACKE_dsyevr", &self->dsyevr);
  self->set_num_threads (1);

  return self;
}

const NerveBlas *
nerve_blas_get (void)
{
  static const NerveBlas *blas;

  if (g_once_init_enter (&blas))
    g_once_init_leave (&blas, load_all ());

  return blas;
}
