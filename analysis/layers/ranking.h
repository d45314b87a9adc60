/* Pre-trained models in the order of a score, and how well that order is the one of their accuracies. SCIENCE §4. */
#pragma once

#include "layers/correlation.h"
#include "layers/decay-curve.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_RANKING_THETA,
  NERVE_RANKING_THETA_BETA1,
  NERVE_RANKING_LOG_SLOPE,
  NERVE_RANKING_AREA,
  NERVE_RANKING_FIRST_LAST,
  NERVE_RANKING_TAU,
  NERVE_RANKING_LOGME,
  NERVE_RANKING_HSCORE,
  NERVE_RANKING_LEEP,
  NERVE_RANKING_NCE,
  NERVE_N_RANKING_SCORES,
} NerveRankingScore;

/* Where a score comes from. */
typedef enum
{
  NERVE_RANKING_OF_CURVE,    /* a decay curve: a ready table will do */
  NERVE_RANKING_OF_DIAGRAMS, /* all bars of the tensors */
  NERVE_RANKING_OF_TRANSFER, /* the penultimate layer, predictions, labels */
} NerveRankingSource;

typedef struct
{
  const char        *name;  /* as on the command line */
  const char        *label; /* N_() */
  int                sign;  /* −1: lower is better */
  NerveRankingSource source;
} NerveRankingScoreInfo;

const NerveRankingScoreInfo *nerve_ranking_score_info (NerveRankingScore score);

/* NaN for one that is not NERVE_RANKING_OF_CURVE. */
double nerve_ranking_score_of_omega (NerveRankingScore score, const NerveDecayCurve *curve, guint dimensions,
                                     NerveDecayX x);

typedef struct
{
  char  *model;    /* owned */
  double score;    /* NaN: none */
  double accuracy; /* NaN: not known */
} NerveRankedModel;

/* Best first, those without a score last; ties by name. Immutable, reference-counted. */
typedef struct _NerveRanking NerveRanking;

/* @models: (array): in any order; copied */
NerveRanking           *nerve_ranking_new   (NerveRankingScore score, const NerveRankedModel *models, gsize n);
NerveRanking           *nerve_ranking_ref   (NerveRanking *self);
void                    nerve_ranking_unref (NerveRanking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveRanking, nerve_ranking_unref)

NerveRankingScore       nerve_ranking_get_score        (const NerveRanking *self);
gsize                   nerve_ranking_get_n            (const NerveRanking *self);
const NerveRankedModel *nerve_ranking_get_models       (const NerveRanking *self);
/* Those with both a score and an accuracy; what the correlations are of. */
gsize                   nerve_ranking_get_n_compared   (const NerveRanking *self);
/* Between sign · score and accuracy: positive is good. */
const NerveCorrelations *nerve_ranking_get_correlations (const NerveRanking *self);

/* One way to compute a score from curves, and the order it gives: θ is fragile, and the reader must see it. */
typedef struct
{
  NerveRankingScore score;
  NerveDecayX       x;
  double            eta; /* NaN: of ready tables */
  NerveRanking     *ranking;
} NerveRankingVariant;

/**
 * nerve_ranking_variants:
 * @curves: (array): n_etas × n_models
 * @accuracies: (array): of each model, NaN if not known
 *
 * Every score that comes from curves, with x as layers and as [0, 1], at every threshold.
 *
 * Returns: (transfer full) (element-type NerveRankingVariant)
 */
GArray *nerve_ranking_variants (NerveDecayCurve * const *curves, gsize n_etas, gsize n_models, guint dimensions,
                                const double *accuracies);

G_END_DECLS
