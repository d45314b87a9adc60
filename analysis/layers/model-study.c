#include "layers/model-study.h"

#include <math.h>

#include "layers/decay-table.h"

#define N_X      (NERVE_DECAY_X_UNIT + 1)
#define N_DEPTHS (NERVE_DEPTH_RELATIVE + 1)
#define N_SCORES NERVE_RANKING_TAU /* those of curves come first */

/* What is known of one network. */
typedef struct
{
  NerveDecayCurve *curve;
  double          *omega;
  NerveDecayBand  *band;
  GArray          *subsamples;
  double          *scores; /* (n_etas + 1) × N_X × N_SCORES */
} Model;

struct _NerveModelStudy
{
  gatomicrefcount  references;
  guint            n;
  guint            n_etas;
  double          *etas;
  Model           *models;
  NerveInvariance *distances; /* N_DEPTHS × n × n */
};

/* As shown, or a table. One that is damaged has a curve of no layers, and is no reason not to compare the others. */
static NerveDecayCurve *
find_curve (const NerveStudyModel *model, const NerveProgress *progress, GError **error)
{
  g_autofree NerveBettiLayer **none = NULL;
  g_autoptr (GPtrArray) curves = NULL;
  g_autoptr (GError) cause = NULL;

  if (model->betti != NULL)
    return nerve_decay_curve_new_for_layers (model->dataset, model->betti, 0, error);

  curves = nerve_decay_curves_new (model->dataset, (const double[]) { .5 }, 1, NERVE_BETTI_HALF_OPEN, progress, &cause);
  if (curves != NULL)
    return nerve_decay_curve_ref (curves->pdata[0]);
  if (g_error_matches (cause, NERVE_ERROR, NERVE_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  none = g_new0 (NerveBettiLayer *, nerve_dataset_get_n_layers (model->dataset) + 1);
  return nerve_decay_curve_new_for_layers (model->dataset, none, 0, error);
}

static void
drop_betti (gpointer betti)
{
  if (betti != NULL)
    nerve_betti_layer_unref (betti);
}

static NerveDecayCurve *
look_up (const NerveStudyModel *model, double eta, GError **error)
{
  guint n_layers = nerve_dataset_get_n_layers (model->dataset);
  g_autoptr (GPtrArray) betti = g_ptr_array_new_with_free_func (drop_betti);

  for (guint i = 0; i < n_layers; i++)
    {
      NerveBettiLayer *layer = NULL;

      if (model->curves[i] != NULL && (layer = nerve_betti_curves_at (model->curves[i], &eta, 1, error)) == NULL)
        return NULL;
      g_ptr_array_add (betti, layer);
    }

  return nerve_decay_curve_new_for_layers (model->dataset, (NerveBettiLayer **) betti->pdata, 0, error);
}

static double *
get_scores (const NerveModelStudy *self, guint model, guint eta, NerveDecayX x)
{
  return self->models[model].scores + ((gsize) eta * N_X + x) * N_SCORES;
}

static void
fill_scores (NerveModelStudy *self, guint model, guint eta, const NerveDecayCurve *curve)
{
  for (NerveDecayX x = 0; x < N_X; x++)
    for (NerveRankingScore score = 0; score < N_SCORES; score++)
      get_scores (self, model, eta, x)[score] =
        curve != NULL ? nerve_ranking_score_of_omega (score, curve, NERVE_DECAY_ALL_DIMENSIONS, x) : NAN;
}

/* Of a table at every threshold the same; of a network without curves none but those as shown. */
static gboolean
vary_eta (NerveModelStudy *self, guint model, const NerveStudyModel *given, const NerveProgress *progress,
          GError **error)
{
  for (guint e = 0; e < self->n_etas; e++)
    {
      g_autoptr (NerveDecayCurve) curve = NULL;

      if (!nerve_progress_step (progress, (double) e / self->n_etas))
        return nerve_progress_set_cancelled (error);
      if (given->betti == NULL)
        curve = nerve_decay_curve_ref (self->models[model].curve);
      else if (given->curves != NULL && (curve = look_up (given, self->etas[e], error)) == NULL)
        return FALSE;
      fill_scores (self, model, e, curve);
    }
  fill_scores (self, model, self->n_etas, self->models[model].curve);

  return TRUE;
}

static gboolean
study_model (NerveModelStudy *self, guint m, const NerveStudyModel *given, const NerveProgress *progress,
             GError **error)
{
  NerveProgress varying = nerve_progress_part (progress, 0, .5);
  NerveProgress drawing = nerve_progress_part (progress, .5, 1);
  Model *model = &self->models[m];

  model->curve = find_curve (given, progress, error);
  if (model->curve == NULL)
    return FALSE;
  model->omega = g_new (double, nerve_decay_curve_get_n_layers (model->curve) + 1);
  nerve_decay_curve_omega (model->curve, NERVE_DECAY_ALL_DIMENSIONS, NULL, model->omega);
  model->scores = g_new (double, (gsize) (self->n_etas + 1) * N_X * N_SCORES);
  model->band = nerve_decay_band_new (model->curve, NERVE_DECAY_ALL_DIMENSIONS, NERVE_DECAY_X_LAYERS, NULL,
                                      NERVE_RESAMPLING_REPLICATES, 0, error);
  if (model->band == NULL || !vary_eta (self, m, given, &varying, error))
    return FALSE;
  model->subsamples = nerve_invariance_subsample (model->curve, NERVE_DECAY_ALL_DIMENSIONS, NERVE_DECAY_X_LAYERS, NULL,
                                                  0, NERVE_STUDY_TRIALS, 0, &drawing, error);

  return model->subsamples != NULL;
}

static NerveInvariance *
get_distance (const NerveModelStudy *self, NerveDepth depth, guint a, guint b)
{
  return &self->distances[((gsize) depth * self->n + a) * self->n + b];
}

static gboolean
compare_pairs (NerveModelStudy *self, const NerveProgress *progress, GError **error)
{
  for (NerveDepth depth = 0; depth < N_DEPTHS; depth++)
    for (guint a = 0; a < self->n; a++)
      for (guint b = a + 1; b < self->n; b++)
        {
          if (!nerve_progress_step (progress, (depth * self->n + a) / (double) (N_DEPTHS * self->n)))
            return nerve_progress_set_cancelled (error);
          if (!nerve_invariance_compare (self->models[a].curve, self->models[b].curve, NERVE_DECAY_ALL_DIMENSIONS,
                                         depth, NERVE_RESAMPLING_REPLICATES, 0, get_distance (self, depth, a, b),
                                         error))
            return FALSE;
          *get_distance (self, depth, b, a) = *get_distance (self, depth, a, b);
        }

  return TRUE;
}

NerveModelStudy *
nerve_model_study_new (const NerveStudyModel *models, guint n_models, const double *etas, guint n_etas,
                       const NerveProgress *progress, GError **error)
{
  NerveProgress pairs = nerve_progress_part (progress, .7, 1);
  g_autoptr (NerveModelStudy) self = NULL;

  g_return_val_if_fail (models != NULL && n_models > 0, NULL);
  g_return_val_if_fail (etas != NULL || n_etas == 0, NULL);

  self = g_new0 (NerveModelStudy, 1);
  g_atomic_ref_count_init (&self->references);
  self->n = n_models;
  self->n_etas = n_etas;
  self->etas = g_memdup2 (etas, n_etas * sizeof (double));
  self->models = g_new0 (Model, n_models);
  self->distances = g_new0 (NerveInvariance, (gsize) N_DEPTHS * n_models * n_models);
  for (guint m = 0; m < n_models; m++)
    {
      NerveProgress part = nerve_progress_part (progress, .7 * m / n_models, .7 * (m + 1) / n_models);

      if (!study_model (self, m, &models[m], &part, error))
        return NULL;
    }

  return compare_pairs (self, &pairs, error) ? g_steal_pointer (&self) : NULL;
}

NerveModelStudy *
nerve_model_study_ref (NerveModelStudy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
nerve_model_study_unref (NerveModelStudy *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (guint m = 0; m < self->n; m++)
    {
      Model *model = &self->models[m];

      g_clear_pointer (&model->curve, nerve_decay_curve_unref);
      g_clear_pointer (&model->band, nerve_decay_band_free);
      g_clear_pointer (&model->subsamples, g_array_unref);
      g_free (model->omega);
      g_free (model->scores);
    }
  g_free (self->models);
  g_free (self->distances);
  g_free (self->etas);
  g_free (self);
}

guint
nerve_model_study_get_n (const NerveModelStudy *self)
{
  return self->n;
}

gsize
nerve_model_study_get_bytes (const NerveModelStudy *self)
{
  gsize bytes = (gsize) N_DEPTHS * self->n * self->n * sizeof (NerveInvariance);

  for (guint m = 0; m < self->n; m++)
    bytes += nerve_decay_curve_get_n_images (self->models[m].curve) *
             (3 * nerve_model_study_get_n_layers (self, m) * sizeof (double) + sizeof (int));

  return bytes;
}

guint
nerve_model_study_get_n_etas (const NerveModelStudy *self)
{
  return self->n_etas;
}

const double *
nerve_model_study_get_etas (const NerveModelStudy *self)
{
  return self->etas;
}

const char *
nerve_model_study_get_name (const NerveModelStudy *self, guint model)
{
  return nerve_decay_curve_get_model (self->models[model].curve);
}

guint
nerve_model_study_get_n_layers (const NerveModelStudy *self, guint model)
{
  return nerve_decay_curve_get_n_layers (self->models[model].curve);
}

const double *
nerve_model_study_get_omega (const NerveModelStudy *self, guint model)
{
  return self->models[model].omega;
}

const NerveDecayBand *
nerve_model_study_get_band (const NerveModelStudy *self, guint model)
{
  return self->models[model].band;
}

const GArray *
nerve_model_study_get_subsamples (const NerveModelStudy *self, guint model)
{
  return self->models[model].subsamples;
}

const NerveInvariance *
nerve_model_study_get_distance (const NerveModelStudy *self, NerveDepth depth, guint a, guint b)
{
  g_return_val_if_fail (a < self->n && b < self->n, NULL);

  return get_distance (self, depth, a, b);
}

double
nerve_model_study_get_score (const NerveModelStudy *self, guint model, guint eta, NerveDecayX x,
                             NerveRankingScore score)
{
  g_return_val_if_fail (model < self->n && eta <= self->n_etas, NAN);

  return score < N_SCORES ? get_scores (self, model, eta, x)[score] : NAN;
}

guint
nerve_model_study_get_rank (const NerveModelStudy *self, guint model, guint eta, NerveDecayX x,
                            NerveRankingScore score)
{
  int sign = nerve_ranking_score_info (score)->sign;
  double own = nerve_model_study_get_score (self, model, eta, x, score);
  guint rank = 1;

  if (isnan (own))
    return 0;
  /* Ties in the order they were given in: each place has one. */
  for (guint m = 0; m < self->n; m++)
    {
      double other = nerve_model_study_get_score (self, m, eta, x, score);

      if (m != model && !isnan (other) && (sign * other > sign * own || (other == own && m < model)))
        rank++;
    }

  return rank;
}

NerveRankingScore
nerve_model_study_ranked_by (NerveRankingScore score)
{
  return nerve_ranking_score_info (score)->source == NERVE_RANKING_OF_CURVE ? score : NERVE_RANKING_THETA;
}
