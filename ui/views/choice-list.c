#include "config.h"

#include "views/choice-list.h"

static void
update_mark (GtkWidget *list, GParamSpec *pspec, GtkListItem *item)
{
  g_autoptr (GObject) chosen = NULL;
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row == NULL)
    return;
  g_object_get (list, "selected-item", &chosen, NULL);
  /* Its room stays: names stand below each other. */
  gtk_widget_set_opacity (gtk_widget_get_last_child (row),
                          chosen != NULL && chosen == gtk_list_item_get_item (item) ? 1 : 0);
}

static void
setup (GtkWidget *list, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_list_item_set_child (item, row);
  g_signal_connect_object (list, "notify::selected-item", G_CALLBACK (update_mark), item, 0);
}

static void
bind (GtkWidget *list, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (gtk_list_item_get_child (item))),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
  update_mark (list, NULL, item);
}

void
nerve_choice_list_install (GtkWidget *list)
{
  g_autoptr (GtkListItemFactory) choices = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (choices, "setup", G_CALLBACK (setup), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (choices, "bind", G_CALLBACK (bind), list, G_CONNECT_SWAPPED);
  g_object_set (list, "list-factory", choices, NULL);
}
