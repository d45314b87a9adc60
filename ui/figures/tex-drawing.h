/* A drawing for LaTeX: what is drawn onto its surface becomes a picture of PGF, its text LaTeX's own. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _NerveTexDrawing NerveTexDrawing;

NerveTexDrawing *nerve_tex_drawing_new  (double width, double height);
void             nerve_tex_drawing_free (NerveTexDrawing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveTexDrawing, nerve_tex_drawing_free)

/* Of 1/72 in a unit; owned by @self. */
cairo_surface_t *nerve_tex_drawing_get_surface (NerveTexDrawing *self);

/**
 * nerve_tex_drawing_append:
 * @out: gets a group with one pgfpicture in it; lengths are in bp, to 1/100
 *
 * Paths, colours, dashes, clips and small pictures of pixels are PGF's basic commands; a line of text is LaTeX's, set
 * in the font of the document at the size it has in the figure, and made smaller where that font would need more room
 * than the one that the figure was laid out with. Ends the drawing.
 *
 * Errors: NERVE_ERROR_FORMAT: something was drawn that has no such commands; NERVE_ERROR_MEMORY
 */
gboolean         nerve_tex_drawing_append (NerveTexDrawing *self, GString *out, GError **error);

G_END_DECLS
