/* Hosts any figure of the table: draws it when something it shows has changed, keeps the picture, moves and
 * zooms it, finds what the pointer is on, and says how the work on it goes.
 *
 * What a person does comes out as actions, looked for from here up the widget tree:
 * "document.select-nodes" (u layer, au nodes, u mode), "document.select-class" (u label, b group, u mode),
 * "document.matrix-cell" (u layer, u other), "document.select-images" (au images, u mode),
 * "document.select-bar" (u layer, u bar, u mode), "document.walk-to" (u layer), "document.pair" (uu classes),
 * "document.hover" (i layer, i node), "document.hover-bar" (i layer, i bar), "document.hover-curve" (i layer, s name,
 * d at, d value), "document.clear". Modes are NerveFigurePick. */
#pragma once

#include <gtk/gtk.h>

#include "figures/figure.h"

G_BEGIN_DECLS

typedef enum { NERVE_FIGURE_PICK_REPLACE, NERVE_FIGURE_PICK_ADD, NERVE_FIGURE_PICK_TOGGLE } NerveFigurePick;

/* Properties: "kind" (its name in the table), "interactive", "priority" (smaller draws sooner),
 * "busy" (read-only: work on it has been going on for a while), "fraction" (of that work).
 * Signals "rendered": a picture of what the model holds was drawn; "mark-changed": see nerve_figure_view_get_mark(). */
#define NERVE_TYPE_FIGURE_VIEW (nerve_figure_view_get_type ())
G_DECLARE_FINAL_TYPE (NerveFigureView, nerve_figure_view, NERVE, FIGURE_VIEW, GtkWidget)

GtkWidget             *nerve_figure_view_new          (const char *kind);
const NerveFigureKind *nerve_figure_view_get_kind     (NerveFigureView *self);
/* Another figure of the same model in its place. */
void                   nerve_figure_view_set_kind     (NerveFigureView *self, const NerveFigureKind *kind);
/* @model is borrowed until the next call; NULL: nothing to show. */
void                   nerve_figure_view_set_model    (NerveFigureView *self, const NerveFigureModel *model);
const NerveFigureModel *
                       nerve_figure_view_get_model    (NerveFigureView *self);
void                   nerve_figure_view_set_layer    (NerveFigureView *self, guint layer);
guint                  nerve_figure_view_get_layer    (NerveFigureView *self);
/* The model's contents changed: draws again if it makes a difference here. */
void                   nerve_figure_view_update       (NerveFigureView *self);
/* @fraction: of the work that goes on, negative: none. @stale: the picture is older than the parameters. */
void                   nerve_figure_view_set_progress (NerveFigureView *self, double fraction, gboolean stale);
/* Nothing is to be drawn here, and nothing will come: the last picture goes. */
void                   nerve_figure_view_set_left_out (NerveFigureView *self, gboolean left_out);
/* See nerve_pane_banner_set(); @title NULL: none. */
void                   nerve_figure_view_set_banner   (NerveFigureView *self, const char *title, const char *advice,
                                                       const char *button, const char *action, GVariant *target);
const char            *nerve_figure_view_get_banner   (NerveFigureView *self);
/* What the hand is on, for screen readers, which speak it as it changes; NULL: nothing, they are told of the figure. */
void                   nerve_figure_view_set_reading  (NerveFigureView *self, const char *reading);
/* Of the context menu. */
void                   nerve_figure_view_set_menu     (NerveFigureView *self, GMenuModel *menu);
/* The picture shows all that the model holds, and nothing of it is missing. */
gboolean               nerve_figure_view_is_complete  (NerveFigureView *self);
/* The picture as it was drawn last; NULL: nothing there yet. */
GdkTexture            *nerve_figure_view_get_texture  (NerveFigureView *self);
/* What the pointer is on, or the arrow keys have walked to, in a figure of the network; NULL: nothing. */
const NerveHit        *nerve_figure_view_get_mark     (NerveFigureView *self);
void                   nerve_figure_view_fit          (NerveFigureView *self);

G_END_DECLS
