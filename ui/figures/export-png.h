/* What cairo leaves out of a PNG: its resolution and where it came from. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inserts pHYs and a text chunk for each pair of @texts (keyword, UTF-8 text; ends with NULL) into a PNG. */
void nerve_png_add_chunks (GByteArray *png, double dpi, const char * const *texts);

G_END_DECLS
