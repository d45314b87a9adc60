#include "config.h"

#include "app/document-view.h"

#include <glib/gi18n.h>

#include "app/board-menus.h"
#include "app/document-view-private.h"
#include "app/pane-state.h"
#include "figures/board-rows.h"
#include "views/template.h"

#define SIDEBAR_WIDTH 200
#define FLAP_WIDTH 340
#define BOARD_WIDTH 700      /* three columns of 217: below that something has to give way */
#define DRAWER_HEIGHT 176

enum { PROP_0, PROP_SHOW_SIDEBAR, PROP_SHOW_PARAMETERS, PROP_VIEW, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { SIGNAL_BOARD_DRAWN, SIGNAL_SETTLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NerveDocumentView, nerve_document_view, GTK_TYPE_WIDGET)

/* A graph that another program made has none. */
static gboolean
shows_parameters (NerveDocumentView *self)
{
  return self->show_parameters && (self->document == NULL ||
                                   nerve_dataset_get_graph (nerve_document_get_dataset (self->document)) == NULL);
}

/* What there is room for */

static gboolean
fits_both (NerveDocumentView *self)
{
  return self->room - SIDEBAR_WIDTH - FLAP_WIDTH >= BOARD_WIDTH;
}

static gboolean
apply_folding (gpointer user_data)
{
  NerveDocumentView *self = user_data;
  gboolean fits_flap = self->room - FLAP_WIDTH >= BOARD_WIDTH;
  gboolean sidebar = self->wants_sidebar && (fits_both (self) || !shows_parameters (self));

  self->fold_source = 0;
  /* The window may have gone, and its actions with it. */
  if (self->room == 0 || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return G_SOURCE_REMOVE;

  adw_flap_set_fold_policy (self->flap, fits_flap ? ADW_FLAP_FOLD_POLICY_NEVER : ADW_FLAP_FOLD_POLICY_ALWAYS);
  adw_flap_set_reveal_flap (self->flap, shows_parameters (self));
  if (sidebar != adw_flap_get_reveal_flap (self->sidebar))
    {
      adw_flap_set_reveal_flap (self->sidebar, sidebar);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDEBAR]);
    }

  return G_SOURCE_REMOVE;
}

static void
queue_folding (NerveDocumentView *self)
{
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_folding, self, NULL);
}

static void
nerve_document_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveDocumentView *self = NERVE_DOCUMENT_VIEW (widget);
  int minimum;

  if (width != self->room)
    {
      self->room = width;
      queue_folding (self);
    }
  /* The first time, and whenever the drawer's height was set before there was a height to set it in. */
  if (self->paned_height == 0)
    {
      self->paned_height = height;
      gtk_paned_set_position (self->paned, MAX (height - self->drawer_height, 0));
    }
  /* Until something has folded, what doesn't fit is cut off. */
  gtk_widget_measure (GTK_WIDGET (self->sidebar), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->sidebar), &(GtkAllocation) { 0, 0, MAX (width, minimum), height },
                            baseline);
}

static void
nerve_document_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (NERVE_DOCUMENT_VIEW (widget)->sidebar), orientation, for_size, minimum, natural,
                      NULL, NULL);
  /* What doesn't fit beside the board folds away. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 800);
}

/* What it shows */

static void
update_states (NerveDocumentView *self)
{
  guint own = nerve_board_get_n_columns (self->board) - nerve_board_get_n_guests (self->board);

  for (guint i = 0; i < nerve_board_get_n_columns (self->board); i++)
    {
      NerveColumn *column = nerve_board_get_column (self->board, i);
      NerveFigureView *pane;

      for (guint j = 0; (pane = nerve_column_get_pane (column, j)) != NULL; j++)
        nerve_pane_state_apply (pane, i < own ? self->document
                                              : nerve_guest_columns_get_document (self->guests, i - own));
    }
  nerve_document_view_update_captions (self);
}

static void
update_selection (NerveDocumentView *self)
{
  g_autofree char *name = nerve_document_describe_selection (self->document);

  nerve_selection_pane_update (nerve_drawer_get_selection (self->drawer), name);
}

static void on_pane_rendered (NerveDocumentView *self);

static GMenuModel *
menu_of_view (NerveDocumentView *self, NerveBoardView view)
{
  if (view == NERVE_BOARD_VIEW_MAPPER)
    return self->graph_menu;

  return nerve_board_view_is_of_bars (view) ? self->diagram_menu : self->pane_menu;
}

