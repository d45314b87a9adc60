#include "config.h"

#include "app/betti-page.h"

#include <glib/gi18n.h>

#include "app/pane-state.h"
#include "figures/text.h"
#include "views/eta-controls.h"
#include "views/figure-view.h"
#include "views/fitting-label.h"
#include "views/template.h"

struct _NerveBettiPage
{
  GtkWidget          parent_instance;
  NerveDocument     *document;
  gboolean           shown;
  GtkWidget         *grid;
  NerveFittingLabel *decay_title;
  NerveFittingLabel *heat_title;
  NerveFittingLabel *sublevel_title;
  NerveEtaControls  *eta;
  NerveFigureView   *decay;
  NerveFigureView   *heat;
  NerveFigureView   *sublevel;
};

G_DEFINE_FINAL_TYPE (NerveBettiPage, nerve_betti_page, GTK_TYPE_WIDGET)

/* How the work on a result of the network goes: of the map, all layers' curves first. */
static void
update_network_state (NerveBettiPage *self, NerveFigureView *pane, NerveNetworkKind kind, const char *advice)
{
  NerveJob *job = nerve_document_get_network_job (self->document, kind);
  gboolean stale = nerve_document_is_network_stale (self->document, kind);
  gboolean running = job != NULL ? nerve_job_get_state (job) <= NERVE_JOB_RUNNING : stale;
  const GError *error = job != NULL ? nerve_job_get_error (job) : NULL;

  nerve_figure_view_set_progress (pane, running && self->shown ? (job != NULL ? nerve_job_get_fraction (job) : 0) : -1,
                                  stale);
  nerve_figure_view_set_banner (pane, error != NULL ? error->message : NULL, advice, NULL, NULL, NULL);
}

/* Of vectors only β₀ says something. */
static gboolean
is_of_vectors (const NerveFigureModel *model)
{
  for (guint i = 0; i < model->n_layers; i++)
    if (!nerve_dataset_get_layer (model->dataset, i)->is_vector)
      return FALSE;

  return TRUE;
}

static void
update_titles (NerveBettiPage *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  g_autofree char *eta = nerve_text_short (nerve_document_get_eta (self->document), 3);
  g_autofree char *layer = g_utf8_make_valid (nerve_dataset_get_layer (model->dataset, model->current)->name, -1);
  const char *note = nerve_document_get_count_note (self->document);
  gboolean by_class = model->decay.by != NERVE_DECAY_BY_NOTHING && !is_of_vectors (model);
  g_autofree char *decay = by_class ? g_strdup_printf (_("Ω at η = %s%s"), eta, note)
                                    : g_strdup_printf (_("Betti numbers at η = %s%s"), eta, note);
  g_autofree char *short_decay = g_strdup_printf (_("η = %s"), eta);
  /* Translators: an image's number, a layer's name, a threshold */
  g_autofree char *sublevel = g_strdup_printf (_("Image %zu in %s: what is at most η = %s"), model->decay.image, layer,
                                               eta);
  g_autofree char *short_sublevel = g_strdup_printf (_("Image %zu in %s"), model->decay.image, layer);

  nerve_fitting_label_set_texts (self->decay_title, (const char *const []) { decay, short_decay, NULL });
  nerve_fitting_label_set_texts (self->heat_title, is_of_vectors (model)
                                 ? (const char *const []) { _("β₀ of vectors over the layers and η"), "β₀", NULL }
                                 : (const char *const []) { _("Ω over the layers and η"), "Ω", NULL });
  nerve_fitting_label_set_texts (self->sublevel_title, (const char *const []) { sublevel, short_sublevel, NULL });
}

static void
update_eta (NerveBettiPage *self)
{
  double eta = nerve_document_get_eta (self->document);
  double low = eta, high = eta;

  nerve_document_get_eta_range (self->document, &low, &high);
  nerve_eta_controls_update (self->eta, low, high, eta);
}

void
nerve_betti_page_update (NerveBettiPage *self, guint changes)
{
  const guint pictures = NERVE_CHANGE_BOARD | NERVE_CHANGE_SELECTION | NERVE_CHANGE_COLORS | NERVE_CHANGE_RESULTS |
                         NERVE_CHANGE_DECAY | NERVE_CHANGE_PARAMETERS;
  const guint states = NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS | NERVE_CHANGE_PARAMETERS | NERVE_CHANGE_DECAY |
                       NERVE_CHANGE_BOARD | NERVE_CHANGE_SELECTION;

  g_return_if_fail (NERVE_IS_BETTI_PAGE (self));

  if (self->document == NULL || !self->shown)
    return;
  if (changes & pictures)
    {
      nerve_figure_view_set_layer (self->sublevel, nerve_document_get_model (self->document)->current);
      nerve_figure_view_update (self->decay);
      nerve_figure_view_update (self->heat);
      nerve_figure_view_update (self->sublevel);
      update_titles (self);
    }
  if (changes & states)
    {
      nerve_pane_state_apply_network (self->decay, self->document);
      update_network_state (self, self->heat, NERVE_NETWORK_HEAT,
                            _("Look at another file; there is nothing to count in this one."));
      update_network_state (self, self->sublevel, NERVE_NETWORK_SUBLEVEL, _("Select another image, or walk on."));
      update_eta (self);
    }
}

static void
nerve_betti_page_dispose (GObject *object)
{
  nerve_betti_page_set_document (NERVE_BETTI_PAGE (object), NULL);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_BETTI_PAGE);

  G_OBJECT_CLASS (nerve_betti_page_parent_class)->dispose (object);
}

static void
nerve_betti_page_class_init (NerveBettiPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_betti_page_dispose;
  g_type_ensure (NERVE_TYPE_ETA_CONTROLS);
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/betti-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, grid);
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, decay_title);
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, heat_title);
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, sublevel_title);
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, eta);
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, decay);
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, heat);
  gtk_widget_class_bind_template_child (widget_class, NerveBettiPage, sublevel);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nerve_betti_page_init (NerveBettiPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
nerve_betti_page_set_document (NerveBettiPage *self, NerveDocument *document)
{
  const NerveFigureModel *model = document != NULL ? nerve_document_get_model (document) : NULL;

  g_return_if_fail (NERVE_IS_BETTI_PAGE (self));

  if (self->document == document)
    return;
  if (self->document != NULL)
    {
      nerve_document_want_network (self->document, NERVE_NETWORK_HEAT, FALSE);
      nerve_document_want_network (self->document, NERVE_NETWORK_SUBLEVEL, FALSE);
    }
  if (self->decay != NULL)
    {
      nerve_figure_view_set_model (self->decay, model);
      nerve_figure_view_set_model (self->heat, model);
      nerve_figure_view_set_model (self->sublevel, model);
    }
  g_set_object (&self->document, document);
  if (document != NULL && self->shown)
    nerve_betti_page_set_shown (self, TRUE);
}

void
nerve_betti_page_set_shown (NerveBettiPage *self, gboolean shown)
{
  g_return_if_fail (NERVE_IS_BETTI_PAGE (self));

  self->shown = shown;
  if (self->document == NULL)
    return;
  if (shown)
    nerve_document_want_curves (self->document);
  nerve_document_want_network (self->document, NERVE_NETWORK_HEAT, shown);
  nerve_document_want_network (self->document, NERVE_NETWORK_SUBLEVEL, shown);
  nerve_betti_page_update (self, ~0u);
}
