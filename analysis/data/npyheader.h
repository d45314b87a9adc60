/* The header of a NumPy array. */
#pragma once

#include "data/bytes.h"
#include "data/scalar.h"

G_BEGIN_DECLS

#define NERVE_NPY_MAX_RANK 32

typedef struct
{
  NerveScalar scalar;
  gboolean    fortran_order;
  guint       rank;
  guint64     shape[NERVE_NPY_MAX_RANK];
  guint64     data_offset;
} NerveNpyHeader;

/* Errors: NERVE_ERROR_FORMAT (damaged, truncated), NERVE_ERROR_VALUE (no plain numbers) */
gboolean nerve_npy_header_read (NerveNpyHeader *self, NerveBytes *bytes, GError **error);

G_END_DECLS
