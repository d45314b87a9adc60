#include "config.h"

#include "app/document.h"

#include <glib/gi18n.h>

#include "app/document-state.h"

#define HISTORY_LIMIT 200

/* Where one result of one layer stands. */
typedef struct
{
  NerveJob *job;    /* works on the result wanted, or failed to; NULL once it is there */
  gulong    handler;
  char     *wanted; /* key of what the parameters ask for */
  char     *shown;  /* key of what the model holds */
} Slot;

typedef struct
{
  char               *label;
  NerveDocumentState *state; /* before the command, or, in redo, after it */
} Step;

struct _NerveDocument
{
  GObject             parent_instance;
  NerveDataset       *dataset;
  NervePalette       *palette;
  NerveJobs          *jobs;
  NerveLayerResults  *results;
  Slot              (*slots)[NERVE_N_RESULTS];
  guint               n_layers;
  NerveDocumentState *state;
  NerveFigureModel    model;
  GPtrArray          *undo;
  GPtrArray          *redo;
  gboolean            dragging;
  gboolean            drag_saved;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveDocument, nerve_document, G_TYPE_OBJECT)

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->label);
  nerve_document_state_free (step->state);
  g_free (step);
}

static void
emit (NerveDocument *self, guint changes)
{
  if (changes != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
}

/* The state as figures see it. */
static void
sync_model (NerveDocument *self)
{
  const NerveDocumentState *state = self->state;
  NerveFigureModel *model = &self->model;

  memcpy (model->columns, state->columns, sizeof model->columns);
  memcpy (model->pinned, state->pinned, sizeof model->pinned);
  model->n_columns = state->n_columns;
  model->current = state->current;
  model->color_by = state->color_by;
  model->units = state->units;
  model->solo = state->solo;
  model->selection = state->selection;
  model->selected_layer = state->selected_layer;
  model->selected_node = state->selected_node;
}

/* Results */

static void
slot_drop_job (NerveDocument *self, Slot *slot)
{
  if (slot->job == NULL)
    return;

  g_clear_signal_handler (&slot->handler, slot->job);
  nerve_jobs_release (self->jobs, g_steal_pointer (&slot->job));
}

/* The node that is marked belongs to a graph that is gone. The images stay selected. */
static void
forget_nodes (NerveDocument *self, guint layer)
{
  if (self->state->selected_layer == (int) layer)
    self->state->selected_node = -1;
  if (self->model.hover_layer == (int) layer)
    self->model.hover_layer = self->model.hover_node = -1;
  sync_model (self);
}

static void
slot_take (NerveDocument *self, guint layer, NerveResultKind kind)
{
  const NerveResultType *type = nerve_result_type (kind);
  gpointer *place = nerve_result_slot (&self->results[layer], kind);
  Slot *slot = &self->slots[layer][kind];

  if (kind == NERVE_RESULT_GRAPH && slot->shown != NULL)
    forget_nodes (self, layer);
  if (*place != NULL)
    type->unref (*place);
  *place = type->ref (nerve_job_get_result (slot->job));
  g_free (slot->shown);
  slot->shown = g_strdup (slot->wanted);
  slot_drop_job (self, slot);
}

static void
on_job_changed (NerveJob *job, gpointer user_data)
{
  NerveDocument *self = user_data;
  guint layer = nerve_job_get_layer (job);
  NerveResultKind kind = nerve_job_get_kind (job);

  /* Only the job asked for last is connected here: an older result has no way in. */
  g_assert (self->slots[layer][kind].job == job);

  if (nerve_job_get_state (job) == NERVE_JOB_DONE)
    {
      slot_take (self, layer, kind);
      emit (self, NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS);
    }
  else
    {
      emit (self, NERVE_CHANGE_JOBS);
    }
}

static gboolean
is_on_board (NerveDocument *self, guint layer)
{
  for (guint i = 0; i < self->state->n_columns; i++)
    if (self->state->columns[i] == layer)
      return TRUE;

  return FALSE;
}

static NerveJobPriority
priority_of (NerveDocument *self, guint layer, NerveResultKind kind)
{
  if (is_on_board (self, layer) && kind != NERVE_RESULT_BETTI)
    return NERVE_JOB_INTERACTIVE;

  return kind == NERVE_RESULT_HOMOLOGY ? NERVE_JOB_LOOK_AHEAD : NERVE_JOB_BACKGROUND;
}

/* Asks for what the parameters in force say, unless it is there or on its way. */
static guint
slot_update (NerveDocument *self, guint layer, NerveResultKind kind)
{
  Slot *slot = &self->slots[layer][kind];
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

  job = nerve_jobs_request (self->jobs, kind, self->dataset, layer, parameters, priority);
  slot_drop_job (self, slot);
  g_free (slot->wanted);
  slot->wanted = g_steal_pointer (&key);
  slot->job = job;
  if (nerve_job_get_state (job) == NERVE_JOB_DONE)
    {
      slot_take (self, layer, kind);
      return NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS;
    }
  slot->handler = g_signal_connect (job, "changed", G_CALLBACK (on_job_changed), self);

  return NERVE_CHANGE_JOBS;
}

static guint
update_slots (NerveDocument *self)
{
  guint changes = 0;

  for (guint i = 0; i < self->state->n_columns; i++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      if (kind != NERVE_RESULT_BETTI)
        changes |= slot_update (self, self->state->columns[i], kind);

  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      changes |= slot_update (self, layer, kind);

  return changes;
}

/* History */

/* Takes @after; what it changes is one step called @label. */
static void
commit (NerveDocument *self, NerveDocumentState *after, const char *label)
{
  NerveDocumentState *before = self->state;
  guint changes = nerve_document_state_diff (before, after);

  if (changes == 0)
    {
      nerve_document_state_free (after);
      return;
    }

  self->state = after;
  if (self->dragging && self->drag_saved)
    {
      nerve_document_state_free (before);
    }
  else
    {
      Step *step = g_new0 (Step, 1);

      step->label = g_strdup (label);
      step->state = before;
      g_ptr_array_add (self->undo, step);
      if (self->undo->len > HISTORY_LIMIT)
        g_ptr_array_remove_index (self->undo, 0);
      self->drag_saved = self->dragging;
    }
  g_ptr_array_set_size (self->redo, 0);

  sync_model (self);
  if (changes & (NERVE_CHANGE_BOARD | NERVE_CHANGE_PARAMETERS))
    changes |= update_slots (self);
  emit (self, changes);
}

static void
step_back (NerveDocument *self, GPtrArray *from, GPtrArray *to)
{
  Step *step;
  NerveDocumentState *now;
  guint changes;

  if (from->len == 0)
    return;

  step = g_ptr_array_steal_index (from, from->len - 1);
  now = self->state;
  changes = nerve_document_state_diff (now, step->state);
  self->state = step->state;
  step->state = now;
  g_ptr_array_add (to, step);

  sync_model (self);
  if (changes & (NERVE_CHANGE_BOARD | NERVE_CHANGE_PARAMETERS))
    changes |= update_slots (self);
  emit (self, changes);
}

void
nerve_document_undo (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  step_back (self, self->undo, self->redo);
}

void
nerve_document_redo (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  step_back (self, self->redo, self->undo);
}

static const char *
last_label (GPtrArray *steps)
{
  return steps->len == 0 ? NULL : ((Step *) steps->pdata[steps->len - 1])->label;
}

const char *
nerve_document_get_undo_label (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return last_label (self->undo);
}

const char *
nerve_document_get_redo_label (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return last_label (self->redo);
}

void
nerve_document_begin_drag (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  self->dragging = TRUE;
  self->drag_saved = FALSE;
}

void
nerve_document_end_drag (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  self->dragging = self->drag_saved = FALSE;
}

/* The object */

static void
nerve_document_dispose (GObject *object)
{
  NerveDocument *self = NERVE_DOCUMENT (object);

  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      slot_drop_job (self, &self->slots[layer][kind]);

  G_OBJECT_CLASS (nerve_document_parent_class)->dispose (object);
}

static void
nerve_document_finalize (GObject *object)
{
  NerveDocument *self = NERVE_DOCUMENT (object);

  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      {
        gpointer *place = nerve_result_slot (&self->results[layer], kind);

        if (*place != NULL)
          nerve_result_type (kind)->unref (*place);
        g_free (self->slots[layer][kind].wanted);
        g_free (self->slots[layer][kind].shown);
      }
  g_free (self->results);
  g_free (self->slots);
  g_clear_pointer (&self->state, nerve_document_state_free);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_clear_pointer (&self->palette, nerve_palette_unref);
  g_clear_pointer (&self->dataset, nerve_dataset_unref);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (nerve_document_parent_class)->finalize (object);
}

static void
nerve_document_class_init (NerveDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nerve_document_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_document_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nerve_document_init (NerveDocument *self)
{
  self->undo = g_ptr_array_new_with_free_func (step_free);
  self->redo = g_ptr_array_new_with_free_func (step_free);
}

NerveDocument *
nerve_document_new (NerveDataset *dataset, NerveJobs *jobs)
{
  NerveDocument *self;

  g_return_val_if_fail (dataset != NULL, NULL);
  g_return_val_if_fail (NERVE_IS_JOBS (jobs), NULL);

  self = g_object_new (NERVE_TYPE_DOCUMENT, NULL);
  self->dataset = nerve_dataset_ref (dataset);
  self->jobs = g_object_ref (jobs);
  self->palette = nerve_palette_new (dataset);
  self->n_layers = nerve_dataset_get_n_layers (dataset);
  self->results = g_new0 (NerveLayerResults, self->n_layers);
  self->slots = g_malloc0_n (self->n_layers, sizeof *self->slots);
  self->state = nerve_document_state_new (dataset);
  nerve_figure_model_init (&self->model, dataset, self->palette, self->results);
  sync_model (self);
  update_slots (self);

  return self;
}

NerveDataset *
nerve_document_get_dataset (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return self->dataset;
}

NervePalette *
nerve_document_get_palette (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return self->palette;
}

const NerveFigureModel *
nerve_document_get_model (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return &self->model;
}

const NerveLayerParameters *
nerve_document_get_parameters (NerveDocument *self, guint layer)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (layer < self->n_layers, NULL);
  return &self->state->parameters[layer];
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
  Slot *slot;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  slot = &self->slots[layer][kind];
  if (slot->job == NULL || nerve_job_get_state (slot->job) <= NERVE_JOB_RUNNING)
    return;

  slot_drop_job (self, slot);
  g_clear_pointer (&slot->wanted, g_free);
  emit (self, slot_update (self, layer, kind));
}

void
nerve_document_cancel (NerveDocument *self, guint layer, NerveResultKind kind)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  if (self->slots[layer][kind].job != NULL)
    nerve_jobs_cancel (self->jobs, self->slots[layer][kind].job);
}

/* Commands */

void
nerve_document_walk_to (NerveDocument *self, guint layer)
{
  NerveDocumentState *after;
  guint column;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  after = nerve_document_state_copy (self->state);
  after->current = layer;
  if (!is_on_board (self, layer) && after->n_columns > 0)
    {
      /* The rightmost one that isn't pinned; all pinned: the last. */
      for (column = after->n_columns; column > 0 && after->pinned[column - 1]; column--)
        ;
      column = column > 0 ? column - 1 : after->n_columns - 1;
      after->columns[column] = layer;
      after->pinned[column] = FALSE;
    }
  commit (self, after, _("Go to Layer"));
}

void
nerve_document_walk_by (NerveDocument *self, int step)
{
  gint64 layer;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  layer = (gint64) self->state->current + step;
  if (layer >= 0 && layer < self->n_layers)
    nerve_document_walk_to (self, layer);
}

void
nerve_document_toggle_pin (NerveDocument *self, guint column)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (column < self->state->n_columns);

  after = nerve_document_state_copy (self->state);
  after->pinned[column] = !after->pinned[column];
  commit (self, after, after->pinned[column] ? _("Pin Layer") : _("Unpin Layer"));
}

