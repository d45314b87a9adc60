/* Cells of matrices, on a neutral violet ramp: colour is for classes. DESIGN.md "Classes (parting)". */
#pragma once

#include "figures/style.h"
#include "figures/text.h"

G_BEGIN_DECLS

/* @share: 0 the palest, 1 the deepest. */
NerveColor nerve_cell_color (const NerveStyle *style, double share);
/* What stands apart from the ramp: "never". */
NerveColor nerve_cell_ink   (const NerveStyle *style);
/* A rounded square with @text in the middle where it has room; NULL: none. */
void       nerve_cell_paint (cairo_t *cr, const NerveStyle *style, double x, double y, double width, double height,
                             NerveColor color, const char *text, double size);
/* "Never": filled with a bar across it, as small as it may be. */
void       nerve_cell_never (cairo_t *cr, const NerveStyle *style, double x, double y, double width, double height,
                             NerveColor color);
/* Nothing is known: hatched. */
void       nerve_cell_hatch (cairo_t *cr, const NerveStyle *style, double x, double y, double width, double height);
void       nerve_rounded_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius);

G_END_DECLS
