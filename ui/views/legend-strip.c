#include "config.h"

#include "views/legend-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "figures/node-measure.h"
#include "views/class-mark.h"
#include "views/legend-chip.h"
#include "views/legend-list.h"
#include "views/look-menu.h"
#include "views/ramp-mark.h"
#include "views/tooltip.h"

#define MANY_CLASSES 12

typedef enum { DETAIL_ALL, DETAIL_CLASSES, DETAIL_DISCS, N_DETAILS } Detail;

struct _NerveLegendStrip
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  GtkWidget              *box;
  GtkWidget              *squeezer;
  GtkMenuButton          *search;
  NerveLegendList        *classes;  /* of the search; not owned */
  GtkMenuButton          *look;
  GPtrArray              *chips;    /* not owned */
  NerveColorBy            color_by; /* that the chips were made for */
  const NervePalette     *palette;  /* likewise; they hold it */
};

G_DEFINE_FINAL_TYPE (NerveLegendStrip, nerve_legend_strip, GTK_TYPE_WIDGET)

static void
add_chip (NerveLegendStrip *self, GtkWidget *box, guint label, gboolean group, Detail detail)
{
  GtkWidget *chip = nerve_legend_chip_new (self->model, label, group, detail != DETAIL_DISCS);

  g_ptr_array_add (self->chips, chip);
  gtk_box_append (GTK_BOX (box), chip);
}

static void
add_separator (GtkWidget *box)
{
  if (gtk_widget_get_first_child (box) == NULL)
    return;

  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
}

static void
add_group_name (NerveLegendStrip *self, GtkWidget *box, guint group)
{
  GtkWidget *name = gtk_label_new (nerve_dataset_get_group_name (self->model->dataset, 1, group));

  gtk_widget_add_css_class (name, "nerve-caption");
  gtk_widget_add_css_class (name, "group");
  gtk_box_append (GTK_BOX (box), name);
}

static void
add_classes (NerveLegendStrip *self, GtkWidget *box, Detail detail)
{
  NervePalette *palette = self->model->palette;
  const guint *order = nerve_palette_get_order (palette);
  gboolean grouped = nerve_palette_get_n_groups (palette) > 0;

  for (guint i = 0; i < nerve_palette_get_n_classes (palette); i++)
    {
      guint group = grouped ? nerve_palette_get_group (palette, order[i]) : 0;

      if (grouped && (i == 0 || group != nerve_palette_get_group (palette, order[i - 1])))
        {
          add_separator (box);
          if (detail == DETAIL_ALL)
            add_group_name (self, box, group);
        }
      add_chip (self, box, order[i], FALSE, detail);
    }
}

/* A superclass and, behind a button, its classes. */
static void
add_group_list (NerveLegendStrip *self, GtkWidget *box, guint group, gboolean all, Detail detail)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  g_autofree char *label = NULL;

  if (all)
    {
      guint n = nerve_palette_get_n_classes (self->model->palette);

      label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class", "%u classes", n), n);
    }
  else
    add_chip (self, box, group, TRUE, detail);

  gtk_popover_set_child (GTK_POPOVER (popover), nerve_legend_list_new (self->model, group, all));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  if (all)
    gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  else
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-up-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  nerve_tooltip_set (button, _("Classes"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Classes"), -1);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_groups (NerveLegendStrip *self, GtkWidget *box, gboolean with_lists, Detail detail)
{
  guint n = nerve_palette_get_n_groups (self->model->palette);

  for (guint group = 0; group < n; group++)
    if (with_lists)
      add_group_list (self, box, group, FALSE, detail);
    else
      add_chip (self, box, group, TRUE, detail);

  if (n == 0 && with_lists)
    add_group_list (self, box, 0, TRUE, detail);
}

/* Colours stand for a number: its name, and the ramp with what its ends are. */
static GtkWidget *
build_ramp (NerveLegendStrip *self, Detail detail)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (_(nerve_color_by_get_title (self->color_by)));
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  GtkWidget *ends[2];

  nerve_color_by_get_ends (self->color_by, &low, &high);
  ends[0] = gtk_label_new (low);
  ends[1] = gtk_label_new (high);
  gtk_widget_add_css_class (title, "nerve-heading");
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gtk_widget_add_css_class (ends[i], "nerve-caption");
      gtk_box_append (GTK_BOX (box), ends[i]);
      if (i == 0)
        gtk_box_append (GTK_BOX (box), nerve_ramp_mark_new ());
    }
  gtk_widget_set_halign (box, GTK_ALIGN_START);

  return box;
}

