/* Names for what GTK's composite widgets are made of: the keyboard's focus goes there, and screen readers with it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names the buttons and menu buttons inside @widget, popovers left out. */
void nerve_accessible_name_buttons (GtkWidget *widget, const char *name);

G_END_DECLS
