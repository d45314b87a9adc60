/* Matrices of layers against layers, as the window asks for them: what they are made from, and making them. */
#pragma once

#include "app/layer-parameters.h"
#include "base/bitset.h"
#include "figures/model.h"
#include "layers/layer-matrix.h"

G_BEGIN_DECLS

typedef enum { NERVE_MATRIX_H0, NERVE_MATRIX_H1, NERVE_MATRIX_BOTH, NERVE_N_MATRIX_DIMS } NerveMatrixDims;

/* What the page shows: the matrix, what becomes of nodes from column to column, whether the distance means anything. */
typedef enum { NERVE_COMPARE_AS_MATRIX, NERVE_COMPARE_AS_FLOW, NERVE_COMPARE_AS_NOISE, NERVE_COMPARE_AS_TESTS,
               NERVE_N_COMPARE_AS } NerveCompareAs;

/* How layers are compared, and how that is looked at: a part of a document's state. */
typedef struct
{
  NerveMeasureKind measure;
  NerveMatrixDims  dims;          /* of diagrams */
  gboolean         scaled;        /* clouds, by the median of their distances */
  gboolean         selected_only; /* clouds of the selected images */
  gboolean         by_dendrogram;
  NerveCompareAs   as;
  char            *rival;         /* an open network, by nerve_open_model_id(); NULL: the network itself */
  int              cell[2];       /* two layers looked at side by side; -1: none */
} NerveMatrixView;

void     nerve_matrix_view_init  (NerveMatrixView *self);
void     nerve_matrix_view_copy  (NerveMatrixView *self, const NerveMatrixView *from);
void     nerve_matrix_view_clear (NerveMatrixView *self);
gboolean nerve_matrix_view_equal (const NerveMatrixView *a, const NerveMatrixView *b);
/* The measure compares diagrams, so that their dimension matters. */
gboolean nerve_matrix_view_has_dims (const NerveMatrixView *self);
/* A layer's parameters as a matrix uses them, in place: scaling; diagrams of no more points than elsewhere. */
void     nerve_matrix_view_adapt (const NerveMatrixView *self, NerveLayerParameters *parameters);
/* (transfer full): its fields; clear with nerve_parameters_clear() */
void     nerve_matrix_view_get_measure (const NerveMatrixView *self, NerveMeasureParameters *out);

/* Another open network. Immutable, reference-counted. */
typedef struct
{
  gatomicrefcount       ref;
  NerveDataset         *dataset;
  NerveLayerParameters *parameters; /* one a layer */
  NerveGraph          **graphs;     /* one a layer; NULL: not there yet */
} NerveOpenModel;

/* @layers: (array) (nullable): one a layer; their graphs are referred to */
NerveOpenModel *nerve_open_model_new   (NerveDataset *dataset, const NerveLayerParameters *parameters,
                                        const NerveLayerResults *layers);
NerveOpenModel *nerve_open_model_ref   (NerveOpenModel *self);
void            nerve_open_model_unref (NerveOpenModel *self);
/* Its file's name, and which of its images; (transfer full) */
char           *nerve_open_model_name  (NerveDataset *dataset);
/* The same file, the same images: the same text; (transfer full). */
char           *nerve_open_model_id    (NerveDataset *dataset);

/* Beside the network itself. Immutable, reference-counted. */
typedef struct
{
  gatomicrefcount ref;
  NerveMatrixView view;
  NerveBitset    *images; /* NULL: all */
  GPtrArray      *others; /* NerveOpenModel */
  int             rival;  /* of them; -1: the network itself */
} NerveMatrixInput;

/* @images, @others: (nullable) */
NerveMatrixInput *nerve_matrix_input_new   (const NerveMatrixView *view, const NerveBitset *images,
                                            GPtrArray *others);
NerveMatrixInput *nerve_matrix_input_ref   (NerveMatrixInput *self);
void              nerve_matrix_input_unref (NerveMatrixInput *self);
/* @of_all: all networks' layers with all of them; else the network with itself or its rival; (transfer full) */
char             *nerve_matrix_input_key   (const NerveMatrixInput *self, NerveDataset *dataset,
                                            const NerveLayerParameters *parameters, gboolean of_all);
/* Errors: those of nerve_layer_matrix_new(); SHAPE: fewer than three images are selected, or not in the others */
NerveLayerMatrix *nerve_matrix_input_compute (const NerveMatrixInput *self, NerveDataset *dataset,
                                              const NerveLayerParameters *parameters, gboolean of_all,
                                              const NerveProgress *progress, GError **error);
/* All images of @dataset, or those selected in @first; (transfer full). Errors: SHAPE, as above */
NerveDataset     *nerve_matrix_input_images  (const NerveMatrixInput *self, NerveDataset *first, NerveDataset *dataset,
                                              GError **error);
/* Those of @images (of @dataset) that @other has, as it counts them; NULL: they can't be matched. */
NerveBitset      *nerve_matrix_match_images (NerveDataset *dataset, NerveDataset *other, const NerveBitset *images,
                                             GError **error);

G_END_DECLS
