/* Fills a cloud's points from the file, block by block. */
#pragma once

#include "cloud/plan.h"

G_BEGIN_DECLS

/**
 * nerve_reading_run:
 * @plan: where values decide (top-norm), its positions are replaced by what they decided
 * @out: (array) (nullable): plan->n × dimension
 * @singles: (array) (nullable): the same, where there is no @out
 *
 * Blocks in parallel, one buffer a thread. Only images with points are looked at, but all of such an image.
 * Errors: as nerve_dataset_read_rows() and nerve_dataset_check_finite(), the first image's; MEMORY, CANCELLED
 */
gboolean nerve_reading_run (NerveDataset *dataset, guint layer, const NerveSampler *sampler, NervePlan *plan,
                            double *out, float *singles, const NerveProgress *progress, GError **error);

G_END_DECLS
