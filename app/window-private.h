/* What the files that make up the window share. */
#pragma once

#include "app/jobs-button.h"
#include "app/recent.h"
#include "app/window.h"

G_BEGIN_DECLS

#define NERVE_WINDOW_VIEWS 5

struct _NerveWindow
{
  AdwApplicationWindow parent_instance;
  GSettings           *settings;
  NerveSession        *session;
  NerveRecent         *recent;
  GSimpleAction       *shown_file; /* "win.show-file"; its state: which of the session's documents is in front */
  GCancellable        *opening;
  char                *error;
  GSignalGroup        *commands;   /* of the document shown */
  gboolean             presenting;
  gboolean             sidebar_before; /* the presentation */
  GQueue               notices;    /* window-session.c: what is to be said of a session, one after the other */
  AdwToastOverlay     *toasts;
  GtkStack            *stack;
  GtkWidget           *drop_here;  /* while files hover */
  GtkInfoBar          *error_bar;
  GtkLabel            *error_title;
  GtkLabel            *error_label;
  GtkInfoBar          *notice_bar;
  GtkLabel            *notice_label;
  GtkButton           *notice_button;
  AdwSplitButton      *open;
  GtkWidget           *opening_spinner;
  NerveJobsButton     *jobs_button;
  GtkWidget           *sidebar_button;
  GtkStack            *titles;
  AdwWindowTitle      *title;
  GtkWidget           *views;
  GMenu               *views_menu;
  GtkWidget           *view_buttons[NERVE_WINDOW_VIEWS]; /* of those that have one in the header */
  GtkWidget           *color_by;
  GtkWidget           *sample;
  NerveDocumentView   *view;
};

/* A toast. */
void nerve_window_say       (NerveWindow *self, const char *text);
/* The bar below the header; @message NULL: takes it away. */
void nerve_window_set_error (NerveWindow *self, const char *title, const char *message);
/* A save that has come to its end: @text says what was written, or what went wrong. */
void nerve_window_saved     (NerveWindow *self, const char *text, gboolean written);

/* window-views.c: shows the ways to the views that have something to show; leaves one that has not. */
void nerve_window_views_update (NerveWindow *self);
void nerve_window_views_check  (NerveWindow *self);
/* The view of that name, if there is one. */
void nerve_window_views_show (NerveWindow *self, const char *name);

/* window-files.c, window-saving.c: their actions, and dropped files. */
void nerve_window_files_install  (GtkWidgetClass *widget_class);
void nerve_window_files_add_drop (NerveWindow *self);
void nerve_window_files_add_show (NerveWindow *self);
/* Marks the document in front in the list of what is open. */
void nerve_window_files_mark     (NerveWindow *self);
void nerve_window_saving_install (GtkWidgetClass *widget_class);
/* window-panes.c: panes of the board. */
void nerve_window_panes_install  (GtkWidgetClass *widget_class);
void nerve_window_panes_add_click (NerveWindow *self);

/* window-session.c: sessions as files, and the bar that says what became of them. */
typedef struct
{
  NerveDocument *front;    /* to be shown; NULL: none was opened. Borrowed */
  guint          n_opened;
  GPtrArray     *failures; /* what went wrong, in words */
} NerveSessionOutcome;

typedef void (*NerveSessionOpened) (const NerveSessionOutcome *outcome, gpointer user_data);

void nerve_window_session_install (GtkWidgetClass *widget_class);
/* Opens what @file says, beside what is open; @opened is called once, cancelled or not. */
void nerve_window_session_open    (NerveWindow *self, GFile *file, GCancellable *cancellable,
                                   NerveSessionOpened opened, gpointer user_data);
/* "Start afresh" is offered. */
void nerve_window_session_say_crashed (NerveWindow *self);
void nerve_window_session_clear   (NerveWindow *self);

G_END_DECLS
