/* What an open list of choices shows: each whole, a check mark beside the chosen one. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @list: a GtkDropDown or AdwComboRow of strings, whose closed button may say them otherwise or shorter */
void nerve_choice_list_install (GtkWidget *list);

G_END_DECLS
