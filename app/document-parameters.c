#include "config.h"

#include "app/document.h"

#include <glib/gi18n.h>

#include "app/document-private.h"
#include "app/presets.h"

void
nerve_document_init_parameters (NerveDocument *self, NerveLayerParameters *parameters, guint layer)
{
  const NerveLayer *shape = nerve_dataset_get_layer (self->dataset, layer);

  nerve_layer_parameters_init_window (parameters, shape);
  if (nerve_layer_group (shape) == NERVE_LAYER_GROUP_TENSOR)
    parameters->cloud.sampling = self->sampling;
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
  /* The last word on η counts. */
  if (g_str_equal (group, nerve_betti_table.name))
    after->decay.at_eta = FALSE;
  for (guint i = all_layers ? 0 : layer; i < (all_layers ? self->n_layers : layer + 1); i++)
    if (!nerve_layer_parameters_set (&after->parameters[i], group, name, text, error))
      return FALSE;

  /* Translators: a parameter's name */
  label = g_strdup_printf (_("Change %s"),
                           _(nerve_parameters_find (nerve_parameter_group_find (group)->table, name)->label));
  nerve_document_commit (self, g_steal_pointer (&after), label);

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
      nerve_document_init_parameters (self, &after->parameters[i], i);
    }
  nerve_document_commit (self, after, _("Reset Parameters"));
}

gboolean
nerve_document_apply_preset (NerveDocument *self, guint layer, gboolean all_layers, const char *id)
{
  g_autoptr (NerveDocumentState) after = NULL;

  g_return_val_if_fail (NERVE_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (layer < self->n_layers, FALSE);

  after = nerve_document_state_copy (self->state);
  after->decay.at_eta = FALSE;
  for (guint i = all_layers ? 0 : layer; i < (all_layers ? self->n_layers : layer + 1); i++)
    {
      g_auto (NerveLayerParameters) initial = { 0 };

      nerve_document_init_parameters (self, &initial, i);
      if (!nerve_presets_apply (id, &after->parameters[i], &initial))
        return FALSE;
    }
  nerve_document_commit (self, g_steal_pointer (&after), _("Apply Preset"));

  return TRUE;
}

void
nerve_document_save_preset (NerveDocument *self, guint layer, const char *name)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));
  g_return_if_fail (layer < self->n_layers);

  nerve_presets_save (name, &self->state->parameters[layer]);
  nerve_document_emit (self, NERVE_CHANGE_PARAMETERS);
}

void
nerve_document_remove_preset (NerveDocument *self, const char *name)
{
  g_return_if_fail (NERVE_IS_DOCUMENT (self));

  nerve_presets_remove (name);
  nerve_document_emit (self, NERVE_CHANGE_PARAMETERS);
}
