/* How the numbers of an HDF5 dataset are read: as they lie, or turned into doubles on the way. */
#pragma once

#include "data/h5.h"

G_BEGIN_DECLS

/**
 * nerve_h5_type_choose:
 * @scalar: (out): the numbers as they come into memory
 * @dtype: (out): left alone unless HDF5 has to convert, to double; the name of the type in the file
 *
 * Returns: the type in memory, to be closed
 *
 * Errors: NERVE_ERROR_VALUE (no numbers, or of a kind that can't be read), FORMAT (a type that contradicts itself)
 */
hid_t nerve_h5_type_choose (hid_t type, NerveScalar *scalar, const char **dtype, GError **error);

G_END_DECLS
