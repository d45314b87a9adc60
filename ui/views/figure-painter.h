/* Draws pictures beside the main thread, one after the other for each painter: asked for another one, it leaves out
 * what was waiting. All painters share two threads; what has the smaller priority number is drawn sooner. */
#pragma once

#include "views/figure-picture.h"

G_BEGIN_DECLS

typedef struct _NerveFigurePainter NerveFigurePainter;

/* On the main thread, as soon as @picture is drawn; borrowed. */
typedef void (*NerveFigurePainted) (NerveFigurePicture *picture, gpointer user_data);

NerveFigurePainter *nerve_figure_painter_new   (NerveFigurePainted painted, gpointer user_data);
/* Nothing is said afterwards. */
void                nerve_figure_painter_free  (NerveFigurePainter *self);
/* Keeps a reference on @picture. One that is being drawn is drawn to its end and handed over first. */
void                nerve_figure_painter_paint (NerveFigurePainter *self, NerveFigurePicture *picture, int priority);
/* Leaves out whatever is not there yet. */
void                nerve_figure_painter_stop  (NerveFigurePainter *self);
/* Ends the threads when the program does, and waits for them; a painter asked later starts them again. */
void                nerve_figure_painter_shutdown (void);

G_END_DECLS
