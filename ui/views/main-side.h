/* Two children, the main one and one beside or below it ("orientation"), which has what it needs, or a share of the
 * whole where that is more; nothing while it is hidden. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_MAIN_SIDE (nerve_main_side_get_type ())
G_DECLARE_FINAL_TYPE (NerveMainSide, nerve_main_side, NERVE, MAIN_SIDE, GtkWidget)

G_END_DECLS
