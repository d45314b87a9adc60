#include "config.h"

#include "app/document-actions.h"

#include <math.h>

#include "app/board-actions.h"
#include "app/state-words.h"
#include "figures/figure.h"
#include "figures/node-measure.h"

typedef struct
{
  NerveDocument      *document;
  GSimpleActionGroup *group;     /* not owned: it owns us */
  gulong              handler;
  NerveReportFunc     report;
  gpointer            user_data;
} Actions;

static const char *const sweep_names[] = { "overlap", "eps" };
static const char *const order_names[] = { "network", "dendrogram" };
static const char *const axis_names[] = { "logarithmic", "linear" };

static guint
current_layer (Actions *self)
{
  return nerve_document_get_model (self->document)->current;
}

static gboolean
is_layer (Actions *self, guint layer)
{
  return layer < nerve_document_get_model (self->document)->n_layers;
}

/* Selection */

static void
on_select_nodes (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr (GVariant) array = NULL;
  const guint32 *nodes;
  guint layer, mode;
  gsize n;

  g_variant_get (parameter, "(u@auu)", &layer, &array, &mode);
  nodes = g_variant_get_fixed_array (array, &n, sizeof *nodes);
  if (is_layer (self, layer) && mode <= NERVE_SELECT_TOGGLE)
    nerve_document_select_nodes (self->document, layer, nodes, n, mode);
}

/* Of the noise test. */
static void
on_select_noisy_node (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint layer, node, mode;

  g_variant_get (parameter, "(uuu)", &layer, &node, &mode);
  if (is_layer (self, layer) && mode <= NERVE_SELECT_TOGGLE)
    nerve_document_select_noisy_node (self->document, layer, node, mode);
}

static void
on_select_images (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr (GVariant) array = NULL;
  const guint32 *images;
  guint mode;
  gsize n;

  g_variant_get (parameter, "(@auu)", &array, &mode);
  images = g_variant_get_fixed_array (array, &n, sizeof *images);
  if (mode <= NERVE_SELECT_TOGGLE)
    nerve_document_select_list (self->document, images, n, mode);
}

static void
on_select_class (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint label, mode;
  gboolean group;

  g_variant_get (parameter, "(ubu)", &label, &group, &mode);
  if (mode <= NERVE_SELECT_TOGGLE)
    nerve_document_select_class (self->document, label, group, mode);
}

static void
on_select_bar (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint layer, bar, mode;

  g_variant_get (parameter, "(uuu)", &layer, &bar, &mode);
  if (is_layer (self, layer) && mode <= NERVE_SELECT_TOGGLE)
    nerve_document_select_bar (self->document, layer, bar, mode);
}

static void
on_select_component (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_select_component (((Actions *) user_data)->document);
}

static void
on_select_community (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_select_community (((Actions *) user_data)->document);
}

static void
on_clear (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  nerve_document_select_none (self->document);
  if (nerve_document_get_model (self->document)->shown != NULL)
    nerve_document_set_shown (self->document, nerve_document_get_model (self->document)->color_by, NULL);
}

static void
on_hover (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  int layer, node;

  g_variant_get (parameter, "(ii)", &layer, &node);
  nerve_document_set_hover (self->document, layer, node);
}

static void
on_hover_bar (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  int layer, bar;

  g_variant_get (parameter, "(ii)", &layer, &bar);
  nerve_document_set_hover_bar (self->document, layer, bar);
}

static void
on_hover_curve (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const char *name;
  int layer;
  double at, value;

  g_variant_get (parameter, "(i&sdd)", &layer, &name, &at, &value);
  nerve_document_set_hover_curve (self->document, layer, name, at, value);
}

/* The board */

static void
on_walk_to (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint layer = g_variant_get_uint32 (parameter);

  if (is_layer (self, layer))
    nerve_document_walk_to (self->document, layer);
}

static void
on_walk_by (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  nerve_document_walk_by (self->document, g_variant_get_int32 (parameter));
}

