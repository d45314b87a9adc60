#include "config.h"

#include <glib/gi18n.h>

#include "app/document-view-private.h"
#include "app/pane-state.h"
#include "app/presets.h"

void
nerve_document_view_update_file (NerveDocumentView *self)
{
  NerveDataset *dataset = nerve_document_get_dataset (self->document);
  g_autofree char *name = g_path_get_basename (nerve_dataset_get_path (dataset));
  const char *model = nerve_dataset_get_attribute (dataset, "model");
  const char *network = nerve_dataset_get_attribute (dataset, "synthetic") != NULL ? _("synthetic") : model;
  const char *const *assumed = nerve_dataset_get_assumptions (dataset);
  gsize n = nerve_dataset_get_n (dataset);
  g_autofree char *images = g_strdup_printf (ngettext ("%zu image", "%zu images", n), n);
  g_autofree char *line = NULL;
  g_autofree char *brief = NULL;
  g_autofree char *text = g_strjoinv ("\n", (char **) assumed);

  brief = network != NULL ? g_strdup_printf ("%s · %zu", network, n) : NULL;
  line = g_strconcat (network != NULL ? network : "", network != NULL ? " · " : "", images, NULL);
  if (nerve_dataset_get_subset_name (dataset) != NULL)
    {
      g_free (line);
      g_free (brief);
      line = g_strdup (nerve_dataset_get_subset_name (dataset));
      brief = g_strdup_printf (ngettext ("%zu selected image", "%zu selected images", n), n);
      network = NULL;
    }
  gtk_label_set_label (self->file_name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file_name), nerve_dataset_get_path (dataset));
  nerve_fitting_label_set_texts (self->file_line, (const char *const []) { line, brief, network, NULL });
  gtk_widget_set_visible (self->assumptions, assumed[0] != NULL);
  gtk_label_set_label (self->assumed, text);
}

void
nerve_document_view_update_parameters (NerveDocumentView *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  const NerveLayerParameters *parameters = nerve_document_get_parameters (self->document, model->current);
  NerveGraph *graph = model->layers[model->current].graph;
  g_autofree NerveParameterValues *values = NULL;
  g_auto (NerveLayerParameters) initial = { 0 };
  g_autofree char *preset = NULL;
  const NerveParameterGroup *groups;
  guint n;

  if (!adw_flap_get_reveal_flap (self->flap))
    return;

  groups = nerve_parameter_groups (&n);
  values = g_new0 (NerveParameterValues, n);
  for (guint i = 0; i < n; i++)
    {
      values[i].table = groups[i].table;
      values[i].values = G_STRUCT_MEMBER_P (parameters, groups[i].offset);
      if (graph != NULL && groups[i].table == &nerve_mapper_table)
        values[i].resolved = nerve_mapper_get_parameters (graph->mapper);
    }
  nerve_parameter_flap_update (self->parameters, model, values, n, graph);
  nerve_document_init_parameters (self->document, &initial, model->current);
  preset = nerve_presets_name (parameters, &initial);
  nerve_parameter_flap_set_presets (self->parameters, nerve_presets_menu, preset);
}

void
nerve_document_view_update_captions (NerveDocumentView *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  guint decay_left = nerve_pane_state_apply_network (nerve_drawer_get_pane (self->drawer, 0), self->document);
  guint purity_left = nerve_pane_state_apply_network (nerve_drawer_get_pane (self->drawer, 1), self->document);
  g_autofree char *decay = NULL;
  g_autofree char *short_decay = NULL;
  g_autofree char *least_decay = NULL;
  g_autofree char *purity = NULL;
  g_autofree char *short_purity = NULL;
  const char *measure = nerve_dataset_get_labels (model->dataset) != NULL ? _("Node-wise purity") : _("Coverage");
  double eta = nerve_document_get_eta (self->document);
  double low = eta, high = eta;

  nerve_document_get_eta_range (self->document, &low, &high);
  nerve_eta_controls_update (nerve_drawer_get_eta (self->drawer), low, high, eta);

  /* Translators: the second one of each pair is shown while there are results to come */
  decay = decay_left == 0 ? g_strdup_printf (_("Betti numbers at η = %.3g%s"), eta,
                                              nerve_document_get_count_note (self->document))
                          : g_strdup_printf (_("Betti numbers · %u of %u layers"), model->n_layers - decay_left,
                                             model->n_layers);
  short_decay = decay_left == 0 ? g_strdup_printf (_("Betti, η = %.3g"), eta)
                                : g_strdup_printf (_("%u of %u layers"), model->n_layers - decay_left, model->n_layers);
  purity = purity_left == 0 ? g_strdup (measure)
                            : g_strdup_printf (_("%s · %u of %u layers"), measure, model->n_layers - purity_left,
                                               model->n_layers);
  short_purity = purity_left == 0 ? g_strdup (measure)
                                  : g_strdup_printf ("%s · %u/%u", measure, model->n_layers - purity_left,
                                                     model->n_layers);
  least_decay = decay_left == 0 ? g_strdup_printf (_("η = %.3g"), eta)
                                : g_strdup_printf ("%u/%u", model->n_layers - decay_left, model->n_layers);
  nerve_drawer_set_captions (self->drawer, (const char *const []) { decay, short_decay, least_decay, "", NULL },
                             (const char *const []) { purity, short_purity, measure, NULL });
}
