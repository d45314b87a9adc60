/* The application on a small file, in this process. */
#pragma once

#include "app/application.h"
#include "app/window.h"
#include "views/figure-picture.h"

typedef struct
{
  char          *path;
  NerveSession  *session;
  NerveWindow   *window;
  NerveDocument *document; /* NULL until one is open */
} WindowFixture;

/* Before anything else in main(): no other process, no file of the person's. */
void window_fixture_prepare (int *argc, char ***argv);
/* Runs the tests added since, inside the application's own main loop; the exit status. */
int  window_fixture_run     (void);
/* @data non-NULL: an empty window. Else the small network is open and settled. */
void window_fixture_set_up    (WindowFixture *f, gconstpointer data);
void window_fixture_tear_down (WindowFixture *f, gconstpointer data);

/* Opens as an argument would, and waits for the end of it. */
void window_fixture_open      (WindowFixture *f, const char *path);
/* Until everything is computed and drawn. */
void window_fixture_settle    (WindowFixture *f);
/* That nobody but us holds @object (transfer full), once frames and idles under way are through. */
void window_fixture_assert_gone (gpointer object);
/* Runs the main loop for a while, and until what is queued is done. */
void window_fixture_wait      (guint milliseconds);

const NerveFigureModel *window_fixture_model (WindowFixture *f);
NerveFigureView        *window_fixture_pane  (WindowFixture *f, guint column, guint pane);
/* Of a picture that is drawn. (transfer full) */
GBytes                 *window_fixture_pixels (NerveFigurePicture *picture);
/* @parameters: as g_variant_new_parsed() reads it, or NULL */
void window_fixture_activate  (WindowFixture *f, const char *action, const char *parameters);
/* The first of that type: @widget itself, or what is in it; NULL: none. */
GtkWidget          *window_fixture_find_inside     (GtkWidget *widget, GType type);
/* The controller of just this type (a gesture: of just this button); NULL: none. */
GtkEventController *window_fixture_find_controller (GtkWidget *widget, GType type, guint button);
/* Presses the primary button on a node's middle. */
void window_fixture_click     (WindowFixture *f, guint column, guint node, int n_press);
void window_fixture_press_key (WindowFixture *f, GtkWidget *widget, guint keyval);
