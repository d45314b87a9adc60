/* Everything that the window can show, one after the other: views, lists, popovers and dialogs. */
#pragma once

#include "gui/window-fixture.h"

G_BEGIN_DECLS

/* @root: a window or a popover, drawn; @state: what it shows. */
typedef void (*WindowWalkFunc) (GtkWidget *root, const char *state, gpointer data);

/* Calls @look on all of it, and on each page of what has to be scrolled. */
void window_walk (WindowFixture *f, WindowWalkFunc look, gpointer data);
/* Whether nothing hides @widget, or only a little of it. */
gboolean window_walk_is_seen (GtkWidget *widget, GtkWidget *root);

G_END_DECLS
