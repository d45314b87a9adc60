#include "config.h"

#include "app/document-private.h"
#include "app/twin-flow.h"
#include "figures/noise.h"
#include "figures/sweep.h"

/* What is there is not what was asked for, and that will not come. */
static gboolean
has_failed (NerveDocument *self, NerveNetworkKind kind)
{
  NerveJob *job = self->network_slots[kind].job;

  return (self->wants_network & (1 << kind)) == 0 || (job != NULL && nerve_job_get_state (job) == NERVE_JOB_FAILED);
}

/* Unless the board has other columns by now, or another layer is walked to. */
static NerveFlow *
get_flow (NerveDocument *self)
{
  NerveFlow *flow = self->network[NERVE_NETWORK_FLOW];
  const NerveMatrixView *view = &self->state->matrix;

  if (flow != NULL && flow->twin != NULL)
    return view->rival != NULL && !has_failed (self, NERVE_NETWORK_FLOW) &&
           flow->twin->layer == nerve_twin_flow_layer (view, self->state->current) ? flow : NULL;

  return flow != NULL && nerve_flow_is_of (flow, self->state->columns, self->state->n_columns) ? flow : NULL;
}

/* Figures see all of them together. */
static void
show (NerveDocument *self)
{
  NerveFlow *flow = get_flow (self);
  NerveNetworkResults *results = nerve_network_results_new (self->n_layers, flow != NULL ? flow->n_columns : 0);
  NerveHierarchy *hierarchy = self->network[NERVE_NETWORK_HIERARCHY];
  NerveSweep *sweep = self->network[self->state->sweep_by_eps ? NERVE_NETWORK_SWEEP_EPS : NERVE_NETWORK_SWEEP_OVERLAP];
  NerveNoise *noise = self->network[NERVE_NETWORK_NOISE];

  if (self->network[NERVE_NETWORK_MATRIX] != NULL)
    results->matrix = nerve_layer_matrix_ref (self->network[NERVE_NETWORK_MATRIX]);
  if (self->network[NERVE_NETWORK_MAP] != NULL && !has_failed (self, NERVE_NETWORK_MAP))
    results->map = nerve_layer_matrix_ref (self->network[NERVE_NETWORK_MAP]);
  if (flow != NULL && flow->twin != NULL)
    results->twin = nerve_twin_ref (flow->twin);
  for (guint i = 0; i < results->n_couplings; i++)
    if (flow->couplings[i] != NULL)
      results->couplings[i] = nerve_coupling_ref (flow->couplings[i]);
  results->by_dendrogram = self->state->matrix.by_dendrogram;
  results->cell[0] = self->state->matrix.cell[0];
  results->cell[1] = self->state->matrix.cell[1];
  if (self->network[NERVE_NETWORK_PARTING] != NULL)
    results->parting = nerve_parting_ref (self->network[NERVE_NETWORK_PARTING]);
  if (self->network[NERVE_NETWORK_SENSITIVITY] != NULL && !has_failed (self, NERVE_NETWORK_SENSITIVITY))
    results->sensitivities[self->tested_layer] = nerve_sensitivity_ref (self->network[NERVE_NETWORK_SENSITIVITY]);
  if (self->network[NERVE_NETWORK_SPECIFICITY] != NULL && !has_failed (self, NERVE_NETWORK_SPECIFICITY))
    results->specificity = nerve_specificity_ref (self->network[NERVE_NETWORK_SPECIFICITY]);
  if (hierarchy != NULL)
    results->hierarchies[self->network_layer] = nerve_hierarchy_ref (hierarchy);
  if (noise != NULL && !has_failed (self, NERVE_NETWORK_NOISE))
    results->noises[noise->layers[NERVE_NOISE_CLEAN]] = nerve_noise_ref (noise);
  if (sweep != NULL)
    results->sweeps[sweep->layer] = nerve_sweep_ref (sweep);
  g_clear_pointer (&self->model.network, nerve_network_results_unref);
  self->model.network = results;
}

static void
take (NerveDocument *self, NerveNetworkKind kind)
{
  const NerveResultType *type = &nerve_network_type (kind)->type;
  NerveDocumentSlot *slot = &self->network_slots[kind];

  if (self->network[kind] != NULL)
    type->unref (self->network[kind]);
  self->network[kind] = type->ref (nerve_job_get_result (slot->job));
  if (kind == NERVE_NETWORK_HIERARCHY)
    self->network_layer = slot->layer;
  if (kind == NERVE_NETWORK_SENSITIVITY)
    self->tested_layer = slot->layer;
  g_free (slot->shown);
  slot->shown = g_strdup (slot->wanted);
  nerve_document_slot_drop_job (self, slot);
  show (self);
  nerve_document_sync_model (self);
}

static void
on_job_changed (NerveJob *job, gpointer user_data)
{
  NerveDocumentSlot *slot = user_data;
  guint changes = NERVE_CHANGE_JOBS;

  g_assert (slot->job == job);

  if (nerve_job_get_state (job) == NERVE_JOB_DONE)
    {
      take (slot->document, slot->kind);
      changes |= NERVE_CHANGE_RESULTS;
    }
  else if (nerve_job_get_state (job) == NERVE_JOB_FAILED)
    {
      show (slot->document);
      nerve_document_sync_model (slot->document);
      changes |= NERVE_CHANGE_RESULTS;
    }
  nerve_document_emit (slot->document, changes);
}

