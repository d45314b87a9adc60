/* Computes a sweep: one cloud, one neighbour graph, many mapper graphs. */
#pragma once

#include "app/layer-parameters.h"
#include "figures/sweep.h"

G_BEGIN_DECLS

/**
 * nerve_sweeps_compute:
 * @parameters: of @layer; its intervals, and its overlap or eps, are what is varied around what "auto" would choose
 *
 * Errors: those of the cloud and the mapper
 */
NerveSweep *nerve_sweeps_compute (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                                  gboolean by_eps, const NerveProgress *progress, GError **error);
/* What a sweep depends on: all parameters but those it varies; (transfer full). */
char       *nerve_sweeps_key     (guint layer, const NerveLayerParameters *parameters, gboolean by_eps);

G_END_DECLS
