/* What compares layers and classes, computed here and now: for programs that wait, and inside jobs. */
#pragma once

#include "app/layer-parameters.h"
#include "figures/figure.h"

G_BEGIN_DECLS

/* What is asked for beside each layer's own parameters. */
typedef struct
{
  NerveMeasureParameters measure;
  NervePartingParameters parting;
  NerveSensitivityParameters sensitivity;
  gboolean               from_mapper;   /* trees of classes */
  gboolean               by_dendrogram; /* order of the matrix */
  gboolean               sweep_by_eps;
  gboolean               of_others;     /* the matrix: with another network's layers, or of some images alone */
} NerveComparisonParameters;

void nerve_comparison_parameters_init  (NerveComparisonParameters *self);
void nerve_comparison_parameters_clear (NerveComparisonParameters *self);

/**
 * nerve_comparisons_compute:
 * @flags: what a figure needs (NerveFigureFlags); what else there is, is left out
 * @columns: (array): the layers it shows: trees are of these, couplings between them
 * @parameters: (array): one a layer of @dataset
 * @layers: (array): one a layer; graphs that are there are used
 * @results: zeroed; clear it with nerve_network_results_clear(), whatever comes
 *
 * A matrix is of the layers that their sampling suits.
 *
 * Errors: those of the analyses
 */
gboolean nerve_comparisons_compute (NerveDataset *dataset, guint flags, const guint *columns, guint n_columns,
                                    const NerveLayerParameters *parameters, const NerveLayerResults *layers,
                                    const NerveComparisonParameters *network, NerveNetworkResults *results,
                                    const NerveProgress *progress, GError **error);

G_END_DECLS
