/* Thousands of points as ink in hexagonal cells. */
#pragma once

#include <cairo.h>

#include "figures/palette.h"

G_BEGIN_DECLS

typedef struct { double x, y; } NerveDot;

/* Counts @dots in cells of @radius and paints each in @ink over @paper by the logarithm of its count. */
void nerve_hexagons_paint (cairo_t *cr, const NerveDot *dots, gsize n, double radius, NerveColor ink, NerveColor paper);

G_END_DECLS
