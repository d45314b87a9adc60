/* Several networks side by side: their decay curves with bands, how far these lie apart, what fewer images would be
 * worth, and how scores hang on the threshold and on x. SCIENCE §4. */
#pragma once

#include "layers/betti-curves.h"
#include "layers/decay-band.h"
#include "layers/invariance.h"
#include "layers/ranking.h"

G_BEGIN_DECLS

/* Draws of images for each size of a subsampling study. */
#define NERVE_STUDY_TRIALS 50

/* One network. Nothing here is owned. */
typedef struct
{
  NerveDataset     *dataset;
  NerveBettiLayer **betti;  /* one a layer, NULL where there is none: the numbers shown; NULL: a ready table is read */
  NerveBettiCurves **curves; /* likewise: what other thresholds are looked up in; NULL: none */
} NerveStudyModel;

/* Immutable, reference-counted. */
typedef struct _NerveModelStudy NerveModelStudy;

/**
 * nerve_model_study_new:
 * @models: (array)
 * @etas: (array): thresholds to vary scores over
 *
 * O(models · (n_etas · layers · images + replicates · layers · images) + pairs · replicates · layers).
 *
 * Errors: NERVE_ERROR_MEMORY, CANCELLED, those of reading a table
 */
NerveModelStudy *nerve_model_study_new   (const NerveStudyModel *models, guint n_models, const double *etas,
                                          guint n_etas, const NerveProgress *progress, GError **error);
NerveModelStudy *nerve_model_study_ref   (NerveModelStudy *self);
void             nerve_model_study_unref (NerveModelStudy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveModelStudy, nerve_model_study_unref)

guint            nerve_model_study_get_n      (const NerveModelStudy *self);
gsize            nerve_model_study_get_bytes  (const NerveModelStudy *self);
guint            nerve_model_study_get_n_etas (const NerveModelStudy *self);
const double    *nerve_model_study_get_etas   (const NerveModelStudy *self);

const char      *nerve_model_study_get_name   (const NerveModelStudy *self, guint model);
guint            nerve_model_study_get_n_layers (const NerveModelStudy *self, guint model);
/* Ω of each layer, as shown, and 95 % of its replicates. */
const double    *nerve_model_study_get_omega  (const NerveModelStudy *self, guint model);
const NerveDecayBand *nerve_model_study_get_band (const NerveModelStudy *self, guint model);
/* (element-type NerveImageSubsample): by number of images a class */
const GArray    *nerve_model_study_get_subsamples (const NerveModelStudy *self, guint model);
/* Symmetric; 0 of a model and itself. */
const NerveInvariance *nerve_model_study_get_distance (const NerveModelStudy *self, NerveDepth depth, guint a,
                                                       guint b);
/* At the @eta-th threshold; n_etas: as shown. A table's is the same at each; NaN for one that no curve gives. */
double           nerve_model_study_get_score  (const NerveModelStudy *self, guint model, guint eta, NerveDecayX x,
                                               NerveRankingScore score);
/* The place of @model, from 1, among those with a score there, the better ones first; 0: it has none. */
guint            nerve_model_study_get_rank   (const NerveModelStudy *self, guint model, guint eta, NerveDecayX x,
                                               NerveRankingScore score);
/* Scores that no curve gives don't hang on η: then θ stands for what they are compared with. */
NerveRankingScore nerve_model_study_ranked_by (NerveRankingScore score);

G_END_DECLS
