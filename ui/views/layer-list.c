#include "config.h"

#include "views/layer-list.h"

#include <glib/gi18n.h>

#include "views/layer-row.h"

#define ROW_HEIGHT 56
#define EXTRA_HEIGHT 14 /* hairlines and margins */
#define BATCH 14        /* rows made at once: what fits the window; a deep network's others follow */

struct _NerveLayerList
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  GtkWidget              *scroller;
  GtkListBox             *list;
  GPtrArray              *rows;    /* not owned */
  gboolean                updating; /* the model's current layer is being selected */
  gboolean                compact;
  guint                   compact_source;
  guint                   fill_source;
  guint                   scroll_source;
};

G_DEFINE_FINAL_TYPE (NerveLayerList, nerve_layer_list, GTK_TYPE_WIDGET)

static NerveLayerGroup
group_of (NerveLayerList *self, guint layer)
{
  return nerve_layer_group (nerve_dataset_get_layer (self->model->dataset, layer));
}

/* A hairline before and after the tensors. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  NerveLayerList *self = user_data;
  gboolean wanted = before != NULL && self->model != NULL &&
                    group_of (self, nerve_layer_row_get_layer (NERVE_LAYER_ROW (row))) !=
                      group_of (self, nerve_layer_row_get_layer (NERVE_LAYER_ROW (before)));

  if (wanted && gtk_list_box_row_get_header (row) == NULL)
    gtk_list_box_row_set_header (row, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  else if (!wanted)
    gtk_list_box_row_set_header (row, NULL);
}

/* By a click, or by the arrow keys. */
static void
on_row_selected (NerveLayerList *self, GtkListBoxRow *row)
{
  if (self->updating || row == NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "document.walk-to", "u",
                              nerve_layer_row_get_layer (NERVE_LAYER_ROW (row)));
}

static gboolean
apply_compact (gpointer user_data)
{
  NerveLayerList *self = user_data;

  self->compact_source = 0;
  for (guint i = 0; i < self->rows->len; i++)
    nerve_layer_row_set_compact (self->rows->pdata[i], self->compact);

  return G_SOURCE_REMOVE;
}

static void
nerve_layer_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NerveLayerList *self = NERVE_LAYER_LIST (widget);
  int n_layers = self->model != NULL ? (int) self->model->n_layers : 0;
  gboolean compact = height < n_layers * ROW_HEIGHT + EXTRA_HEIGHT;

  gtk_widget_size_allocate (self->scroller, &(GtkAllocation) { 0, 0, width, height }, baseline);

  /* Not while sizes are being given out. */
  if (compact != self->compact)
    {
      self->compact = compact;
      if (self->compact_source == 0)
        self->compact_source = g_idle_add (apply_compact, self);
    }
}

static void
nerve_layer_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (NERVE_LAYER_LIST (widget)->scroller, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
nerve_layer_list_dispose (GObject *object)
{
  NerveLayerList *self = NERVE_LAYER_LIST (object);

  g_clear_handle_id (&self->compact_source, g_source_remove);
  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  if (self->list != NULL)
    gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (nerve_layer_list_parent_class)->dispose (object);
}

/* Tab leaves the list: the list's own way from row to row would walk the network, and move a column of the board. */
static gboolean
nerve_layer_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean by_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (by_tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return GTK_WIDGET_CLASS (nerve_layer_list_parent_class)->focus (widget, direction);
}

static void
nerve_layer_list_class_init (NerveLayerListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_layer_list_dispose;
  widget_class->focus = nerve_layer_list_focus;
  widget_class->measure = nerve_layer_list_measure;
  widget_class->size_allocate = nerve_layer_list_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "layers");
}

static void
nerve_layer_list_init (NerveLayerList *self)
{
  self->rows = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Layers"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
nerve_layer_list_new (void)
{
  return g_object_new (NERVE_TYPE_LAYER_LIST, NULL);
}

/* After the next frame: only then has a new row a place. */
static gboolean
scroll_to_current (gpointer user_data)
{
  NerveLayerList *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  graphene_rect_t bounds;

  self->scroll_source = 0;
  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds) &&
      bounds.size.height > 0)
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);

  return G_SOURCE_REMOVE;
}

static void
select_current (NerveLayerList *self)
{
  GtkWidget *row;

  if (self->model->current >= self->rows->len)
    return;

  row = self->rows->pdata[self->model->current];
  if (gtk_list_box_get_selected_row (self->list) == GTK_LIST_BOX_ROW (row))
    return;

  self->updating = TRUE;
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  /* Arrows go on from the row that has the focus. */
  if (gtk_widget_get_state_flags (GTK_WIDGET (self->list)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    gtk_widget_grab_focus (row);
  self->updating = FALSE;
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 30, scroll_to_current, self, NULL);
}

static gboolean
add_rows (gpointer user_data)
{
  NerveLayerList *self = user_data;
  guint end = MIN (self->rows->len + BATCH, self->model->n_layers);

  for (guint layer = self->rows->len; layer < end; layer++)
    {
      GtkWidget *row = nerve_layer_row_new (self->model, layer);

      nerve_layer_row_set_compact (NERVE_LAYER_ROW (row), self->compact);
      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->list, row);
    }
  select_current (self);
  if (end < self->model->n_layers)
    return G_SOURCE_CONTINUE;

  self->fill_source = 0;

  return G_SOURCE_REMOVE;
}

void
nerve_layer_list_set_model (NerveLayerList *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_LAYER_LIST (self));

  self->model = model;
  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, self->rows->pdata[i]);
  self->updating = FALSE;
  g_ptr_array_set_size (self->rows, 0);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  if (model != NULL && add_rows (self))
    self->fill_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 20, add_rows, self, NULL);
}

void
nerve_layer_list_update (NerveLayerList *self)
{
  g_return_if_fail (NERVE_IS_LAYER_LIST (self));

  if (self->model == NULL)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    nerve_layer_row_update (self->rows->pdata[i]);
  select_current (self);
}

void
nerve_layer_list_set_missing (NerveLayerList *self, guint layer, const char *word, const char *cause)
{
  g_return_if_fail (NERVE_IS_LAYER_LIST (self));

  if (layer < self->rows->len)
    nerve_layer_row_set_missing (self->rows->pdata[layer], word, cause);
}