static void
on_show_layers (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint layers[2];

  g_variant_get (parameter, "(uu)", &layers[0], &layers[1]);
  if (is_layer (self, layers[0]) && is_layer (self, layers[1]))
    nerve_document_show_layers (self->document, layers, 2);
}

static void
on_toggle_pin (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint column = g_variant_get_uint32 (parameter);

  if (column < nerve_document_get_model (self->document)->n_columns)
    nerve_document_toggle_pin (self->document, column);
}

/* Colours and units */

static void
on_color_by (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;
  NerveColorBy by;

  if (nerve_color_by_find (g_variant_get_string (value, NULL), &by) &&
      nerve_color_by_is_available (by, nerve_document_get_dataset (self->document)))
    nerve_document_set_color_by (self->document, by);
}

static void
on_node_size (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (nerve_node_size_words); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), nerve_node_size_words[i]))
      nerve_document_set_node_size (self->document, i);
}

static void
on_layout (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (nerve_layout_words); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), nerve_layout_words[i]))
      nerve_document_set_layout (self->document, i);
}

static void
on_edge_width (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (nerve_edge_width_words); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), nerve_edge_width_words[i]))
      nerve_document_set_edge_width (self->document, i);
}

static gboolean
has_groups (Actions *self)
{
  return nerve_palette_get_n_groups (nerve_document_get_palette (self->document)) > 0;
}

static void
on_toggle_color (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  NerveColorBy now = nerve_document_get_model (self->document)->color_by;

  nerve_document_set_color_by (self->document, now == NERVE_COLOR_BY_CLASS && has_groups (self)
                                                 ? NERVE_COLOR_BY_SUPERCLASS : NERVE_COLOR_BY_CLASS);
}

/* All that the file has what it takes for, one after the other. */
static void
on_next_color (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  NerveColorBy by = nerve_document_get_model (self->document)->color_by;

  do
    by = (by + 1) % NERVE_N_COLOR_BY;
  while (!nerve_color_by_is_available (by, nerve_document_get_dataset (self->document)));
  nerve_document_set_color_by (self->document, by);
}

/* Which of the classes or groups keep their colours now; @color_by: out, what colours must stand for to tell. */
static NerveBitset *
shown_of (Actions *self, gboolean group, NerveColorBy *color_by)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  guint n = group ? nerve_palette_get_n_groups (model->palette) : nerve_palette_get_n_classes (model->palette);
  gboolean told = group == (model->color_by == NERVE_COLOR_BY_SUPERCLASS);
  NerveBitset *shown = nerve_bitset_new (n);

  *color_by = told ? model->color_by : group ? NERVE_COLOR_BY_SUPERCLASS : NERVE_COLOR_BY_CLASS;
  for (guint i = 0; i < n; i++)
    nerve_bitset_set (shown, i, !told || nerve_figure_model_shows (model, i));

  return shown;
}

static void
on_solo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr (NerveBitset) shown = NULL;
  NerveColorBy color_by;
  gboolean group, alone;
  guint label;

  g_variant_get (parameter, "(ub)", &label, &group);
  shown = shown_of (self, group, &color_by);
  if (label >= nerve_bitset_length (shown))
    return;
  alone = nerve_bitset_get (shown, label) && nerve_bitset_count (shown) == 1;
  nerve_bitset_clear_all (shown);
  nerve_bitset_set (shown, label, TRUE);
  nerve_document_set_shown (self->document, color_by, alone ? NULL : shown);
}

static void
on_hide (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr (NerveBitset) shown = NULL;
  NerveColorBy color_by;
  gboolean group;
  guint label;

  g_variant_get (parameter, "(ub)", &label, &group);
  shown = shown_of (self, group, &color_by);
  if (label >= nerve_bitset_length (shown))
    return;
  nerve_bitset_set (shown, label, !nerve_bitset_get (shown, label));
  nerve_document_set_shown (self->document, color_by, shown);
}

