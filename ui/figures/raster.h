/* Thousands of marks within a vector figure: a picture, which is smaller and quicker to show; text stays text. */
#pragma once

#include <cairo.h>

#include "figures/style.h"

G_BEGIN_DECLS

typedef struct
{
  cairo_t *page;
  cairo_t *picture; /* NULL: marks go onto the page */
  double   x, y;
} NerveRaster;

/* What to draw @n_marks on, in the page's units: @cr, or where that is a vector page and they are so many
 * that it is smaller, a picture of that part of it. */
cairo_t *nerve_raster_begin (NerveRaster *self, cairo_t *cr, const NerveStyle *style, gsize n_marks, double x, double y,
                             double width, double height);
/* Puts it onto the page. */
void     nerve_raster_end   (NerveRaster *self);

G_END_DECLS
