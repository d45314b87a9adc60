#include "layers/ranking.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct _NerveRanking
{
  gatomicrefcount   references;
  NerveRankingScore score;
  gsize             n;
  NerveRankedModel *models;
  gsize             n_compared;
  NerveCorrelations correlations;
};

static const NerveRankingScoreInfo infos[NERVE_N_RANKING_SCORES] = {
  [NERVE_RANKING_THETA] = { "theta", N_("Decay score θ"), -1, NERVE_RANKING_OF_CURVE },
  [NERVE_RANKING_THETA_BETA1] = { "theta_beta1", N_("θ of β₁ alone"), -1, NERVE_RANKING_OF_CURVE },
  [NERVE_RANKING_LOG_SLOPE] = { "log_slope", N_("Slope of ln Ω"), -1, NERVE_RANKING_OF_CURVE },
  [NERVE_RANKING_AREA] = { "area", N_("Area under Ω"), -1, NERVE_RANKING_OF_CURVE },
  [NERVE_RANKING_FIRST_LAST] = { "first_last", N_("Ω first / last"), -1, NERVE_RANKING_OF_CURVE },
  [NERVE_RANKING_TAU] = { "tau", N_("Lifetime score τ"), 1, NERVE_RANKING_OF_DIAGRAMS },
  [NERVE_RANKING_LOGME] = { "logme", N_("LogME"), 1, NERVE_RANKING_OF_TRANSFER },
  [NERVE_RANKING_HSCORE] = { "hscore", N_("H-score"), 1, NERVE_RANKING_OF_TRANSFER },
  [NERVE_RANKING_LEEP] = { "leep", N_("LEEP"), 1, NERVE_RANKING_OF_TRANSFER },
  [NERVE_RANKING_NCE] = { "nce", N_("NCE"), 1, NERVE_RANKING_OF_TRANSFER },
};

const NerveRankingScoreInfo *
nerve_ranking_score_info (NerveRankingScore score)
{
  g_return_val_if_fail ((guint) score < NERVE_N_RANKING_SCORES, NULL);

  return &infos[score];
}

/* Sums of the mean Betti numbers over @dimensions. */
static void
find_omega (const NerveDecayCurve *curve, guint dimensions, double *omega)
{
  guint n = nerve_decay_curve_get_n_layers (curve);
  g_autofree double *beta = g_new (double, 3 * n + 1);

  nerve_decay_curve_mean (curve, beta);
  for (guint i = 0; i < n; i++)
    {
      omega[i] = 0;
      for (guint d = 0; d < 3; d++)
        omega[i] += (dimensions >> d & 1) != 0 ? beta[3 * i + d] : 0;
    }
}

double
nerve_ranking_score_of_omega (NerveRankingScore score, const NerveDecayCurve *curve, guint dimensions, NerveDecayX x)
{
  guint n = nerve_decay_curve_get_n_layers (curve);
  g_autofree double *omega = g_new (double, n + 1);
  NerveDecayScores scores;

  find_omega (curve, score == NERVE_RANKING_THETA_BETA1 ? 1u << 1 : dimensions, omega);
  nerve_decay_scores (omega, n, x, &scores);
  switch (score)
    {
    case NERVE_RANKING_THETA:
    case NERVE_RANKING_THETA_BETA1:
      return scores.theta;
    case NERVE_RANKING_LOG_SLOPE:
      return scores.log_slope;
    case NERVE_RANKING_AREA:
      return scores.area;
    case NERVE_RANKING_FIRST_LAST:
      return scores.first_last;
    case NERVE_RANKING_TAU:
    case NERVE_RANKING_LOGME:
    case NERVE_RANKING_HSCORE:
    case NERVE_RANKING_LEEP:
    case NERVE_RANKING_NCE:
    case NERVE_N_RANKING_SCORES:
    default:
      return NAN;
    }
}

static int
compare_models (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const NerveRankedModel *first = a, *second = b;
  int sign = *(const int *) user_data;

  if (isnan (first->score) != isnan (second->score))
    return isnan (first->score) ? 1 : -1;
  if (!isnan (first->score) && first->score != second->score)
    return (first->score < second->score) == (sign > 0) ? 1 : -1;

  return strcmp (first->model, second->model);
}

