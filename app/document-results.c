#include "config.h"

#include "app/document-private.h"
#include "figures/board-rows.h"

void
nerve_document_slot_drop_job (NerveDocument *self, NerveDocumentSlot *slot)
{
  if (slot->job == NULL)
    return;

  g_clear_signal_handler (&slot->handler, slot->job);
  nerve_jobs_release (self->jobs, g_steal_pointer (&slot->job));
}

static void
slot_show (NerveDocument *self, guint layer, NerveResultKind kind, gpointer result)
{
  const NerveResultType *type = nerve_result_type (kind);
  gpointer *place = nerve_result_slot (&self->results[layer], kind);
  NerveDocumentSlot *slot = &self->slots[layer][kind];

  if (kind == NERVE_RESULT_GRAPH && self->model.hover_layer == (int) layer)
    self->model.hover_layer = self->model.hover_node = -1;
  if (kind == NERVE_RESULT_HOMOLOGY && self->model.hover_bar.layer == (int) layer)
    self->model.hover_bar = NERVE_BAR_MARK_NONE;
  if (kind == NERVE_RESULT_HOMOLOGY && self->model.hover_curve.layer == (int) layer)
    self->model.hover_curve = NERVE_CURVE_MARK_NONE;
  if (*place != NULL)
    type->unref (*place);
  *place = result != NULL ? type->ref (result) : NULL;
  g_free (slot->shown);
  slot->shown = g_strdup (slot->wanted);
  nerve_document_slot_drop_job (self, slot);
  nerve_document_sync_model (self);
}

static void
slot_take (NerveDocument *self, guint layer, NerveResultKind kind)
{
  slot_show (self, layer, kind, nerve_job_get_result (self->slots[layer][kind].job));
}

/* A cloud that can't be made of this layer as it is asked for: nothing is the result, not what was there before. */
static guint
slot_leave_out (NerveDocument *self, guint layer, NerveResultKind kind, char *key)
{
  NerveDocumentSlot *slot = &self->slots[layer][kind];

  nerve_document_slot_drop_job (self, slot);
  g_free (slot->wanted);
  slot->wanted = key;
  slot_show (self, layer, kind, NULL);

  return NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS;
}

static void
on_job_changed (NerveJob *job, gpointer user_data)
{
  NerveDocumentSlot *slot = user_data;
  NerveDocument *self = slot->document;

  /* Only the job asked for last is connected here: an older result has no way in. */
  g_assert (slot->job == job);

  if (nerve_job_get_state (job) == NERVE_JOB_DONE)
    {
      slot_take (self, slot->layer, slot->kind);
      nerve_document_emit (self, NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS | nerve_document_update_network (self));
    }
  else
    {
      gboolean ended = nerve_job_get_state (job) > NERVE_JOB_RUNNING;

      nerve_document_emit (self, NERVE_CHANGE_JOBS | (ended ? nerve_document_update_network (self) : 0));
    }
}

static gboolean
is_shown (NerveDocument *self, NerveBoardView view)
{
  return (self->wants_views & (1 << view)) != 0 ||
         nerve_board_rows_find (self->state->rows, self->state->n_rows, view) >= 0;
}

/* What only some rows of the board show is computed while there are such rows. */
static gboolean
is_wanted (NerveDocument *self, guint kind)
{
  switch (kind)
    {
    case NERVE_RESULT_CURVES:
      return self->wants_curves;
    case NERVE_RESULT_PROJECTION:
      return is_shown (self, NERVE_BOARD_VIEW_PROJECTION);
    case NERVE_RESULT_HIERARCHY:
      return is_shown (self, NERVE_BOARD_VIEW_DENDROGRAM);
    default:
      return TRUE;
    }
}

static gboolean
is_of_cloud (guint kind)
{
  return kind != NERVE_RESULT_BETTI && kind != NERVE_RESULT_CURVES;
}

static NerveJobPriority
priority_of (NerveDocument *self, guint layer, NerveResultKind kind)
{
  if (nerve_document_is_on_board (self, layer) && is_of_cloud (kind))
    return NERVE_JOB_INTERACTIVE;
  /* Who wants curves has a slider in hand. */
  if (kind == NERVE_RESULT_CURVES)
    return NERVE_JOB_INTERACTIVE;

  return is_of_cloud (kind) && kind != NERVE_RESULT_GRAPH ? NERVE_JOB_LOOK_AHEAD : NERVE_JOB_BACKGROUND;
}

