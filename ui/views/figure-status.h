/* What lies over a figure while it is worked on, or when that failed: a ring in the middle, a banner at the top. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _NerveFigureStatus NerveFigureStatus;

/* Puts its widgets into @parent. @changed (@parent) is called when busy or the fraction has changed. */
NerveFigureStatus *nerve_figure_status_new   (GtkWidget *parent, void (*changed) (GtkWidget *parent));
void               nerve_figure_status_free  (NerveFigureStatus *self);
void               nerve_figure_status_allocate (NerveFigureStatus *self, int width, int height);

/* Negative: no work. Work is worth a word only after a while: busy. */
void               nerve_figure_status_set_fraction (NerveFigureStatus *self, double fraction);
double             nerve_figure_status_get_fraction (NerveFigureStatus *self);
gboolean           nerve_figure_status_is_busy (NerveFigureStatus *self);
/* Whether the ring shows while it is busy. */
void               nerve_figure_status_show_ring (NerveFigureStatus *self, gboolean shown);
/* See nerve_pane_banner_set(); @title NULL: none. */
void               nerve_figure_status_set_banner (NerveFigureStatus *self, const char *title, const char *advice,
                                                   const char *button, const char *action, GVariant *target);
const char        *nerve_figure_status_get_banner (NerveFigureStatus *self);

G_END_DECLS
