#include "config.h"

#include <glib/gi18n.h>

#include "app/document-private.h"

/* Several boards, of which one is shown. */

char *
nerve_document_get_board_name (NerveDocument *self, guint board)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (board < self->state->n_boards, NULL);

  if (*self->state->boards[board].name != '\0')
    return g_strdup (self->state->boards[board].name);

  return g_strdup_printf ("%s %u", _("Board"), board + 1);
}

guint
nerve_document_get_n_boards (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), 0);
  return self->state->n_boards;
}

guint
nerve_document_get_board (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), 0);
  return self->state->board;
}

gboolean
nerve_document_add_board (NerveDocument *self)
{
  g_autoptr (NerveDocumentState) fresh = NULL;
  NerveDocumentState *after;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);

  if (self->state->n_boards == NERVE_MOST_BOARDS)
    return FALSE;

  after = nerve_document_state_copy (self->state);
  fresh = nerve_document_state_new (self->dataset);
  nerve_document_state_stow (fresh);
  memmove (&after->boards[after->board + 2], &after->boards[after->board + 1],
           (after->n_boards - after->board - 1) * sizeof *after->boards);
  after->boards[after->board + 1] = fresh->boards[0];
  after->n_boards++;
  nerve_document_state_bring (after, after->board + 1);
  nerve_document_commit (self, after, _("New Board"));

  return TRUE;
}

void
nerve_document_show_board (NerveDocument *self, guint board)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (board < self->state->n_boards);

  after = nerve_document_state_copy (self->state);
  nerve_document_state_bring (after, board);
  nerve_document_commit (self, after, _("Go to Board"));
}

void
nerve_document_close_board (NerveDocument *self, guint board)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (board < self->state->n_boards);

  if (self->state->n_boards == 1)
    return;

  after = nerve_document_state_copy (self->state);
  if (after->board == board)
    nerve_document_state_bring (after, board > 0 ? board - 1 : 1);
  memmove (&after->boards[board], &after->boards[board + 1], (after->n_boards - board - 1) * sizeof *after->boards);
  after->n_boards--;
  after->board -= after->board > board;
  nerve_document_commit (self, after, _("Close Board"));
}

void
nerve_document_rename_board (NerveDocument *self, guint board, const char *name)
{
  NerveDocumentState *after;
  g_autofree char *stripped = NULL;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (board < self->state->n_boards);

  after = nerve_document_state_copy (self->state);
  stripped = g_strstrip (g_strdup (name));
  nerve_board_layout_set_name (&after->boards[board], stripped);
  nerve_document_commit (self, after, _("Rename Board"));
}
