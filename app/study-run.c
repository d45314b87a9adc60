#include "config.h"

#include "app/study-run.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/rivals.h"
#include "layers/accuracies.h"
#include "layers/decay-table.h"

struct _NerveStudyRun
{
  GObject          parent_instance;
  NerveSession    *session;
  GPtrArray       *documents;
  GPtrArray       *wanted;   /* the documents of the job */
  GPtrArray       *studied;  /* those of the study */
  NerveJob        *job;
  gulong           handler;
  char            *key;      /* of the job or the study */
  NerveModelStudy *study;
  gboolean         waiting;
  gboolean         wants_tau;
  guint            source;
  char            *shown;    /* what "changed" was last said of */
};

enum { SIGNAL_CHANGED, SIGNAL_PROGRESS, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveStudyRun, nerve_study_run, G_TYPE_OBJECT)

static void queue (NerveStudyRun *self);

/* What is studied */

/* Whether the numbers shown are all there, or will not come. */
static gboolean
is_counted (NerveDocument *document, NerveResultKind kind)
{
  guint n_layers = nerve_document_get_model (document)->n_layers;

  for (guint layer = 0; layer < n_layers; layer++)
    {
      NerveJob *job = nerve_document_get_job (document, layer, kind);

      if (job != NULL && nerve_job_get_state (job) <= NERVE_JOB_RUNNING)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_ready (NerveDocument *document)
{
  const NerveFigureModel *model = nerve_document_get_model (document);

  return nerve_decay_is_table (model->dataset) ||
         is_counted (document, model->decay.at_eta ? NERVE_RESULT_CURVES : NERVE_RESULT_BETTI);
}

static char *
make_key (NerveDocument *document)
{
  const NerveFigureModel *model = nerve_document_get_model (document);
  GString *key = g_string_new (nerve_dataset_get_fingerprint (model->dataset));

  for (guint layer = 0; layer < model->n_layers; layer++)
    {
      g_autofree char *own = nerve_result_key (NERVE_RESULT_BETTI, model->dataset, layer,
                                               nerve_document_get_parameters (document, layer));

      g_string_append_printf (key, "|%s%s", own, model->layers[layer].betti == NULL ? "(none)" : "");
    }

  return g_string_free (key, FALSE);
}

static void
add (NerveStudyInput *input, NerveDocument *document)
{
  const NerveFigureModel *model = nerve_document_get_model (document);
  g_autofree NerveLayerResults *layers = g_memdup2 (model->layers, model->n_layers * sizeof *layers);
  g_autofree char *key = make_key (document);
  gboolean with_curves = is_counted (document, NERVE_RESULT_CURVES);

  /* Half of them would be of other layers. */
  for (guint i = 0; i < model->n_layers && !with_curves; i++)
    layers[i].curves = NULL;
  nerve_study_input_add (input, model->dataset, layers, model->decay.at_eta ? &model->decay.eta : NULL, key);
}

static void
drop_job (NerveStudyRun *self)
{
  if (self->job == NULL)
    return;
  g_clear_signal_handler (&self->handler, self->job);
  nerve_jobs_release (nerve_session_get_jobs (self->session), g_steal_pointer (&self->job));
}

static void
take (NerveStudyRun *self)
{
  g_clear_pointer (&self->study, nerve_model_study_unref);
  self->study = nerve_model_study_ref (nerve_job_get_result (self->job));
  g_ptr_array_unref (self->studied);
  self->studied = g_ptr_array_ref (self->wanted);
  drop_job (self);
}

/* All there is to show, but for how far it is. */
static char *
describe (NerveStudyRun *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%p %p %d", (gpointer) self->study, (gpointer) nerve_study_run_get_error (self),
                          self->waiting);
  for (guint i = 0; i < self->documents->len; i++)
    {
      g_string_append_printf (text, " %p %.17g", self->documents->pdata[i], nerve_study_run_get_accuracy (self, i));
      for (NerveRankingScore score = 0; score < NERVE_N_RANKING_SCORES; score++)
        {
          const char *cause;
          double value = nerve_study_run_get_score (self, i, score, NERVE_DECAY_X_LAYERS, &cause);

          g_string_append_printf (text, " %.17g%s", value, cause != NULL ? "!" : "");
        }
    }

  return g_string_free (text, FALSE);
}

static void
tell (NerveStudyRun *self)
{
  g_autofree char *text = describe (self);
  gboolean same = g_strcmp0 (text, self->shown) == 0;

  if (!same)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&text);
    }
  g_signal_emit (self, signals[same ? SIGNAL_PROGRESS : SIGNAL_CHANGED], 0);
}

