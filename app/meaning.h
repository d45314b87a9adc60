/* What graphs, bars and numbers mean, in plain words, in a window that can stay open beside them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the one that @parent has, or makes it; it goes with @parent. (transfer none) */
GtkWindow *nerve_meaning_show (GtkWindow *parent);

G_END_DECLS
