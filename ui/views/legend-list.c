#include "config.h"

#include "views/legend-list.h"

#include <glib/gi18n.h>

#include "views/legend-chip.h"

struct _NerveLegendList
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *search;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (NerveLegendList, nerve_legend_list, GTK_TYPE_WIDGET)

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  NerveLegendList *self = user_data;
  GtkWidget *chip = gtk_list_box_row_get_child (row);
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (nerve_legend_chip_get_name (NERVE_LEGEND_CHIP (chip)), -1);

  return strstr (name, wanted) != NULL;
}

static void
on_row_activated (NerveLegendList *self, GtkListBoxRow *row)
{
  NerveLegendChip *chip = NERVE_LEGEND_CHIP (gtk_list_box_row_get_child (row));

  gtk_widget_activate_action (GTK_WIDGET (self), "document.solo", "(ub)", nerve_legend_chip_get_label (chip),
                              nerve_legend_chip_is_group (chip));
}

/* Enter: the first one that is left. */
static void
on_search_activated (NerveLegendList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (gtk_list_box_row_get_activatable (row) && gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        on_row_activated (self, row);
        return;
      }
}

static void
on_search_changed (NerveLegendList *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

/* The entry takes Escape for itself. */
static void
on_search_stopped (NerveLegendList *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
nerve_legend_list_dispose (GObject *object)
{
  NerveLegendList *self = NERVE_LEGEND_LIST (object);

  if (self->list != NULL)
    gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), NULL, NULL, NULL);
  self->list = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_legend_list_parent_class)->dispose (object);
}

static void
nerve_legend_list_class_init (NerveLegendListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_legend_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legendlist");
}

static void
nerve_legend_list_init (NerveLegendList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->search = gtk_search_entry_new ();
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activated), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_search_stopped), self);
  gtk_box_append (GTK_BOX (self->box), self->search);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), matches, self, NULL);
  gtk_widget_add_css_class (self->list, "legend-classes");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (self->box), scroller);
}

/* @picks: the row is what is clicked on, not the chip in it. */
static void
add_row (NerveLegendList *self, const NerveFigureModel *model, guint label, gboolean group, gboolean picks)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *chip = nerve_legend_chip_new (model, label, group, TRUE);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), chip);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), picks);
  gtk_widget_set_focusable (row, picks);
  gtk_widget_set_can_target (chip, !picks);
  gtk_widget_set_can_focus (chip, !picks);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  nerve_legend_chip_get_name (NERVE_LEGEND_CHIP (chip)), -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

GtkWidget *
nerve_legend_list_new (const NerveFigureModel *model, guint group, gboolean all)
{
  NerveLegendList *self = g_object_new (NERVE_TYPE_LEGEND_LIST, NULL);
  const guint *order = nerve_palette_get_order (model->palette);

  for (guint i = 0; i < nerve_palette_get_n_classes (model->palette); i++)
    if (all || nerve_palette_get_group (model->palette, order[i]) == group)
      add_row (self, model, order[i], FALSE, FALSE);

  return GTK_WIDGET (self);
}

GtkWidget *
nerve_legend_list_new_search (const NerveFigureModel *model)
{
  NerveLegendList *self = g_object_new (NERVE_TYPE_LEGEND_LIST, NULL);
  const guint *order = nerve_palette_get_order (model->palette);

  g_object_set (self->search, "placeholder-text", _("Class to look for"), NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  for (guint i = 0; i < nerve_palette_get_n_groups (model->palette); i++)
    add_row (self, model, i, TRUE, TRUE);
  for (guint i = 0; i < nerve_palette_get_n_classes (model->palette); i++)
    add_row (self, model, order[i], FALSE, TRUE);

  return GTK_WIDGET (self);
}

void
nerve_legend_list_update (NerveLegendList *self, const NerveFigureModel *model)
{
  GtkListBoxRow *row;

  g_return_if_fail (NERVE_IS_LEGEND_LIST (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    nerve_legend_chip_update (NERVE_LEGEND_CHIP (gtk_list_box_row_get_child (row)), model);
}
