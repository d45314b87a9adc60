#include "config.h"

#include "app/cli/study-scene.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/cli/decay-values.h"
#include "app/render.h"
#include "app/rivals.h"
#include "app/study.h"
#include "layers/decay-table.h"

void
nerve_study_values_declare (NerveStudyValues *self, NerveOptions *options)
{
  for (guint i = 0; i < NERVE_N_RANKING_SCORES; i++)
    self->scores[i] = nerve_ranking_score_info (i)->name;
  nerve_options_add_heading (options, N_("several files (ranking, ranks, models, subsamples)"));
  nerve_options_add_choice (options, "score", self->scores, &self->score, N_("What models are ordered by"));
  nerve_options_add_choice (options, "x", nerve_study_x_names (), &self->x,
                            N_("The curve's axis: the layer's number, or 0 to 1"));
  nerve_options_add_choice (options, "over", nerve_study_over_names (), &self->over,
                            N_("Draw curves over relative depth, or over the layer's number"));
  nerve_accuracy_values_declare (&self->accuracies, options);
}

void
nerve_study_values_clear (NerveStudyValues *self)
{
  nerve_accuracy_values_clear (&self->accuracies);
}

void
nerve_study_scene_clear (NerveStudyScene *self)
{
  for (guint i = 0; i < self->n; i++)
    nerve_scene_clear (&self->networks[i]);
  g_free (self->networks);
  g_clear_pointer (&self->study, nerve_model_study_unref);
  g_clear_pointer (&self->ranking, nerve_ranking_unref);
  g_clear_pointer (&self->origin, nerve_study_origin_unref);
}

/* Betti numbers of all files; where the figure is over η, their curves too. */
static gboolean
count (NerveStudyScene *self, gboolean over_eta, NerveInvocation *invocation, NerveStudyInput *input, GError **error)
{
  const guint flags = NERVE_FIGURE_NEEDS_BETTI | (over_eta ? NERVE_FIGURE_NEEDS_CURVES : 0);

  for (guint i = 0; i < self->n; i++)
    {
      NerveScene *scene = &self->networks[i];
      NerveDecaySource source;
      g_autoptr (GArray) chosen = nerve_decay_choose_layers (scene->dataset, &source);
      NerveProgress part = nerve_progress_part (nerve_invocation_get_progress (invocation), .8 * i / self->n,
                                                .8 * (i + 1) / self->n);

      nerve_invocation_blame (invocation, nerve_dataset_get_path (scene->dataset));
      if (!nerve_decay_is_table (scene->dataset) &&
          !nerve_render_results (scene->dataset, flags, NULL, 0, scene->parameters, scene->results, &part, error))
        return FALSE;
      nerve_decay_values_warn (invocation, nerve_decay_is_table (scene->dataset) ? NERVE_DECAY_OF_TABLE : source);
      nerve_study_input_add (input, scene->dataset, scene->results, NULL, "");
    }

  return nerve_progress_check (nerve_invocation_get_progress (invocation), error);
}

static gboolean
score_one (NerveStudyScene *self, guint i, NerveDecayX x, NerveInvocation *invocation, double *score, GError **error)
{
  NerveRankingSource source = nerve_ranking_score_info (self->score)->source;
  NerveProgress part = nerve_progress_part (nerve_invocation_get_progress (invocation), .9 + .1 * i / self->n,
                                            .9 + .1 * (i + 1) / self->n);
  g_autoptr (NerveRivals) rivals = NULL;

  if (source == NERVE_RANKING_OF_CURVE)
    {
      *score = nerve_model_study_get_score (self->study, i, nerve_model_study_get_n_etas (self->study), x, self->score);
      nerve_invocation_blame (invocation, nerve_dataset_get_path (self->networks[i].dataset));
      if (isnan (*score))
        nerve_invocation_warn (invocation, _("no %s: %s"), nerve_ranking_score_info (self->score)->name,
                               _("fewer than two layers have Betti numbers, or they are 0"));
      return TRUE;
    }

  nerve_invocation_blame (invocation, nerve_dataset_get_path (self->networks[i].dataset));
  rivals = nerve_rivals_new (self->networks[i].dataset, source, &part, error);
  if (rivals == NULL)
    return FALSE;
  *score = nerve_rivals_get_score (rivals, self->score);
  if (nerve_rivals_get_cause (rivals, self->score) != NULL)
    nerve_invocation_warn (invocation, _("no %s: %s"), nerve_ranking_score_info (self->score)->name,
                           nerve_rivals_get_cause (rivals, self->score));

  return TRUE;
}

