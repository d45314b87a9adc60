/* The legend where colours stand for a number: its name, and what the two ends of the ramp are. */
#pragma once

#include <cairo.h>

#include "figures/node-measure.h"

G_BEGIN_DECLS

/* Height of its one row. */
double nerve_legend_ramp_measure (const NerveStyle *style);
/* Into [0, width], in the middle of [0, height]. */
void   nerve_legend_ramp_draw    (NerveColorBy by, const NerveStyle *style, cairo_t *cr, double width, double height);
/* The ramp alone. */
void   nerve_legend_ramp_paint   (const NerveStyle *style, cairo_t *cr, double x, double y, double width,
                                  double height);

G_END_DECLS
