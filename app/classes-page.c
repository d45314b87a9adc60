#include "config.h"

#include "app/classes-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "layers/parting.h"
#include "views/figure-view.h"
#include "views/main-side.h"
#include "views/template.h"

struct _NerveClassesPage
{
  GtkWidget        parent_instance;
  NerveDocument   *document;
  gboolean         shown;
  NerveFigureModel pair_model; /* the document's, with the two classes alone in colour */
  NerveBitset     *pair_shown;
  NerveFigureView *parting;
  NerveFigureView *purity;
  NerveFigureView *mix;
  NerveFigureView *before;
  NerveFigureView *after;
  GtkLabel        *mix_title;
  GtkLabel        *pair_title;
  GtkLabel        *before_title;
  GtkLabel        *after_title;
  GtkWidget       *pair;
  GtkWidget       *hint;
};

G_DEFINE_FINAL_TYPE (NerveClassesPage, nerve_classes_page, GTK_TYPE_WIDGET)

static const NerveParting *
get_parting (NerveClassesPage *self)
{
  return nerve_document_get_network (self->document, NERVE_NETWORK_PARTING);
}

/* How the work goes */

static double
get_fraction (NerveClassesPage *self)
{
  NerveJob *job = nerve_document_get_network_job (self->document, NERVE_NETWORK_PARTING);

  if (job != NULL)
    return nerve_job_get_state (job) <= NERVE_JOB_RUNNING ? nerve_job_get_fraction (job) : -1;

  /* The layers' graphs come first. */
  return nerve_document_is_network_stale (self->document, NERVE_NETWORK_PARTING) ? 0 : -1;
}

static const GError *
get_error (NerveClassesPage *self)
{
  NerveJob *job = nerve_document_get_network_job (self->document, NERVE_NETWORK_PARTING);

  return job != NULL ? nerve_job_get_error (job) : NULL;
}

static void
update_state (NerveClassesPage *self)
{
  const GError *error = get_error (self);
  gboolean stale = nerve_document_is_network_stale (self->document, NERVE_NETWORK_PARTING);
  NerveFigureView *panes[] = { self->parting, self->mix };

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    nerve_figure_view_set_progress (panes[i], self->shown ? get_fraction (self) : -1, stale);
  nerve_figure_view_set_banner (self->parting, error != NULL ? error->message : NULL,
                                _("The file needs labels of at least two classes."), NULL, NULL, NULL);
}

/* The two classes */

/* The layer where they have parted and the one before it that counts; they never do: the last two. */
static gboolean
find_layers (NerveClassesPage *self, guint layers[2])
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  const NerveParting *parting = get_parting (self);
  guint n = parting != NULL ? nerve_parting_get_n (parting, 0) : 0;
  guint layer;

  if (model->pair[0] < 0 || (guint) model->pair[0] >= n || (guint) model->pair[1] >= n)
    return FALSE;

  layers[1] = nerve_parting_get_pair (parting, 0, model->pair[0], model->pair[1])->layer;
  layers[0] = layers[1];
  for (layer = layers[1]; layer-- > 0;)
    if (model->layers[layer].graph != NULL)
      {
        layers[0] = layer;
        break;
      }

  return TRUE;
}

static void
show_layer (NerveClassesPage *self, NerveFigureView *pane, GtkLabel *title, guint layer)
{
  const NerveFigureModel *model = &self->pair_model;
  const NerveMixPoint *point = nerve_parting_get_point (get_parting (self), 0, model->pair[0], model->pair[1], layer);
  const NerveLayer *info = nerve_dataset_get_layer (model->dataset, layer);
  g_autofree char *text = NULL;

  if (isfinite (point->mix))
    /* Translators: a layer's number and name; the mix of two classes there, and its upper bound */
    text = g_strdup_printf (_("%d  %s · mix %.2f (to %.2f)"), (int) info->index, info->name, point->mix, point->high);
  else
    text = g_strdup_printf ("%d  %s", (int) info->index, info->name);
  gtk_label_set_label (title, text);
  nerve_figure_view_set_layer (pane, layer);
  nerve_figure_view_set_model (pane, model);
  nerve_figure_view_update (pane);
}

/* Both of the pair keep their colours. */
static NerveBitset *
show_pair (NerveClassesPage *self, const NerveFigureModel *model)
{
  g_clear_pointer (&self->pair_shown, nerve_bitset_free);
  if (model->pair[0] < 0)
    return NULL;

  self->pair_shown = nerve_bitset_new (nerve_palette_get_n_classes (model->palette));
  for (guint i = 0; i < G_N_ELEMENTS (model->pair); i++)
    nerve_bitset_set (self->pair_shown, model->pair[i], TRUE);

  return self->pair_shown;
}