/* Each pane is seen to once. */
static void
adopt_pane (NerveDocumentView *self, NerveFigureView *pane)
{
  if (g_object_get_data (G_OBJECT (pane), "nerve-adopted") != NULL)
    return;
  g_object_set_data (G_OBJECT (pane), "nerve-adopted", GINT_TO_POINTER (TRUE));
  g_signal_connect_object (pane, "rendered", G_CALLBACK (on_pane_rendered), self, G_CONNECT_SWAPPED);
}

/* Rows are the same in all columns, and so are their menus. */
static void
set_row_menus (NerveDocumentView *self, const NerveFigureModel *model, guint row)
{
  GMenuModel *of_view = menu_of_view (self, model->rows[row].view);
  g_autoptr (GMenuModel) line = nerve_board_menus_new_line (model, row, of_view);
  g_autoptr (GMenuModel) figure = nerve_board_menus_new_figure (model, row, of_view);

  for (guint i = 0; i < nerve_board_get_n_columns (self->board); i++)
    {
      NerveRowPane *pane = nerve_column_get_row (nerve_board_get_column (self->board, i), row);

      nerve_row_pane_set_menu (pane, line);
      nerve_figure_view_set_menu (nerve_row_pane_get_figure (pane), figure);
    }
}

/* Columns and rows come and go. */
static void
adopt_columns (NerveDocumentView *self)
{
  const NerveFigureModel *model = nerve_document_get_model (self->document);
  g_autofree char *rows = nerve_board_rows_to_text (model->rows, model->n_rows);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autofree char *guests = nerve_guest_columns_key (self->guests);
  g_autofree char *layout = g_strdup_printf ("%s|%u|%s", rows, model->n_columns, guests);

  for (guint i = 0; i < nerve_board_get_n_columns (self->board); i++)
    {
      NerveColumn *column = nerve_board_get_column (self->board, i);
      NerveFigureView *pane;

      for (guint j = 0; (pane = nerve_column_get_pane (column, j)) != NULL; j++)
        adopt_pane (self, pane);
    }
  if (g_strcmp0 (layout, self->layout) == 0)
    return;

  g_free (self->layout);
  self->layout = g_steal_pointer (&layout);
  for (guint i = 0; i < model->n_rows; i++)
    set_row_menus (self, model, i);
  for (guint i = 0; i < model->n_columns; i++)
    {
      g_autoptr (GMenuModel) others = nerve_guest_columns_new_menu (self->guests, model->columns[i]);
      g_autoptr (GMenuModel) menu = nerve_board_menus_new_column (model, i, mirrored, others);

      nerve_column_set_menu (nerve_board_get_column (self->board, i), menu);
    }
  for (guint i = 0; i < nerve_board_get_n_guests (self->board); i++)
    {
      g_autoptr (GMenuModel) menu = nerve_board_menus_new_guest (nerve_guest_columns_get_model (self->guests, i),
                                                                 nerve_guest_columns_get_place (self->guests, i));

      nerve_column_set_menu (nerve_board_get_column (self->board, model->n_columns + i), menu);
    }
}

static void
update_tabs (NerveDocumentView *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < nerve_document_get_n_boards (self->document); i++)
    g_ptr_array_add (names, nerve_document_get_board_name (self->document, i));
  g_ptr_array_add (names, NULL);
  nerve_board_tabs_set (self->tabs, (const char *const *) names->pdata, nerve_document_get_board (self->document));
  /* What was alone was so on its own board. */
  if (self->shown_board != nerve_document_get_board (self->document))
    nerve_board_set_alone (self->board, -1, -1);
  self->shown_board = nerve_document_get_board (self->document);
}

static void
check_settled (NerveDocumentView *self)
{
  gboolean settled = self->document != NULL && nerve_document_is_settled (self->document) &&
                     nerve_figure_view_is_complete (nerve_drawer_get_pane (self->drawer, 0)) &&
                     nerve_figure_view_is_complete (nerve_drawer_get_pane (self->drawer, 1));

  if (settled && !self->settled)
    g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
  self->settled = settled;
}

static void
on_pane_rendered (NerveDocumentView *self)
{
  if (nerve_board_is_complete (self->board))
    g_signal_emit (self, signals[SIGNAL_BOARD_DRAWN], 0);
  check_settled (self);
}

static void
update_failures (NerveDocumentView *self)
{
  guint n = nerve_document_get_model (self->document)->n_layers;

  for (guint layer = 0; layer < n; layer++)
    {
      NerveJob *job = nerve_document_get_job (self->document, layer, NERVE_RESULT_GRAPH);
      gboolean failed = job != NULL && nerve_job_get_state (job) == NERVE_JOB_FAILED;

      g_autofree char *left_out = nerve_pane_state_left_out (self->document, layer);

      if (left_out != NULL)
        nerve_layer_list_set_missing (self->layers, layer, _("left out"), left_out);
      else
        nerve_layer_list_set_missing (self->layers, layer, failed ? _("failed") : NULL,
                                      failed ? nerve_job_get_error (job)->message : NULL);
    }
}

