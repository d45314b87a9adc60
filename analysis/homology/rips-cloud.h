/* Persistent homology of a cloud: with the matrix of its distances, or without where few points are near. */
#pragma once

#include "cloud/cloud.h"
#include "homology/rips-estimate.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean          is_sparse; /* no matrix */
  double            n_edges;   /* about */
  NerveRipsEstimate estimate;
} NerveRipsPlan;

/**
 * nerve_rips_plan:
 * @room: bytes that may be taken; 0: what is free
 *
 * Which way a run will go: without a matrix if there is a finite threshold, only H0 and H1 are wanted, and so few pairs
 * are below the threshold that lists of neighbours are shorter than rows of bits, or the matrix does not fit. The bars
 * are the same either way. The same plan each time, but for @room. Errors: as nerve_near_count()
 */
gboolean      nerve_rips_plan  (const NerveCloud *cloud, const NerveRipsParameters *parameters, guint64 room,
                                NerveRipsPlan *out, const NerveProgress *progress, GError **error);

/**
 * nerve_rips_cloud:
 * @plan: nerve_rips_plan() of the same cloud and parameters
 *
 * Errors: as nerve_cloud_distances() and nerve_rips(); without a matrix NERVE_ERROR_MEMORY also if there are more pairs
 * below the threshold than fit
 */
NerveDiagram *nerve_rips_cloud (const NerveCloud *cloud, const NerveRipsParameters *parameters,
                                const NerveRipsPlan *plan, const NerveProgress *progress, GError **error);

G_END_DECLS