void
nerve_document_set_color_by (NerveDocument *self, NerveColorBy color_by)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  if (color_by == self->state->color_by)
    return;

  after = nerve_document_state_copy (self->state);
  after->color_by = color_by;
  after->solo = -1;
  commit (self, after, _("Change Colours"));
}

void
nerve_document_set_solo (NerveDocument *self, int solo)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  after = nerve_document_state_copy (self->state);
  after->solo = solo;
  commit (self, after, solo >= 0 ? _("Solo Class") : _("Show All Classes"));
}

void
nerve_document_set_units (NerveDocument *self, NerveUnits units)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  after = nerve_document_state_copy (self->state);
  after->units = units;
  commit (self, after, _("Change Units"));
}

static void
select_images (NerveDocument *self, const NerveBitset *images, NerveSelectMode mode, int layer, int node,
               const char *name)
{
  NerveDocumentState *after = nerve_document_state_copy (self->state);
  gsize n = nerve_bitset_length (after->selection);

  if (mode == NERVE_SELECT_REPLACE)
    nerve_bitset_clear_all (after->selection);
  if (mode == NERVE_SELECT_TOGGLE)
    {
      gboolean all = TRUE;

      for (gsize i = 0; i < n && all; i++)
        all = !nerve_bitset_get (images, i) || nerve_bitset_get (after->selection, i);
      for (gsize i = 0; i < n; i++)
        if (nerve_bitset_get (images, i))
          nerve_bitset_set (after->selection, i, !all);
    }
  else
    {
      nerve_bitset_union (after->selection, images);
    }

  after->selected_layer = layer;
  after->selected_node = node;
  g_free (after->selection_name);
  after->selection_name = mode == NERVE_SELECT_REPLACE ? g_strdup (name) : NULL;
  if (nerve_bitset_is_empty (after->selection))
    after->selected_layer = after->selected_node = -1;
  commit (self, after, _("Change Selection"));
}