static void
update (NerveDocumentView *self, guint changes)
{
  const guint pictures = NERVE_CHANGE_BOARD | NERVE_CHANGE_SELECTION | NERVE_CHANGE_COLORS | NERVE_CHANGE_UNITS |
                         NERVE_CHANGE_HOVER | NERVE_CHANGE_RESULTS | NERVE_CHANGE_PANES;

  if (changes & NERVE_CHANGE_BOARDS)
    update_tabs (self);
  if (changes & (pictures | NERVE_CHANGE_JOBS))
    nerve_guest_columns_update (self->guests);
  if (changes & pictures)
    {
      nerve_board_update (self->board);
      adopt_columns (self);
    }
  if (changes & (NERVE_CHANGE_BOARD | NERVE_CHANGE_COLORS | NERVE_CHANGE_RESULTS))
    {
      nerve_layer_list_update (self->layers);
      update_failures (self);
      nerve_drawer_update (self->drawer);
    }
  if (changes & NERVE_CHANGE_DECAY)
    nerve_drawer_update (self->drawer);
  if (changes & NERVE_CHANGE_COLORS)
    nerve_legend_strip_update (self->legend);
  nerve_classes_page_update (self->classes, changes);
  nerve_betti_page_update (self->betti, changes);
  nerve_compare_page_update (self->compare, changes);
  nerve_sweep_page_update (self->sweep, changes);
  if (changes & NERVE_CHANGE_SELECTION)
    update_selection (self);
  if (changes & (NERVE_CHANGE_BOARD | NERVE_CHANGE_PARAMETERS | NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS |
                 NERVE_CHANGE_PANES))
    update_states (self);
  else if (changes & NERVE_CHANGE_DECAY)
    nerve_document_view_update_captions (self);
  if (changes & (NERVE_CHANGE_BOARD | NERVE_CHANGE_PARAMETERS | NERVE_CHANGE_RESULTS | NERVE_CHANGE_COLORS))
    nerve_document_view_update_parameters (self);
  if (changes & (NERVE_CHANGE_RESULTS | NERVE_CHANGE_JOBS | NERVE_CHANGE_PARAMETERS))
    check_settled (self);
}

static gboolean
on_update (gpointer user_data)
{
  NerveDocumentView *self = user_data;
  guint changes = self->changes;

  self->update_source = 0;
  self->changes = 0;
  update (self, changes);

  return G_SOURCE_REMOVE;
}

/* Many results may come in at once: the window looks at them together. */
static void
on_document_changed (NerveDocumentView *self, guint changes)
{
  self->changes |= changes;
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_update, self, NULL);
}

static void
on_guests_changed (gpointer user_data)
{
  NerveDocumentView *self = user_data;

  if (self->document != NULL)
    on_document_changed (self, NERVE_CHANGE_HOVER | NERVE_CHANGE_JOBS);
}

/* The widget */

static void
on_paned_moved (NerveDocumentView *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->drawer));

  if (height > 0)
    self->drawer_height = height;
}

static void
on_flap_revealed (NerveDocumentView *self)
{
  if (self->document != NULL)
    nerve_document_view_update_parameters (self);
}

/* Where only one of the two has room, the one asked for last has it. */
static void
set_sidebar (NerveDocumentView *self, gboolean wanted)
{
  self->wants_sidebar = wanted;
  if (wanted && shows_parameters (self) && self->room > 0 && !fits_both (self))
    {
      self->show_parameters = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PARAMETERS]);
    }
  queue_folding (self);
}

