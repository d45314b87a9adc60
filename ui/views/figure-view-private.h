/* Between figure-view and figure-input. */
#pragma once

#include "views/figure-view.h"

G_BEGIN_DECLS

/* What stands at (x, y) of the widget; the mark's place and radius are in the widget's coordinates too. */
gboolean    nerve_figure_view_hit     (NerveFigureView *self, double x, double y, NerveHit *hit);
/* All marks (NerveHit) in the widget's coordinates; (transfer container). */
GArray     *nerve_figure_view_marks   (NerveFigureView *self);
gboolean    nerve_figure_view_is_zoomable (NerveFigureView *self);
void        nerve_figure_view_zoom_at (NerveFigureView *self, double factor, double x, double y);
void        nerve_figure_view_pan_by  (NerveFigureView *self, double dx, double dy);
/* The rubber band; NULL: none. */
void        nerve_figure_view_set_box (NerveFigureView *self, const GdkRectangle *box);
GMenuModel *nerve_figure_view_get_menu (NerveFigureView *self);

/* The hand on a figure: hover, click, box, pan, zoom, keys, menu. Lives as long as @view. */
typedef struct _NerveFigureInput NerveFigureInput;
NerveFigureInput *nerve_figure_input_new     (NerveFigureView *view);
void              nerve_figure_input_dispose (NerveFigureInput *self);

G_END_DECLS
