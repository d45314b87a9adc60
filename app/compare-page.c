#include "config.h"

#include "app/compare-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/layer-pair.h"
#include "app/menu-label.h"
#include "app/pane-state.h"
#include "app/tests-pane.h"
#include "figures/kinds.h"
#include "figures/noise.h"
#include "figures/text.h"
#include "views/figure-view.h"
#include "views/fitting-label.h"
#include "views/main-side.h"
#include "views/template.h"

struct _NerveComparePage
{
  GtkWidget          parent_instance;
  NerveDocument     *document;
  GListModel        *open;
  gulong             open_handler;
  NerveDocument     *rival;       /* compared with; NULL: the document itself */
  gulong             rival_handler;
  gboolean           shown;
  GMenu             *rivals;
  NerveFigureView   *matrix;
  NerveFigureView   *flow;
  NerveTestsPane    *tests;
  NerveFigureView   *noise;
  NerveFigureView   *curve;
  NerveFigureView   *map;
  NerveFittingLabel *title;
  GtkLabel          *notes;
  GtkLabel          *curve_title;
  GtkMenuButton     *measure;
  GtkMenuButton     *rival_button;
  GtkLabel          *rival_name;
  GtkWidget         *dims;
  NerveLayerPair    *pair;
  GtkWidget         *cancel;
  GtkButton         *selected_only;
};

G_DEFINE_FINAL_TYPE (NerveComparePage, nerve_compare_page, GTK_TYPE_WIDGET)

static const NerveMatrixView *
get_view (NerveComparePage *self)
{
  return nerve_document_get_matrix_view (self->document);
}

static const NerveLayerMatrix *
get_matrix (NerveComparePage *self)
{
  return nerve_document_get_network (self->document, NERVE_NETWORK_MATRIX);
}

static char *
name_of (NerveDocument *document)
{
  return nerve_open_model_name (nerve_document_get_dataset (document));
}

/* What else is open */

static guint
get_n_open (NerveComparePage *self)
{
  return self->open != NULL ? g_list_model_get_n_items (self->open) : 0;
}

static NerveOpenModel *
snapshot_document (NerveDocument *document)
{
  guint n = nerve_document_get_model (document)->n_layers;
  g_autofree NerveLayerParameters *parameters = g_new (NerveLayerParameters, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    parameters[i] = *nerve_document_get_parameters (document, i);

  return nerve_open_model_new (nerve_document_get_dataset (document), parameters,
                               nerve_document_get_model (document)->layers);
}

static gboolean
has_layers (NerveDocument *document)
{
  return nerve_dataset_get_graph (nerve_document_get_dataset (document)) == NULL;
}

static void on_rival_changed (NerveComparePage *self, guint changes);

static void
follow_rival (NerveComparePage *self, NerveDocument *rival)
{
  if (self->rival == rival)
    return;

  /* The old model must be out of the widget before it goes. */
  nerve_layer_pair_show (self->pair, NULL, NULL);
  if (self->rival != NULL)
    g_clear_signal_handler (&self->rival_handler, self->rival);
  g_set_object (&self->rival, rival);
  if (rival != NULL)
    self->rival_handler = g_signal_connect_swapped (rival, "changed", G_CALLBACK (on_rival_changed), self);
}

/* Who there is to compare with, for the document and as a menu. */
static void
update_open (NerveComparePage *self)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) nerve_open_model_unref);
  NerveDocument *rival = NULL;

  g_menu_remove_all (self->rivals);
  if (self->document == NULL)
    return;

  g_menu_append (self->rivals, _("Itself"), "document.rival('')");
  for (guint i = 0; i < get_n_open (self); i++)
    {
      g_autoptr (NerveDocument) other = g_list_model_get_item (self->open, i);
      g_autofree char *id = nerve_open_model_id (nerve_document_get_dataset (other));
      g_autofree char *name = name_of (other);
      g_autofree char *label = nerve_menu_label (name);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      if (other == self->document || !has_layers (other))
        continue;
      g_ptr_array_add (others, snapshot_document (other));
      g_menu_item_set_action_and_target (item, "document.rival", "s", id);
      g_menu_append_item (self->rivals, item);
      if (g_strcmp0 (id, get_view (self)->rival) == 0)
        rival = other;
    }
  follow_rival (self, rival);
  if (!self->shown)
    return;
  nerve_document_want_network (self->document, NERVE_NETWORK_MAP, others->len > 0);
  if (rival == NULL)
    nerve_document_want_network (self->document, NERVE_NETWORK_NOISE, FALSE);
  nerve_document_set_others (self->document, others);
  if (rival != NULL)
    nerve_document_want_network (self->document, NERVE_NETWORK_NOISE, get_view (self)->as == NERVE_COMPARE_AS_NOISE);
}

