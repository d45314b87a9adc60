/* How one picture goes over into the next, and fades while what it shows is out of date. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _NerveFigureFades NerveFigureFades;

/* Queues a draw of @widget, which owns it, whenever something moves. */
NerveFigureFades *nerve_figure_fades_new        (GtkWidget *widget);
void              nerve_figure_fades_free       (NerveFigureFades *self);
/* @leaving: the picture before; NULL: the next one is there at once, as it is where it follows hard on another. */
void              nerve_figure_fades_start      (NerveFigureFades *self, GdkTexture *leaving);
void              nerve_figure_fades_set_dimmed (NerveFigureFades *self, gboolean dimmed);
/* To the end, at once. */
void              nerve_figure_fades_skip       (NerveFigureFades *self);

/* NULL: it has gone. */
GdkTexture       *nerve_figure_fades_get_leaving (NerveFigureFades *self);
/* Of the new picture over the one that leaves; 0 to 1. */
double            nerve_figure_fades_get_progress (NerveFigureFades *self);
/* Of both. */
double            nerve_figure_fades_get_opacity (NerveFigureFades *self);

G_END_DECLS
