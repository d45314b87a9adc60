#include "config.h"

#include "views/legend-chip.h"

#include <glib/gi18n.h>

#include "views/class-mark.h"
#include "views/figure-view.h"
#include "views/tooltip.h"

struct _NerveLegendChip
{
  GtkWidget  parent_instance;
  GtkWidget *button;
  char      *name;
  guint      label;
  gboolean   group;
  gboolean   soloed;
  gboolean   hidden;
  GtkWidget *popover;
};

G_DEFINE_FINAL_TYPE (NerveLegendChip, nerve_legend_chip, GTK_TYPE_WIDGET)

static GdkModifierType
held_modifiers (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL ? gdk_device_get_modifier_state (keyboard) : 0;
}

static void
on_clicked (NerveLegendChip *self)
{
  GdkModifierType held = held_modifiers (GTK_WIDGET (self));
  guint mode = held & GDK_CONTROL_MASK ? NERVE_FIGURE_PICK_TOGGLE : NERVE_FIGURE_PICK_REPLACE;

  if (held & GDK_ALT_MASK)
    gtk_widget_activate_action (GTK_WIDGET (self), "document.solo", "(ub)", self->label, self->group);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "document.select-class", "(ubu)", self->label, self->group, mode);
}

/* Many window managers keep Alt-clicks for themselves, and touch has neither Alt nor Ctrl. */
static GMenuModel *
make_menu (NerveLegendChip *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuItem) select = g_menu_item_new (_("_Select Its Images"), NULL);
  g_autoptr (GMenuItem) add = g_menu_item_new (_("_Add Its Images to the Selection"), NULL);
  g_autoptr (GMenuItem) solo = g_menu_item_new (self->soloed ? _("Show All _Colours") : _("Show _Only This Colour"),
                                                NULL);
  g_autoptr (GMenuItem) hide = g_menu_item_new (self->hidden ? _("Show Its Co_lour") : _("_Hide Its Colour"), NULL);

  g_menu_item_set_action_and_target (hide, "document.hide", "(ub)", self->label, self->group);
  g_menu_item_set_action_and_target (select, "document.select-class", "(ubu)", self->label, self->group,
                                     NERVE_FIGURE_PICK_REPLACE);
  g_menu_item_set_action_and_target (add, "document.select-class", "(ubu)", self->label, self->group,
                                     NERVE_FIGURE_PICK_ADD);
  g_menu_item_set_action_and_target (solo, "document.solo", "(ub)", self->label, self->group);
  g_menu_append_item (menu, select);
  g_menu_append_item (menu, add);
  g_menu_append_item (menu, solo);
  g_menu_append_item (menu, hide);

  return G_MENU_MODEL (menu);
}

static gboolean
show_menu (NerveLegendChip *self)
{
  g_autoptr (GMenuModel) menu = make_menu (self);

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_popup (GTK_POPOVER (self->popover));

  return GDK_EVENT_STOP;
}

static void
on_menu_pressed (NerveLegendChip *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return show_menu (NERVE_LEGEND_CHIP (widget));
}

static void
nerve_legend_chip_dispose (GObject *object)
{
  NerveLegendChip *self = NERVE_LEGEND_CHIP (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_legend_chip_parent_class)->dispose (object);
}

static void
nerve_legend_chip_finalize (GObject *object)
{
  g_free (NERVE_LEGEND_CHIP (object)->name);

  G_OBJECT_CLASS (nerve_legend_chip_parent_class)->finalize (object);
}

static void
nerve_legend_chip_class_init (NerveLegendChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_legend_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = nerve_legend_chip_finalize;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
}

static void
nerve_legend_chip_init (NerveLegendChip *self)
{
  GtkGesture *menu = gtk_gesture_click_new ();

  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (on_menu_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
}

GtkWidget *
nerve_legend_chip_new (const NerveFigureModel *model, guint label, gboolean group, gboolean with_name)
{
  NerveLegendChip *self = g_object_new (NERVE_TYPE_LEGEND_CHIP, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  const char *code = group ? nerve_palette_get_group_code (model->palette, label)
                           : nerve_palette_get_class_code (model->palette, label);
  g_autofree char *tip = NULL;

  self->label = label;
  self->group = group;
  self->name = g_strdup (group ? nerve_dataset_get_group_name (model->dataset, 1, label)
                               : nerve_dataset_get_class_name (model->dataset, label));
  gtk_box_append (GTK_BOX (box), nerve_class_mark_new (model->palette, label, group));
  if (with_name && g_strcmp0 (self->name, code) != 0)
    gtk_box_append (GTK_BOX (box), gtk_label_new (self->name));
  gtk_button_set_child (GTK_BUTTON (self->button), box);

  /* Translators: the name of a class; clicking on it in the legend does this */
  tip = g_strdup_printf (_("%s: click selects its images, Alt-click or its menu shows only its colour"), self->name);
  nerve_tooltip_set (self->button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);

  return GTK_WIDGET (self);
}

static gboolean
keeps_color (NerveLegendChip *self, const NerveFigureModel *model)
{
  gboolean by_group = model->color_by == NERVE_COLOR_BY_SUPERCLASS && nerve_palette_get_n_groups (model->palette) > 0;

  if (model->shown == NULL)
    return TRUE;
  if (self->group == by_group)
    return nerve_figure_model_shows (model, self->label);
  if (by_group)
    return nerve_figure_model_shows (model, nerve_palette_get_group (model->palette, self->label));

  for (guint i = 0; i < nerve_palette_get_n_classes (model->palette); i++)
    if (nerve_palette_get_group (model->palette, i) == self->label && nerve_figure_model_shows (model, i))
      return TRUE;

  return FALSE;
}

void
nerve_legend_chip_update (NerveLegendChip *self, const NerveFigureModel *model)
{
  gboolean kind_stays;

  g_return_if_fail (NERVE_IS_LEGEND_CHIP (self));

  kind_stays = model->shown != NULL && keeps_color (self, model) &&
               self->group == (model->color_by == NERVE_COLOR_BY_SUPERCLASS &&
                               nerve_palette_get_n_groups (model->palette) > 0);
  self->soloed = kind_stays && nerve_bitset_count (model->shown) == 1;
  self->hidden = !keeps_color (self, model);
  if (keeps_color (self, model))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "greyed");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "greyed");
}

guint
nerve_legend_chip_get_label (NerveLegendChip *self)
{
  g_return_val_if_fail (NERVE_IS_LEGEND_CHIP (self), 0);
  return self->label;
}

gboolean
nerve_legend_chip_is_group (NerveLegendChip *self)
{
  g_return_val_if_fail (NERVE_IS_LEGEND_CHIP (self), FALSE);
  return self->group;
}

const char *
nerve_legend_chip_get_name (NerveLegendChip *self)
{
  g_return_val_if_fail (NERVE_IS_LEGEND_CHIP (self), NULL);
  return self->name;
}
