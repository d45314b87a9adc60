/* A dataset of numbers in an HDF5 file as an array. */
#pragma once

#include "data/h5.h"

G_BEGIN_DECLS

/**
 * nerve_h5_array_new:
 * @path: below @group
 *
 * Errors: NERVE_ERROR_VALUE (no numbers in it), NERVE_ERROR_SHAPE, NERVE_ERROR_FORMAT (damaged, more than the
 * file can hold); without the dataset's name
 */
NerveArray *nerve_h5_array_new (NerveFile *file, hid_t group, const char *path, GError **error);

G_END_DECLS