static gboolean
is_on_its_way (NerveDocument *self, guint layer, guint kind)
{
  NerveJob *job = self->slots[layer][kind].job;

  return job != NULL && nerve_job_get_state (job) <= NERVE_JOB_RUNNING;
}

/* All that @kind needs is there, or will not come. */
static gboolean
has_needs (NerveDocument *self, NerveNetworkKind kind, const NerveNetworkInput *input)
{
  guint needs = nerve_network_type (kind)->needs;

  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint of_layer = 0; of_layer < NERVE_N_RESULTS; of_layer++)
      if ((needs & (1 << of_layer)) && nerve_network_reads (kind, input, layer) &&
          is_on_its_way (self, layer, of_layer))
        return FALSE;

  return TRUE;
}

/* Without the results of older parameters. */
static NerveNetworkInput *
make_input (NerveDocument *self)
{
  g_autofree NerveLayerResults *results = g_memdup2 (self->results, self->n_layers * sizeof *results);
  NerveNetworkInput *input;

  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      if (nerve_document_is_stale (self, layer, kind))
        *nerve_result_slot (&results[layer], kind) = NULL;

  input = nerve_network_input_new (self->dataset, self->state->current, self->model.decay.image,
                                   self->state->parameters, results);
  input->matrix = nerve_matrix_input_new (&self->state->matrix, self->state->selection, self->others);

  input->n_columns = self->state->n_columns;
  memcpy (input->columns, self->state->columns, input->n_columns * sizeof *input->columns);

  return input;
}

static guint
update (NerveDocument *self, NerveNetworkKind kind)
{
  NerveDocumentSlot *slot = &self->network_slots[kind];
  g_autoptr (NerveNetworkInput) input = make_input (self);
  g_autofree char *key = NULL;
  NerveJob *job;

  if (!has_needs (self, kind, input))
    {
      nerve_document_slot_drop_job (self, slot);
      g_clear_pointer (&slot->wanted, g_free);
      return NERVE_CHANGE_JOBS;
    }

  key = nerve_network_key (kind, input);
  if (g_strcmp0 (slot->wanted, key) == 0)
    return 0;

  job = nerve_jobs_request_network (self->jobs, kind, input, NERVE_JOB_INTERACTIVE);
  nerve_document_slot_drop_job (self, slot);
  g_free (slot->wanted);
  slot->wanted = g_steal_pointer (&key);
  slot->layer = self->state->current;
  slot->job = job;
  if (nerve_job_get_state (job) == NERVE_JOB_DONE)
    {
      take (self, kind);
      return NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS;
    }
  slot->handler = g_signal_connect (job, "changed", G_CALLBACK (on_job_changed), slot);

  return NERVE_CHANGE_JOBS;
}

void
nerve_document_sync_network (NerveDocument *self)
{
  show (self);
}

guint
nerve_document_update_network (NerveDocument *self)
{
  guint changes = 0;

  for (guint kind = 0; kind < NERVE_N_NETWORK_RESULTS; kind++)
    if (self->wants_network & (1 << kind))
      changes |= update (self, kind);

  return changes;
}

void
nerve_document_clear_network (NerveDocument *self)
{
  for (guint kind = 0; kind < NERVE_N_NETWORK_RESULTS; kind++)
    {
      NerveDocumentSlot *slot = &self->network_slots[kind];

      nerve_document_slot_drop_job (self, slot);
      g_clear_pointer (&self->network[kind], nerve_network_type (kind)->type.unref);
      g_clear_pointer (&slot->wanted, g_free);
      g_clear_pointer (&slot->shown, g_free);
    }
  g_clear_pointer (&self->model.network, nerve_network_results_unref);
}

void
nerve_document_want_network (NerveDocument *self, NerveNetworkKind kind, gboolean wanted)
{
  NerveDocumentSlot *slot;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (kind < NERVE_N_NETWORK_RESULTS);

  slot = &self->network_slots[kind];
  if (wanted)
    {
      self->wants_network |= 1 << kind;
      nerve_document_emit (self, update (self, kind));
      return;
    }
  self->wants_network &= ~(1 << kind);
  if (slot->job != NULL)
    {
      nerve_document_slot_drop_job (self, slot);
      g_clear_pointer (&slot->wanted, g_free);
    }
}

gpointer
nerve_document_get_network (NerveDocument *self, NerveNetworkKind kind)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (kind < NERVE_N_NETWORK_RESULTS, NULL);
  return self->network[kind];
}

NerveJob *
nerve_document_get_network_job (NerveDocument *self, NerveNetworkKind kind)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (kind < NERVE_N_NETWORK_RESULTS, NULL);
  return self->network_slots[kind].job;
}

gboolean
nerve_document_is_network_stale (NerveDocument *self, NerveNetworkKind kind)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (kind < NERVE_N_NETWORK_RESULTS, FALSE);
  return g_strcmp0 (self->network_slots[kind].wanted, self->network_slots[kind].shown) != 0;
}