static void
on_pair (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint n = nerve_dataset_get_n_classes (nerve_document_get_dataset (self->document));
  guint a, b;

  g_variant_get (parameter, "(uu)", &a, &b);
  if (a < n && b < n && a != b)
    nerve_document_set_pair (self->document, a, b);
}

static void
on_units (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (nerve_unit_words); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), nerve_unit_words[i]))
      nerve_document_set_units (self->document, i);
}

/* Betti numbers over the layers */

static const NerveDecayView *
get_decay (Actions *self)
{
  return &nerve_document_get_model (self->document)->decay;
}

static void
on_eta (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  double eta = g_variant_get_double (parameter);

  if (isfinite (eta))
    nerve_document_set_eta (((Actions *) user_data)->document, eta);
}

static void
on_want_curves (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_want_curves (((Actions *) user_data)->document);
}

static void
on_decay_axis (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;
  const NerveDecayView *decay = get_decay (self);

  nerve_document_set_decay (self->document, g_str_equal (g_variant_get_string (value, NULL), axis_names[TRUE]),
                            decay->by, decay->bands);
}

static void
on_decay_by (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;
  const NerveDecayView *decay = get_decay (self);

  for (guint i = 0; i < G_N_ELEMENTS (nerve_decay_by_words); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), nerve_decay_by_words[i]))
      nerve_document_set_decay (self->document, decay->linear, i, decay->bands);
}

static void
on_decay_bands (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  Actions *self = user_data;
  const NerveDecayView *decay = get_decay (self);

  nerve_document_set_decay (self->document, decay->linear, decay->by, g_variant_get_boolean (value));
}

/* Layers against layers */

/* By the names of the command line. */
static const char *
measure_name (NerveMeasureKind measure)
{
  return nerve_parameters_find (&nerve_measure_table, "measure")->choices[measure].name;
}

static void
on_measure (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  for (guint i = 0; i < NERVE_N_MEASURES; i++)
    if (g_str_equal (g_variant_get_string (value, NULL), measure_name (i)))
      nerve_document_set_measure (((Actions *) user_data)->document, i);
}

static void
on_matrix_dims (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (nerve_matrix_dims_words); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), nerve_matrix_dims_words[i]))
      nerve_document_set_matrix_dims (((Actions *) user_data)->document, i);
}

static void
on_matrix_scaled (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  NerveDocument *document = ((Actions *) user_data)->document;
  const NerveMatrixView *view = nerve_document_get_matrix_view (document);

  nerve_document_set_matrix_options (document, g_variant_get_boolean (value), view->selected_only,
                                     view->by_dendrogram);
}

static void
on_matrix_selected (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  NerveDocument *document = ((Actions *) user_data)->document;
  const NerveMatrixView *view = nerve_document_get_matrix_view (document);

  nerve_document_set_matrix_options (document, view->scaled, g_variant_get_boolean (value), view->by_dendrogram);
}

static void
on_matrix_order (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  NerveDocument *document = ((Actions *) user_data)->document;
  const NerveMatrixView *view = nerve_document_get_matrix_view (document);

  nerve_document_set_matrix_options (document, view->scaled, view->selected_only,
                                     g_str_equal (g_variant_get_string (value, NULL), order_names[TRUE]));
}

static void
on_compare_as (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  for (guint i = 0; i < NERVE_N_COMPARE_AS; i++)
    if (g_str_equal (g_variant_get_string (value, NULL), nerve_compare_as_words[i]))
      nerve_document_set_compare_as (((Actions *) user_data)->document, i);
}

static void
on_rival (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  const char *rival = g_variant_get_string (value, NULL);

  nerve_document_set_rival (((Actions *) user_data)->document, *rival != '\0' ? rival : NULL);
}

static void
on_matrix_cell (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  guint layer, other;

  g_variant_get (parameter, "(uu)", &layer, &other);
  if (is_layer (self, layer))
    nerve_document_set_matrix_cell (self->document, layer, other);
}

