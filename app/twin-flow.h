/* What becomes of a layer's nodes in a layer of another network that is open. */
#pragma once

#include "app/matrix-input.h"
#include "app/results.h"
#include "figures/twin.h"

G_BEGIN_DECLS

/**
 * nerve_twin_flow_new:
 * @input: whose rival is the other network; a cell that is looked at says which layers
 * @layer: else this one, and the rival's of the same name
 * @layers: (array): one a layer of @dataset
 *
 * Nodes are matched by the images that both files have.
 *
 * Errors: NERVE_ERROR_NOT_FOUND (no such layer there, or a graph is missing), SHAPE (images can't be matched, or
 * classes differ), those of nerve_coupling_new()
 */
NerveTwin *nerve_twin_flow_new   (const NerveMatrixInput *input, NerveDataset *dataset, guint layer,
                                  const NerveLayerResults *layers, const NerveProgress *progress, GError **error);
/* What it depends on; (transfer full) */
char      *nerve_twin_flow_key   (const NerveMatrixInput *input, NerveDataset *dataset, guint layer,
                                  const NerveLayerParameters *parameters, const NerveLayerResults *layers);
/* The layer of @dataset that it is of. */
guint      nerve_twin_flow_layer (const NerveMatrixView *view, guint layer);

G_END_DECLS
