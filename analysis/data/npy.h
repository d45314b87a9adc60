/* NumPy's format: one array behind a short header. */
#pragma once

#include "data/array.h"
#include "data/bytes.h"

G_BEGIN_DECLS

/**
 * nerve_npy_array_new:
 * @bytes: the whole file or archive member; taken
 * @volume: whether 1 and 3 dimensions are one row (a volume) and not as many as the first says
 *
 * C and Fortran order, either byte order.
 *
 * Errors: NERVE_ERROR_FORMAT (damaged, truncated), NERVE_ERROR_VALUE (no plain numbers), NERVE_ERROR_SHAPE
 */
NerveArray *nerve_npy_array_new (NerveBytes *bytes, gboolean volume, GError **error);

G_END_DECLS
