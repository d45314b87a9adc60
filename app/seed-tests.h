/* Whether a distance between layers means anything, as the window asks for it: of the network and of other open ones
 * with the same layers, such as those of other seeds. */
#pragma once

#include "app/matrix-input.h"
#include "layers/sensitivity.h"
#include "layers/specificity.h"

G_BEGIN_DECLS

/* (transfer full) (element-type NerveDataset): the network that is compared with, or else all that are open, as far as
 * their layers are called as those of @dataset are. */
GPtrArray        *nerve_seed_tests_choose      (const NerveMatrixInput *input, NerveDataset *dataset);
/* What results depend on; @layer: -1 of all; (transfer full) */
char             *nerve_seed_tests_key         (const NerveMatrixInput *input, NerveDataset *dataset,
                                                const NerveLayerParameters *parameters, int layer);
/* All clouds are made as @parameters (one a layer of @dataset) say. Errors: those of nerve_sensitivity_new() */
NerveSensitivity *nerve_seed_tests_sensitivity (const NerveMatrixInput *input, NerveDataset *dataset, guint layer,
                                                const NerveLayerParameters *parameters,
                                                const NerveProgress *progress, GError **error);
/* Errors: NOT_FOUND: no other network is open; those of nerve_specificity_new() */
NerveSpecificity *nerve_seed_tests_specificity (const NerveMatrixInput *input, NerveDataset *dataset,
                                                const NerveLayerParameters *parameters,
                                                const NerveProgress *progress, GError **error);

G_END_DECLS