/* An infinite score has a rank, but nothing to correlate. */
static void
correlate (NerveRanking *self)
{
  g_autofree double *scores = g_new (double, 2 * self->n + 1);
  double *accuracies = scores + self->n;

  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->models[i].score) && isfinite (self->models[i].accuracy))
      {
        scores[self->n_compared] = infos[self->score].sign * self->models[i].score;
        accuracies[self->n_compared++] = self->models[i].accuracy;
      }

  nerve_correlations (scores, accuracies, self->n_compared, &self->correlations);
}

NerveRanking *
nerve_ranking_new (NerveRankingScore score, const NerveRankedModel *models, gsize n)
{
  NerveRanking *self;
  int sign;

  g_return_val_if_fail ((guint) score < NERVE_N_RANKING_SCORES && (models != NULL || n == 0), NULL);

  self = g_new0 (NerveRanking, 1);
  g_atomic_ref_count_init (&self->references);
  self->score = score;
  self->n = n;
  self->models = g_new (NerveRankedModel, n + 1);
  for (gsize i = 0; i < n; i++)
    self->models[i] = (NerveRankedModel) { g_strdup (models[i].model), models[i].score, models[i].accuracy };

  sign = infos[score].sign;
  g_qsort_with_data (self->models, n, sizeof (NerveRankedModel), compare_models, &sign);
  correlate (self);

  return self;
}

NerveRanking *
nerve_ranking_ref (NerveRanking *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_ranking_unref (NerveRanking *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (gsize i = 0; i < self->n; i++)
    g_free (self->models[i].model);
  g_free (self->models);
  g_free (self);
}

NerveRankingScore
nerve_ranking_get_score (const NerveRanking *self)
{
  return self->score;
}

gsize
nerve_ranking_get_n (const NerveRanking *self)
{
  return self->n;
}

const NerveRankedModel *
nerve_ranking_get_models (const NerveRanking *self)
{
  return self->models;
}

gsize
nerve_ranking_get_n_compared (const NerveRanking *self)
{
  return self->n_compared;
}

const NerveCorrelations *
nerve_ranking_get_correlations (const NerveRanking *self)
{
  return &self->correlations;
}

static NerveRanking *
rank_curves (NerveRankingScore score, NerveDecayX x, NerveDecayCurve * const *curves, gsize n, guint dimensions,
             const double *accuracies)
{
  g_autofree NerveRankedModel *models = g_new (NerveRankedModel, n + 1);

  for (gsize i = 0; i < n; i++)
    models[i] = (NerveRankedModel) {
      (char *) nerve_decay_curve_get_model (curves[i]),
      nerve_ranking_score_of_omega (score, curves[i], dimensions, x), accuracies[i],
    };

  return nerve_ranking_new (score, models, n);
}

static void
clear_variant (gpointer variant)
{
  nerve_ranking_unref (((NerveRankingVariant *) variant)->ranking);
}

/* The threshold of those curves that have one. */
static double
find_eta (NerveDecayCurve * const *curves, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isnan (nerve_decay_curve_get_eta (curves[i])))
      return nerve_decay_curve_get_eta (curves[i]);

  return NAN;
}

GArray *
nerve_ranking_variants (NerveDecayCurve * const *curves, gsize n_etas, gsize n_models, guint dimensions,
                        const double *accuracies)
{
  GArray *variants = g_array_new (FALSE, FALSE, sizeof (NerveRankingVariant));

  g_array_set_clear_func (variants, clear_variant);
  for (gsize e = 0; e < n_etas; e++)
    for (guint score = 0; score < NERVE_N_RANKING_SCORES; score++)
      for (guint x = NERVE_DECAY_X_LAYERS; x <= NERVE_DECAY_X_UNIT; x++)
        {
          NerveDecayCurve * const *row = curves + e * n_models;
          NerveRankingVariant variant = { score, x, find_eta (row, n_models), NULL };

          /* A ratio knows nothing of x. */
          if (infos[score].source != NERVE_RANKING_OF_CURVE ||
              (score == NERVE_RANKING_FIRST_LAST && x == NERVE_DECAY_X_UNIT))
            continue;
          variant.ranking = rank_curves (score, x, row, n_models, dimensions, accuracies);
          g_array_append_val (variants, variant);
        }

  return variants;
}
