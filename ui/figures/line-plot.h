/* Lines of several networks over anything: axes, a dash for each network, bands, names at the lines' ends. Colour is
 * for classes; networks are told apart by dashes and names. */
#pragma once

#include <cairo.h>

#include "figures/axes.h"
#include "figures/style.h"

G_BEGIN_DECLS

typedef struct
{
  const NerveStyle *style;
  cairo_t          *cr;
  double            left, right, top, bottom;
  double            room; /* for names */
  double            x[2], y[2]; /* values at the left and right, at the bottom and top */
  gboolean          log_x, log_y;
  NerveTicks        across, up;
} NerveLinePlot;

/* @names: room for names at the right. The ranges and what is logarithmic are set before. */
void   nerve_line_plot_init   (NerveLinePlot *self, const NerveStyle *style, cairo_t *cr, double width, double height,
                               double names);
/* Whole numbers only, on either axis. */
void   nerve_line_plot_whole  (NerveLinePlot *self, NerveTicks *ticks);
double nerve_line_plot_x      (const NerveLinePlot *self, double value);
double nerve_line_plot_y      (const NerveLinePlot *self, double value);
/* Grid, labels, what the axes are. */
void   nerve_line_plot_ground (const NerveLinePlot *self, const char *x_name, const char *y_name);
/* @which: its dash. A point that is not finite (or has no logarithm) parts the line. */
void   nerve_line_plot_line   (const NerveLinePlot *self, guint which, gboolean strong, const double *x,
                               const double *y, guint n);
/* One of @n_bands that lie over each other: the more, the fainter. */
void   nerve_line_plot_band   (const NerveLinePlot *self, guint n_bands, const double *x, const double *low,
                               const double *high, guint n);
/* With a piece of each line; beside @y (of values; NaN: none), moved apart where they would collide. */
void   nerve_line_plot_names  (const NerveLinePlot *self, const char *const *names, const double *y, guint n,
                               guint strong);
double nerve_line_plot_names_width (const NerveStyle *style, const char *const *names, guint n, double most);

G_END_DECLS