/* How the work goes */

static void
update_pane (NerveComparePage *self, NerveFigureView *pane, NerveNetworkKind kind)
{
  nerve_pane_state_apply_result (pane, self->document, kind,
                                 _("Choose another measure, other images, or another network."));
}

/* It takes two files. */
static void
update_noise_pane (NerveComparePage *self)
{
  update_pane (self, self->noise, NERVE_NETWORK_NOISE);
  if (self->rival == NULL)
    nerve_figure_view_set_banner (self->noise, _("The noise test compares this file with one of noisy inputs."),
                                  _("Open that file, too, and choose it above."), NULL, NULL, NULL);
}

static gboolean
is_running (NerveComparePage *self, NerveNetworkKind kind)
{
  NerveJob *job = nerve_document_get_network_job (self->document, kind);

  return job != NULL && nerve_job_get_state (job) <= NERVE_JOB_RUNNING;
}

static gboolean
is_any_running (NerveComparePage *self)
{
  static const NerveNetworkKind kinds[] = { NERVE_NETWORK_MATRIX, NERVE_NETWORK_MAP, NERVE_NETWORK_FLOW,
                                            NERVE_NETWORK_NOISE, NERVE_NETWORK_SENSITIVITY,
                                            NERVE_NETWORK_SPECIFICITY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (is_running (self, kinds[i]))
      return TRUE;

  return FALSE;
}

/* A network that can't be compared with the others has a map of its own. */
static const GError *
get_map_error (NerveComparePage *self)
{
  NerveJob *job = nerve_document_get_network_job (self->document, NERVE_NETWORK_MAP);

  return job != NULL ? nerve_job_get_error (job) : NULL;
}

static gboolean
is_map_of_all (NerveComparePage *self)
{
  return is_running (self, NERVE_NETWORK_MAP) ||
         (get_n_open (self) > 1 && get_map_error (self) == NULL &&
          nerve_document_get_network (self->document, NERVE_NETWORK_MAP) != NULL);
}

static void
update_state (NerveComparePage *self)
{
  update_pane (self, self->matrix, NERVE_NETWORK_MATRIX);
  update_pane (self, self->flow, NERVE_NETWORK_FLOW);
  update_noise_pane (self);
  update_pane (self, self->curve, NERVE_NETWORK_MATRIX);
  update_pane (self, self->map, is_map_of_all (self) ? NERVE_NETWORK_MAP : NERVE_NETWORK_MATRIX);
  /* Said once, at the matrix. */
  nerve_figure_view_set_banner (self->curve, NULL, NULL, NULL, NULL, NULL);
  nerve_figure_view_set_banner (self->map, NULL, NULL, NULL, NULL, NULL);
  gtk_widget_set_visible (self->cancel, is_any_running (self));
  nerve_tests_pane_update (self->tests);
}

/* What it says */

/* Of the cell under the hand, or else of the one chosen. */
static gboolean
find_cell (NerveComparePage *self, guint *row, guint *column)
{
  const NerveLayerMatrix *matrix = get_matrix (self);
  const NerveHit *mark = nerve_figure_view_get_mark (self->matrix);
  const int *cell = get_view (self)->cell;

  if (matrix == NULL || nerve_document_is_network_stale (self->document, NERVE_NETWORK_MATRIX) ||
      (mark == NULL && cell[0] < 0))
    return FALSE;

  return mark != NULL ? nerve_layer_matrix_find (matrix, mark->layer, mark->index, row, column)
                      : nerve_layer_matrix_find (matrix, cell[0], cell[1], row, column);
}

static char *
describe_images (NerveComparePage *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);

  if (!get_view (self)->selected_only)
    return NULL;
  if (nerve_bitset_is_empty (model->selection))
    return g_strdup (_("No images are selected: all are compared."));

  return g_strdup_printf (_("Of the %zu selected images."), nerve_bitset_count (model->selection));
}

