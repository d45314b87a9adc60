/* The score τ from the lengths of bars; SCIENCE §4 (the follow-up of P2). */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

/**
 * nerve_lifetimes_layer:
 * @lambda: the mean over images of [the finite bars' lengths, dimensions 0 to 2, divided by how many bars there are,
 *   essential ones counted]
 *
 * Diagrams of the V-construction, images in parallel. Errors: those of nerve_cubical_diagram_new() and of reading
 */
gboolean nerve_lifetimes_layer (NerveDataset *dataset, guint layer, double *lambda, const NerveProgress *progress,
                                GError **error);

/* 1 / (mean of λ over the layers of nerve_decay_choose_layers()); infinite if no bar is finite. */
gboolean nerve_lifetimes_tau   (NerveDataset *dataset, double *tau, const NerveProgress *progress, GError **error);

G_END_DECLS
