/* Every image's tensor of a layer as a volume, read by hyperslab and handed out to all cores. */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

/**
 * NerveVolumeFunc:
 * @volume: shape[0] × shape[1] × shape[2] finite values, last axis fastest
 * @worker: 0 ≤ worker < nerve_parallel_get_threads(), for scratch memory of one's own
 * @question: only asks, and knows nothing of progress
 */
typedef gboolean (*NerveVolumeFunc) (const double *volume, const gsize shape[3], gsize image, guint worker,
                                     gpointer user_data, const NerveProgress *question, GError **error);

/**
 * nerve_volumes_for_each:
 *
 * Memory is bounded by threads × a block of the file, whatever the number of images. Of several errors the one of the
 * earliest image is kept, whatever thread comes first.
 *
 * Errors: those of reading, NERVE_ERROR_VALUE (NaN), those of @func, CANCELLED
 */
gboolean nerve_volumes_for_each (NerveDataset *dataset, guint layer, NerveVolumeFunc func, gpointer user_data,
                                 const NerveProgress *progress, GError **error);

G_END_DECLS
