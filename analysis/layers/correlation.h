/* How far two scores put models in the same order. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NaN where fewer than two pairs, or a constant side, leave nothing to correlate. */
typedef struct
{
  double pearson;
  double spearman;         /* Pearson's of the ranks, ties at their mean */
  double kendall;          /* tau-b */
  double weighted_kendall; /* Vigna's, additive hyperbolic weights, mean of both orders: SciPy's weightedtau() */
} NerveCorrelations;

/* Of @n pairs of finite numbers. O(n²). */
void nerve_correlations (const double *x, const double *y, gsize n, NerveCorrelations *out);

G_END_DECLS
