#include "config.h"

#include "app/document.h"

#include <glib/gi18n.h>

#include "app/document-private.h"
#include "app/origin.h"

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveDocument, nerve_document, G_TYPE_OBJECT)

void
nerve_document_emit (NerveDocument *self, guint changes)
{
  if (changes != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
}

/* The node that was clicked is marked only in the graph it belongs to, not in what stands in its place for now. */
static gboolean
has_selected_graph (NerveDocument *self)
{
  int layer = self->state->selected_layer;

  if (layer < 0 || self->state->selected_graph == NULL || self->results[layer].graph == NULL ||
      g_strcmp0 (self->slots[layer][NERVE_RESULT_GRAPH].shown, self->state->selected_graph) != 0)
    return FALSE;

  /* A session file may say anything. */
  return self->state->selected_node < (int) nerve_mapper_get_n_nodes (self->results[layer].graph->mapper);
}

static gboolean
has_bar (NerveDocument *self, guint layer, guint bar)
{
  const NerveHomology *homology = self->results[layer].homology;

  return homology != NULL && bar < nerve_diagram_get_n_bars (homology->diagram);
}

/* The bar whose images are on their way, or else the one whose images are selected; as with nodes, only in its own
 * diagram. */
static NerveBarMark
selected_bar (NerveDocument *self)
{
  const NerveDocumentState *state = self->state;
  const NerveDocumentSlot *awaited = &self->bar_slot;

  if (awaited->job != NULL && nerve_job_get_state (awaited->job) <= NERVE_JOB_RUNNING)
    return (NerveBarMark) { awaited->layer, awaited->kind };
  if (state->selected_layer < 0 || state->selected_bar < 0 ||
      g_strcmp0 (self->slots[state->selected_layer][NERVE_RESULT_HOMOLOGY].shown, state->selected_diagram) != 0 ||
      !has_bar (self, state->selected_layer, state->selected_bar))
    return NERVE_BAR_MARK_NONE;

  return (NerveBarMark) { state->selected_layer, state->selected_bar };
}

void
nerve_document_sync_model (NerveDocument *self)
{
  const NerveDocumentState *state = self->state;
  NerveFigureModel *model = &self->model;

  memcpy (model->columns, state->columns, sizeof model->columns);
  memcpy (model->pinned, state->pinned, sizeof model->pinned);
  model->n_columns = state->n_columns;
  model->current = state->current;
  model->color_by = state->color_by;
  model->node_size = state->node_size;
  model->layout = state->layout;
  model->edge_width = state->edge_width;
  model->units = state->units;
  memcpy (model->pair, state->pair, sizeof model->pair);
  memcpy (model->rows, state->rows, sizeof model->rows);
  model->n_rows = state->n_rows;
  model->shown = state->shown;
  model->decay = state->decay;
  model->decay.heat = self->network[NERVE_NETWORK_HEAT];
  model->decay.image = nerve_images_first (state->selection);
  model->decay.sublevel = self->network[NERVE_NETWORK_SUBLEVEL];
  /* Curves are of the half-open count only. */
  model->decay.count = state->decay.at_eta ? NERVE_BETTI_HALF_OPEN
                                           : (NerveBettiCount) state->parameters[state->current].betti.count;
  model->decay.bootstrap = state->decay.bands ? self->network[NERVE_NETWORK_RESAMPLING] : NULL;
  model->selection = state->selection;
  model->selected_layer = state->selected_layer;
  model->selected_node = has_selected_graph (self) ? state->selected_node : -1;
  model->selected_bar = selected_bar (self);
}

gboolean
nerve_document_is_on_board (NerveDocument *self, guint layer)
{
  for (guint i = 0; i < self->state->n_columns; i++)
    if (self->state->columns[i] == layer)
      return TRUE;

  return FALSE;
}

/* History */

static void
take_state (NerveDocument *self, NerveDocumentState *state, guint changes)
{
  self->state = state;
  if (changes & NERVE_CHANGE_SELECTION)
    changes |= nerve_document_drop_bar (self);
  nerve_document_sync_model (self);
  if (changes & (NERVE_CHANGE_SWEEP | NERVE_CHANGE_MATRIX | NERVE_CHANGE_BOARD))
    nerve_document_sync_network (self);
  if (changes & (NERVE_CHANGE_BOARD | NERVE_CHANGE_PARAMETERS | NERVE_CHANGE_PANES))
    changes |= nerve_document_update_slots (self) | nerve_document_check_bar (self);
  else if (changes & (NERVE_CHANGE_SELECTION | NERVE_CHANGE_MATRIX))
    changes |= nerve_document_update_network (self);
  nerve_document_emit (self, changes);
}

void
nerve_document_commit (NerveDocument *self, NerveDocumentState *after, const char *label)
{
  NerveDocumentState *before = self->state;
  guint changes = nerve_document_state_diff (before, after);

  if (changes == 0)
    {
      nerve_document_state_free (after);
      return;
    }

  nerve_history_push (self->history, before, label);
  take_state (self, after, changes);
}

const NerveDocumentState *
nerve_document_get_state (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return self->state;
}

void
nerve_document_restore (NerveDocument *self, NerveDocumentState *state)
{
  NerveDocumentState *before;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (state->n_layers == self->n_layers);

  before = self->state;
  if (nerve_history_get_undo_label (self->history) != NULL || nerve_history_get_redo_label (self->history) != NULL)
    {
      nerve_document_commit (self, state, _("Restore the Session"));
      return;
    }
  take_state (self, state, nerve_document_state_diff (before, state));
  nerve_document_state_free (before);
}

void
nerve_document_undo (NerveDocument *self)
{
  NerveDocumentState *state;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  nerve_document_emit (self, nerve_document_drop_bar (self));
  state = nerve_history_undo (self->history, self->state);
  if (state != NULL)
    take_state (self, state, nerve_document_state_diff (self->state, state));
}

void
nerve_document_redo (NerveDocument *self)
{
  NerveDocumentState *state;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  nerve_document_emit (self, nerve_document_drop_bar (self));
  state = nerve_history_redo (self->history, self->state);
  if (state != NULL)
    take_state (self, state, nerve_document_state_diff (self->state, state));
}

const char *
nerve_document_get_undo_label (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return nerve_history_get_undo_label (self->history);
}

const char *
nerve_document_get_redo_label (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return nerve_history_get_redo_label (self->history);
}

void
nerve_document_begin_drag (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  nerve_history_begin_drag (self->history);
}

void
nerve_document_end_drag (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  nerve_history_end_drag (self->history);
}

/* The object */

static void
nerve_document_dispose (GObject *object)
{
  nerve_document_clear_network (NERVE_DOCUMENT (object));
  nerve_document_drop_bar (NERVE_DOCUMENT (object));
  nerve_document_drop_jobs (NERVE_DOCUMENT (object));
  nerve_document_set_beside (NERVE_DOCUMENT (object), NULL, 0);

  G_OBJECT_CLASS (nerve_document_parent_class)->dispose (object);
}

static void
nerve_document_finalize (GObject *object)
{
  NerveDocument *self = NERVE_DOCUMENT (object);

  nerve_document_clear_slots (self);
  g_free (self->results);
  g_free (self->slots);
  g_clear_pointer (&self->state, nerve_document_state_free);
  nerve_history_free (self->history);
  g_clear_pointer (&self->others, g_ptr_array_unref);
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
  self->history = nerve_history_new ();
}

NerveDocument *
nerve_document_new (NerveDataset *dataset, NerveJobs *jobs)
{
  return nerve_document_new_sampled (dataset, jobs, NERVE_SAMPLING_POOL_MEAN);
}

NerveDocument *
nerve_document_new_sampled (NerveDataset *dataset, NerveJobs *jobs, NerveSampling sampling)
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
  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint kind = 0; kind < NERVE_N_RESULTS; kind++)
      self->slots[layer][kind] = (NerveDocumentSlot) { .document = self, .layer = layer, .kind = kind };
  self->state = nerve_document_state_new (dataset);
  self->sampling = sampling;
  for (guint layer = 0; layer < self->n_layers; layer++)
    {
      nerve_layer_parameters_clear (&self->state->parameters[layer]);
      nerve_document_init_parameters (self, &self->state->parameters[layer], layer);
    }
  for (guint kind = 0; kind < NERVE_N_NETWORK_RESULTS; kind++)
    self->network_slots[kind] = (NerveDocumentSlot) { .document = self, .kind = kind };
  self->bar_slot = (NerveDocumentSlot) { .document = self };
  nerve_figure_model_init (&self->model, dataset, self->palette, self->results);
  nerve_document_sync_model (self);
  nerve_document_update_slots (self);

  return self;
}

