#include "config.h"

#include <glib/gi18n.h>

#include "app/document-private.h"
#include "app/seed-tests.h"

/* Layers against layers: how they are compared, and which two are looked at. */

const NerveMatrixView *
nerve_document_get_matrix_view (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);
  return &self->state->matrix;
}

/* @view is borrowed. */
static void
commit (NerveDocument *self, const NerveMatrixView *view, const char *label)
{
  NerveDocumentState *after = nerve_document_state_copy (self->state);

  nerve_matrix_view_clear (&after->matrix);
  nerve_matrix_view_copy (&after->matrix, view);
  nerve_document_commit (self, after, label);
}

void
nerve_document_set_measure (NerveDocument *self, NerveMeasureKind measure)
{
  NerveMatrixView view;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (measure < NERVE_N_MEASURES);

  view = self->state->matrix;
  view.measure = measure;
  commit (self, &view, _("Compare by Another Measure"));
}

void
nerve_document_set_matrix_dims (NerveDocument *self, NerveMatrixDims dims)
{
  NerveMatrixView view;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (dims < NERVE_N_MATRIX_DIMS);

  view = self->state->matrix;
  view.dims = dims;
  commit (self, &view, _("Compare Other Dimensions"));
}

void
nerve_document_set_matrix_options (NerveDocument *self, gboolean scaled, gboolean selected_only,
                                   gboolean by_dendrogram)
{
  NerveMatrixView view;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  view = self->state->matrix;
  view.scaled = scaled;
  view.selected_only = selected_only;
  view.by_dendrogram = by_dendrogram;
  commit (self, &view, _("Compare Otherwise"));
}

void
nerve_document_set_rival (NerveDocument *self, const char *rival)
{
  NerveMatrixView view;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  view = self->state->matrix;
  view.rival = (char *) rival;
  if (g_strcmp0 (rival, self->state->matrix.rival) != 0)
    view.cell[0] = view.cell[1] = -1;
  commit (self, &view, _("Compare with Another Network"));
}

void
nerve_document_set_compare_as (NerveDocument *self, NerveCompareAs as)
{
  static const char *const labels[NERVE_N_COMPARE_AS] = { N_("Show the Matrix"), N_("Show the Flow"),
                                                          N_("Show the Noise Test"), N_("Test the Distance") };
  NerveMatrixView view;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (as < NERVE_N_COMPARE_AS);

  view = self->state->matrix;
  view.as = as;
  commit (self, &view, _(labels[as]));
}

/* They are shown beside the matrix; the board stays as it is. */
void
nerve_document_set_matrix_cell (NerveDocument *self, guint layer, guint other)
{
  NerveDocumentState *after;
  int *cell;
  gboolean same;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  after = nerve_document_state_copy (self->state);
  cell = after->matrix.cell;
  same = cell[0] == (int) layer && cell[1] == (int) other;
  cell[0] = same ? -1 : (int) layer;
  cell[1] = same ? -1 : (int) other;
  nerve_document_commit (self, after, _("Show Two Layers"));
}

void
nerve_document_set_others (NerveDocument *self, GPtrArray *others)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  g_clear_pointer (&self->others, g_ptr_array_unref);
  self->others = others != NULL ? g_ptr_array_ref (others) : NULL;
  nerve_document_emit (self, nerve_document_update_network (self));
}

void
nerve_document_cancel_network (NerveDocument *self, NerveNetworkKind kind)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (kind < NERVE_N_NETWORK_RESULTS);

  if (self->network_slots[kind].job != NULL)
    nerve_jobs_cancel (self->jobs, self->network_slots[kind].job);
}

void
nerve_document_retry_network (NerveDocument *self, NerveNetworkKind kind)
{
  NerveDocumentSlot *slot;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (kind < NERVE_N_NETWORK_RESULTS);

  slot = &self->network_slots[kind];
  nerve_document_slot_drop_job (self, slot);
  g_clear_pointer (&slot->wanted, g_free);
  nerve_document_emit (self, nerve_document_update_network (self));
}

GPtrArray *
nerve_document_choose_seeds (NerveDocument *self)
{
  NerveMatrixInput *input;
  GPtrArray *seeds;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NULL);

  input = nerve_matrix_input_new (&self->state->matrix, self->state->selection, self->others);
  seeds = nerve_seed_tests_choose (input, self->dataset);
  nerve_matrix_input_unref (input);

  return seeds;
}
