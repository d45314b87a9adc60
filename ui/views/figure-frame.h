/* Where a figure lies on its pane: widget = figure × zoom + (x, y). Figure coordinates are those that it was drawn
 * with, [0, width] × [0, height]. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct { double zoom, x, y; } NerveFigureFrame;

#define NERVE_FIGURE_FRAME_WHOLE ((NerveFigureFrame) { 1, 0, 0 })

gboolean         nerve_figure_frame_equal  (const NerveFigureFrame *a, const NerveFigureFrame *b);
/* The same point of the figure stays under (x, y). No ground beyond the figure's edges comes into a pane of
 * @width × @height. */
NerveFigureFrame nerve_figure_frame_zoomed (const NerveFigureFrame *self, double factor, double x, double y,
                                            double width, double height);
NerveFigureFrame nerve_figure_frame_moved  (const NerveFigureFrame *self, double dx, double dy, double width,
                                            double height);
/* For a figure that was drawn for a pane of another size: as large as this one holds, in its middle. */
NerveFigureFrame nerve_figure_frame_fitted (const NerveFigureFrame *self, double figure_width, double figure_height,
                                            double width, double height);
/* Where a picture of @width × @height, drawn in @from, belongs in @self. */
graphene_rect_t  nerve_figure_frame_place  (const NerveFigureFrame *self, const NerveFigureFrame *from, double width,
                                            double height);

G_END_DECLS
