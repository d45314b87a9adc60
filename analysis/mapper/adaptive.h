/* G-Mapper's cover (Alvarado et al. 2023): intervals are split until their values look normal. SCIENCE §5. */
#pragma once

#include "mapper/cover.h"

G_BEGIN_DECLS

/* A² of Anderson and Darling against the normal distribution with the values' own mean and deviation (n − 1), as
 * scipy.stats.anderson() gives it; 0 for fewer than 2 values or a constant. @values rise. */
double nerve_adaptive_statistic (const double *values, gsize n);

/* Means and deviations of a mixture of two normal distributions, the lower first: expectation and maximisation from
 * the two halves of the values, until the mean log likelihood gains less than 1e-3, at most 100 times; 1e-6 is added to
 * the variances. (What scikit-learn's GaussianMixture does by default, but for where it starts.) */
void   nerve_adaptive_mixture   (const double *values, gsize n, double means[2], double deviations[2]);

/* @values rise, not all equal. Breadth first; an interval [a, b] whose statistic exceeds 10 becomes
 * [a, min (m₁ + 1.1 s₁/(s₁+s₂) (m₂−m₁), m₂)] and [max (m₂ − 1.1 s₂/(s₁+s₂) (m₂−m₁), m₁), b]. Returns how many. */
guint  nerve_adaptive_cover     (const double *values, gsize n, NerveInterval *out);

G_END_DECLS
