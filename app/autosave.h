/* Keeps what is open in a file, a second after each change, off the main thread: after a crash the next start finds it.
 *
 * In the folder: NAME.nerve-session of each process that runs, locked by NAME.lock as long as it does;
 * crashed.nerve-session while what a dead process left is opened; last.nerve-session of the session before. */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

#define NERVE_TYPE_AUTOSAVE (nerve_autosave_get_type ())
G_DECLARE_FINAL_TYPE (NerveAutosave, nerve_autosave, NERVE, AUTOSAVE, GObject)

/* @folder: NULL: the person's, under XDG_STATE_HOME. One that can't be written keeps nothing, and says so once. */
NerveAutosave *nerve_autosave_new          (NerveSession *session, const char *folder);
/* What a process left that did not end well; (transfer full), NULL: nothing. Nothing is written until
 * nerve_autosave_restored(). What did not survive being opened once is not offered again. */
char          *nerve_autosave_take_crashed (NerveAutosave *self);
void           nerve_autosave_restored     (NerveAutosave *self);
/* The session before this one; NULL: there is none. */
const char    *nerve_autosave_get_last     (NerveAutosave *self);
/* A good end: what is open becomes the last session. Waits for what is being written. */
void           nerve_autosave_finish       (NerveAutosave *self);

G_END_DECLS