/* Asks for what the parameters in force say, unless it is there or on its way. */
static guint
slot_update (NerveDocument *self, guint layer, NerveResultKind kind)
{
  NerveDocumentSlot *slot = &self->slots[layer][kind];
  const NerveLayerParameters *parameters = &self->state->parameters[layer];
  g_autofree char *key = nerve_result_key (kind, self->dataset, layer, parameters);
  gboolean same = g_strcmp0 (slot->wanted, key) == 0;
  NerveJobPriority priority = priority_of (self, layer, kind);
  NerveJob *job;

  if (same && slot->job == NULL)
    return 0;
  if (same && priority != NERVE_JOB_INTERACTIVE)
    return 0;
  if (same && nerve_job_get_state (slot->job) != NERVE_JOB_QUEUED)
    return 0;

  /* Back to what is still there, whether the cache has it or not. */
  if (g_strcmp0 (slot->shown, key) == 0)
    {
      nerve_document_slot_drop_job (self, slot);
      g_free (slot->wanted);
      slot->wanted = g_steal_pointer (&key);
      return NERVE_CHANGE_JOBS;
    }
  if (is_of_cloud (kind) && !nerve_cloud_suits (self->dataset, layer, &parameters->cloud, NULL))
    return slot_leave_out (self, layer, kind, g_steal_pointer (&key));

  job = nerve_jobs_request (self->jobs, kind, self->dataset, layer, parameters, priority);
  nerve_document_slot_drop_job (self, slot);
  g_free (slot->wanted);
  slot->wanted = g_steal_pointer (&key);
  slot->job = job;
  if (nerve_job_get_state (job) == NERVE_JOB_DONE)
    {
      slot_take (self, layer, kind);
      return NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS;
    }
  slot->handler = g_signal_connect (job, "changed", G_CALLBACK (on_job_changed), slot);

  return NERVE_CHANGE_JOBS;
}

guint
nerve_document_update_slots (NerveDocument *self)
{
  guint changes = 0;

  for (guint i = 0; i < self->state->n_columns; i++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      if (is_of_cloud (kind) && is_wanted (self, kind))
        changes |= slot_update (self, self->state->columns[i], kind);

  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      if (is_wanted (self, kind))
        changes |= slot_update (self, layer, kind);

  return changes | nerve_document_update_network (self);
}

void
nerve_document_drop_jobs (NerveDocument *self)
{
  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      nerve_document_slot_drop_job (self, &self->slots[layer][kind]);
}

void
nerve_document_clear_slots (NerveDocument *self)
{
  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      {
        gpointer *place = nerve_result_slot (&self->results[layer], kind);

        if (*place != NULL)
          nerve_result_type (kind)->unref (*place);
        g_free (self->slots[layer][kind].wanted);
        g_free (self->slots[layer][kind].shown);
      }
}

NerveJob *
nerve_document_get_job (NerveDocument *self, guint layer, NerveResultKind kind)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (layer < self->n_layers, NULL);
  return self->slots[layer][kind].job;
}

gboolean
nerve_document_is_stale (NerveDocument *self, guint layer, NerveResultKind kind)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (layer < self->n_layers, FALSE);

  return g_strcmp0 (self->slots[layer][kind].wanted, self->slots[layer][kind].shown) != 0;
}

gboolean
nerve_document_is_settled (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);

  if (self->bar_slot.job != NULL && nerve_job_get_state (self->bar_slot.job) <= NERVE_JOB_RUNNING)
    return FALSE;

  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      {
        NerveJob *job = self->slots[layer][kind].job;

        if (job != NULL && nerve_job_get_state (job) <= NERVE_JOB_RUNNING)
          return FALSE;
      }

  return TRUE;
}

void
nerve_document_retry (NerveDocument *self, guint layer, NerveResultKind kind)
{
  NerveDocumentSlot *slot;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  slot = &self->slots[layer][kind];
  if (slot->job == NULL || nerve_job_get_state (slot->job) <= NERVE_JOB_RUNNING)
    return;

  nerve_document_slot_drop_job (self, slot);
  g_clear_pointer (&slot->wanted, g_free);
  nerve_document_emit (self, slot_update (self, layer, kind));
}

void
nerve_document_cancel (NerveDocument *self, guint layer, NerveResultKind kind)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  if (kind == NERVE_RESULT_HOMOLOGY && self->bar_slot.layer == layer)
    nerve_document_emit (self, nerve_document_drop_bar (self));
  if (self->slots[layer][kind].job != NULL)
    nerve_jobs_cancel (self->jobs, self->slots[layer][kind].job);
}
