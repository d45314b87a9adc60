#include "figures/raster.h"

#include <math.h>

#define DOTS (300. / 72) /* to a point */
/* From so many marks on a picture of a column's width is smaller: PDF packs them well, SVG does not. */
#define LEAST_IN_PDF 15000
#define LEAST_IN_SVG 5000

cairo_t *
nerve_raster_begin (NerveRaster *self, cairo_t *cr, const NerveStyle *style, gsize n_marks, double x, double y,
                    double width, double height)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));
  /* PGF has no pictures. */
  gsize least = type == CAIRO_SURFACE_TYPE_PDF   ? LEAST_IN_PDF
                : type == CAIRO_SURFACE_TYPE_SVG ? LEAST_IN_SVG
                                                 : G_MAXSIZE;
  cairo_surface_t *surface;

  *self = (NerveRaster) { .page = cr, .x = x, .y = y };
  if (!style->print || n_marks <= least)
    return cr;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (ceil (width * DOTS), 1),
                                        MAX (ceil (height * DOTS), 1));
  self->picture = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_scale (self->picture, DOTS, DOTS);
  cairo_translate (self->picture, -x, -y);

  return self->picture;
}

void
nerve_raster_end (NerveRaster *self)
{
  if (self->picture == NULL)
    return;

  cairo_save (self->page);
  cairo_translate (self->page, self->x, self->y);
  cairo_scale (self->page, 1 / DOTS, 1 / DOTS);
  cairo_set_source_surface (self->page, cairo_get_target (self->picture), 0, 0);
  cairo_paint (self->page);
  cairo_restore (self->page);
  g_clear_pointer (&self->picture, cairo_destroy);
}
