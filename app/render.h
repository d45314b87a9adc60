/* The results that a figure needs, computed here and now: for programs that wait. */
#pragma once

#include "app/results.h"
#include "figures/figure.h"

G_BEGIN_DECLS

/**
 * nerve_render_results:
 * @flags: what the figure needs (NerveFigureFlags)
 * @columns: (array): the layers it shows
 * @parameters: (array): one a layer of @dataset
 * @results: (array): one a layer, zeroed; filled in; free with nerve_render_clear()
 *
 * Figures of the network get graphs and Betti numbers of all layers, figures of layers those of @columns;
 * diagrams are computed for @columns only. Layers that their sampling does not suit are left out, unless they are
 * among @columns. All cores.
 *
 * Errors: those of the analyses, the first by layer
 */
gboolean nerve_render_results (NerveDataset *dataset, guint flags, const guint *columns, guint n_columns,
                               const NerveLayerParameters *parameters, NerveLayerResults *results,
                               const NerveProgress *progress, GError **error);
void     nerve_render_clear   (NerveLayerResults *results, guint n_layers);

G_END_DECLS
