/* Thousands of discs: onto pixels they are worked out right there, which takes a small part of the time that drawing
 * each as a path takes; onto anything else each is drawn. */
#pragma once

#include <cairo.h>

#include "figures/style.h"

G_BEGIN_DECLS

typedef struct
{
  cairo_t         *cr;
  cairo_surface_t *target;    /* NULL: no pixels */
  double           scale;     /* pixels to a unit of @cr */
  double           factor;    /* pixels to one of the target's units */
  double           offset[2];
  int              clip[4];   /* pixels: left, top, right, bottom */
} NerveDots;

typedef struct
{
  NerveColor color;
  double     alpha; /* 0: none */
} NerveDotInk;

/* @cr must not change its place or scale as long as @self is used; it may draw between dots. */
void nerve_dots_init (NerveDots *self, cairo_t *cr, const NerveStyle *style);
/* Of a place on a page that has pixels. */
void nerve_dots_to_pixels (const NerveDots *self, double *x, double *y);
/* In the units of @cr; a rim of that width lies half within the radius. */
void nerve_dots_put  (NerveDots *self, double x, double y, double radius, NerveDotInk fill, double line,
                      NerveDotInk rim);
/* Part of a circle from the top on, as the hands of a clock go; @share from 0 to 1. */
void nerve_dots_put_arc (NerveDots *self, double x, double y, double radius, double line, NerveDotInk ink,
                         double share);

G_END_DECLS
