/* Layers against layers, of one model or of two, by any of the measures. SCIENCE §3. */
#pragma once

#include "base/parameters.h"
#include "cloud/cloud.h"
#include "mapper/mapper.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_MEASURE_SLICED_WASSERSTEIN,
  NERVE_MEASURE_WASSERSTEIN,
  NERVE_MEASURE_BOTTLENECK,
  NERVE_MEASURE_RTD,
  NERVE_MEASURE_CKA,
  NERVE_MEASURE_CKA_DEBIASED,
  NERVE_MEASURE_SVCCA,
  NERVE_MEASURE_PWCCA,
  NERVE_MEASURE_PROCRUSTES,
  NERVE_MEASURE_MAPPER,
  NERVE_N_MEASURES,
} NerveMeasureKind;

/* Described by nerve_measure_table ("measure", "dim", "order", "batch", "trials"). */
typedef struct
{
  int    measure;
  char  *dims;   /* "0,1": of the diagrams; NULL: 1 */
  double order;
  int    batch;  /* RTD: more images than this are drawn from */
  int    trials;
} NerveMeasureParameters;

extern const NerveParameterTable nerve_measure_table;

/* "Linear CKA"; translated */
const char *nerve_measure_title         (NerveMeasureKind measure);
/* 1 is alike, 0 is not; else 0 is alike. */
gboolean    nerve_measure_is_similarity (NerveMeasureKind measure);
/* Whether the points of two layers must be of the same images. */
gboolean    nerve_measure_is_matched    (NerveMeasureKind measure);

/* A model's layers and how a cloud, and a mapper graph, is made of each: arrays with an entry a layer. No cloud's
 * parameters (NULL): the layer is left out. */
typedef struct
{
  NerveDataset                        *dataset;
  const NerveCloudParameters * const  *clouds;
  const NerveMapperParameters * const *mappers; /* NERVE_MEASURE_MAPPER only */
  const char                          *left_out; /* (nullable): which layers are, and why: a note of the matrix */
} NerveModelLayers;

/* Immutable, reference-counted. */
typedef struct _NerveLayerMatrix NerveLayerMatrix;

/**
 * nerve_layer_matrix_new:
 * @second: (nullable): another model, or NULL: @first against itself
 *
 * What depends on one layer only (cloud, diagram, XXᵀ, singular vectors, graph) is computed once a layer.
 *
 * Errors: NERVE_ERROR_PARAMETER, SHAPE (images can't be matched; too few), those of the analyses, CANCELLED
 */
NerveLayerMatrix *nerve_layer_matrix_new   (const NerveModelLayers *first, const NerveModelLayers *second,
                                            const NerveMeasureParameters *parameters, const NerveProgress *progress,
                                            GError **error);
/* Square: the layers of @n models, one model after the other, all with all. */
NerveLayerMatrix *nerve_layer_matrix_new_of_all (const NerveModelLayers *models, guint n,
                                                 const NerveMeasureParameters *parameters,
                                                 const NerveProgress *progress, GError **error);
NerveLayerMatrix *nerve_layer_matrix_ref   (NerveLayerMatrix *self);
void              nerve_layer_matrix_unref (NerveLayerMatrix *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveLayerMatrix, nerve_layer_matrix_unref)

NerveMeasureKind nerve_layer_matrix_get_measure     (const NerveLayerMatrix *self);
/* All layers with all of them, of one model or several; else the first's with the second's. */
gboolean         nerve_layer_matrix_is_square       (const NerveLayerMatrix *self);
guint            nerve_layer_matrix_get_n_models    (const NerveLayerMatrix *self);
/* Its file's name. */
const char      *nerve_layer_matrix_get_model_name  (const NerveLayerMatrix *self, guint model);
guint            nerve_layer_matrix_get_row_model   (const NerveLayerMatrix *self, guint row);
guint            nerve_layer_matrix_get_n_rows      (const NerveLayerMatrix *self);
guint            nerve_layer_matrix_get_n_columns   (const NerveLayerMatrix *self);
const char      *nerve_layer_matrix_get_row_name    (const NerveLayerMatrix *self, guint row);
const char      *nerve_layer_matrix_get_column_name (const NerveLayerMatrix *self, guint column);
/* Which of its model's layers it is. */
guint            nerve_layer_matrix_get_row_layer   (const NerveLayerMatrix *self, guint row);
guint            nerve_layer_matrix_get_column_layer (const NerveLayerMatrix *self, guint column);
/* What stands apart from what, in every plot over the layers. */
NerveLayerGroup  nerve_layer_matrix_get_row_group   (const NerveLayerMatrix *self, guint row);
NerveLayerGroup  nerve_layer_matrix_get_column_group (const NerveLayerMatrix *self, guint column);
/* Where two layers meet, of the first models that have them; FALSE if one of them was left out. */
gboolean         nerve_layer_matrix_find            (const NerveLayerMatrix *self, guint row_layer, guint column_layer,
                                                     guint *row, guint *column);
/* Row = X, column = Y; NaN where it is not defined. */
double           nerve_layer_matrix_get             (const NerveLayerMatrix *self, guint row, guint column);
/* 0 for alike: the distance, or 1 − the similarity. */
double           nerve_layer_matrix_get_dissimilarity (const NerveLayerMatrix *self, guint row, guint column);
/* What must be said with the numbers: sampling, batches, undefined layers; NULL-terminated. */
const char * const *
                 nerve_layer_matrix_get_notes       (const NerveLayerMatrix *self);
/* Rows in the order of a dendrogram (average linkage of dissimilarities); network order unless square and finite. */
void             nerve_layer_matrix_order           (const NerveLayerMatrix *self, guint *out);
/* Classical scaling of a square, finite matrix: n × 2; FALSE without error: it is not. */
gboolean         nerve_layer_matrix_map             (const NerveLayerMatrix *self, double *out, double *share,
                                                     const NerveProgress *progress, GError **error);

G_END_DECLS
