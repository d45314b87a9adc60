/* A bar as long as its share of the widest. */
#pragma once

#include <gtk/gtk.h>

#include "figures/palette.h"

G_BEGIN_DECLS

#define NERVE_TYPE_CLASS_BAR (nerve_class_bar_get_type ())
G_DECLARE_FINAL_TYPE (NerveClassBar, nerve_class_bar, NERVE, CLASS_BAR, GtkWidget)

/* @share: 0 to 1 of its width */
GtkWidget *nerve_class_bar_new (NervePalette *palette, guint label, double share);

G_END_DECLS
