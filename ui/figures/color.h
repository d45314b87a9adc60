/* Arithmetic of colours: OKLCH in, sRGB out. */
#pragma once

#include <cairo.h>

#include "figures/palette.h"

G_BEGIN_DECLS

/* 0xRRGGBB */
NerveColor nerve_color_from_rgb   (guint32 rgb);
guint32    nerve_color_to_rgb     (NerveColor self);
/* @hue in degrees. Chroma is lowered in steps of .002 until the colour is in sRGB. */
NerveColor nerve_color_from_oklch (double lightness, double chroma, double hue);
/* @share of @a, the rest of @b, as painting with that opacity would give. */
NerveColor nerve_color_mix        (NerveColor a, NerveColor b, double share);
/* As it is seen without one kind of cones: 0 protan, 1 deutan, 2 tritan; −1: as it is. */
NerveColor nerve_color_as_seen    (NerveColor self, int sight);
/* WCAG relative luminance. */
double     nerve_color_luminance  (NerveColor self);
void       nerve_color_set        (cairo_t *cr, NerveColor self);
void       nerve_color_set_alpha  (cairo_t *cr, NerveColor self, double alpha);

G_END_DECLS