/* The first figure below @widget that takes keys. */
static GtkWidget *
find_figure (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (NERVE_IS_FIGURE_VIEW (widget))
    return gtk_widget_get_focusable (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_figure (child);

  return found;
}

/* Keys go on in what came up, not in the header bar. */
static void
focus_view (NerveDocumentView *self)
{
  GtkWidget *figure = find_figure (gtk_stack_get_visible_child (self->views));

  if (figure != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (figure);
}

static void
set_view (NerveDocumentView *self, const char *view)
{
  gboolean another;

  if (view == NULL || gtk_stack_get_child_by_name (self->views, view) == NULL)
    return;
  another = g_strcmp0 (gtk_stack_get_visible_child_name (self->views), view) != 0;
  gtk_stack_set_visible_child_name (self->views, view);
  nerve_classes_page_set_shown (self->classes, g_str_equal (view, "classes"));
  nerve_betti_page_set_shown (self->betti, g_str_equal (view, "betti"));
  nerve_compare_page_set_shown (self->compare, g_str_equal (view, "compare"));
  nerve_sweep_page_set_shown (self->sweep, g_str_equal (view, "sweep"));
  if (another)
    focus_view (self);
}

static void
nerve_document_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  NerveDocumentView *self = NERVE_DOCUMENT_VIEW (object);

  switch (property_id)
    {
    case PROP_SHOW_SIDEBAR:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->sidebar));
      break;
    case PROP_SHOW_PARAMETERS:
      g_value_set_boolean (value, shows_parameters (self));
      break;
    case PROP_VIEW:
      g_value_set_string (value, gtk_stack_get_visible_child_name (self->views));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
nerve_document_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  NerveDocumentView *self = NERVE_DOCUMENT_VIEW (object);

  switch (property_id)
    {
    case PROP_SHOW_SIDEBAR:
      set_sidebar (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_PARAMETERS:
      self->show_parameters = g_value_get_boolean (value);
      queue_folding (self);
      break;
    case PROP_VIEW:
      set_view (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
nerve_document_view_dispose (GObject *object)
{
  NerveDocumentView *self = NERVE_DOCUMENT_VIEW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->document != NULL)
    nerve_document_view_set_document (self, NULL);
  g_clear_pointer (&self->guests, nerve_guest_columns_free);
  nerve_template_dispose (GTK_WIDGET (object), NERVE_TYPE_DOCUMENT_VIEW);
  g_clear_handle_id (&self->fold_source, g_source_remove);
  g_clear_pointer (&self->layout, g_free);

  G_OBJECT_CLASS (nerve_document_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nerve/Nerve/document-view.ui");
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, sidebar);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, flap);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, views);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, classes);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, betti);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, compare);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, sweep);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, paned);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, file_name);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, file_line);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, assumptions);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, assumed);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, layers);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, tabs);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, board);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, legend);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, drawer);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, parameters);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, graph_menu);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, diagram_menu);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, pane_menu);
  gtk_widget_class_bind_template_child (widget_class, NerveDocumentView, network_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_paned_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_flap_revealed);
}

static void
nerve_document_view_class_init (NerveDocumentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nerve_document_view_dispose;
  object_class->get_property = nerve_document_view_get_property;
  object_class->set_property = nerve_document_view_set_property;
  widget_class->measure = nerve_document_view_measure;
  widget_class->size_allocate = nerve_document_view_size_allocate;

  properties[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_PARAMETERS] = g_param_spec_boolean ("show-parameters", NULL, NULL, FALSE,
                                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* "board", "classes", "betti", "compare", "sweep" */
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "board",
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_BOARD_DRAWN] = g_signal_new ("board-drawn", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                              0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (NERVE_TYPE_BETTI_PAGE);
  g_type_ensure (NERVE_TYPE_BOARD);
  g_type_ensure (NERVE_TYPE_BOARD_TABS);
  g_type_ensure (NERVE_TYPE_CLASSES_PAGE);
  g_type_ensure (NERVE_TYPE_COMPARE_PAGE);
  g_type_ensure (NERVE_TYPE_DRAWER);
  g_type_ensure (NERVE_TYPE_FITTING_LABEL);
  g_type_ensure (NERVE_TYPE_LAYER_LIST);
  g_type_ensure (NERVE_TYPE_LEGEND_STRIP);
  g_type_ensure (NERVE_TYPE_PARAMETER_FLAP);
  g_type_ensure (NERVE_TYPE_SWEEP_PAGE);
  bind_children (widget_class);
  gtk_widget_class_set_css_name (widget_class, "document");
}

static void
nerve_document_view_init (NerveDocumentView *self)
{
  self->wants_sidebar = TRUE;
  self->drawer_height = DRAWER_HEIGHT;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->guests = nerve_guest_columns_new (self->board, on_guests_changed, self);
  for (guint i = 0; i < 2; i++)
    {
      NerveFigureView *pane = nerve_drawer_get_pane (self->drawer, i);

      nerve_figure_view_set_menu (pane, self->network_menu);
      g_signal_connect_object (pane, "rendered", G_CALLBACK (on_pane_rendered), self, G_CONNECT_SWAPPED);
    }
}

void
nerve_document_view_set_document (NerveDocumentView *self, NerveDocument *document)
{
  const NerveFigureModel *model = document != NULL ? nerve_document_get_model (document) : NULL;

  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));

  if (self->document == document)
    return;

  if (self->document != NULL)
    nerve_document_want_network (self->document, NERVE_NETWORK_RESAMPLING, FALSE);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_func (self->document, on_document_changed, self);
  g_clear_handle_id (&self->update_source, g_source_remove);
  self->changes = 0;
  self->settled = FALSE;

  g_clear_pointer (&self->layout, g_free);
  /* The old model must be out of every widget before it goes. */
  nerve_layer_list_set_model (self->layers, model);
  nerve_guest_columns_set_host (self->guests, document);
  nerve_board_set_model (self->board, model);
  nerve_legend_strip_set_model (self->legend, model);
  nerve_drawer_set_model (self->drawer, model);
  nerve_classes_page_set_document (self->classes, document);
  nerve_betti_page_set_document (self->betti, document);
  nerve_compare_page_set_document (self->compare, document);
  nerve_sweep_page_set_document (self->sweep, document);
  g_set_object (&self->document, document);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PARAMETERS]);
  queue_folding (self);
  if (document == NULL)
    return;

  g_signal_connect_swapped (document, "changed", G_CALLBACK (on_document_changed), self);
  nerve_document_want_network (document, NERVE_NETWORK_RESAMPLING, TRUE);
  nerve_guest_columns_update (self->guests);
  adopt_columns (self);
  update_tabs (self);
  nerve_document_view_update_file (self);
  update_selection (self);
  update_states (self);
  nerve_document_view_update_parameters (self);
}

