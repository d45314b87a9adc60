#include "config.h"

#include "app/tests-pane.h"

#include <glib/gi18n.h>

#include "app/pane-state.h"
#include "views/figure-view.h"
#include "views/template.h"

struct _NerveTestsPane
{
  GtkWidget        parent_instance;
  NerveDocument   *document;
  gboolean         shown;
  GtkLabel        *sensitivity_title;
  GtkLabel        *sensitivity_words;
  NerveFigureView *sensitivity;
  GtkLabel        *specificity_words;
  NerveFigureView *specificity;
};

G_DEFINE_FINAL_TYPE (NerveTestsPane, nerve_tests_pane, GTK_TYPE_WIDGET)

static const NerveNetworkKind kinds[] = { NERVE_NETWORK_SENSITIVITY, NERVE_NETWORK_SPECIFICITY };

static void
want (NerveTestsPane *self, gboolean wanted)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    nerve_document_want_network (self->document, kinds[i], wanted);
}

/* In words what the figure shows, and what must be said with it. */
static void
tell (NerveFigureView *pane, GtkLabel *label, const NerveFigureModel *model, const char * const *notes)
{
  g_autofree char *words = nerve_figure_view_get_kind (pane)->describe (model, model->current);
  g_autofree char *joined = notes != NULL ? g_strjoinv ("; ", (char **) notes) : NULL;
  g_autofree char *text = joined != NULL && *joined != '\0' ? g_strdup_printf ("%s %s", words, joined) : NULL;

  gtk_label_set_label (label, text != NULL ? text : words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text != NULL ? text : words);
}

void
nerve_tests_pane_update (NerveTestsPane *self)
{
  const NerveFigureModel *model;
  const NerveNetworkResults *network;
  g_autofree char *title = NULL;
  g_autofree char *layer = NULL;

  g_return_if_fail (NERVE_IS_TESTS_PANE (self));

  if (self->document == NULL || !self->shown)
    return;

  model = nerve_document_get_model (self->document);
  network = model->network;
  layer = g_utf8_make_valid (nerve_dataset_get_layer (model->dataset, model->current)->name, -1);
  /* Translators: a layer */
  title = g_strdup_printf (_("Sensitivity: %s without its lowest directions"), layer);
  gtk_label_set_label (self->sensitivity_title, title);
  nerve_figure_view_set_layer (self->sensitivity, model->current);
  tell (self->sensitivity, self->sensitivity_words, model,
        network != NULL && network->sensitivities[model->current] != NULL
          ? nerve_sensitivity_get_notes (network->sensitivities[model->current]) : NULL);
  tell (self->specificity, self->specificity_words, model,
        network != NULL && network->specificity != NULL ? nerve_specificity_get_notes (network->specificity) : NULL);
  nerve_figure_view_update (self->sensitivity);
  nerve_figure_view_update (self->specificity);
  nerve_pane_state_apply_result (self->sensitivity, self->document, NERVE_NETWORK_SENSITIVITY,
                                 _("Choose another measure, or another layer."));
  nerve_pane_state_apply_result (self->specificity, self->document, NERVE_NETWORK_SPECIFICITY,
                                 _("Open a network with the same layers, such as one trained from another seed."));
}

static void
nerve_tests_pane_dispose (GObject *object)
{
  NerveTestsPane *self = NERVE_TESTS_PANE (object);

  if (self->sensitivity != NULL)
    nerve_tests_pane_set_document (self, NULL);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_TESTS_PANE);

  G_OBJECT_CLASS (nerve_tests_pane_parent_class)->dispose (object);
}

static void
nerve_tests_pane_class_init (NerveTestsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_tests_pane_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/tests-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveTestsPane, sensitivity_title);
  gtk_widget_class_bind_template_child (widget_class, NerveTestsPane, sensitivity_words);
  gtk_widget_class_bind_template_child (widget_class, NerveTestsPane, sensitivity);
  gtk_widget_class_bind_template_child (widget_class, NerveTestsPane, specificity_words);
  gtk_widget_class_bind_template_child (widget_class, NerveTestsPane, specificity);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nerve_tests_pane_init (NerveTestsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
nerve_tests_pane_set_document (NerveTestsPane *self, NerveDocument *document)
{
  const NerveFigureModel *model = document != NULL ? nerve_document_get_model (document) : NULL;

  g_return_if_fail (NERVE_IS_TESTS_PANE (self));

  if (self->document == document)
    return;
  if (self->document != NULL && self->shown)
    want (self, FALSE);
  /* The old model must be out of every widget before it goes. */
  nerve_figure_view_set_model (self->sensitivity, NULL);
  if (model != NULL)
    nerve_figure_view_set_layer (self->sensitivity, model->current);
  nerve_figure_view_set_model (self->sensitivity, model);
  nerve_figure_view_set_model (self->specificity, model);
  g_set_object (&self->document, document);
  if (document != NULL && self->shown)
    want (self, TRUE);
}

void
nerve_tests_pane_set_shown (NerveTestsPane *self, gboolean shown)
{
  g_return_if_fail (NERVE_IS_TESTS_PANE (self));

  if (self->shown == shown)
    return;
  self->shown = shown;
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (self->document != NULL)
    want (self, shown);
  nerve_tests_pane_update (self);
}