static void
for_matrices (Actions *self, void (*func) (NerveDocument *document, NerveNetworkKind kind))
{
  static const NerveNetworkKind kinds[] = { NERVE_NETWORK_MATRIX, NERVE_NETWORK_MAP, NERVE_NETWORK_FLOW,
                                            NERVE_NETWORK_NOISE, NERVE_NETWORK_SENSITIVITY,
                                            NERVE_NETWORK_SPECIFICITY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    func (self->document, kinds[i]);
}

static void
on_cancel_matrix (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for_matrices (user_data, nerve_document_cancel_network);
}

static void
on_retry_matrix (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for_matrices (user_data, nerve_document_retry_network);
}

/* Parameters */

static void
on_set_parameter (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const char *group, *name, *text;
  g_autoptr (GError) error = NULL;
  gboolean all_layers;

  g_variant_get (parameter, "(b&s&s&s)", &all_layers, &group, &name, &text);
  if (!nerve_document_set_parameter (self->document, current_layer (self), all_layers, group, name, text, &error))
    self->report (error->message, self->user_data);
}

static void
on_set_eps (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr (GError) error = NULL;
  const char *text;
  guint layer;

  g_variant_get (parameter, "(u&s)", &layer, &text);
  if (is_layer (self, layer) &&
      !nerve_document_set_parameter (self->document, layer, FALSE, "mapper", "eps", text, &error))
    self->report (error->message, self->user_data);
}

static void
on_diagram_points (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autofree char *text = NULL;
  guint layer, points;

  g_variant_get (parameter, "(uu)", &layer, &points);
  text = g_strdup_printf ("%u", points);
  if (is_layer (self, layer))
    nerve_document_set_parameter (self->document, layer, FALSE, "diagram", "diagram-points", text, NULL);
}

static void
on_reset_parameters (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  nerve_document_reset_parameters (self->document, current_layer (self), g_variant_get_boolean (parameter));
}

static void
on_apply_preset (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  gboolean all_layers;
  const char *id;

  g_variant_get (parameter, "(b&s)", &all_layers, &id);
  nerve_document_apply_preset (self->document, current_layer (self), all_layers, id);
}

/* Of the current layer. */
static void
on_save_preset (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autofree char *name = g_strstrip (g_variant_dup_string (parameter, NULL));

  if (*name != '\0')
    nerve_document_save_preset (self->document, current_layer (self), name);
}

static void
on_remove_preset (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_remove_preset (((Actions *) user_data)->document, g_variant_get_string (parameter, NULL));
}

static void
on_take_sweep (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_take_sweep (((Actions *) user_data)->document, g_variant_get_uint32 (parameter));
}

static void
on_step_sweep (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  int columns, rows;

  g_variant_get (parameter, "(ii)", &columns, &rows);
  nerve_document_step_sweep (((Actions *) user_data)->document, CLAMP (columns, -1, 1), CLAMP (rows, -1, 1));
}

static void
on_sweep_by (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  nerve_document_set_sweep_by_eps (((Actions *) user_data)->document,
                                   g_str_equal (g_variant_get_string (value, NULL), sweep_names[TRUE]));
}

static void
on_begin_drag (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_begin_drag (((Actions *) user_data)->document);
}

static void
on_end_drag (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_end_drag (((Actions *) user_data)->document);
}

/* Jobs */

typedef void (*JobFunc) (NerveDocument *document, guint layer, NerveResultKind kind);

static void
for_results_of (Actions *self, GVariant *parameter, JobFunc func)
{
  const NerveFigureKind *figure;
  const char *name;
  guint layer;

  g_variant_get (parameter, "(u&s)", &layer, &name);
  figure = nerve_figure_kind_find (name);
  if (figure == NULL || !is_layer (self, layer))
    return;

  if (figure->flags & NERVE_FIGURE_NEEDS_GRAPH)
    func (self->document, layer, NERVE_RESULT_GRAPH);
  if (figure->flags & NERVE_FIGURE_NEEDS_HOMOLOGY)
    func (self->document, layer, NERVE_RESULT_HOMOLOGY);
  if (figure->flags & NERVE_FIGURE_NEEDS_BETTI)
    func (self->document, layer, NERVE_RESULT_BETTI);
  if (figure->flags & NERVE_FIGURE_NEEDS_PROJECTION)
    func (self->document, layer, NERVE_RESULT_PROJECTION);
  if (figure->flags & NERVE_FIGURE_NEEDS_HIERARCHY)
    func (self->document, layer, NERVE_RESULT_HIERARCHY);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for_results_of (user_data, parameter, nerve_document_cancel);
}

static void
on_retry (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for_results_of (user_data, parameter, nerve_document_retry);
}

/* History */

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_undo (((Actions *) user_data)->document);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nerve_document_redo (((Actions *) user_data)->document);
}

