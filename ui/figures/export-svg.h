/* What cairo's SVG lacks: names that don't depend on what was drawn before, and where it came from. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers the groups cairo calls "surface11" from 0: it counts all surfaces of the process. */
void nerve_svg_renumber     (GByteArray *svg);
/* Adds <title>, <desc> and <metadata>. */
void nerve_svg_add_metadata (GByteArray *svg, const char *title, const char *description, const char *program);

G_END_DECLS