/* The node under the hand. */
static void
update_flow_title (NerveComparePage *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  const NerveHit *mark = nerve_figure_view_get_mark (self->flow);
  const NerveGraph *graph = mark != NULL ? model->layers[mark->layer].graph : NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (graph == NULL || mark->index >= nerve_mapper_get_n_nodes (graph->mapper))
    {
      const char *title = self->rival != NULL ? _("Flow to the other network’s layer")
                                              : _("Flow between the board's layers");

      nerve_fitting_label_set_texts (self->title, (const char *const []) { title, _("Flow"), NULL });
      return;
    }
  name = g_utf8_make_valid (nerve_dataset_get_layer (model->dataset, mark->layer)->name, -1);
  /* Translators: a layer, a node's number, how many points it has */
  text = g_strdup_printf (_("%s, node %u: %u points"), name, mark->index,
                          (guint) nerve_mapper_get_node (graph->mapper, mark->index)->n_members);
  nerve_fitting_label_set_texts (self->title, (const char *const []) { text, name, NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

/* The node under the hand. */
static void
update_noise_title (NerveComparePage *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  const NerveNoise *noise = model->network != NULL ? model->network->noises[model->current] : NULL;
  const NerveHit *mark = nerve_figure_view_get_mark (self->noise);
  NerveNoiseSide side = mark != NULL && mark->kind == NERVE_HIT_NOISY_NODE ? NERVE_NOISE_NOISY : NERVE_NOISE_CLEAN;
  g_autofree char *name = g_utf8_make_valid (nerve_dataset_get_layer (model->dataset, model->current)->name, -1);
  g_autofree char *text = NULL;
  NerveMapper *mapper;

  if (mark == NULL || noise == NULL || mark->index >= noise->summaries[side].nodes)
    {
      /* Translators: a layer */
      text = g_strdup_printf (_("Noise test of %s"), name);
      nerve_fitting_label_set_texts (self->title, (const char *const []) { text, _("Noise test"), NULL });
      return;
    }
  mapper = noise->graphs[side]->mapper;
  /* Translators: a node's number, how many points it has */
  text = g_strdup_printf (side == NERVE_NOISE_NOISY ? _("Noisy inputs, node %u: %u points")
                                                    : _("Clean inputs, node %u: %u points"), mark->index,
                          (guint) nerve_mapper_get_node (mapper, mark->index)->n_members);
  nerve_fitting_label_set_texts (self->title, (const char *const []) { text, name, NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->noise), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
update_title (NerveComparePage *self)
{
  const NerveLayerMatrix *matrix = get_matrix (self);
  const char *measure = nerve_measure_title (get_view (self)->measure);
  g_autofree char *whole = NULL;
  guint row, column;

  if (get_view (self)->as == NERVE_COMPARE_AS_FLOW)
    {
      update_flow_title (self);
      return;
    }
  if (get_view (self)->as == NERVE_COMPARE_AS_NOISE)
    {
      update_noise_title (self);
      return;
    }
  if (get_view (self)->as == NERVE_COMPARE_AS_TESTS)
    {
      nerve_fitting_label_set_texts (self->title, (const char *const []) { _("Does the distance mean anything?"),
                                                                           _("Tests"), NULL });
      return;
    }

  if (find_cell (self, &row, &column))
    {
      g_autofree char *value = nerve_text_number (nerve_layer_matrix_get (matrix, row, column), 3);
      g_autofree char *a = g_utf8_make_valid (nerve_layer_matrix_get_row_name (matrix, row), -1);
      g_autofree char *b = g_utf8_make_valid (nerve_layer_matrix_get_column_name (matrix, column), -1);
      /* Translators: two layers, a number */
      g_autofree char *text = g_strdup_printf (_("%s – %s: %s"), a, b, value);

      nerve_fitting_label_set_texts (self->title, (const char *const []) { text, value, NULL });
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->matrix), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
      return;
    }
  whole = matrix != NULL ? nerve_distances_figure_title (matrix) : g_strdup (measure);
  nerve_fitting_label_set_texts (self->title, (const char *const []) { whole, measure, NULL });
}

/* Sampling, batches, how images were matched: what must be said with the numbers. */
static void
update_notes (NerveComparePage *self)
{
  const NerveLayerMatrix *matrix = get_matrix (self);
  g_autofree char *images = describe_images (self);
  g_autofree char *notes = matrix != NULL ? g_strjoinv ("; ", (char **) nerve_layer_matrix_get_notes (matrix)) : NULL;
  const GError *error = get_map_error (self);
  /* Translators: why other networks are not there */
  g_autofree char *alone = error != NULL ? g_strdup_printf (_("The map is of this network alone: %s."), error->message)
                                         : NULL;
  g_autofree char *text = g_strdup_printf ("%s %s %s", images != NULL ? images : "", notes != NULL ? notes : "",
                                           alone != NULL ? alone : "");

  g_strstrip (text);
  gtk_label_set_label (self->notes, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->notes), text);
}

/* Whoever has images selected is offered to compare them alone. */
static void
update_selected_only (NerveComparePage *self)
{
  gsize n = nerve_bitset_count (nerve_document_get_model (self->document)->selection);
  g_autofree char *text = g_strdup_printf (ngettext ("Only the Selected Image", "Only the %zu Selected Images", n), n);

  gtk_button_set_label (self->selected_only, n > 0 ? text : _("Only Selected Images"));
  gtk_widget_set_visible (GTK_WIDGET (self->selected_only),
                          (n > 0 || get_view (self)->selected_only) &&
                            get_view (self)->as != NERVE_COMPARE_AS_FLOW &&
                            get_view (self)->as != NERVE_COMPARE_AS_NOISE);
}

static void
update_controls (NerveComparePage *self)
{
  const NerveMatrixView *view = get_view (self);
  const NerveParameter *parameter = nerve_parameters_find (&nerve_measure_table, "measure");
  g_autofree char *rival = self->rival != NULL ? name_of (self->rival) : NULL;
  g_autofree char *against = g_strdup_printf (_("with %s"), rival != NULL ? rival : _("itself"));

  gtk_menu_button_set_label (self->measure, _(parameter->choices[view->measure].label));
  gtk_label_set_label (self->rival_name, against);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->rival_button), against);
  gtk_widget_set_visible (self->dims, nerve_matrix_view_has_dims (view));
  gtk_widget_set_visible (GTK_WIDGET (self->matrix), view->as == NERVE_COMPARE_AS_MATRIX);
  gtk_widget_set_visible (GTK_WIDGET (self->flow), view->as == NERVE_COMPARE_AS_FLOW);
  gtk_widget_set_visible (GTK_WIDGET (self->noise), view->as == NERVE_COMPARE_AS_NOISE);
  gtk_label_set_label (self->curve_title, self->rival != NULL ? _("To the other's same layer")
                                                              : _("To the layer before"));
}

/* The two layers */

static void
update_pair (NerveComparePage *self)
{
  nerve_layer_pair_show (self->pair, self->document, self->rival);
}

static void
on_rival_changed (NerveComparePage *self, guint changes)
{
  if (changes & (NERVE_CHANGE_RESULTS | NERVE_CHANGE_PARAMETERS))
    update_open (self);
  if (self->shown)
    update_pair (self);
}

/* The widget */

static void
nerve_compare_page_dispose (GObject *object)
{
  NerveComparePage *self = NERVE_COMPARE_PAGE (object);

  if (self->matrix != NULL)
    {
      nerve_compare_page_set_document (self, NULL);
      follow_rival (self, NULL);
    }
  nerve_compare_page_set_open (self, NULL);
  g_clear_object (&self->rivals);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_COMPARE_PAGE);

  G_OBJECT_CLASS (nerve_compare_page_parent_class)->dispose (object);
}

