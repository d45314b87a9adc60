/* Representation topology divergence of two clouds of the same images. SCIENCE §3; Barannikov et al. (2022). */
#pragma once

#include "cloud/metric.h"

G_BEGIN_DECLS

/**
 * nerve_rtd_unit:
 *
 * The 0.9-quantile of all n² entries of the matrix, diagonal included: what distances are divided by.
 *
 * Errors: NERVE_ERROR_VALUE (inf), MEMORY, CANCELLED; 0 where more than nine in ten points coincide
 */
gboolean nerve_rtd_unit (const NerveDistances *distances, double *out, const NerveProgress *progress, GError **error);

/* What one cloud brings to every comparison with others: made once. Immutable. */
typedef struct
{
  NerveDistances *distances; /* in their unit; finite */
  double          radius;    /* the enclosing one: above it nothing changes */
  GArray         *cones;     /* NerveRipsEdge: edges without a lune, sorted */
} NerveRtdCloud;

/* Keeps a reference to @distances. O(n²), O(n³) at worst, on all threads. Errors: MEMORY, CANCELLED */
gboolean nerve_rtd_cloud_init  (NerveRtdCloud *self, NerveDistances *distances, const NerveProgress *progress,
                                GError **error);
void     nerve_rtd_cloud_clear (NerveRtdCloud *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveRtdCloud, nerve_rtd_cloud_clear)

/**
 * nerve_rtd:
 * @a: R₁, @b: R₂: of as many points
 * @out: RTD₁(1,2) and RTD₁(2,1), whose mean is RTD
 *
 * RTD₁(1,2) is the sum of the finite H1 bars of the Rips filtration of [[0, R₁ᵀ], [R₁, min(R₁, R₂)]], on 2n points.
 * The first n are one simplex from 0 on, and each of the others is joined to it from 0 on: so H1 is that of the Rips
 * filtration of min(R₁, R₂) on n points in which, from R₁(x,y) on, the edge xy is coned off and counts as zero. Every
 * edge without a lune is a birth, those of the spanning tree too; of the cones only those over edges without a lune in
 * R₁ are needed, the others follow from triangles. Births and lunes are the same for both orders, and found once.
 *
 * Errors: MEMORY, CANCELLED
 */
gboolean nerve_rtd (const NerveRtdCloud *a, const NerveRtdCloud *b, double out[2], const NerveProgress *progress,
                    GError **error);

G_END_DECLS
