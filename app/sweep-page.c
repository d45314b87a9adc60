#include "config.h"

#include "app/sweep-page.h"

#include <glib/gi18n.h>

#include "views/figure-view.h"
#include "views/fitting-label.h"
#include "views/template.h"

struct _NerveSweepPage
{
  GtkWidget          parent_instance;
  NerveDocument     *document;
  gboolean           shown;
  NerveFittingLabel *title;
  NerveFigureView   *sweep;
};

G_DEFINE_FINAL_TYPE (NerveSweepPage, nerve_sweep_page, GTK_TYPE_WIDGET)

static NerveNetworkKind
get_kind (NerveSweepPage *self)
{
  return nerve_document_get_sweep_by_eps (self->document) ? NERVE_NETWORK_SWEEP_EPS : NERVE_NETWORK_SWEEP_OVERLAP;
}

/* Only the one that is looked at. */
static void
want (NerveSweepPage *self, gboolean wanted)
{
  NerveNetworkKind kind = get_kind (self);
  NerveNetworkKind other = kind == NERVE_NETWORK_SWEEP_EPS ? NERVE_NETWORK_SWEEP_OVERLAP : NERVE_NETWORK_SWEEP_EPS;

  nerve_document_want_network (self->document, other, FALSE);
  nerve_document_want_network (self->document, kind, wanted);
}

static void
update_state (NerveSweepPage *self)
{
  NerveJob *job = nerve_document_get_network_job (self->document, get_kind (self));
  gboolean stale = nerve_document_is_network_stale (self->document, get_kind (self));
  gboolean running = job != NULL && nerve_job_get_state (job) <= NERVE_JOB_RUNNING;
  const GError *error = job != NULL ? nerve_job_get_error (job) : NULL;

  nerve_figure_view_set_progress (self->sweep, running ? nerve_job_get_fraction (job) : -1, stale);
  nerve_figure_view_set_banner (self->sweep, error != NULL ? error->message : NULL,
                                _("Look at another layer, or change the parameters."), NULL, NULL, NULL);
}

static void
update_title (NerveSweepPage *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  const NerveLayer *layer = nerve_dataset_get_layer (model->dataset, model->current);
  g_autofree char *name = g_utf8_make_valid (layer->name, -1);
  /* Translators: a layer's name */
  g_autofree char *whole = g_strdup_printf (_("%s over intervals, and overlap or ε: click a graph to take it"), name);
  g_autofree char *brief = g_strdup_printf (_("%s: click a graph to take it"), name);

  nerve_fitting_label_set_texts (self->title, (const char *const []) { whole, brief, name, NULL });
}

void
nerve_sweep_page_update (NerveSweepPage *self, guint changes)
{
  g_return_if_fail (NERVE_IS_SWEEP_PAGE (self));

  if (self->document == NULL || !self->shown)
    return;
  if (changes & NERVE_CHANGE_SWEEP)
    want (self, TRUE);
  nerve_figure_view_set_layer (self->sweep, nerve_document_get_model (self->document)->current);
  nerve_figure_view_update (self->sweep);
  update_title (self);
  update_state (self);
}

static gboolean
on_key (NerveSweepPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  static const struct { guint keyval; int column, row; } keys[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 },
  };

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval)
      {
        gtk_widget_activate_action (GTK_WIDGET (self), "document.step-sweep", "(ii)", keys[i].column, keys[i].row);
        return GDK_EVENT_STOP;
      }

  return GDK_EVENT_PROPAGATE;
}

static void
nerve_sweep_page_dispose (GObject *object)
{
  NerveSweepPage *self = NERVE_SWEEP_PAGE (object);

  if (self->sweep != NULL)
    nerve_sweep_page_set_document (self, NULL);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_SWEEP_PAGE);

  G_OBJECT_CLASS (nerve_sweep_page_parent_class)->dispose (object);
}

static void
nerve_sweep_page_class_init (NerveSweepPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_sweep_page_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/sweep-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveSweepPage, title);
  gtk_widget_class_bind_template_child (widget_class, NerveSweepPage, sweep);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nerve_sweep_page_init (NerveSweepPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the figure: there the arrows walk from mark to mark, and a sweep has none. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sweep), keys);
}

void
nerve_sweep_page_set_document (NerveSweepPage *self, NerveDocument *document)
{
  g_return_if_fail (NERVE_IS_SWEEP_PAGE (self));

  if (self->document == document)
    return;
  if (self->document != NULL)
    want (self, FALSE);
  nerve_figure_view_set_model (self->sweep, document != NULL ? nerve_document_get_model (document) : NULL);
  g_set_object (&self->document, document);
  if (document != NULL && self->shown)
    nerve_sweep_page_set_shown (self, TRUE);
}

void
nerve_sweep_page_set_shown (NerveSweepPage *self, gboolean shown)
{
  g_return_if_fail (NERVE_IS_SWEEP_PAGE (self));

  self->shown = shown;
  if (self->document == NULL)
    return;
  want (self, shown);
  nerve_sweep_page_update (self, ~0u);
}
