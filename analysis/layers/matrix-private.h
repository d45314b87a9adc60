/* For the files that fill matrices of layers. */
#pragma once

#include "layers/layer-matrix.h"
#include "layers/matching.h"

G_BEGIN_DECLS

/* One layer of one of the models. */
typedef struct
{
  guint                        side;
  guint                        layer;
  NerveDataset                *dataset;
  const NerveCloudParameters  *cloud;
  const NerveMapperParameters *mapper;
  const char                  *name;
  NerveCloud                  *ready;   /* made already, else NULL; borrowed */
} NerveMatrixItem;

/* All layers of all models in a row, the values of all pairs that are wanted. */
typedef struct
{
  const NerveMeasureParameters *parameters;
  NerveDataset                **datasets;    /* none: all clouds are ready, and of the same points in the same order */
  guint                         n_datasets;
  gboolean                      across;      /* only the first model's layers with the others' */
  NerveMatrixItem              *items;
  guint                         n;
  guint                         n_first;
  double                       *values;      /* n × n */
  GPtrArray                    *notes;
  double                        seed;
} NerveMatrixWork;

/* Fills in what belongs to items @i and @j; @scope: of the one pair. */
typedef gboolean (*NerveMatrixPairFunc) (NerveMatrixWork *work, guint i, guint j, gpointer data,
                                         const NerveProgress *progress, GError **error);

/* Sets both (i, j) and (j, i). */
void        nerve_matrix_work_set       (NerveMatrixWork *self, guint i, guint j, double value);
void        nerve_matrix_work_note      (NerveMatrixWork *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Where images were matched by their place only. */
void        nerve_matrix_work_note_matching (NerveMatrixWork *self, const NerveMatching *matching);
/* Where a measure needs no images matched, and the files hold different ones. */
void        nerve_matrix_work_note_images   (NerveMatrixWork *self);
/* All pairs i < j that are wanted, in parallel; the error of the first that fails. */
gboolean    nerve_matrix_work_for_pairs (NerveMatrixWork *self, NerveMatrixPairFunc func, gpointer data,
                                         const NerveProgress *progress, GError **error);
gsize       nerve_matrix_work_count_pairs (const NerveMatrixWork *self);

/* Of item @i; notes what images gave no point. */
NerveCloud *nerve_matrix_work_cloud     (NerveMatrixWork *self, guint i, const NerveProgress *progress,
                                         GError **error);

/* Clouds against clouds: the first @n_first with each other and with the rest. @out: n_first × n; distances, or 1 − the
 * similarities. @notes: (nullable): takes strings. Not for NERVE_MEASURE_MAPPER. */
gboolean    nerve_matrix_compare_clouds (NerveCloud * const *clouds, guint n, guint n_first,
                                         const NerveCloudParameters *cloud, const NerveMeasureParameters *parameters,
                                         double *out, GPtrArray *notes, const NerveProgress *progress, GError **error);
/* One layer of a file against one of another, points matched where the measure wants it. */
gboolean    nerve_matrix_compare_layers (NerveDataset *a, guint layer_a, NerveDataset *b, guint layer_b,
                                         const NerveCloudParameters *cloud, const NerveMeasureParameters *parameters,
                                         double *out, const NerveProgress *progress, GError **error);

/* Points of all layers, row by row of the same images: @points: an array of n × dimension doubles a layer, g_malloc'ed;
 * consumes nothing that lives on. */
typedef struct
{
  gsize    n;
  gsize   *dimensions;
  double **points;
  guint    n_layers;
} NerveMatchedPoints;

gboolean    nerve_matched_points_init   (NerveMatchedPoints *self, NerveMatrixWork *work,
                                         const NerveProgress *progress, GError **error);
void        nerve_matched_points_clear  (NerveMatchedPoints *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveMatchedPoints, nerve_matched_points_clear)

gboolean    nerve_matrix_fill_diagrams   (NerveMatrixWork *self, const NerveProgress *progress, GError **error);
gboolean    nerve_matrix_fill_rtd        (NerveMatrixWork *self, const NerveProgress *progress, GError **error);
gboolean    nerve_matrix_fill_cka        (NerveMatrixWork *self, const NerveProgress *progress, GError **error);
gboolean    nerve_matrix_fill_spectra    (NerveMatrixWork *self, const NerveProgress *progress, GError **error);
gboolean    nerve_matrix_fill_mapper     (NerveMatrixWork *self, const NerveProgress *progress, GError **error);

G_END_DECLS
