/* What the files that make up the figure view share with each other and with figure-input:
 *   figure-view.c          the widget: properties, layout, what is drawn over the picture
 *   figure-view-picture.c  which picture is wanted, and the change from one to the next
 *   figure-view-hand.c     where the person looks and what stands there */
#pragma once

#include "views/figure-fades.h"
#include "views/figure-painter.h"
#include "views/figure-status.h"
#include "views/figure-view.h"

G_BEGIN_DECLS

/* The hand on a figure: hover, click, box, pan, zoom, keys, menu. Lives as long as @view. */
typedef struct _NerveFigureInput NerveFigureInput;
NerveFigureInput *nerve_figure_input_new     (NerveFigureView *view);
void              nerve_figure_input_dispose (NerveFigureInput *self);

struct _NerveFigureView
{
  GtkWidget               parent_instance;
  const NerveFigureKind  *kind;
  const NerveFigureModel *model;
  guint                   layer;
  NerveStyle              style;
  gboolean                interactive;
  int                     priority;
  NerveFigureInput       *input;
  GMenuModel             *menu;

  NerveFigurePainter     *painter;
  NerveFigurePicture     *wanted;  /* asked for last; the shown one when nothing is on its way */
  NerveFigurePicture     *shown;
  GdkTexture             *texture; /* of it */
  NerveFigureFades       *fades;
  guint                   ask_source;

  NerveFigureFrame        frame;
  NerveHit                curve;   /* the point of a curve under the pointer; kind NOTHING: none */
  char                   *reading; /* what the hand is on, in words; NULL: nothing */
  NerveHit                mark;    /* the hand is on, in a figure of the network; else of no kind */
  int                     ringed;  /* the bar that was under the pointer when it was drawn last */
  GArray                 *outline; /* graphene_point_t; of the box or lasso that is being drawn */
  NerveFigureStatus      *status;
  gboolean                stale;
  gboolean                left_out; /* nothing will come */
};

/* The picture */

gboolean    nerve_figure_view_has_results  (NerveFigureView *self);
/* The picture that is shown shows all there is in the model. */
gboolean    nerve_figure_view_is_current   (NerveFigureView *self);
/* What it has under the pointer: nodes, bars or nothing; and which one, -1: none. */
NerveHitKind nerve_figure_view_get_mark_kind (NerveFigureView *self);
int         nerve_figure_view_get_hovered  (NerveFigureView *self);
/* Drawn soon enough to be drawn anew for a hover. */
gboolean    nerve_figure_view_is_quick     (NerveFigureView *self);
/* One of the model as it will be when the main thread is idle: many changes make one picture. */
void        nerve_figure_view_queue_picture (NerveFigureView *self);
/* A NerveFigurePainted; @user_data is the view. */
void        nerve_figure_view_take_picture (NerveFigurePicture *picture, gpointer user_data);
void        nerve_figure_view_forget_pictures (NerveFigureView *self);
void        nerve_figure_view_update_status (NerveFigureView *self);
/* What a screen reader is told: also where there is no picture, yet or at all. */
void        nerve_figure_view_update_accessible (NerveFigureView *self);
/* Where the shown picture's figure lies now. */
NerveFigureFrame nerve_figure_view_get_frame (NerveFigureView *self);

/* The hand */

/* What stands at (x, y) of the widget; the mark's place and radius are in the widget's coordinates too. */
gboolean    nerve_figure_view_hit          (NerveFigureView *self, double x, double y, NerveHit *hit);
/* NULL: nowhere. */
void        nerve_figure_view_set_mark     (NerveFigureView *self, const NerveHit *mark);
/* All marks (NerveHit) in the widget's coordinates; (transfer container). */
GArray     *nerve_figure_view_marks        (NerveFigureView *self);
gboolean    nerve_figure_view_is_zoomable  (NerveFigureView *self);
void        nerve_figure_view_zoom_at      (NerveFigureView *self, double factor, double x, double y);
void        nerve_figure_view_pan_by       (NerveFigureView *self, double dx, double dy);
/* A point of a curve to be ringed; NULL: none. */
void        nerve_figure_view_set_curve    (NerveFigureView *self, const NerveHit *hit);
/* The rubber band or lasso (graphene_point_t, the widget's coordinates); NULL: none. */
void        nerve_figure_view_set_outline  (NerveFigureView *self, GArray *outline);
GMenuModel *nerve_figure_view_get_menu     (NerveFigureView *self);

G_END_DECLS