NerveDataset *
nerve_document_get_dataset (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return self->dataset;
}

void
nerve_document_set_grey (NerveDocument *self, gboolean grey)
{
  g_autoptr (NervePalette) before = NULL;
  g_autoptr (NervePalette) colored = NULL;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  if (self->grey == grey)
    return;

  self->grey = grey;
  before = self->palette;
  colored = nerve_palette_new (self->dataset);
  self->palette = grey ? nerve_palette_new_grey_of (colored) : g_steal_pointer (&colored);
  self->model.palette = self->palette;
  nerve_document_emit (self, NERVE_CHANGE_COLORS | NERVE_CHANGE_SELECTION);
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
  if (!nerve_document_is_on_board (self, layer) && after->n_columns > 0)
    {
      /* The rightmost one that isn't pinned; all pinned: the last. */
      for (column = after->n_columns; column > 0 && after->pinned[column - 1]; column--)
        ;
      column = column > 0 ? column - 1 : after->n_columns - 1;
      after->columns[column] = layer;
      after->pinned[column] = FALSE;
    }
  nerve_document_commit (self, after, _("Go to Layer"));
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
nerve_document_show_layers (NerveDocument *self, const guint *layers, guint n)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (n > 0);

  for (guint i = 0; i < n; i++)
    g_return_if_fail (layers[i] < self->n_layers);

  after = nerve_document_state_copy (self->state);
  nerve_document_state_show_layers (after, layers, n);
  nerve_document_commit (self, after, _("Show Layers"));
}

