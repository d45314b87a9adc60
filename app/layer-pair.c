#include "config.h"

#include "app/layer-pair.h"

#include "app/matrix-input.h"
#include "views/figure-view.h"
#include "views/template.h"

struct _NerveLayerPair
{
  GtkWidget        parent_instance;
  NerveDocument   *document;
  NerveDocument   *rival;       /* NULL: both layers are the document's */
  NerveFigureModel rival_model; /* the rival's, coloured and selected as the document is */
  NerveBitset     *rival_images;
  NerveFigureView *left;
  NerveFigureView *right;
  GtkLabel        *left_title;
  GtkLabel        *right_title;
};

G_DEFINE_FINAL_TYPE (NerveLayerPair, nerve_layer_pair, GTK_TYPE_WIDGET)

/* The rival's images that are selected here. */
static void
match_selection (NerveLayerPair *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->rival_images, nerve_bitset_free);
  if (!nerve_bitset_is_empty (model->selection))
    self->rival_images = nerve_matrix_match_images (model->dataset, nerve_document_get_dataset (self->rival),
                                                    model->selection, &error);
}

static const NerveFigureModel *
get_right_model (NerveLayerPair *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);

  if (self->rival == NULL)
    return model;

  match_selection (self);
  self->rival_model = *nerve_document_get_model (self->rival);
  self->rival_model.color_by = model->color_by;
  self->rival_model.shown = model->shown;
  self->rival_model.node_size = model->node_size;
  self->rival_model.edge_width = model->edge_width;
  self->rival_model.layout = model->layout;
  self->rival_model.selection = self->rival_images;
  self->rival_model.selected_layer = self->rival_model.selected_node = -1;
  self->rival_model.hover_layer = self->rival_model.hover_node = -1;

  return &self->rival_model;
}

static void
show_layer (NerveFigureView *pane, GtkLabel *title, const NerveFigureModel *model, guint layer, const char *of)
{
  const NerveLayer *info = nerve_dataset_get_layer (model->dataset, layer);
  g_autofree char *name = g_utf8_make_valid (info->name, -1);
  g_autofree char *text = of != NULL ? g_strdup_printf ("%d  %s · %s", (int) info->index, name, of)
                                     : g_strdup_printf ("%d  %s", (int) info->index, name);

  gtk_label_set_label (title, text);
  nerve_figure_view_set_layer (pane, layer);
  nerve_figure_view_set_model (pane, model);
  nerve_figure_view_update (pane);
}

static void
on_close_clicked (NerveLayerPair *self)
{
  const int *cell = nerve_document_get_matrix_view (self->document)->cell;

  if (cell[0] >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "document.matrix-cell", "(uu)", cell[0], cell[1]);
}

/* Of another network's layers none stands on this one's board. */
static void
on_board_clicked (NerveLayerPair *self)
{
  const int *cell = nerve_document_get_matrix_view (self->document)->cell;

  if (cell[0] < 0)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "document.show-layers", "(uu)", cell[0],
                              self->rival != NULL ? cell[0] : cell[1]);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "board");
}

static void
show_layers (NerveLayerPair *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  const NerveFigureModel *other = get_right_model (self);
  const int *cell = nerve_document_get_matrix_view (self->document)->cell;
  gboolean chosen = cell[0] >= 0 && (guint) cell[0] < model->n_layers && (guint) cell[1] < other->n_layers;
  /* Of one network, as it is passed through. */
  gboolean turned = self->rival == NULL && cell[0] > cell[1];
  g_autofree char *name = nerve_open_model_name (model->dataset);
  g_autofree char *rival = nerve_open_model_name (other->dataset);
  gboolean named = self->rival != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), chosen);
  if (!chosen)
    return;
  show_layer (self->left, self->left_title, model, cell[turned], named ? name : NULL);
  show_layer (self->right, self->right_title, other, cell[!turned], named ? rival : NULL);
}

/* The widget */

static void
nerve_layer_pair_dispose (GObject *object)
{
  NerveLayerPair *self = NERVE_LAYER_PAIR (object);

  if (self->left != NULL)
    nerve_layer_pair_show (self, NULL, NULL);
  g_clear_pointer (&self->rival_images, nerve_bitset_free);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_LAYER_PAIR);

  G_OBJECT_CLASS (nerve_layer_pair_parent_class)->dispose (object);
}

static void
nerve_layer_pair_class_init (NerveLayerPairClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_layer_pair_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/layer-pair.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveLayerPair, left);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerPair, right);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerPair, left_title);
  gtk_widget_class_bind_template_child (widget_class, NerveLayerPair, right_title);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_board_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nerve_layer_pair_init (NerveLayerPair *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
nerve_layer_pair_show (NerveLayerPair *self, NerveDocument *document, NerveDocument *rival)
{
  g_return_if_fail (NERVE_IS_LAYER_PAIR (self));

  /* The old models must be out of the widgets before they go. */
  if (self->document != document)
    nerve_figure_view_set_model (self->left, NULL);
  if (self->document != document || self->rival != rival)
    nerve_figure_view_set_model (self->right, NULL);
  g_set_object (&self->document, document);
  g_set_object (&self->rival, rival);
  if (document != NULL)
    show_layers (self);
}
