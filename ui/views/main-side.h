/* Two children beside each other: the main one, and one at its side that has what it needs, or more where there is more
 * room than the main one can use. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_MAIN_SIDE (nerve_main_side_get_type ())
G_DECLARE_FINAL_TYPE (NerveMainSide, nerve_main_side, NERVE, MAIN_SIDE, GtkWidget)

G_END_DECLS
