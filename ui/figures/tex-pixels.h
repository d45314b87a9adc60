/* A picture of pixels as CairoScript has it. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint8        *data;   /* red, green, blue; NULL: no picture */
  guint          width;
  guint          height;
  cairo_matrix_t matrix; /* from the drawing to the picture */
} NerveTexPixels;

/**
 * nerve_tex_pixels_parse:
 * @text: begins with "<<"
 *
 * A dictionary: of a picture, or of something else, which leaves @self without one.
 *
 * Returns: where it ends; errors: NERVE_ERROR_FORMAT
 */
const char *nerve_tex_pixels_parse (NerveTexPixels *self, const char *text, GError **error);
/* The colour at (@x, @y), 0xRRGGBB, and the @end of the pixels to the right that have it, too. */
guint32     nerve_tex_pixels_run   (const NerveTexPixels *self, guint x, guint y, guint *end);
void        nerve_tex_pixels_clear (NerveTexPixels *self);

G_END_DECLS
