#include "config.h"

#include "views/preset-row.h"

#include <glib/gi18n.h>

#include "views/accessible-name.h"
#include "views/tooltip.h"

struct _NervePresetRow
{
  GtkWidget           parent_instance;
  GtkWidget          *box;
  GtkWidget          *shown;   /* a label in the button */
  GtkWidget          *button;
  GtkWidget          *popover; /* to name a new one in */
  GtkWidget          *entry;
  NervePresetMenuFunc menu;
};

G_DEFINE_FINAL_TYPE (NervePresetRow, nerve_preset_row, GTK_TYPE_WIDGET)

static void
on_popup (GtkMenuButton *button, gpointer user_data)
{
  NervePresetRow *self = user_data;
  g_autoptr (GMenuModel) menu = self->menu != NULL ? self->menu () : NULL;

  gtk_menu_button_set_menu_model (button, menu);
}

static void
on_named (NervePresetRow *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "document.save-preset", "s",
                              gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static GtkWidget *
make_button (NervePresetRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->shown = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->shown), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), self->shown);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), content);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), on_popup, self, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

static void
build_popover (NervePresetRow *self)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Name of the preset"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the preset"), -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_named), self);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->entry);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

static void
nerve_preset_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NervePresetRow *self = NERVE_PRESET_ROW (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
nerve_preset_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (NERVE_PRESET_ROW (widget)->box, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
nerve_preset_row_dispose (GObject *object)
{
  NervePresetRow *self = NERVE_PRESET_ROW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (nerve_preset_row_parent_class)->dispose (object);
}

static void
nerve_preset_row_class_init (NervePresetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_preset_row_dispose;
  widget_class->size_allocate = nerve_preset_row_size_allocate;
  widget_class->measure = nerve_preset_row_measure;
  gtk_widget_class_set_css_name (widget_class, "parameter");
}

static void
nerve_preset_row_init (NervePresetRow *self)
{
  GtkWidget *name = gtk_label_new (_("Preset"));

  gtk_widget_add_css_class (GTK_WIDGET (self), "line");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  self->button = make_button (self);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->box), name);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  build_popover (self);
  nerve_tooltip_set (name, _("Values that belong together: of the window, of a paper, or kept under a name"));
  nerve_preset_row_set_name (self, NULL);
}

GtkWidget *
nerve_preset_row_new (void)
{
  return g_object_new (NERVE_TYPE_PRESET_ROW, NULL);
}

void
nerve_preset_row_set_menu (NervePresetRow *self, NervePresetMenuFunc menu)
{
  g_return_if_fail (NERVE_IS_PRESET_ROW (self));

  self->menu = menu;
}

void
nerve_preset_row_set_name (NervePresetRow *self, const char *name)
{
  g_autofree char *label = NULL;

  g_return_if_fail (NERVE_IS_PRESET_ROW (self));

  if (name == NULL)
    name = _("Own values");
  gtk_label_set_label (GTK_LABEL (self->shown), name);
  label = g_strdup_printf ("%s: %s", _("Preset"), name);
  nerve_accessible_name_buttons (self->button, label);
}

void
nerve_preset_row_ask_name (NervePresetRow *self)
{
  g_return_if_fail (NERVE_IS_PRESET_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->entry);
}
