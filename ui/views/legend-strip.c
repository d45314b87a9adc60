#include "config.h"

#include "views/legend-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "views/class-mark.h"
#include "views/legend-chip.h"
#include "views/legend-list.h"

#define MANY_CLASSES 12

typedef enum { DETAIL_ALL, DETAIL_CLASSES, DETAIL_DISCS, N_DETAILS } Detail;

struct _NerveLegendStrip
{
  GtkWidget               parent_instance;
  const NerveFigureModel *model;
  GtkWidget              *squeezer;
  GPtrArray              *chips;    /* not owned */
  NerveColorBy            color_by; /* that the chips were made for */
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
    label = g_strdup_printf (_("%u classes"), nerve_palette_get_n_classes (self->model->palette));
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
  gtk_widget_set_tooltip_text (button, _("Classes"));
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
  if (self->model == NULL || nerve_palette_get_n_classes (self->model->palette) == 0)
    return;

  self->color_by = self->model->color_by;
  for (Detail detail = DETAIL_ALL; detail < N_DETAILS; detail++)
    adw_squeezer_add (ADW_SQUEEZER (self->squeezer), build (self, detail));
}

static void
nerve_legend_strip_dispose (GObject *object)
{
  NerveLegendStrip *self = NERVE_LEGEND_STRIP (object);

  g_clear_pointer (&self->squeezer, gtk_widget_unparent);
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
  gtk_widget_set_parent (self->squeezer, GTK_WIDGET (self));
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
  rebuild (self);
  nerve_legend_strip_update (self);
}

void
nerve_legend_strip_update (NerveLegendStrip *self)
{
  g_return_if_fail (NERVE_IS_LEGEND_STRIP (self));

  if (self->model == NULL)
    return;
  if (self->color_by != self->model->color_by)
    rebuild (self);
  for (guint i = 0; i < self->chips->len; i++)
    nerve_legend_chip_update (self->chips->pdata[i], self->model);
}
