/* The main window: what is open, or how to open something. */
#pragma once

#include <adwaita.h>

#include "app/document-view.h"
#include "app/session.h"

G_BEGIN_DECLS

#define NERVE_TYPE_WINDOW (nerve_window_get_type ())
G_DECLARE_FINAL_TYPE (NerveWindow, nerve_window, NERVE, WINDOW, AdwApplicationWindow)

NerveWindow       *nerve_window_new          (AdwApplication *application, NerveSession *session);
/* Shows what it is doing; if it fails, says so and leaves everything else as it was. */
void               nerve_window_open         (NerveWindow *self, GFile *file);
/* Opens all of them; the first that can be opened is shown, the others wait behind it: in the list beside Open,
 * and when what is before them is closed. */
void               nerve_window_open_files   (NerveWindow *self, GFile *const *files, guint n_files);
/* A session that a crash left, opened as a file is; @done is called when all of it is there or was given up. */
void               nerve_window_restore      (NerveWindow *self, GFile *file, void (*done) (gpointer), gpointer data);
/* That the session before waits in the menu. */
void               nerve_window_say_last_session (NerveWindow *self);
/* What is open, off the main thread; what came of it is said in the window. */
void               nerve_window_save_session (NerveWindow *self, GFile *place);
/* The file that the bar says is gone is here now. */
void               nerve_window_locate       (NerveWindow *self, GFile *file);
/* Writes the selected images' ids, off the main thread; what came of it is said in the window. */
void               nerve_window_save_selection (NerveWindow *self, GFile *place);
NerveDocumentView *nerve_window_get_view     (NerveWindow *self);
/* Full screen, in larger type. */
gboolean           nerve_window_is_presenting (NerveWindow *self);
/* What the banner says went wrong; NULL: nothing. */
const char        *nerve_window_get_error    (NerveWindow *self);
/* What the quieter bar says of a session; NULL: nothing. */
const char        *nerve_window_get_notice   (NerveWindow *self);

G_END_DECLS
