/* The cover over the histogram of the lens values: intervals as staggered rows of bars; the one under the pointer
 * is tinted and counted. */
#pragma once

#include <gtk/gtk.h>

#include "mapper/mapper.h"

G_BEGIN_DECLS

#define NERVE_TYPE_COVER_VIEW (nerve_cover_view_get_type ())
G_DECLARE_FINAL_TYPE (NerveCoverView, nerve_cover_view, NERVE, COVER_VIEW, GtkWidget)

GtkWidget *nerve_cover_view_new        (void);
/* NULL: nothing to show yet. */
void       nerve_cover_view_set_mapper (NerveCoverView *self, NerveMapper *mapper);

G_END_DECLS
