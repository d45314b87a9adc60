#include "config.h"

#include <glib/gi18n.h>

#include "app/document-private.h"
#include "figures/board-rows.h"

/* The board: which views its rows are, and how high; which layers its columns are. */

/* A row keeps at least this part of what it shares with its neighbour. */
#define LEAST_PART .15

static void
take_out (NerveBoardRow *rows, guint *n, guint row)
{
  memmove (&rows[row], &rows[row + 1], (*n - row - 1) * sizeof *rows);
  (*n)--;
}

static void
put_in (NerveBoardRow *rows, guint *n, guint row, NerveBoardRow what)
{
  memmove (&rows[row + 1], &rows[row], (*n - row) * sizeof *rows);
  rows[row] = what;
  (*n)++;
}

/* What the hand was on may be gone. */
static void
commit_rows (NerveDocument *self, NerveDocumentState *after, const char *label)
{
  self->model.hover_curve = NERVE_CURVE_MARK_NONE;
  self->model.hover_layer = self->model.hover_node = -1;
  nerve_document_commit (self, after, label);
}

void
nerve_document_add_row (NerveDocument *self, NerveBoardView view, int after)
{
  NerveDocumentState *state;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (view < NERVE_N_BOARD_VIEWS);

  if (nerve_board_rows_find (self->state->rows, self->state->n_rows, view) >= 0 ||
      !nerve_board_view_is_available (view, self->dataset))
    return;

  state = nerve_document_state_copy (self->state);
  put_in (state->rows, &state->n_rows, CLAMP (after + 1, 0, (int) state->n_rows),
          (NerveBoardRow) { view, nerve_board_view (view)->share });
  commit_rows (self, state, _("Add Row"));
}

void
nerve_document_remove_row (NerveDocument *self, guint row)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (row < self->state->n_rows);

  if (self->state->n_rows == 1)
    return;

  after = nerve_document_state_copy (self->state);
  take_out (after->rows, &after->n_rows, row);
  commit_rows (self, after, _("Remove Row"));
}

void
nerve_document_move_row (NerveDocument *self, guint row, guint to)
{
  NerveDocumentState *after;
  NerveBoardRow moved;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (row < self->state->n_rows && to < self->state->n_rows);

  after = nerve_document_state_copy (self->state);
  moved = after->rows[row];
  take_out (after->rows, &after->n_rows, row);
  put_in (after->rows, &after->n_rows, to, moved);
  commit_rows (self, after, _("Move Row"));
}

void
nerve_document_set_row_view (NerveDocument *self, guint row, NerveBoardView view)
{
  NerveDocumentState *after;
  int other;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (row < self->state->n_rows);
  g_return_if_fail (view < NERVE_N_BOARD_VIEWS);

  if (!nerve_board_view_is_available (view, self->dataset))
    return;

  after = nerve_document_state_copy (self->state);
  other = nerve_board_rows_find (after->rows, after->n_rows, view);
  if (other >= 0)
    after->rows[other].view = after->rows[row].view;
  after->rows[row].view = view;
  commit_rows (self, after, _("What This Row Shows"));
}

void
nerve_document_set_row_share (NerveDocument *self, guint row, double part)
{
  NerveDocumentState *after;
  guint both, upper;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (row + 1 < self->state->n_rows);

  after = nerve_document_state_copy (self->state);
  both = after->rows[row].share + after->rows[row + 1].share;
  upper = (guint) (both * CLAMP (part, LEAST_PART, 1 - LEAST_PART) + .5);
  after->rows[row].share = MAX (upper, 1);
  after->rows[row + 1].share = MAX (both - after->rows[row].share, 1);
  commit_rows (self, after, _("Resize Rows"));
}

/* Columns */

static int
find_column (const NerveDocumentState *state, guint layer)
{
  for (guint i = 0; i < state->n_columns; i++)
    if (state->columns[i] == layer)
      return (int) i;

  return -1;
}

static void
take_column (NerveDocumentState *state, guint column)
{
  for (guint i = column; i + 1 < state->n_columns; i++)
    {
      state->columns[i] = state->columns[i + 1];
      state->pinned[i] = state->pinned[i + 1];
    }
  state->n_columns--;
}

static void
put_column (NerveDocumentState *state, guint at, guint layer, gboolean pinned)
{
  for (guint i = state->n_columns; i > at; i--)
    {
      state->columns[i] = state->columns[i - 1];
      state->pinned[i] = state->pinned[i - 1];
    }
  state->columns[at] = layer;
  state->pinned[at] = pinned;
  state->n_columns++;
}

/* After the layer walked to, then from the first; -1: all are on the board. */
static int
next_layer (NerveDocument *self)
{
  for (guint i = 1; i < self->n_layers; i++)
    {
      guint layer = (self->state->current + i) % self->n_layers;

      if (find_column (self->state, layer) < 0)
        return (int) layer;
    }

  return -1;
}

void
nerve_document_add_column (NerveDocument *self, int layer, guint at)
{
  NerveDocumentState *after;
  int column;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < (int) self->n_layers);

  if (layer < 0)
    layer = next_layer (self);
  if (layer < 0)
    return;
  column = find_column (self->state, layer);
  at = MIN (at, self->state->n_columns);
  if (column >= 0)
    {
      nerve_document_move_column (self, column, (int) at > column ? at - 1 : at);
      return;
    }
  if (self->state->n_columns == G_N_ELEMENTS (self->state->columns))
    return;

  after = nerve_document_state_copy (self->state);
  put_column (after, at, layer, TRUE);
  after->current = layer;
  nerve_document_commit (self, after, _("Add Column"));
}

void
nerve_document_remove_column (NerveDocument *self, guint column)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (column < self->state->n_columns);

  if (self->state->n_columns == 1)
    return;

  after = nerve_document_state_copy (self->state);
  take_column (after, column);
  /* Who walked to it stands beside it now. */
  if (find_column (after, after->current) < 0)
    after->current = after->columns[MIN (column, after->n_columns - 1)];
  nerve_document_commit (self, after, _("Remove Column"));
}

void
nerve_document_move_column (NerveDocument *self, guint column, guint to)
{
  NerveDocumentState *after;
  guint layer;
  gboolean pinned;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (column < self->state->n_columns && to < self->state->n_columns);

  after = nerve_document_state_copy (self->state);
  layer = after->columns[column];
  pinned = after->pinned[column];
  take_column (after, column);
  put_column (after, to, layer, pinned);
  nerve_document_commit (self, after, _("Move Column"));
}