static GtkWidget *
build (NerveLegendStrip *self, Detail detail)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gboolean many = nerve_palette_get_n_classes (self->model->palette) > MANY_CLASSES;

  gtk_widget_set_halign (box, GTK_ALIGN_START);
  if (self->color_by == NERVE_COLOR_BY_SUPERCLASS && nerve_palette_get_n_groups (self->model->palette) > 0)
    add_groups (self, box, FALSE, detail);
  else if (many)
    add_groups (self, box, TRUE, detail);
  else
    add_classes (self, box, detail);

  return box;
}

static void
clear (NerveLegendStrip *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->chips, 0);
  while ((child = gtk_widget_get_first_child (self->squeezer)) != NULL)
    adw_squeezer_remove (ADW_SQUEEZER (self->squeezer), child);
}

static void
rebuild (NerveLegendStrip *self)
{
  clear (self);
  if (self->model == NULL)
    return;

  self->color_by = self->model->color_by;
  self->palette = self->model->palette;
  if (nerve_color_by_is_measure (self->color_by))
    {
      adw_squeezer_add (ADW_SQUEEZER (self->squeezer), build_ramp (self, DETAIL_ALL));
      return;
    }
  if (nerve_palette_get_n_classes (self->model->palette) == 0)
    return;
  for (Detail detail = DETAIL_ALL; detail < N_DETAILS; detail++)
    adw_squeezer_add (ADW_SQUEEZER (self->squeezer), build (self, detail));
}

static void
nerve_legend_strip_dispose (GObject *object)
{
  NerveLegendStrip *self = NERVE_LEGEND_STRIP (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->chips, g_ptr_array_unref);

  G_OBJECT_CLASS (nerve_legend_strip_parent_class)->dispose (object);
}

static void
nerve_legend_strip_class_init (NerveLegendStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nerve_legend_strip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkMenuButton *
add_button (NerveLegendStrip *self, const char *icon, const char *tooltip)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "tool");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_box_append (GTK_BOX (self->box), button);

  return GTK_MENU_BUTTON (button);
}

static void
set_menus (NerveLegendStrip *self)
{
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *popover;

  self->classes = NULL;
  gtk_menu_button_set_popover (self->search, NULL);
  gtk_menu_button_set_menu_model (self->look, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->search), self->model != NULL &&
                          nerve_palette_get_n_classes (self->model->palette) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->look), self->model != NULL);
  if (self->model == NULL)
    return;

  menu = nerve_look_menu_new (self->model->dataset);
  gtk_menu_button_set_menu_model (self->look, menu);
  popover = gtk_popover_new ();
  self->classes = NERVE_LEGEND_LIST (nerve_legend_list_new_search (self->model));
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->classes));
  gtk_menu_button_set_popover (self->search, popover);
}

static void
nerve_legend_strip_init (NerveLegendStrip *self)
{
  self->chips = g_ptr_array_new ();
  self->squeezer = adw_squeezer_new ();
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (self->squeezer), FALSE);
  adw_squeezer_set_xalign (ADW_SQUEEZER (self->squeezer), 0);
  /* When not even the discs fit, the last ones are cut off. */
  adw_squeezer_set_allow_none (ADW_SQUEEZER (self->squeezer), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (self->squeezer, TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->squeezer);
  self->search = add_button (self, "edit-find-symbolic", _("Look for a Class"));
  self->look = add_button (self, "color-select-symbolic", _("Colours and Sizes of the Graphs"));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Legend"), -1);
}

GtkWidget *
nerve_legend_strip_new (void)
{
  return g_object_new (NERVE_TYPE_LEGEND_STRIP, NULL);
}

void
nerve_legend_strip_set_model (NerveLegendStrip *self, const NerveFigureModel *model)
{
  g_return_if_fail (NERVE_IS_LEGEND_STRIP (self));

  self->model = model;
  set_menus (self);
  rebuild (self);
  nerve_legend_strip_update (self);
}

void
nerve_legend_strip_update (NerveLegendStrip *self)
{
  g_return_if_fail (NERVE_IS_LEGEND_STRIP (self));

  if (self->model == NULL)
    return;
  if (self->palette != self->model->palette)
    set_menus (self);
  if (self->color_by != self->model->color_by || self->palette != self->model->palette)
    rebuild (self);
  for (guint i = 0; i < self->chips->len; i++)
    nerve_legend_chip_update (self->chips->pdata[i], self->model);
  if (self->classes != NULL)
    nerve_legend_list_update (self->classes, self->model);
}

void
nerve_legend_strip_search (NerveLegendStrip *self)
{
  g_return_if_fail (NERVE_IS_LEGEND_STRIP (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    gtk_menu_button_popup (self->search);
}
