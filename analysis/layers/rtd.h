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

/**
 * nerve_rtd_one:
 * @a: R₁, @b: R₂: distances in their units; finite
 *
 * RTD₁(1,2): the sum of the finite H1 bars of the Rips filtration of [[0, R₁ᵀ], [R₁, min(R₁, R₂)]], on 2n points. RTD
 * is the mean of (1,2) and (2,1).
 *
 * Errors: MEMORY, CANCELLED
 */
gboolean nerve_rtd_one  (const NerveDistances *a, const NerveDistances *b, double *out, const NerveProgress *progress,
                         GError **error);

G_END_DECLS
