/* What commands that make mapper graphs do with their options beside the table. */
#pragma once

#include "app/cli/options.h"
#include "data/dataset.h"
#include "mapper/store.h"

G_BEGIN_DECLS

/* --lens LENS[:NUMBER][,LENS[:NUMBER]]; before the table. */
void     nerve_mapper_values_declare_lens (NerveOptions *options, NerveMapperParameters *parameters);

/* Gives @store the lenses that come from another layer: the logits, from the last layer of kind linear.
 * Errors: NOT_FOUND, PARAMETER, and those of reading */
gboolean nerve_mapper_values_prepare      (NerveMapperStore *store, NerveDataset *dataset,
                                           const NerveMapperParameters *parameters, const NerveProgress *progress,
                                           GError **error);

G_END_DECLS