static const GActionEntry entries[] = {
  { "select-nodes", on_select_nodes, "(uauu)" },
  { "select-noisy-node", on_select_noisy_node, "(uuu)" },
  { "select-bar", on_select_bar, "(uuu)" },
  { "select-class", on_select_class, "(ubu)" },
  { "select-component", on_select_component },
  { "select-community", on_select_community },
  { "clear", on_clear },
  { "hover", on_hover, "(ii)" },
  { "hover-bar", on_hover_bar, "(ii)" },
  { "hover-curve", on_hover_curve, "(isdd)" },
  { "walk-to", on_walk_to, "u" },
  { "walk-by", on_walk_by, "i" },
  { "show-layers", on_show_layers, "(uu)" },
  { "toggle-pin", on_toggle_pin, "u" },
  { "color-by", NULL, "s", "'class'", on_color_by },
  { "toggle-color", on_toggle_color },
  { "next-color", on_next_color },
  { "node-size", NULL, "s", "'members'", on_node_size },
  { "edge-width", NULL, "s", "'jaccard'", on_edge_width },
  { "layout", NULL, "s", "'springs'", on_layout },
  { "solo", on_solo, "(ub)" },
  { "hide", on_hide, "(ub)" },
  { "pair", on_pair, "(uu)" },
  { "units", NULL, "s", "'median'", on_units },
  { "select-images", on_select_images, "(auu)" },
  { "eta", on_eta, "d" },
  { "want-curves", on_want_curves },
  { "decay-axis", NULL, "s", "'logarithmic'", on_decay_axis },
  { "decay-by", NULL, "s", "'nothing'", on_decay_by },
  { "decay-bands", NULL, NULL, "true", on_decay_bands },
  { "set-parameter", on_set_parameter, "(bsss)" },
  { "set-eps", on_set_eps, "(us)" },
  { "diagram-points", on_diagram_points, "(uu)" },
  { "reset-parameters", on_reset_parameters, "b" },
  { "apply-preset", on_apply_preset, "(bs)" },
  { "save-preset", on_save_preset, "s" },
  { "remove-preset", on_remove_preset, "s" },
  { "take-sweep", on_take_sweep, "u" },
  { "step-sweep", on_step_sweep, "(ii)" },
  { "sweep-by", NULL, "s", "'overlap'", on_sweep_by },
  { "measure", NULL, "s", "'sliced-wasserstein'", on_measure },
  { "matrix-dims", NULL, "s", "'0,1'", on_matrix_dims },
  { "matrix-scaled", NULL, NULL, "true", on_matrix_scaled },
  { "matrix-selected", NULL, NULL, "false", on_matrix_selected },
  { "matrix-order", NULL, "s", "'network'", on_matrix_order },
  { "compare-as", NULL, "s", "'matrix'", on_compare_as },
  { "rival", NULL, "s", "''", on_rival },
  { "matrix-cell", on_matrix_cell, "(uu)" },
  { "cancel-matrix", on_cancel_matrix },
  { "retry-matrix", on_retry_matrix },
  { "begin-drag", on_begin_drag },
  { "end-drag", on_end_drag },
  { "cancel", on_cancel, "(us)" },
  { "retry", on_retry, "(us)" },
  { "undo", on_undo },
  { "redo", on_redo },
};

