/* What a diagram is turned into so that it can be drawn, averaged or learned from. SCIENCE §3. */
#pragma once

#include "base/progress.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/* Of one dimension's bars. Essential bars count in Betti curves; elsewhere they have no length and are left out. */

/* How many bars are there at each of @n ascending values: birth ≤ value < death. O(bars + n log bars) */
void     nerve_summary_betti (const NerveDiagram *diagram, int dimension, const double *at, gsize n, double *out);

/**
 * nerve_summary_landscape:
 * @at: @n values
 * @out: (array): @n_levels × @n; level k at x is the k-th largest of min (x − birth, death − x), 0 if there are fewer
 *
 * O(n · bars · n_levels). Source: Bubenik, Statistical topological data analysis using persistence landscapes
 * (2015). Errors: CANCELLED
 */
gboolean nerve_summary_landscape (const NerveDiagram *diagram, int dimension, const double *at, gsize n,
                                  gsize n_levels, double *out, const NerveProgress *progress, GError **error);

/* The mean of all min (x − birth, death − x)₊, each weighted with its bar's length to the @power-th (0: all alike); 0
 * if there is no bar. Source: Chazal et al., Stochastic convergence of persistence landscapes and silhouettes (2014).
 * Errors: CANCELLED */
gboolean nerve_summary_silhouette (const NerveDiagram *diagram, int dimension, double power, const double *at, gsize n,
                                   double *out, const NerveProgress *progress, GError **error);

typedef struct
{
  double births[2];  /* of the first and the last column */
  double lengths[2]; /* of the first and the last row */
  gsize  n_columns;
  gsize  n_rows;
  double bandwidth;  /* of the Gaussian; > 0 */
  double power;      /* a bar weighs its length to this */
} NervePersistenceImage;

/* Σ weight · Gaussian at (birth, length) of each bar, its density taken at each point of the grid; rows by length,
 * upward. Source: Adams et al., Persistence images (2017); as GUDHI, which samples where they integrate over pixels.
 * Errors: CANCELLED */
gboolean nerve_summary_image (const NerveDiagram *diagram, int dimension, const NervePersistenceImage *image,
                              double *out, const NerveProgress *progress, GError **error);

/* −Σ p log p, p a bar's share of the total length; 0 if there is no bar. */
double   nerve_summary_entropy (const NerveDiagram *diagram, int dimension);

/* Σ length^@order. */
double   nerve_summary_total (const NerveDiagram *diagram, int dimension, double order);

/* @n values evenly from @lower to @upper, both there if n ≥ 2. */
void     nerve_summary_grid (double lower, double upper, gsize n, double *out);

G_END_DECLS
