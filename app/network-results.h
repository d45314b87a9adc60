/* What can be computed for the network as a whole from what is there of its layers, in one table. */
#pragma once

#include "app/flow.h"
#include "app/matrix-input.h"
#include "app/results.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_NETWORK_PARTING,   /* NerveParting */
  NERVE_NETWORK_HIERARCHY, /* NerveHierarchy, of the layer walked to */
  NERVE_NETWORK_HEAT,       /* NerveBettiHeat */
  NERVE_NETWORK_RESAMPLING, /* NerveResampling: the images, for bands */
  NERVE_NETWORK_SWEEP_OVERLAP, /* NerveSweep, of the layer walked to */
  NERVE_NETWORK_SWEEP_EPS,
  NERVE_NETWORK_SUBLEVEL,   /* NerveSublevel: the tensor of the image looked into, at the layer walked to */
  NERVE_NETWORK_TAU,        /* NerveRivals: the lifetime score */
  NERVE_NETWORK_TRANSFER,   /* NerveRivals: LogME, H-score, LEEP, NCE */
  NERVE_NETWORK_MATRIX,     /* NerveLayerMatrix: the network's layers against its own or another's */
  NERVE_NETWORK_MAP,        /* NerveLayerMatrix: all layers of all open networks */
  NERVE_NETWORK_SENSITIVITY, /* NerveSensitivity, of the layer walked to */
  NERVE_NETWORK_SPECIFICITY, /* NerveSpecificity: of the network and others that are open */
  NERVE_NETWORK_FLOW,       /* NerveFlow: between the columns of the board */
  NERVE_NETWORK_NOISE,      /* NerveNoise: the layer walked to with clean inputs, and with those of the other file */
  NERVE_N_NETWORK_RESULTS,
} NerveNetworkKind;

/* All that such a result is made from: immutable, reference-counted. */
typedef struct
{
  gatomicrefcount       ref;
  NerveDataset         *dataset;
  guint                 n_layers;
  guint                 layer;      /* walked to */
  gsize                 image;      /* looked into */
  NerveLayerParameters *parameters; /* one a layer */
  NerveLayerResults    *layers;     /* one a layer, held; NULL where a layer has none */
  guint                 columns[NERVE_FLOW_MOST]; /* layers on the board */
  guint                 n_columns;
  NerveMatrixInput     *matrix;     /* how layers are compared; NULL: they aren't */
} NerveNetworkInput;

/* Copies @parameters and refers to what @layers holds now: one a layer of @dataset. */
NerveNetworkInput *nerve_network_input_new   (NerveDataset *dataset, guint layer, gsize image,
                                              const NerveLayerParameters *parameters,
                                              const NerveLayerResults *layers);
NerveNetworkInput *nerve_network_input_ref   (NerveNetworkInput *self);
void               nerve_network_input_unref (NerveNetworkInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveNetworkInput, nerve_network_input_unref)

typedef struct
{
  NerveResultType  type;  /* without groups and compute */
  guint            needs;    /* 1 << NerveResultKind */
  gboolean         of_layer; /* needs them of the layer walked to only, not of all */
  gboolean         of_board; /* of the layers on the board */
  gpointer       (*compute) (const NerveNetworkInput *input, const NerveProgress *progress, GError **error);
  /* What it depends on beside that; may be NULL; (transfer full). */
  char          *(*key)     (const NerveNetworkInput *input);
} NerveNetworkType;

const NerveNetworkType *nerve_network_type (NerveNetworkKind kind);

/* Whether it is made from what @layer has. */
gboolean nerve_network_reads (NerveNetworkKind kind, const NerveNetworkInput *input, guint layer);
/* The keys of what it needs of the layers, as one text: the same key, the same result. */
char *nerve_network_key (NerveNetworkKind kind, const NerveNetworkInput *input);

G_END_DECLS
