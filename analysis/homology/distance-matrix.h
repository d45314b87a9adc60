/* Distances that somebody else computed, from a file. */
#pragma once

#include "base/progress.h"
#include "cloud/metric.h"

G_BEGIN_DECLS

/**
 * nerve_distance_matrix_read:
 * @path: .npy: a square matrix. Anything else is text, numbers apart by commas, semicolons or white space: as many
 *   lines as each has numbers is a square matrix; otherwise, in whatever lines, the lower triangle row by row without
 *   the diagonal, as Ripser reads it. A single 0 is one point; any other single number the distance of two.
 *
 * inf: no edge. Values are taken as they are; the matrix must be symmetric to the last bit.
 *
 * Errors, with row and column counted from 0: NERVE_ERROR_VALUE (NaN, negative, asymmetric, a diagonal that is not
 * zero); NERVE_ERROR_SHAPE (neither square nor a triangle); NERVE_ERROR_FORMAT (no number, with the line); those of
 * nerve_dataset_open(); MEMORY, CANCELLED
 */
NerveDistances *nerve_distance_matrix_read (const char *path, const NerveProgress *progress, GError **error);

G_END_DECLS