void
nerve_document_toggle_pin (NerveDocument *self, guint column)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (column < self->state->n_columns);

  after = nerve_document_state_copy (self->state);
  after->pinned[column] = !after->pinned[column];
  nerve_document_commit (self, after, after->pinned[column] ? _("Pin Layer") : _("Unpin Layer"));
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
  /* A class stays the same one, whatever else colours stand for. */
  if ((color_by == NERVE_COLOR_BY_SUPERCLASS) != (self->state->color_by == NERVE_COLOR_BY_SUPERCLASS))
    g_clear_pointer (&after->shown, nerve_bitset_free);
  nerve_document_commit (self, after, _("Change Colours"));
}

void
nerve_document_set_node_size (NerveDocument *self, NerveNodeSize node_size)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (node_size < NERVE_N_NODE_SIZES);

  after = nerve_document_state_copy (self->state);
  after->node_size = node_size;
  nerve_document_commit (self, after, _("Change Sizes of Nodes"));
}

void
nerve_document_set_edge_width (NerveDocument *self, NerveEdgeWidth edge_width)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (edge_width < NERVE_N_EDGE_WIDTHS);

  after = nerve_document_state_copy (self->state);
  after->edge_width = edge_width;
  nerve_document_commit (self, after, _("Change Widths of Edges"));
}

void
nerve_document_set_layout (NerveDocument *self, NerveLayoutKind layout)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layout < NERVE_N_LAYOUTS);

  after = nerve_document_state_copy (self->state);
  after->layout = layout;
  nerve_document_commit (self, after, _("Change Layout of Graphs"));
}

void
nerve_document_set_shown (NerveDocument *self, NerveColorBy color_by, const NerveBitset *shown)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  after = nerve_document_state_copy (self->state);
  after->color_by = color_by;
  g_clear_pointer (&after->shown, nerve_bitset_free);
  if (shown != NULL && nerve_bitset_count (shown) < nerve_bitset_length (shown))
    after->shown = nerve_bitset_copy (shown);
  nerve_document_commit (self, after, after->shown != NULL ? _("Hide Colours") : _("Show All Colours"));
}

void
nerve_document_set_units (NerveDocument *self, NerveUnits units)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  after = nerve_document_state_copy (self->state);
  after->units = units;
  nerve_document_commit (self, after, _("Change Units"));
}

void
nerve_document_set_pair (NerveDocument *self, guint a, guint b)
{
  guint n = nerve_dataset_get_n_classes (self->dataset);
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (a < n && b < n && a != b);

  after = nerve_document_state_copy (self->state);
  if (after->pair[0] == (int) a && after->pair[1] == (int) b)
    {
      after->pair[0] = after->pair[1] = -1;
    }
  else
    {
      after->pair[0] = a;
      after->pair[1] = b;
    }
  nerve_document_commit (self, after, _("Choose Classes"));
}

void
nerve_document_set_hover (NerveDocument *self, int layer, int node)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  if (self->model.hover_layer == layer && self->model.hover_node == node)
    return;

  self->model.hover_layer = layer;
  self->model.hover_node = node;
  nerve_document_emit (self, NERVE_CHANGE_HOVER);
}
