/* Curves over the layers: one axis that decay, purity and what is still to come share. Input, tensors and
 * whole-image vectors stand in three groups with a gap, and no line crosses it. */
#pragma once

#include <cairo.h>

#include "cloud/cloud.h"
#include "figures/axes.h"
#include "figures/figure.h"

G_BEGIN_DECLS

typedef struct
{
  const NerveFigureModel *model;
  const NerveStyle       *style;
  cairo_t                *cr;
  double                  width;  /* of the whole */
  double                  left;   /* of the plot */
  double                  right;
  double                  top;
  double                  bottom;
  double                  lower;  /* values at the bottom and at the top */
  double                  upper;
  gboolean                logarithmic;
  guint                   n;
  double                 *x;      /* of each layer */
  NerveLayerGroup        *groups;
  double                  step;
  double                  names;  /* height of the layers' names; 0: numbers instead */
} NerveLayerPlot;

typedef enum
{
  NERVE_MARK_NONE,
  NERVE_MARK_DOT,
  NERVE_MARK_TRIANGLE,
  NERVE_MARK_SQUARE,
} NerveMark;

typedef struct
{
  const char *name;      /* at the line's end; translated */
  NerveColor  color;
  double      width;
  gboolean    dashed;
  NerveMark   mark;
  double      mark_size; /* radius */
  gboolean    strong;    /* its name is bold */
  double     *values;    /* one a layer; NaN: nothing there */
  gboolean    led;       /* a line of its colour leads from its end to its name */
} NerveLayerCurve;

/**
 * nerve_layer_plot_init:
 * @cr: NULL when nothing will be painted
 * @ticks: of the value axis, whose labels take room at the left
 * @margin: room for names at the right
 * @gap: least distance between two groups of layers
 *
 * In print the caption's line is above. Below are the layers' indices, or, in print with room for them, their names.
 * nerve_layer_plot_clear() frees it.
 */
void nerve_layer_plot_init  (NerveLayerPlot *self, const NerveFigureModel *model, const NerveStyle *style, cairo_t *cr,
                             double width, double height, const NerveTicks *ticks, double margin, double gap);
void nerve_layer_plot_clear (NerveLayerPlot *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveLayerPlot, nerve_layer_plot_clear)

/* What a figure of this @width takes that names its layers. */
double nerve_layer_plot_height (const NerveFigureModel *model, const NerveStyle *style, double width);

double nerve_layer_plot_y       (const NerveLayerPlot *self, double value);
/* In print only: on the screen the pane has a title line. */
void   nerve_layer_plot_caption (const NerveLayerPlot *self, const char *caption);
/* Bands of pinned layers, grid lines with labels, indices of layers. */
void   nerve_layer_plot_ground  (const NerveLayerPlot *self, const NerveTicks *ticks);
/* Lines within a group, marks on top. */
void   nerve_layer_plot_curve   (const NerveLayerPlot *self, const NerveLayerCurve *curve);
/* The ground between @low and @high, within a group; 12 % of @color. */
void   nerve_layer_plot_band    (const NerveLayerPlot *self, NerveColor color, const double *low, const double *high);
/* Each name beside its curve's last value in @group (-1: in any), moved apart where they would collide. */
void   nerve_layer_plot_names   (const NerveLayerPlot *self, const NerveLayerCurve *curves, guint n, int group);
double nerve_layer_plot_names_width (const NerveStyle *style, const NerveLayerCurve *curves, guint n);

/* The layer at @x, as a hit. */
gboolean nerve_layer_plot_hit   (const NerveLayerPlot *self, double x, double y, NerveHit *hit);
void     nerve_layer_plot_marks (const NerveLayerPlot *self, GArray *hits);

G_END_DECLS
