/* The noise test: the graphs of clean and of noisy inputs, with the same parameters, and how they go together. */
#pragma once

#include "app/layer-parameters.h"
#include "figures/noise.h"

G_BEGIN_DECLS

/* Noise must be all that differs; NERVE_ERROR_SHAPE, NERVE_ERROR_VALUE: these are not the same images. */
gboolean       nerve_noise_check_alike (NerveDataset *clean, NerveDataset *noisy, GError **error);
/* Which nodes go with which; NULL without @error set: one of the graphs has no nodes; (transfer full). */
NerveCoupling *nerve_noise_couple      (NerveMapper *clean, NerveMapper *noisy, gsize n_images,
                                        const NerveProgress *progress, GError **error);

/**
 * nerve_noise_compute:
 * @graph: of the clean file's @layer
 * @parameters: those it was made with; what "auto" came to there is used for the noisy inputs, too
 *
 * Errors: those of graphs, nerve_noise_check_alike(); NERVE_ERROR_NOT_FOUND: the noisy file has no layer of that name
 */
NerveNoise    *nerve_noise_compute     (NerveDataset *clean, guint layer, NerveGraph *graph,
                                        const NerveLayerParameters *parameters, NerveDataset *noisy,
                                        const NerveProgress *progress, GError **error);

G_END_DECLS
