/* Points one at a time, from a cloud that may hold them in single precision: large ones do whose layer has no more. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/* As nerve_cloud_new_from_points(), kept in single precision. */
NerveCloud   *nerve_cloud_new_from_singles (const float *points, gsize n, gsize d);

/* The d coordinates of @row; @scratch has room for as many and may be what is returned. */
const double *nerve_cloud_get_row (const NerveCloud *self, gsize row, double *scratch);

/**
 * nerve_cloud_pairs:
 * @a: (array): rows, @n of them
 * @b: (array): and the other row of each pair
 *
 * Their distances in the cloud's metric, before its scaling: bit for bit what nerve_metric_pairs() gives. Best where
 * the same @a follow each other. Not for geodesic.
 */
void          nerve_cloud_pairs   (const NerveCloud *self, const guint32 *a, const guint32 *b, gsize n, double *out);

G_END_DECLS
