#include "config.h"

#include <glib/gi18n.h>

#include "app/document-private.h"

/* Columns of other networks. The document knows them by name only; who has them both brings them together. */

guint
nerve_document_get_guests (NerveDocument *self, const NerveGuest **guests)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), 0);

  *guests = self->state->guests;

  return self->state->n_guests;
}

static gboolean
has_guest (const NerveDocumentState *state, NerveGuest guest)
{
  for (guint i = 0; i < state->n_guests; i++)
    if (state->guests[i].network == guest.network && state->guests[i].layer == guest.layer)
      return TRUE;

  return FALSE;
}

gboolean
nerve_document_add_guest (NerveDocument *self, const char *network, const char *layer)
{
  NerveGuest guest = { g_intern_string (network), g_intern_string (layer) };
  NerveDocumentState *after;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);

  if (has_guest (self->state, guest))
    return TRUE;
  if (self->state->n_guests == NERVE_MOST_GUESTS)
    return FALSE;

  after = nerve_document_state_copy (self->state);
  after->guests[after->n_guests++] = guest;
  nerve_document_commit (self, after, _("Add Column"));

  return TRUE;
}

void
nerve_document_set_guest (NerveDocument *self, guint guest, const char *layer)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (guest < self->state->n_guests);

  if (has_guest (self->state, (NerveGuest) { self->state->guests[guest].network, g_intern_string (layer) }))
    return;

  after = nerve_document_state_copy (self->state);
  after->guests[guest].layer = g_intern_string (layer);
  nerve_document_commit (self, after, _("Go to Layer"));
}

void
nerve_document_remove_guest (NerveDocument *self, guint guest)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (guest < self->state->n_guests);

  after = nerve_document_state_copy (self->state);
  memmove (&after->guests[guest], &after->guests[guest + 1], (after->n_guests - guest - 1) * sizeof *after->guests);
  after->n_guests--;
  nerve_document_commit (self, after, _("Remove Column"));
}

static void
clear_beside (NerveDocument *self)
{
  for (guint i = 0; i < self->model.n_beside; i++)
    nerve_homology_unref (self->model.beside[i]);
  self->model.n_beside = 0;
}

void
nerve_document_set_beside (NerveDocument *self, NerveHomology *const *beside, guint n)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (n <= NERVE_MOST_BESIDE);

  if (n == self->model.n_beside && (n == 0 || memcmp (beside, self->model.beside, n * sizeof *beside) == 0))
    return;

  for (guint i = 0; i < n; i++)
    nerve_homology_ref (beside[i]);
  clear_beside (self);
  for (guint i = 0; i < n; i++)
    self->model.beside[i] = beside[i];
  self->model.n_beside = n;
  nerve_document_emit (self, NERVE_CHANGE_RESULTS);
}

void
nerve_document_want_views (NerveDocument *self, guint views)
{
  guint more;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  more = views & ~self->wants_views;
  self->wants_views = views;
  if (more != 0)
    nerve_document_emit (self, nerve_document_update_slots (self));
}
