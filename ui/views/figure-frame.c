#include "config.h"

#include "views/figure-frame.h"

#define ZOOM_LIMIT 16.

gboolean
nerve_figure_frame_equal (const NerveFigureFrame *a, const NerveFigureFrame *b)
{
  return a->zoom == b->zoom && a->x == b->x && a->y == b->y;
}

static NerveFigureFrame
keep_inside (NerveFigureFrame frame, double width, double height)
{
  frame.x = CLAMP (frame.x, width * (1 - frame.zoom), 0);
  frame.y = CLAMP (frame.y, height * (1 - frame.zoom), 0);

  return frame;
}

NerveFigureFrame
nerve_figure_frame_zoomed (const NerveFigureFrame *self, double factor, double x, double y, double width,
                           double height)
{
  double zoom = CLAMP (self->zoom * factor, 1, ZOOM_LIMIT);
  double scale = zoom / self->zoom;

  return keep_inside ((NerveFigureFrame) { zoom, x - scale * (x - self->x), y - scale * (y - self->y) },
                      width, height);
}

NerveFigureFrame
nerve_figure_frame_moved (const NerveFigureFrame *self, double dx, double dy, double width, double height)
{
  return keep_inside ((NerveFigureFrame) { self->zoom, self->x + dx, self->y + dy }, width, height);
}

NerveFigureFrame
nerve_figure_frame_fitted (const NerveFigureFrame *self, double figure_width, double figure_height, double width,
                           double height)
{
  double scale = MIN (width / figure_width, height / figure_height);

  return (NerveFigureFrame) {
    self->zoom * scale,
    self->x + self->zoom * (width - scale * figure_width) / 2,
    self->y + self->zoom * (height - scale * figure_height) / 2,
  };
}

graphene_rect_t
nerve_figure_frame_place (const NerveFigureFrame *self, const NerveFigureFrame *from, double width, double height)
{
  double scale = self->zoom / from->zoom;

  return GRAPHENE_RECT_INIT (self->x - scale * from->x, self->y - scale * from->y, scale * width, scale * height);
}
