#include "config.h"

#include "app/document-state.h"

#include <math.h>

NerveDocumentState *
nerve_document_state_new (NerveDataset *dataset)
{
  NerveDocumentState *self = g_new0 (NerveDocumentState, 1);

  self->n_layers = nerve_dataset_get_n_layers (dataset);
  self->parameters = g_new0 (NerveLayerParameters, self->n_layers);
  for (guint i = 0; i < self->n_layers; i++)
    nerve_layer_parameters_init_window (&self->parameters[i], nerve_dataset_get_layer (dataset, i));

  self->n_columns = nerve_figure_model_opening_columns (dataset, self->columns);
  for (guint i = 0; i < self->n_columns; i++)
    self->pinned[i] = TRUE;
  self->current = self->n_columns > 0 ? self->columns[self->n_columns - 1] : 0;

  self->color_by = NERVE_COLOR_BY_CLASS;
  nerve_matrix_view_init (&self->matrix);
  self->units = NERVE_UNITS_MEDIAN;
  self->decay.bands = TRUE;
  self->accuracy = NAN;
  self->solo = -1;
  self->pair[0] = self->pair[1] = -1;
  self->selection = nerve_bitset_new (nerve_dataset_get_n (dataset));
  self->selected_layer = -1;
  self->selected_node = -1;
  self->selected_bar = -1;

  return self;
}

NerveDocumentState *
nerve_document_state_copy (const NerveDocumentState *self)
{
  NerveDocumentState *copy = g_memdup2 (self, sizeof *self);

  copy->parameters = g_new0 (NerveLayerParameters, self->n_layers);
  for (guint i = 0; i < self->n_layers; i++)
    {
      nerve_layer_parameters_init (&copy->parameters[i]);
      nerve_layer_parameters_copy (&copy->parameters[i], &self->parameters[i]);
    }
  nerve_matrix_view_copy (&copy->matrix, &self->matrix);
  copy->selection = nerve_bitset_copy (self->selection);
  copy->selection_name = g_strdup (self->selection_name);
  copy->selected_graph = g_strdup (self->selected_graph);
  copy->selected_diagram = g_strdup (self->selected_diagram);

  return copy;
}

void
nerve_document_state_free (NerveDocumentState *self)
{
  for (guint i = 0; i < self->n_layers; i++)
    nerve_layer_parameters_clear (&self->parameters[i]);
  g_free (self->parameters);
  nerve_matrix_view_clear (&self->matrix);
  nerve_bitset_free (self->selection);
  g_free (self->selection_name);
  g_free (self->selected_graph);
  g_free (self->selected_diagram);
  g_free (self);
}

void
nerve_document_state_show_layers (NerveDocumentState *self, const guint *layers, guint n)
{
  for (guint i = 0, column = 0; i < n && column < self->n_columns; i++)
    {
      if (i > 0 && layers[i] == layers[i - 1])
        continue;
      /* What stood in this column goes where this layer was. */
      for (guint other = column; other < self->n_columns; other++)
        if (self->columns[other] == layers[i])
          self->columns[other] = self->columns[column];
      self->columns[column] = layers[i];
      self->pinned[column++] = TRUE;
    }
  self->current = layers[n - 1];
}

static gboolean
same_board (const NerveDocumentState *a, const NerveDocumentState *b)
{
  if (a->n_columns != b->n_columns || a->current != b->current)
    return FALSE;

  for (guint i = 0; i < a->n_columns; i++)
    if (a->columns[i] != b->columns[i] || a->pinned[i] != b->pinned[i])
      return FALSE;

  return TRUE;
}

static gboolean
same_decay (const NerveDecayView *a, const NerveDecayView *b)
{
  return a->linear == b->linear && a->by == b->by && a->bands == b->bands && a->at_eta == b->at_eta && a->eta == b->eta;
}

static gboolean
same_parameters (const NerveDocumentState *a, const NerveDocumentState *b)
{
  for (guint i = 0; i < a->n_layers; i++)
    if (!nerve_layer_parameters_equal (&a->parameters[i], &b->parameters[i]))
      return FALSE;

  return TRUE;
}

guint
nerve_document_state_diff (const NerveDocumentState *a, const NerveDocumentState *b)
{
  guint changes = 0;

  if (!same_board (a, b))
    changes |= NERVE_CHANGE_BOARD;
  if (!same_parameters (a, b))
    changes |= NERVE_CHANGE_PARAMETERS;
  if (a->color_by != b->color_by || a->solo != b->solo || a->node_size != b->node_size ||
      a->edge_width != b->edge_width)
    changes |= NERVE_CHANGE_COLORS;
  if (a->sweep_by_eps != b->sweep_by_eps)
    changes |= NERVE_CHANGE_SWEEP;
  if (a->pair[0] != b->pair[0] || a->pair[1] != b->pair[1])
    changes |= NERVE_CHANGE_PAIR;
  if (!same_decay (&a->decay, &b->decay) ||
      (a->accuracy != b->accuracy && !(isnan (a->accuracy) && isnan (b->accuracy))))
    changes |= NERVE_CHANGE_DECAY;
  if (!nerve_matrix_view_equal (&a->matrix, &b->matrix))
    changes |= NERVE_CHANGE_MATRIX;
  if (a->units != b->units)
    changes |= NERVE_CHANGE_UNITS;
  if (a->bars_as != b->bars_as)
    changes |= NERVE_CHANGE_PANES;
  if (a->selected_layer != b->selected_layer || a->selected_node != b->selected_node ||
      g_strcmp0 (a->selected_graph, b->selected_graph) != 0 || a->selected_bar != b->selected_bar ||
      g_strcmp0 (a->selected_diagram, b->selected_diagram) != 0 ||
      !nerve_bitset_equal (a->selection, b->selection))
    changes |= NERVE_CHANGE_SELECTION;

  return changes;
}
