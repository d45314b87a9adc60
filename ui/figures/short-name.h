/* Names where there is little room: they lose their middle, since many differ only at the end ("class…er 17"). */
#pragma once

#include "figures/style.h"

G_BEGIN_DECLS

/* @name in at most @width, set as nerve_text_draw() would with @size and @flags; as it is where it fits;
 * (transfer full). O(log n) measures. */
char *nerve_short_name (const NerveStyle *style, const char *name, double size, guint flags, double width);

G_END_DECLS
