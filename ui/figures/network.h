/* Results that compare layers, or classes within them: what the model holds beside each layer's own. */
#pragma once

#include "layers/coupling.h"
#include "layers/hierarchy.h"
#include "layers/layer-matrix.h"
#include "layers/parting.h"
#include "layers/sensitivity.h"
#include "layers/specificity.h"

G_BEGIN_DECLS

/* See figures/sweep.h. */
typedef struct _NerveSweep NerveSweep;
/* See figures/twin.h. */
typedef struct _NerveTwin NerveTwin;
/* See figures/noise.h. */
typedef struct _NerveNoise NerveNoise;

/* Each NULL until it is there. */
typedef struct
{
  gatomicrefcount   ref;           /* of those made by _new() */
  guint             n_layers;
  NerveLayerMatrix *matrix;
  gboolean          by_dendrogram; /* how the matrix is ordered; else by the network */
  int               cell[2];       /* of the matrix, two layers that are looked at; -1: none */
  NerveLayerMatrix *map;           /* all layers of several networks; NULL: those of the matrix */
  NerveParting     *parting;
  NerveHierarchy  **hierarchies;   /* one a layer */
  NerveSensitivity **sensitivities; /* one a layer */
  NerveSpecificity *specificity;   /* of several networks */
  NerveSweep      **sweeps;        /* one a layer */
  NerveNoise      **noises;        /* one a layer */
  NerveCoupling   **couplings;     /* one a pair of neighbouring columns: from the i-th to the next */
  guint             n_couplings;
  NerveTwin        *twin;        /* in their place: to a layer of another network */
} NerveNetworkResults;

void nerve_network_results_init  (NerveNetworkResults *self, guint n_layers, guint n_columns);
/* Drops the references it holds. */
void nerve_network_results_clear (NerveNetworkResults *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveNetworkResults, nerve_network_results_clear)

NerveNetworkResults *nerve_network_results_new   (guint n_layers, guint n_columns);
NerveNetworkResults *nerve_network_results_ref   (NerveNetworkResults *self);
void                 nerve_network_results_unref (NerveNetworkResults *self);
/* All of the one is all of the other; NULL is like NULL. */
gboolean             nerve_network_results_same  (const NerveNetworkResults *a, const NerveNetworkResults *b);

G_END_DECLS