static void
nerve_compare_page_class_init (NerveComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_compare_page_dispose;
  g_type_ensure (NERVE_TYPE_FIGURE_VIEW);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  g_type_ensure (NERVE_TYPE_LAYER_PAIR);
  g_type_ensure (NERVE_TYPE_MAIN_SIDE);
  g_type_ensure (NERVE_TYPE_TESTS_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, matrix);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, flow);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, tests);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, noise);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, curve);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, map);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, title);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, notes);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, curve_title);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, measure);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, rival_button);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, rival_name);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, dims);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, pair);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, cancel);
  gtk_widget_class_bind_template_child (widget_class, NerveComparePage, selected_only);
  gtk_widget_class_bind_template_callback (widget_class, update_title);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* From the measures' own table. */
static void
fill_measures (NerveComparePage *self)
{
  const NerveParameter *parameter = nerve_parameters_find (&nerve_measure_table, "measure");
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < NERVE_N_MEASURES; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(parameter->choices[i].label), NULL);

      g_menu_item_set_action_and_target (item, "document.measure", "s", parameter->choices[i].name);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->measure, G_MENU_MODEL (menu));
}

static void
nerve_compare_page_init (NerveComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rivals = g_menu_new ();
  gtk_menu_button_set_menu_model (self->rival_button, G_MENU_MODEL (self->rivals));
  fill_measures (self);
}

