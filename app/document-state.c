#include "config.h"

#include "app/document-state.h"

#include <math.h>

#include "figures/board-rows.h"

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
  nerve_board_rows_init (self->rows, &self->n_rows);
  self->n_boards = 1;

  self->color_by = NERVE_COLOR_BY_CLASS;
  nerve_matrix_view_init (&self->matrix);
  self->units = NERVE_UNITS_MEDIAN;
  self->decay.bands = TRUE;
  self->accuracy = NAN;
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
  copy->shown = self->shown != NULL ? nerve_bitset_copy (self->shown) : NULL;
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
  g_clear_pointer (&self->shown, nerve_bitset_free);
  g_free (self->selection_name);
  g_free (self->selected_graph);
  g_free (self->selected_diagram);
  g_free (self);
}

static gboolean
is_among (guint layer, const guint *layers, guint n)
{
  for (guint i = 0; i < n; i++)
    if (layers[i] == layer)
      return TRUE;

  return FALSE;
}

/* The column that a layer takes: the rightmost that is neither pinned nor holds one of @layers; else the rightmost of
 * these pinned. */
static guint
choose_column (const NerveDocumentState *self, const guint *layers, guint n)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = self->n_columns; i-- > 0;)
      if ((pass == 1 || !self->pinned[i]) && !is_among (self->columns[i], layers, n))
        return i;

  return 0;
}

/* With their pins. */
static void
sort_columns (NerveDocumentState *self)
{
  for (guint i = 1; i < self->n_columns; i++)
    for (guint k = i; k > 0 && self->columns[k] < self->columns[k - 1]; k--)
      {
        guint layer = self->columns[k];
        gboolean pinned = self->pinned[k];

        self->columns[k] = self->columns[k - 1];
        self->pinned[k] = self->pinned[k - 1];
        self->columns[k - 1] = layer;
        self->pinned[k - 1] = pinned;
      }
}

void
nerve_document_state_show_layers (NerveDocumentState *self, const guint *layers, guint n)
{
  guint most = MIN (n, self->n_columns);

  for (guint i = 0; i < most; i++)
    if (!is_among (layers[i], self->columns, self->n_columns))
      self->columns[choose_column (self, layers, most)] = layers[i];
  sort_columns (self);
  self->current = layers[0];
  for (guint i = 1; i < n; i++)
    self->current = MAX (self->current, layers[i]);
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
same_rows (const NerveDocumentState *a, const NerveDocumentState *b)
{
  if (!nerve_board_rows_same_views (a->rows, a->n_rows, b->rows, b->n_rows))
    return FALSE;

  for (guint i = 0; i < a->n_rows; i++)
    if (a->rows[i].share != b->rows[i].share)
      return FALSE;

  return TRUE;
}

void
nerve_board_layout_set_name (NerveBoardLayout *self, const char *name)
{
  gsize n = 0;

  memset (self->name, 0, sizeof self->name);
  /* Whole letters. */
  for (const char *next = name; *next != '\0'; )
    {
      next = g_utf8_next_char (next);
      if (next - name < (gssize) sizeof self->name)
        n = next - name;
    }
  memcpy (self->name, name, n);
}

void
nerve_document_state_stow (NerveDocumentState *self)
{
  NerveBoardLayout *layout = &self->boards[self->board];

  memcpy (layout->columns, self->columns, sizeof layout->columns);
  memcpy (layout->pinned, self->pinned, sizeof layout->pinned);
  memcpy (layout->rows, self->rows, sizeof layout->rows);
  layout->n_columns = self->n_columns;
  layout->current = self->current;
  layout->n_rows = self->n_rows;
  memcpy (layout->guests, self->guests, sizeof layout->guests);
  layout->n_guests = self->n_guests;
}

void
nerve_document_state_bring (NerveDocumentState *self, guint board)
{
  const NerveBoardLayout *layout = &self->boards[board];

  nerve_document_state_stow (self);
  self->board = board;
  memcpy (self->columns, layout->columns, sizeof layout->columns);
  memcpy (self->pinned, layout->pinned, sizeof layout->pinned);
  memcpy (self->rows, layout->rows, sizeof layout->rows);
  self->n_columns = layout->n_columns;
  self->current = layout->current;
  self->n_rows = layout->n_rows;
  memcpy (self->guests, layout->guests, sizeof layout->guests);
  self->n_guests = layout->n_guests;
}

/* Their texts are interned. */
static gboolean
same_guests (const NerveGuest *a, guint n_a, const NerveGuest *b, guint n_b)
{
  if (n_a != n_b)
    return FALSE;

  for (guint i = 0; i < n_a; i++)
    if (a[i].network != b[i].network || a[i].layer != b[i].layer)
      return FALSE;

  return TRUE;
}

static gboolean
same_layout (const NerveBoardLayout *a, const NerveBoardLayout *b)
{
  if (a->n_columns != b->n_columns || a->current != b->current ||
      !same_guests (a->guests, a->n_guests, b->guests, b->n_guests) ||
      !nerve_board_rows_same_views (a->rows, a->n_rows, b->rows, b->n_rows))
    return FALSE;

  for (guint i = 0; i < a->n_columns; i++)
    if (a->columns[i] != b->columns[i] || a->pinned[i] != b->pinned[i])
      return FALSE;
  for (guint i = 0; i < a->n_rows; i++)
    if (a->rows[i].share != b->rows[i].share)
      return FALSE;

  return TRUE;
}

static gboolean
same_boards (const NerveDocumentState *a, const NerveDocumentState *b)
{
  if (a->n_boards != b->n_boards || a->board != b->board)
    return FALSE;

  for (guint i = 0; i < a->n_boards; i++)
    if (strcmp (a->boards[i].name, b->boards[i].name) != 0 ||
        (i != a->board && !same_layout (&a->boards[i], &b->boards[i])))
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
  if (a->color_by != b->color_by || !nerve_bitset_equal (a->shown, b->shown) || a->node_size != b->node_size ||
      a->edge_width != b->edge_width || a->layout != b->layout)
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
  if (!same_boards (a, b))
    changes |= NERVE_CHANGE_BOARDS;
  if (!same_guests (a->guests, a->n_guests, b->guests, b->n_guests))
    changes |= NERVE_CHANGE_BOARD;
  if (!same_rows (a, b))
    changes |= NERVE_CHANGE_PANES;
  if (a->selected_layer != b->selected_layer || a->selected_node != b->selected_node ||
      g_strcmp0 (a->selected_graph, b->selected_graph) != 0 || a->selected_bar != b->selected_bar ||
      g_strcmp0 (a->selected_diagram, b->selected_diagram) != 0 ||
      !nerve_bitset_equal (a->selection, b->selection))
    changes |= NERVE_CHANGE_SELECTION;

  return changes;
}
