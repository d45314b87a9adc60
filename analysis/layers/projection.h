/* Few coordinates for many: principal components of a cloud, classical scaling of distances. */
#pragma once

#include "base/parameters.h"
#include "cloud/cloud.h"

G_BEGIN_DECLS

/**
 * nerve_classical_scaling:
 * @distances: n × n, symmetric, finite
 * @k: coordinates wanted
 * @out: (array): n × k; a coordinate that the distances don't fill is 0
 * @share: (out) (nullable): what share of the positive eigenvalues the coordinates have; NaN for none
 *
 * Torgerson (1952). O(n³). Errors: CANCELLED, MEMORY
 */
gboolean nerve_classical_scaling (const double *distances, gsize n, guint k, double *out, double *share,
                                  const NerveProgress *progress, GError **error);

typedef enum { NERVE_PROJECTION_COMPONENTS, NERVE_PROJECTION_SCALING, NERVE_N_PROJECTION_METHODS }
  NerveProjectionMethod;

/* Described by nerve_projection_table ("map-by"). */
typedef struct
{
  int method; /* NerveProjectionMethod; -1: what suits the metric */
} NerveProjectionParameters;

extern const NerveParameterTable nerve_projection_table;

/* A cloud in the plane; immutable, reference-counted. */
typedef struct _NerveProjection NerveProjection;

/**
 * nerve_projection_new:
 * @parameters: (nullable): NULL for those by themselves
 *
 * The first two principal components, or classical scaling of the distances (which refuses inf, and more than 4,000
 * points); by itself the first where the metric is Euclidean, else the second. Keeps which image each point is of.
 *
 * Errors: NERVE_ERROR_VALUE, PARAMETER, MEMORY, CANCELLED
 */
NerveProjection *nerve_projection_new   (const NerveCloud *cloud, const NerveProjectionParameters *parameters,
                                         const NerveProgress *progress, GError **error);
NerveProjection *nerve_projection_ref   (NerveProjection *self);
void             nerve_projection_unref (NerveProjection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveProjection, nerve_projection_unref)

gsize          nerve_projection_get_n       (const NerveProjection *self);
const double  *nerve_projection_get_points  (const NerveProjection *self); /* n × 2 */
const guint32 *nerve_projection_get_images  (const NerveProjection *self);
gboolean       nerve_projection_is_scaling  (const NerveProjection *self);
/* Of the variance, or of the positive eigenvalues. */
double         nerve_projection_get_share   (const NerveProjection *self);
const char    *nerve_projection_get_badge   (const NerveProjection *self);

G_END_DECLS
