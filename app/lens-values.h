/* Values of lenses that come from another layer than the points. */
#pragma once

#include "data/dataset.h"
#include "mapper/store.h"

G_BEGIN_DECLS

/* Gives @store the lenses that come from another layer: the logits, from the last layer of kind linear.
 * Errors: NOT_FOUND, PARAMETER, and those of reading */
gboolean nerve_lens_values_prepare (NerveMapperStore *store, NerveDataset *dataset,
                                    const NerveMapperParameters *parameters, const NerveProgress *progress,
                                    GError **error);

G_END_DECLS
