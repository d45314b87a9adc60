/* One picture of one figure, with all that it is drawn from. Drawing needs no widget, so that it can be done beside
 * the main thread; once drawn it never changes. */
#pragma once

#include "figures/figure.h"
#include "views/figure-frame.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount        ref;
  const NerveFigureKind *kind;
  NerveFigureModel      *model;  /* a snapshot; its hover is part of the picture */
  guint                  layer;
  NerveStyle             style;
  int                    width;  /* of the pane, in logical pixels */
  int                    height;
  int                    scale;  /* device pixels to one of them */
  NerveFigureFrame       frame;

  /* What nerve_figure_picture_draw() makes. */
  cairo_surface_t       *surface;
  char                  *description; /* in words */
  gint64                 cost;        /* µs */
} NerveFigurePicture;

/* @model: copied as it is now. @with_hover: with the node under the pointer marked. */
NerveFigurePicture *nerve_figure_picture_new   (const NerveFigureKind *kind, const NerveFigureModel *model,
                                                guint layer, const NerveStyle *style, int width, int height,
                                                int scale, const NerveFigureFrame *frame, gboolean with_hover);
NerveFigurePicture *nerve_figure_picture_ref   (NerveFigurePicture *self);
void                nerve_figure_picture_unref (NerveFigurePicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveFigurePicture, nerve_figure_picture_unref)

/* Any thread, once. */
void                nerve_figure_picture_draw  (NerveFigurePicture *self);
/* Once it is drawn. (transfer full) */
GdkTexture         *nerve_figure_picture_make_texture (NerveFigurePicture *self);

/* Nothing that the figure shows of @layer has changed; hover, size and frame aside. */
gboolean            nerve_figure_picture_shows (NerveFigurePicture *self, const NerveFigureModel *model,
                                                guint layer);
/* At least its marks stand where they would stand now, and mean the same. */
gboolean            nerve_figure_picture_places (NerveFigurePicture *self, const NerveFigureModel *model,
                                                 guint layer);
/* The node it marks as the one under the pointer; -1: none. */
int                 nerve_figure_picture_get_hover (NerveFigurePicture *self);

G_END_DECLS