static gboolean
rank (NerveStudyScene *self, NerveDecayX x, const NerveGivenAccuracies *given, NerveInvocation *invocation,
      GError **error)
{
  g_autofree NerveRankedModel *models = g_new0 (NerveRankedModel, self->n + 1);
  gboolean done = TRUE;

  for (guint i = 0; i < self->n && done; i++)
    {
      NerveDataset *dataset = self->networks[i].dataset;
      double accuracy = nerve_given_accuracies_find (given, i, dataset);

      models[i].model = nerve_decay_model_name (dataset);
      models[i].accuracy = isnan (accuracy) ? nerve_accuracies_of_dataset (dataset) : accuracy;
      done = score_one (self, i, x, invocation, &models[i].score, error);
      nerve_study_origin_add (self->origin, dataset, self->networks[i].parameters, NULL, accuracy);
    }
  if (done)
    self->ranking = nerve_ranking_new (self->score, models, self->n);
  for (guint i = 0; i < self->n; i++)
    g_free (models[i].model);

  return done;
}

/* An empty page is no figure. */
static gboolean
check (const NerveStudyScene *self, const NerveFigureKind *kind, GError **error)
{
  const char *cause = NULL;

  if (g_str_equal (kind->name, "ranking") && nerve_ranking_get_n_compared (self->ranking) == 0)
    cause = _("no model has both a score and an accuracy; --accuracy or --accuracies give them");
  if ((kind->flags & NERVE_FIGURE_OVER_ETA) && self->n < 2)
    cause = _("one network has no order: name more files");
  if (cause != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_NOT_FOUND, _("nothing to draw: %s"), cause);

  return cause == NULL;
}

gboolean
nerve_study_scene_compute (NerveStudyScene *self, const NerveFigureKind *kind, const NerveStudyValues *values,
                           const NerveSceneValues *scene, NerveInvocation *invocation, GError **error)
{
  NerveProgress comparing = nerve_progress_part (nerve_invocation_get_progress (invocation), .8, .9);
  guint n = g_strv_length (nerve_invocation_get_files (invocation));
  g_autoptr (NerveStudyInput) input = nerve_study_input_new ();
  g_auto (NerveGivenAccuracies) given = { NULL };

  self->score = values->score;
  self->depth = nerve_study_over_depth (values->over);
  self->origin = nerve_study_origin_new (values->x);
  self->networks = g_new0 (NerveScene, n);
  for (self->n = 0; self->n < n; self->n++)
    if (!nerve_scene_open (&self->networks[self->n], scene, invocation, self->n, error))
      {
        self->n++;
        return FALSE;
      }
  if (!nerve_given_accuracies_init (&given, &values->accuracies, invocation, error) ||
      !count (self, (kind->flags & NERVE_FIGURE_OVER_ETA) != 0, invocation, input, error))
    return FALSE;

  nerve_invocation_blame (invocation, NULL);
  self->study = nerve_study_compute (input, &comparing, error);
  if (self->study == NULL || !rank (self, values->x, &given, invocation, error))
    return FALSE;
  nerve_given_accuracies_warn (&given, &values->accuracies, invocation);
  nerve_invocation_blame (invocation, NULL);

  return check (self, kind, error);
}

void
nerve_study_scene_model (NerveStudyScene *self, NerveFigureModel *model)
{
  self->networks[0].n_columns = 0;
  nerve_scene_model (&self->networks[0], 0, model);
  model->decay.study = self->study;
  model->decay.ranking = self->ranking;
  model->decay.score = self->score;
  model->decay.depth = self->depth;
}