static GSimpleAction *
find (Actions *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), name));
}

static void
update_matrix (Actions *self)
{
  const NerveMatrixView *view = nerve_document_get_matrix_view (self->document);

  g_simple_action_set_state (find (self, "measure"), g_variant_new_string (measure_name (view->measure)));
  g_simple_action_set_state (find (self, "matrix-dims"), g_variant_new_string (nerve_matrix_dims_words[view->dims]));
  g_simple_action_set_state (find (self, "matrix-scaled"), g_variant_new_boolean (view->scaled));
  g_simple_action_set_state (find (self, "matrix-selected"), g_variant_new_boolean (view->selected_only));
  g_simple_action_set_state (find (self, "matrix-order"), g_variant_new_string (order_names[view->by_dendrogram]));
  g_simple_action_set_state (find (self, "compare-as"), g_variant_new_string (nerve_compare_as_words[view->as]));
  g_simple_action_set_state (find (self, "rival"), g_variant_new_string (view->rival != NULL ? view->rival : ""));
  g_simple_action_set_enabled (find (self, "matrix-dims"), nerve_matrix_view_has_dims (view));
}

static void
update (Actions *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);

  g_simple_action_set_enabled (find (self, "undo"), nerve_document_get_undo_label (self->document) != NULL);
  g_simple_action_set_enabled (find (self, "redo"), nerve_document_get_redo_label (self->document) != NULL);
  g_simple_action_set_enabled (find (self, "select-component"), model->selected_node >= 0);
  g_simple_action_set_enabled (find (self, "select-community"), model->selected_node >= 0);
  g_simple_action_set_state (find (self, "color-by"), g_variant_new_string (nerve_color_by_get_name (model->color_by)));
  g_simple_action_set_state (find (self, "sweep-by"),
                             g_variant_new_string (sweep_names[nerve_document_get_sweep_by_eps (self->document)]));
  g_simple_action_set_state (find (self, "layout"), g_variant_new_string (nerve_layout_words[model->layout]));
  g_simple_action_set_state (find (self, "node-size"), g_variant_new_string (nerve_node_size_words[model->node_size]));
  g_simple_action_set_state (find (self, "edge-width"),
                             g_variant_new_string (nerve_edge_width_words[model->edge_width]));
  g_simple_action_set_state (find (self, "decay-axis"), g_variant_new_string (axis_names[model->decay.linear]));
  g_simple_action_set_state (find (self, "decay-by"), g_variant_new_string (nerve_decay_by_words[model->decay.by]));
  g_simple_action_set_state (find (self, "decay-bands"), g_variant_new_boolean (model->decay.bands));
  g_simple_action_set_state (find (self, "units"), g_variant_new_string (nerve_unit_words[model->units]));
  update_matrix (self);
}

static void
on_document_changed (NerveDocument *document, guint changes, Actions *self)
{
  if (changes & ~(NERVE_CHANGE_HOVER | NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS))
    update (self);
}

static void
actions_free (gpointer data)
{
  Actions *self = data;

  g_clear_signal_handler (&self->handler, self->document);
  g_object_unref (self->document);
  g_free (self);
}

GSimpleActionGroup *
nerve_document_actions_new (NerveDocument *document, NerveReportFunc report, gpointer user_data)
{
  Actions *self = g_new0 (Actions, 1);

  self->document = g_object_ref (document);
  self->group = g_simple_action_group_new ();
  self->report = report;
  self->user_data = user_data;
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  self->handler = g_signal_connect (document, "changed", G_CALLBACK (on_document_changed), self);
  nerve_board_actions_add (self->group, document, report, user_data);
  g_object_set_data_full (G_OBJECT (self->group), "nerve-actions", self, actions_free);
  update (self);

  return self->group;
}
