/* Text as LaTeX reads it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends @text, in which nothing is a command any more. Signs that pdfLaTeX does not know by itself (Greek,
 * indices, signs of comparison) go as mathematics; letters of other scripts stay, for engines that read UTF-8. */
void nerve_tex_append_text (GString *out, const char *text);

G_END_DECLS
