/* GTK 4.8 lets go of the template children that have a name; the others have to be unparented too. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

static inline void
nerve_template_dispose (GtkWidget *widget, GType type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

G_END_DECLS
