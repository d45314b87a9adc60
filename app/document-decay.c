#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "app/document-private.h"

void
nerve_document_want_curves (NerveDocument *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  if (self->wants_curves)
    return;

  self->wants_curves = TRUE;
  nerve_document_emit (self, nerve_document_update_slots (self));
}

gboolean
nerve_document_get_eta_range (NerveDocument *self, double *low, double *high)
{
  g_autofree NerveBettiCurves **curves = NULL;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);

  curves = g_new (NerveBettiCurves *, self->n_layers + 1);
  for (guint layer = 0; layer < self->n_layers; layer++)
    curves[layer] = self->results[layer].curves;

  return nerve_betti_heat_find_range (curves, self->n_layers, low, high);
}

double
nerve_document_get_eta (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NAN);

  if (self->state->decay.at_eta)
    return self->state->decay.eta;

  for (guint layer = 0; layer < self->n_layers; layer++)
    {
      NerveBettiLayer *betti = self->results[layer].betti;

      if (betti != NULL && nerve_betti_layer_get_n_etas (betti) > 0)
        return nerve_betti_layer_get_etas (betti)[0];
    }

  return .5;
}

const char *
nerve_document_get_count_note (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), "");

  if (self->state->parameters[self->state->current].betti.count != NERVE_BETTI_CLOSED)
    return "";

  return self->state->decay.at_eta ? _(" · half-open count") : _(" · closed count");
}

/* Commands */

void
nerve_document_set_eta (NerveDocument *self, double eta)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (isfinite (eta));

  nerve_document_want_curves (self);
  after = nerve_document_state_copy (self->state);
  after->decay.at_eta = TRUE;
  after->decay.eta = eta;
  nerve_document_commit (self, after, _("Change η"));
}

void
nerve_document_set_decay (NerveDocument *self, gboolean linear, NerveDecayBy by, gboolean bands)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  after = nerve_document_state_copy (self->state);
  after->decay.linear = linear;
  after->decay.by = by;
  after->decay.bands = bands;
  nerve_document_commit (self, after, _("Change How Betti Numbers Are Shown"));
}

void
nerve_document_set_accuracy (NerveDocument *self, double accuracy)
{
  NerveDocumentState *after;

  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  after = nerve_document_state_copy (self->state);
  after->accuracy = accuracy;
  nerve_document_commit (self, after, _("Change Accuracy"));
}

double
nerve_document_get_accuracy (NerveDocument *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), NAN);
  return self->state->accuracy;
}