static char *
name_nodes (NerveDocument *self, guint layer, const guint *nodes, guint n)
{
  const char *name = nerve_dataset_get_layer (self->dataset, layer)->name;

  if (n == 1)
    /* Translators: a node's number and the layer's name */
    return g_strdup_printf (_("node %u of %s"), nodes[0], name);

  return g_strdup_printf (ngettext ("%u node of %s", "%u nodes of %s", n), n, name);
}

void
nerve_document_select_nodes (NerveDocument *self, guint layer, const guint *nodes, guint n, NerveSelectMode mode)
{
  g_autoptr (NerveBitset) images = NULL;
  g_autofree char *name = NULL;
  const NerveGraph *graph;
  const guint32 *image_of;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  graph = self->results[layer].graph;
  if (graph == NULL)
    return;

  images = nerve_bitset_new (nerve_dataset_get_n (self->dataset));
  image_of = nerve_cloud_get_images (nerve_mapper_get_cloud (graph->mapper));
  for (guint i = 0; i < n; i++)
    {
      const NerveNode *node = nerve_mapper_get_node (graph->mapper, nodes[i]);

      for (gsize j = 0; j < node->n_members; j++)
        nerve_bitset_set (images, image_of[node->members[j]], TRUE);
    }
  name = name_nodes (self, layer, nodes, n);
  select_images (self, images, mode, layer, n == 1 ? (int) nodes[0] : -1, name);
}

