/* The p-Wasserstein distance of two diagrams, exactly. SCIENCE §3. */
#pragma once

#include "base/progress.h"
#include "homology/diagram-points.h"

G_BEGIN_DECLS

/**
 * nerve_wasserstein:
 * @order: p, 1 ≤ p < ∞
 * @gap: (out) (optional): how far the cost Σ distance^p is above what the dual solution proves, relative to it;
 *   nothing but rounding
 *
 * The p-th root of the least Σ distance^p over all matchings of finite points with each other or with the diagonal;
 * ground metric L∞. Successive shortest paths with potentials; the next edge of a path is found in a k-d tree of the
 * columns, weighted by their potentials, so that neither edges nor points far away are ever looked at. O(n) memory.
 *
 * Source: Kuhn, The Hungarian Method (1955); Jonker and Volgenant (1987); the use of weighted k-d trees follows Kerber,
 * Morozov, Nigmetov, Geometry Helps to Compare Persistence Diagrams (2017).
 * Errors: CANCELLED
 */
gboolean nerve_wasserstein (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double order, double *distance,
                            double *gap, const NerveProgress *progress, GError **error);

G_END_DECLS