static void
update_pair (NerveClassesPage *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  guint layers[2];
  gboolean chosen = find_layers (self, layers);
  g_autofree char *title = NULL;

  self->pair_model = *model;
  self->pair_model.shown = show_pair (self, model);
  self->pair_model.color_by = NERVE_COLOR_BY_CLASS;
  gtk_widget_set_visible (self->pair, chosen);
  gtk_widget_set_visible (self->hint, !chosen && get_parting (self) != NULL);
  gtk_label_set_label (self->mix_title, model->pair[0] >= 0 ? _("Mix of the two classes")
                                                            : _("Mix of superclasses"));
  if (!chosen)
    return;

  /* Translators: two classes */
  title = g_strdup_printf (_("%s and %s"), nerve_dataset_get_class_name (model->dataset, model->pair[0]),
                           nerve_dataset_get_class_name (model->dataset, model->pair[1]));
  gtk_label_set_label (self->pair_title, title);
  show_layer (self, self->before, self->before_title, layers[0]);
  show_layer (self, self->after, self->after_title, layers[1]);
}

static void
on_board_clicked (NerveClassesPage *self)
{
  guint layers[2];

  if (!find_layers (self, layers))
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "document.show-layers", "(uu)", layers[0], layers[1]);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "board");
}

static void
on_close_pair (NerveClassesPage *self)
{
  const int *pair = nerve_document_get_model (self->document)->pair;

  if (pair[0] >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "document.pair", "(uu)", pair[0], pair[1]);
}

/* The widget */

static void
nerve_classes_page_dispose (GObject *object)
{
  NerveClassesPage *self = NERVE_CLASSES_PAGE (object);

  if (self->parting != NULL)
    nerve_classes_page_set_document (self, NULL);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_CLASSES_PAGE);
  g_clear_pointer (&NERVE_CLASSES_PAGE (object)->pair_shown, nerve_bitset_free);

  G_OBJECT_CLASS (nerve_classes_page_parent_class)->dispose (object);
}

static void
nerve_classes_page_class_init (NerveClassesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_classes_page_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  g_type_ensure (NERVE_TYPE_MAIN_SIDE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/classes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, parting);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, purity);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, mix);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, mix_title);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, before);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, after);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, pair_title);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, before_title);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, after_title);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, pair);
  gtk_widget_class_bind_template_child (widget_class, NerveClassesPage, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_board_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_pair);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "classes");
}

static void
nerve_classes_page_init (NerveClassesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
want (NerveClassesPage *self, gboolean wanted)
{
  if (self->document == NULL)
    return;
  nerve_document_want_network (self->document, NERVE_NETWORK_PARTING, wanted);
  nerve_document_want_network (self->document, NERVE_NETWORK_HIERARCHY, wanted);
}

void
nerve_classes_page_set_document (NerveClassesPage *self, NerveDocument *document)
{
  NerveFigureView *views[] = { self->parting, self->purity, self->mix };

  g_return_if_fail (NERVE_IS_CLASSES_PAGE (self));

  if (self->document == document)
    return;

  want (self, FALSE);
  /* The old model must be out of every widget before it goes. */
  nerve_figure_view_set_model (self->before, NULL);
  nerve_figure_view_set_model (self->after, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    nerve_figure_view_set_model (views[i], document != NULL ? nerve_document_get_model (document) : NULL);
  g_set_object (&self->document, document);
  if (document == NULL)
    return;
  want (self, self->shown);
  nerve_classes_page_update (self, ~0u);
}

void
nerve_classes_page_set_shown (NerveClassesPage *self, gboolean shown)
{
  g_return_if_fail (NERVE_IS_CLASSES_PAGE (self));

  if (self->shown == shown)
    return;
  self->shown = shown;
  want (self, shown);
  if (shown && self->document != NULL)
    nerve_classes_page_update (self, ~0u);
}

void
nerve_classes_page_update (NerveClassesPage *self, guint changes)
{
  const guint pictures = NERVE_CHANGE_BOARD | NERVE_CHANGE_SELECTION | NERVE_CHANGE_COLORS | NERVE_CHANGE_PAIR |
                         NERVE_CHANGE_HOVER | NERVE_CHANGE_RESULTS;

  g_return_if_fail (NERVE_IS_CLASSES_PAGE (self));

  if (!self->shown || self->document == NULL)
    return;
  if (changes & pictures)
    {
      nerve_figure_view_update (self->parting);
      nerve_figure_view_update (self->purity);
      nerve_figure_view_update (self->mix);
      update_pair (self);
    }
  if (changes & (NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS | NERVE_CHANGE_PARAMETERS | NERVE_CHANGE_BOARD))
    update_state (self);
}