static void
on_job_changed (NerveStudyRun *self)
{
  if (nerve_job_get_state (self->job) == NERVE_JOB_DONE)
    take (self);
  tell (self);
}

static GPtrArray *
list_ready (NerveStudyRun *self)
{
  GPtrArray *ready = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->documents->len; i++)
    if (is_ready (self->documents->pdata[i]))
      g_ptr_array_add (ready, g_object_ref (self->documents->pdata[i]));

  return ready;
}

static void
forget (NerveStudyRun *self)
{
  drop_job (self);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->study, nerve_model_study_unref);
  g_ptr_array_set_size (self->studied, 0);
}

static void
start (NerveStudyRun *self, NerveStudyInput *input, GPtrArray *ready)
{
  drop_job (self);
  g_free (self->key);
  self->key = g_strdup (nerve_study_input_get_key (input));
  g_ptr_array_unref (self->wanted);
  self->wanted = g_ptr_array_ref (ready);
  self->job = nerve_jobs_request_study (nerve_session_get_jobs (self->session), input);
  if (nerve_job_get_state (self->job) == NERVE_JOB_DONE)
    take (self);
  else
    self->handler = g_signal_connect_swapped (self->job, "changed", G_CALLBACK (on_job_changed), self);
}

static void
update (NerveStudyRun *self)
{
  g_autoptr (GPtrArray) ready = list_ready (self);
  g_autoptr (NerveStudyInput) input = NULL;

  self->waiting = ready->len < self->documents->len;
  if (ready->len == 0)
    {
      forget (self);
      return;
    }

  input = nerve_study_input_new ();
  for (guint i = 0; i < ready->len; i++)
    add (input, ready->pdata[i]);
  if (g_strcmp0 (nerve_study_input_get_key (input), self->key) != 0)
    start (self, input, ready);
}

static gboolean
on_update (gpointer user_data)
{
  NerveStudyRun *self = user_data;

  self->source = 0;
  update (self);
  tell (self);

  return G_SOURCE_REMOVE;
}

static void
queue (NerveStudyRun *self)
{
  if (self->source == 0)
    self->source = g_idle_add (on_update, self);
}

/* What is open */

static void
on_document_changed (NerveStudyRun *self, guint changes)
{
  if (changes & (NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS | NERVE_CHANGE_DECAY))
    queue (self);
}

static void
want (NerveStudyRun *self, NerveDocument *document, gboolean wanted)
{
  nerve_document_want_network (document, NERVE_NETWORK_TRANSFER, wanted);
  if (self->wants_tau || !wanted)
    nerve_document_want_network (document, NERVE_NETWORK_TAU, wanted);
}

static void
forget_documents (NerveStudyRun *self)
{
  for (guint i = 0; i < self->documents->len; i++)
    g_signal_handlers_disconnect_by_func (self->documents->pdata[i], on_document_changed, self);
  g_ptr_array_set_size (self->documents, 0);
}