void
nerve_compare_page_set_open (NerveComparePage *self, GListModel *documents)
{
  g_return_if_fail (NERVE_IS_COMPARE_PAGE (self));

  if (self->open != NULL)
    g_clear_signal_handler (&self->open_handler, self->open);
  g_set_object (&self->open, documents);
  if (documents != NULL)
    self->open_handler = g_signal_connect_swapped (documents, "items-changed", G_CALLBACK (update_open), self);
}

static void
want (NerveComparePage *self, gboolean wanted)
{
  NerveCompareAs as = get_view (self)->as;

  nerve_document_want_network (self->document, NERVE_NETWORK_FLOW, wanted && as == NERVE_COMPARE_AS_FLOW);
  nerve_tests_pane_set_shown (self->tests, wanted && as == NERVE_COMPARE_AS_TESTS);
  nerve_document_want_network (self->document, NERVE_NETWORK_MATRIX, wanted && has_layers (self->document));
  if (wanted)
    {
      update_open (self);
      return;
    }
  nerve_document_want_network (self->document, NERVE_NETWORK_NOISE, FALSE);
  nerve_document_want_network (self->document, NERVE_NETWORK_MAP, FALSE);
}

void
nerve_compare_page_set_document (NerveComparePage *self, NerveDocument *document)
{
  NerveFigureView *views[] = { self->matrix, self->flow, self->noise, self->curve, self->map };

  g_return_if_fail (NERVE_IS_COMPARE_PAGE (self));

  if (self->document == document)
    return;

  if (self->document != NULL && self->shown)
    want (self, FALSE);
  /* The old model must be out of every widget before it goes. */
  nerve_layer_pair_show (self->pair, NULL, NULL);
  nerve_tests_pane_set_document (self->tests, document);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    nerve_figure_view_set_model (views[i], document != NULL ? nerve_document_get_model (document) : NULL);
  g_set_object (&self->document, document);
  if (document == NULL)
    {
      follow_rival (self, NULL);
      return;
    }
  if (self->shown)
    nerve_compare_page_set_shown (self, TRUE);
}

void
nerve_compare_page_set_shown (NerveComparePage *self, gboolean shown)
{
  gboolean before;

  g_return_if_fail (NERVE_IS_COMPARE_PAGE (self));

  before = self->shown;
  self->shown = shown;
  if (self->document == NULL || (!shown && !before))
    return;
  want (self, shown);
  nerve_compare_page_update (self, ~0u);
}

void
nerve_compare_page_update (NerveComparePage *self, guint changes)
{
  g_return_if_fail (NERVE_IS_COMPARE_PAGE (self));

  if (!self->shown || self->document == NULL)
    return;
  if (changes & NERVE_CHANGE_MATRIX)
    want (self, TRUE);
  if (changes & ~(NERVE_CHANGE_JOBS | NERVE_CHANGE_HOVER))
    {
      nerve_figure_view_update (self->matrix);
      nerve_figure_view_update (self->flow);
      nerve_figure_view_set_layer (self->noise, nerve_document_get_model (self->document)->current);
      nerve_figure_view_update (self->noise);
      nerve_figure_view_update (self->curve);
      nerve_figure_view_update (self->map);
      update_controls (self);
      update_notes (self);
      update_selected_only (self);
    }
  if (changes & ~NERVE_CHANGE_JOBS)
    update_pair (self);
  update_title (self);
  update_state (self);
}
