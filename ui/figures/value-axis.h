/* Figures of one diagram over the filtration's value: barcode, Betti curves, landscape. Their axis is the diagram's. */
#pragma once

#include <cairo.h>

#include "figures/axes.h"
#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

typedef struct
{
  const NerveStyle *style;
  cairo_t          *cr;
  double            unit;  /* distances are divided by it */
  double            upper; /* the axis reaches from 0 to here, in units */
  gboolean          in_medians;
  NerveTicks        ticks;
  double            left;  /* the plot on the page */
  double            right;
  double            top;
  double            bottom;
} NerveValueAxis;

/* @room: at the left, for labels of the other axis. @cr may be NULL when nothing will be painted. */
void   nerve_value_axis_init  (NerveValueAxis *self, const NerveFigureModel *model, guint layer,
                               const NerveStyle *style, cairo_t *cr, double width, double height, double room);
/* Where @value is; what lies beyond, an infinite one too, is at the right end. */
double nerve_value_axis_x     (const NerveValueAxis *self, double value);
/* The other way: which distance is at @x, and whether there is one. */
double nerve_value_axis_value (const NerveValueAxis *self, double x);
gboolean nerve_value_axis_covers (const NerveValueAxis *self, double x);
void   nerve_value_axis_paint (const NerveValueAxis *self);
/* Levels of the other axis at heights @y (of the page), with labels left of it. */
void   nerve_value_axis_level (const NerveValueAxis *self, double y, const char *label);
/* In print only: on the screen the pane has a title line. */
void   nerve_value_axis_caption (const NerveValueAxis *self, const char *caption);

/* "H₁": (transfer full) */
char  *nerve_homology_name (int dimension);
/* How bars and curves of a dimension are drawn: grey components, ink loops, dashed voids. */
NerveColor nerve_homology_color (const NerveStyle *style, int dimension);
double     nerve_homology_width (int dimension);
gboolean   nerve_homology_is_dashed (int dimension);

G_END_DECLS
