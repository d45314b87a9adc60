/* Rivals of the decay score: how well a pre-trained network suits labels, from its features or its predictions. */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

/* Labels below are 0 ≤ label < n_classes. O(n d min (n, d)); NERVE_ERROR_MEMORY, CANCELLED. */

/**
 * nerve_transfer_logme:
 * @features: (array): n × d
 *
 * The log of the maximum evidence of Bayesian linear regression onto "is of this class", divided by n, mean over
 * classes (You et al. 2021), iterated until it stays. Directions without variance count as α alone.
 */
gboolean nerve_transfer_logme  (const double *features, gsize n, gsize d, const int *labels, gsize n_classes,
                                double *out, const NerveProgress *progress, GError **error);
/**
 * nerve_transfer_hscore:
 *
 * tr (cov (f)⁺ cov (E [f | y])) (Bao et al. 2019); singular values up to max (n, d) · 2⁻⁵² · the largest are dropped.
 */
gboolean nerve_transfer_hscore (const double *features, gsize n, gsize d, const int *labels, gsize n_classes,
                                double *out, const NerveProgress *progress, GError **error);
/**
 * nerve_transfer_leep:
 * @probabilities: (array): n × n_source, of the source's classes
 *
 * The mean log of Σ_z P̂(y | z) θ(x)_z (Nguyen et al. 2020).
 */
double   nerve_transfer_leep   (const double *probabilities, gsize n, gsize n_source, const int *labels,
                                gsize n_classes);
/* −H(Y | Z) of labels given predictions of @n_source classes (Tran et al. 2019). */
double   nerve_transfer_nce    (const int *predictions, gsize n, gsize n_source, const int *labels, gsize n_classes);

typedef enum
{
  NERVE_TRANSFER_LOGME,
  NERVE_TRANSFER_HSCORE,
  NERVE_TRANSFER_LEEP,
  NERVE_TRANSFER_NCE,
} NerveTransferScore;

/**
 * nerve_transfer_score:
 *
 * Of a file: features are the last layer before the logits (a tensor's channels' means), probabilities the logits'
 * softmax, predictions what the file says, else the largest logit. Images without a label are left out.
 *
 * Errors: NERVE_ERROR_NOT_FOUND (no labels, no such layer), VALUE, MEMORY, CANCELLED
 */
gboolean nerve_transfer_score  (NerveDataset *dataset, NerveTransferScore score, double *out,
                                const NerveProgress *progress, GError **error);

G_END_DECLS
