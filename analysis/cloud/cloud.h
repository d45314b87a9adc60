/* A cloud: points made from one layer by one sampling, each knowing where it came from. SCIENCE §2. */
#pragma once

#include "base/parameters.h"
#include "cloud/metric.h"
#include "data/dataset.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_SAMPLING_DEFAULT = -1, /* flatten for an input, vectors as they are, else random */
  NERVE_SAMPLING_FLATTEN,
  NERVE_SAMPLING_POOL_MEAN,
  NERVE_SAMPLING_POOL_MAX,
  NERVE_SAMPLING_RANDOM,
  NERVE_SAMPLING_TOP_NORM,
  NERVE_SAMPLING_FULL,
  NERVE_SAMPLING_FOREGROUND,
  NERVE_SAMPLING_BACKGROUND,
} NerveSampling;

typedef enum { NERVE_SUBSAMPLE_RANDOM, NERVE_SUBSAMPLE_MAXMIN } NerveSubsample;
typedef enum { NERVE_SCALE_NONE, NERVE_SCALE_MEDIAN, NERVE_SCALE_Q90 } NerveScale;

/* CLI.md's cloud options; described by nerve_cloud_table. */
typedef struct
{
  int      sampling;   /* NerveSampling; the table's "auto" is NERVE_SAMPLING_DEFAULT */
  int      positions;  /* k of top-norm, foreground, background */
  gboolean relu;
  int      max_points; /* 0: no limit */
  int      subsample;
  int      seed;
  int      metric;
  int      neighbors;
  int      scale;
  char    *classes;    /* "A,B": names or numbers; NULL: all */
  gboolean paper;      /* SCIENCE's table of published procedures ("compat") */
} NerveCloudParameters;

extern const NerveParameterTable nerve_cloud_table;

typedef struct _NerveCloud NerveCloud;

/**
 * nerve_cloud_new:
 *
 * Reads the layer block by block and keeps n × d doubles. The same file, parameters and seed give the
 * same cloud for any number of threads.
 *
 * Errors: NERVE_ERROR_VALUE (a NaN or infinity, with its place), NOT_FOUND (unknown class, no masks),
 * PARAMETER (a sampling that needs a tensor asked of a vector), MEMORY, CANCELLED; prefixed "LAYER: "
 */
NerveCloud *nerve_cloud_new   (NerveDataset *dataset, guint layer, const NerveCloudParameters *parameters,
                               const NerveProgress *progress, GError **error);
/* Whether the layer has what the sampling needs; else NERVE_ERROR_PARAMETER, prefixed "LAYER: ". Reads nothing. */
gboolean    nerve_cloud_suits (NerveDataset *dataset, guint layer, const NerveCloudParameters *parameters,
                               GError **error);
/**
 * nerve_cloud_leave_out:
 * @clouds: (array): a layer's parameters each; becomes NULL where they do not suit the layer
 * @causes: (nullable) (element-type GError): out, why, a layer each; the array frees them
 *
 * Errors: as nerve_cloud_suits() of the first layer, if none is left
 */
gboolean    nerve_cloud_leave_out (NerveDataset *dataset, const NerveCloudParameters **clouds, GPtrArray *causes,
                                   GError **error);
/* For data that is not from a dataset (tests, benches): copies @points, n × d. */
NerveCloud *nerve_cloud_new_from_points (const double *points, gsize n, gsize d);
/* Other points (copies n × d), measured and scaled as those of @like are. */
NerveCloud *nerve_cloud_new_like (const NerveCloud *like, const double *points, gsize n, gsize d);
NerveCloud *nerve_cloud_ref   (NerveCloud *self);
void        nerve_cloud_unref (NerveCloud *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveCloud, nerve_cloud_unref)

gsize          nerve_cloud_get_n         (const NerveCloud *self);
gsize          nerve_cloud_get_dimension (const NerveCloud *self);
const double  *nerve_cloud_get_points    (const NerveCloud *self); /* n × d */
const guint32 *nerve_cloud_get_images    (const NerveCloud *self); /* n: row of the dataset */
/* n: i · width + j in the layer's map, -1 for whole-image points. */
const gint32  *nerve_cloud_get_positions (const NerveCloud *self);
/* i and j of point @row, -1 for whole-image points. */
void           nerve_cloud_get_position  (const NerveCloud *self, gsize row, int *i, int *j);
NerveMetric    nerve_cloud_get_metric    (const NerveCloud *self);
guint          nerve_cloud_get_neighbors (const NerveCloud *self);
NerveScale     nerve_cloud_get_scale     (const NerveCloud *self);
NerveSampling  nerve_cloud_get_sampling  (const NerveCloud *self); /* as resolved, never DEFAULT */
gsize          nerve_cloud_get_n_available (const NerveCloud *self); /* before max_points */
/* Images that gave no point: of empty masks, or without background where that was asked for. */
gsize          nerve_cloud_get_n_skipped (const NerveCloud *self);
/* "pool-mean · 300 of 500, seed 1": nothing is sampled in silence. */
const char    *nerve_cloud_get_badge     (const NerveCloud *self);
/* What distances are divided by: 1, the median or the 0.9-quantile of the distances between different points.
 * Asked for the first time it may need all pairs, then it is remembered. Refuses inf and 0. */
gboolean       nerve_cloud_get_unit      (const NerveCloud *self, double *out, const NerveProgress *progress,
                                          GError **error);
/* NERVE_ERROR_VALUE "LAYER: …" if the coordinates' squares leave double's range: norms would be infinite or zero. */
gboolean       nerve_cloud_check_squares (const NerveCloud *self, GError **error);
/* The same of what distances in its metric are made of: nerve_metric_check_range(). */
gboolean       nerve_cloud_check_range   (const NerveCloud *self, GError **error);
/* All pairs, the cloud's scaling applied. */
NerveDistances *nerve_cloud_distances    (const NerveCloud *self, const NerveProgress *progress, GError **error);

/* What whole-image points (flattened input, pooled, vector layers) mean for plots over the layers: SCIENCE §2. */
typedef enum { NERVE_LAYER_GROUP_INPUT, NERVE_LAYER_GROUP_TENSOR, NERVE_LAYER_GROUP_VECTOR } NerveLayerGroup;
NerveLayerGroup nerve_layer_group (const NerveLayer *layer);

G_END_DECLS