static void
on_items_changed (NerveStudyRun *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->session));

  forget_documents (self);
  forget (self);
  for (guint i = 0; i < n; i++)
    {
      NerveDocument *document = g_list_model_get_item (G_LIST_MODEL (self->session), i);

      g_ptr_array_add (self->documents, document);
      g_signal_connect_swapped (document, "changed", G_CALLBACK (on_document_changed), self);
      if (!nerve_decay_is_table (nerve_document_get_dataset (document)))
        nerve_document_want_curves (document);
      want (self, document, TRUE);
    }
  queue (self);
}

/* The object */

static void
nerve_study_run_dispose (GObject *object)
{
  NerveStudyRun *self = NERVE_STUDY_RUN (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, on_items_changed, self);
      for (guint i = 0; i < self->documents->len; i++)
        {
          g_signal_handlers_disconnect_by_func (self->documents->pdata[i], on_document_changed, self);
          want (self, self->documents->pdata[i], FALSE);
        }
      forget (self);
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (nerve_study_run_parent_class)->dispose (object);
}

static void
nerve_study_run_finalize (GObject *object)
{
  NerveStudyRun *self = NERVE_STUDY_RUN (object);

  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->wanted);
  g_ptr_array_unref (self->studied);
  g_free (self->shown);

  G_OBJECT_CLASS (nerve_study_run_parent_class)->finalize (object);
}

static void
nerve_study_run_class_init (NerveStudyRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_study_run_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_study_run_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", NERVE_TYPE_STUDY_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", NERVE_TYPE_STUDY_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
nerve_study_run_init (NerveStudyRun *self)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->wanted = g_ptr_array_new_with_free_func (g_object_unref);
  self->studied = g_ptr_array_new_with_free_func (g_object_unref);
}

NerveStudyRun *
nerve_study_run_new (NerveSession *session)
{
  NerveStudyRun *self;

  g_return_val_if_fail (NERVE_IS_SESSION (session), NULL);

  self = g_object_new (NERVE_TYPE_STUDY_RUN, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (self);

  return self;
}

guint
nerve_study_run_get_n (NerveStudyRun *self)
{
  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), 0);

  return self->documents->len;
}

NerveDocument *
nerve_study_run_get_document (NerveStudyRun *self, guint i)
{
  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), NULL);
  g_return_val_if_fail (i < self->documents->len, NULL);

  return self->documents->pdata[i];
}

NerveModelStudy *
nerve_study_run_get_study (NerveStudyRun *self)
{
  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), NULL);

  return self->study;
}

double
nerve_study_run_get_fraction (NerveStudyRun *self)
{
  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), -1);

  return self->job != NULL && nerve_job_get_state (self->job) <= NERVE_JOB_RUNNING
           ? nerve_job_get_fraction (self->job) : -1;
}

gboolean
nerve_study_run_is_waiting (NerveStudyRun *self)
{
  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), FALSE);

  return self->waiting;
}

const GError *
nerve_study_run_get_error (NerveStudyRun *self)
{
  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), NULL);

  return self->job != NULL ? nerve_job_get_error (self->job) : NULL;
}

void
nerve_study_run_want_tau (NerveStudyRun *self)
{
  g_return_if_fail (NERVE_IS_STUDY_RUN (self));

  if (self->wants_tau)
    return;
  self->wants_tau = TRUE;
  for (guint i = 0; i < self->documents->len; i++)
    want (self, self->documents->pdata[i], TRUE);
}

static double
find_rival (NerveDocument *document, NerveRankingScore score, const char **cause)
{
  NerveNetworkKind kind = score == NERVE_RANKING_TAU ? NERVE_NETWORK_TAU : NERVE_NETWORK_TRANSFER;
  NerveRivals *rivals = nerve_document_get_network (document, kind);

  if (rivals == NULL)
    return NAN;
  if (cause != NULL)
    *cause = nerve_rivals_get_cause (rivals, score);

  return nerve_rivals_get_score (rivals, score);
}

