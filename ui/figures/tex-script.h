/* What cairo writes down of a drawing (CairoScript), in PGF's words. */
#pragma once

#include "figures/palette.h"

G_BEGIN_DECLS

/* In a script the comment "text N" is where the N-th line of text stands. */
#define NERVE_TEX_TEXT_COMMENT "text "

typedef struct
{
  double     width;
  double     height;
  GPtrArray *texts;  /* char *: commands, one a line of text */
  GArray    *colors; /* guint32, 0xRRGGBB: the i-th is called nervei */
} NerveTexScript;

/* The number of a colour, which gets one if it has none. */
guint    nerve_tex_script_color  (NerveTexScript *self, NerveColor color);
/* Appends what the script @text draws; the macros used are those of tex-drawing. Errors: NERVE_ERROR_FORMAT: an
 * operator, or a picture, that has no such words. */
gboolean nerve_tex_script_append (NerveTexScript *self, const char *text, GString *out, GError **error);

G_END_DECLS