void
nerve_document_view_set_open (NerveDocumentView *self, GListModel *documents)
{
  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));
  nerve_compare_page_set_open (self->compare, documents);
  nerve_guest_columns_set_open (self->guests, documents);
}

void
nerve_document_view_set_actions (NerveDocumentView *self, GSimpleActionGroup *actions, NerveReportFunc report,
                                 gpointer user_data)
{
  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));
  nerve_guest_columns_set_actions (self->guests, actions, report, user_data);
}

NerveDocument *
nerve_document_view_get_document (NerveDocumentView *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT_VIEW (self), NULL);
  return self->document;
}

NerveBoard *
nerve_document_view_get_board (NerveDocumentView *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT_VIEW (self), NULL);
  return self->board;
}

NerveDocument *
nerve_document_view_find_document (NerveDocumentView *self, GtkWidget *widget)
{
  guint own = nerve_board_get_n_columns (self->board) - nerve_board_get_n_guests (self->board);
  GtkWidget *column = gtk_widget_get_ancestor (widget, NERVE_TYPE_COLUMN);

  g_return_val_if_fail (NERVE_IS_DOCUMENT_VIEW (self), NULL);

  for (guint i = 0; i < nerve_board_get_n_guests (self->board); i++)
    if (column == GTK_WIDGET (nerve_board_get_column (self->board, own + i)))
      return nerve_guest_columns_get_document (self->guests, i);

  return self->document;
}

void
nerve_document_view_remove_guest (NerveDocumentView *self, guint column)
{
  guint own = nerve_board_get_n_columns (self->board) - nerve_board_get_n_guests (self->board);

  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));
  g_return_if_fail (column >= own && column < nerve_board_get_n_columns (self->board));

  nerve_document_remove_guest (self->document, nerve_guest_columns_get_place (self->guests, column - own));
}

void
nerve_document_view_rename_board (NerveDocumentView *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));
  nerve_board_tabs_rename (self->tabs);
}

NerveDrawer *
nerve_document_view_get_drawer (NerveDocumentView *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT_VIEW (self), NULL);
  return self->drawer;
}

gboolean
nerve_document_view_wants_sidebar (NerveDocumentView *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT_VIEW (self), FALSE);
  return self->wants_sidebar;
}

int
nerve_document_view_get_drawer_height (NerveDocumentView *self)
{
  g_return_val_if_fail (NERVE_IS_DOCUMENT_VIEW (self), 0);
  return self->drawer_height;
}

void
nerve_document_view_set_drawer_height (NerveDocumentView *self, int height)
{
  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));

  self->drawer_height = height;
  self->paned_height = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
nerve_document_view_fit (NerveDocumentView *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));

  for (guint i = 0; i < nerve_board_get_n_columns (self->board); i++)
    {
      NerveColumn *column = nerve_board_get_column (self->board, i);
      NerveFigureView *pane;

      for (guint j = 0; (pane = nerve_column_get_pane (column, j)) != NULL; j++)
        nerve_figure_view_fit (pane);
    }
}

void
nerve_document_view_find_class (NerveDocumentView *self)
{
  g_return_if_fail (NERVE_IS_DOCUMENT_VIEW (self));

  set_view (self, "board");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
  nerve_legend_strip_search (self->legend);
}
