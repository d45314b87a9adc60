/* How alike two layers are, row by row: CKA, SVCCA, PWCCA, Procrustes. SCIENCE §3. */
#pragma once

#include "base/linalg.h"

G_BEGIN_DECLS

/* A layer's points, centred, ‖·‖_F = 1: no measure below depends on either. */
typedef struct
{
  gsize   n; /* points */
  gsize   p; /* coordinates */
  double *x; /* n × p; all zero for a layer whose points coincide */
} NerveCentered;

/* Takes @points (n × p, g_malloc'ed). */
void     nerve_centered_init    (NerveCentered *self, double *points, gsize n, gsize p);
void     nerve_centered_clear   (NerveCentered *self);
gboolean nerve_centered_is_zero (const NerveCentered *self);

/**
 * nerve_cka:
 * @layers: (array): @n_layers, all of the same number of points
 * @debiased: by HSIC₁, which wants four points at least; else the plain form
 * @out: (array): @n_layers × @n_layers, symmetric; NaN where a layer is zero
 *
 * ‖YᵀX‖²_F / (‖XᵀX‖_F ‖YᵀY‖_F) = ⟨XXᵀ, YYᵀ⟩ / …: each layer's XXᵀ is made once, in tiles that all layers share, and
 * the inner products of all pairs of layers are one product of matrices a tile. O(L n² p + L² n²) time; no n × n matrix
 * is ever kept. On all threads; the same for any number of them.
 *
 * Sources: Kornblith et al., Similarity of Neural Network Representations Revisited (2019), §3; Song et al., Feature
 * Selection via Dependence Maximization (2012), equation 5.
 * Errors: CANCELLED
 */
gboolean nerve_cka (const NerveCentered *layers, guint n_layers, gboolean debiased, double *out,
                    const NerveProgress *progress, GError **error);

/* What SVCCA, PWCCA and Procrustes need of one layer. */
typedef struct
{
  gsize   n;
  gsize   p;
  gsize   rank;     /* singular values above SCIENCE's cut */
  gsize   n_kept;   /* of them: as many as hold 99 % of the variance */
  double *u;        /* n × rank, orthonormal */
  double *s;        /* rank */
  double *loadings; /* rank × p: uᵀx, or NULL */
} NerveSpectrum;

/* @loadings: PWCCA wants them. O(n p min (n, p)). Errors: as nerve_svd_init() */
gboolean nerve_spectrum_init  (NerveSpectrum *self, const NerveCentered *layer, gboolean loadings,
                               const NerveProgress *progress, GError **error);
void     nerve_spectrum_clear (NerveSpectrum *self);

/* n ≤ rank X + rank Y + 1: correlations are 1, or near it, whatever the layers hold. */
gboolean nerve_spectra_saturate (const NerveSpectrum *a, const NerveSpectrum *b);

/* Mean canonical correlation of the directions that hold 99 % of the variance; NaN if a layer is zero.
 * Raghu et al., SVCCA (2017). Errors: CANCELLED, MEMORY */
gboolean nerve_svcca      (const NerveSpectrum *a, const NerveSpectrum *b, double *out, const NerveProgress *progress,
                           GError **error);
/* Canonical correlations weighted by how much of the first layer they account for, @ab; of the second, @ba.
 * Morcos et al., Insights on representational similarity in neural networks with canonical correlation (2018), §2. */
gboolean nerve_pwcca      (const NerveSpectrum *a, const NerveSpectrum *b, double *ab, double *ba,
                           const NerveProgress *progress, GError **error);
/* The angle arccos ‖XᵀY‖_*, in radians, computed as 2 asin (d/2) with d² = 2 − 2 ‖XᵀY‖_*. */
gboolean nerve_procrustes (const NerveSpectrum *a, const NerveSpectrum *b, double *out, const NerveProgress *progress,
                           GError **error);

G_END_DECLS