void
nerve_document_select_class (NerveDocument *self, guint label, gboolean group, NerveSelectMode mode)
{
  g_autoptr (NerveBitset) images = NULL;
  const int *labels;
  gsize n;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  labels = nerve_dataset_get_labels (self->dataset);
  if (labels == NULL)
    return;

  n = nerve_dataset_get_n (self->dataset);
  images = nerve_bitset_new (n);
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      nerve_bitset_set (images, i, (group ? nerve_dataset_get_group (self->dataset, 1, labels[i])
                                          : (guint) labels[i]) == label);
  select_images (self, images, mode, -1, -1,
                 group ? nerve_dataset_get_group_name (self->dataset, 1, label)
                       : nerve_dataset_get_class_name (self->dataset, label));
}

void
nerve_document_select_none (NerveDocument *self)
{
  g_autoptr (NerveBitset) none = NULL;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  none = nerve_bitset_new (nerve_dataset_get_n (self->dataset));
  select_images (self, none, NERVE_SELECT_REPLACE, -1, -1, NULL);
}

gboolean
nerve_document_set_parameter (NerveDocument *self, guint layer, gboolean all_layers, const char *group,
                              const char *name, const char *text, GError **error)
{
  g_autoptr (NerveDocumentState) after = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (layer < self->n_layers, FALSE);

  after = nerve_document_state_copy (self->state);
  for (guint i = all_layers ? 0 : layer; i < (all_layers ? self->n_layers : layer + 1); i++)
    if (!nerve_layer_parameters_set (&after->parameters[i], group, name, text, error))
      return FALSE;

  /* Translators: a parameter's name */
  label = g_strdup_printf (_("Change %s"),
                           _(nerve_parameters_find (nerve_parameter_group_find (group)->table, name)->label));
  commit (self, g_steal_pointer (&after), label);

  return TRUE;
}

void
nerve_document_reset_parameters (NerveDocument *self, guint layer, gboolean all_layers)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  after = nerve_document_state_copy (self->state);
  for (guint i = all_layers ? 0 : layer; i < (all_layers ? self->n_layers : layer + 1); i++)
    {
      nerve_layer_parameters_clear (&after->parameters[i]);
      nerve_layer_parameters_init_window (&after->parameters[i], nerve_dataset_get_layer (self->dataset, i));
    }
  commit (self, after, _("Reset Parameters"));
}

void
nerve_document_set_hover (NerveDocument *self, int layer, int node)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  if (self->model.hover_layer == layer && self->model.hover_node == node)
    return;

  self->model.hover_layer = layer;
  self->model.hover_node = node;
  emit (self, NERVE_CHANGE_HOVER);
}

char *
nerve_document_describe_selection (NerveDocument *self)
{
  g_autofree char *count = NULL;
  gsize n;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);

  n = nerve_bitset_count (self->state->selection);
  if (n == 0)
    return NULL;

  count = g_strdup_printf (ngettext ("%zu image", "%zu images", n), n);
  if (self->state->selection_name == NULL)
    return g_steal_pointer (&count);

  return g_strdup_printf ("%s · %s", self->state->selection_name, count);
}