double
nerve_study_run_get_score (NerveStudyRun *self, guint i, NerveRankingScore score, NerveDecayX x, const char **cause)
{
  double value;
  guint place;

  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), NAN);
  g_return_val_if_fail (i < self->documents->len, NAN);

  if (cause != NULL)
    *cause = NULL;
  if (nerve_ranking_score_info (score)->source != NERVE_RANKING_OF_CURVE)
    return find_rival (self->documents->pdata[i], score, cause);
  if (self->study == NULL || !g_ptr_array_find (self->studied, self->documents->pdata[i], &place))
    return NAN;

  value = nerve_model_study_get_score (self->study, place, nerve_model_study_get_n_etas (self->study), x, score);
  if (isnan (value) && cause != NULL)
    *cause = _("fewer than two layers have Betti numbers, or they are 0");

  return value;
}

double
nerve_study_run_get_accuracy (NerveStudyRun *self, guint i)
{
  NerveDocument *document = nerve_study_run_get_document (self, i);
  double typed = nerve_document_get_accuracy (document);

  return isnan (typed) ? nerve_accuracies_of_dataset (nerve_document_get_dataset (document)) : typed;
}

/* Two files may bear one name: each place is taken once. */
static void
find_places (const NerveRanking *ranking, const NerveRankedModel *models, gsize n, guint *places)
{
  const NerveRankedModel *ranked = nerve_ranking_get_models (ranking);
  g_autofree gboolean *taken = g_new0 (gboolean, n + 1);

  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < n; k++)
      if (!taken[k] && g_str_equal (ranked[k].model, models[i].model) &&
          (ranked[k].score == models[i].score || (isnan (ranked[k].score) && isnan (models[i].score))) &&
          (ranked[k].accuracy == models[i].accuracy || (isnan (ranked[k].accuracy) && isnan (models[i].accuracy))))
        {
          taken[k] = TRUE;
          places[i] = k;
          break;
        }
}

NerveRanking *
nerve_study_run_rank (NerveStudyRun *self, NerveRankingScore score, NerveDecayX x, guint *places)
{
  guint n = nerve_study_run_get_n (self);
  g_autofree NerveRankedModel *models = g_new0 (NerveRankedModel, n + 1);
  NerveRanking *ranking;

  for (guint i = 0; i < n; i++)
    {
      models[i].model = nerve_decay_model_name (nerve_document_get_dataset (self->documents->pdata[i]));
      models[i].score = nerve_study_run_get_score (self, i, score, x, NULL);
      models[i].accuracy = nerve_study_run_get_accuracy (self, i);
    }
  ranking = nerve_ranking_new (score, models, n);
  if (places != NULL)
    find_places (ranking, models, n, places);
  for (guint i = 0; i < n; i++)
    g_free (models[i].model);

  return ranking;
}

NerveStudyOrigin *
nerve_study_run_get_origin (NerveStudyRun *self, NerveRankingScore score, NerveDecayX x)
{
  NerveStudyOrigin *origin = nerve_study_origin_new (x);

  g_return_val_if_fail (NERVE_IS_STUDY_RUN (self), origin);

  if (self->study == NULL || self->waiting || nerve_study_run_get_fraction (self) >= 0)
    nerve_study_origin_refuse (origin, _("the networks are still being compared"));
  for (guint i = 0; i < self->documents->len; i++)
    {
      NerveDocument *document = self->documents->pdata[i];
      const NerveFigureModel *model = nerve_document_get_model (document);
      const char *cause;

      nerve_study_origin_add (origin, model->dataset, nerve_document_get_parameters (document, 0),
                              model->decay.at_eta ? &model->decay.eta : NULL, nerve_document_get_accuracy (document));
      if (model->decay.at_eta && !nerve_origin_is_exact (model))
        nerve_study_origin_refuse (origin, _("η was moved by hand; type it into the parameters"));
      if (isnan (nerve_study_run_get_score (self, i, score, x, &cause)) && cause == NULL)
        nerve_study_origin_refuse (origin, _("scores are still being computed"));
    }

  return origin;
}
