/* What is open: documents, the one in front, and the jobs they share. */
#pragma once

#include "app/document.h"
#include "app/session-file.h"

G_BEGIN_DECLS

/* A GListModel of NerveDocument; property "active" (NerveDocument or NULL). Signal "changed": something that a session
 * file keeps is not what it was. */
#define NERVE_TYPE_SESSION (nerve_session_get_type ())
G_DECLARE_FINAL_TYPE (NerveSession, nerve_session, NERVE, SESSION, GObject)

NerveSession  *nerve_session_new         (void);
NerveJobs     *nerve_session_get_jobs    (NerveSession *self);
/* Of all that are and will be open: greys with letters instead of colours. */
void           nerve_session_set_grey    (NerveSession *self, gboolean grey);
/* What tensors are sampled by at first, in what is opened from now on; pool-mean unless said otherwise. */
void           nerve_session_set_sampling (NerveSession *self, NerveSampling sampling);
NerveDocument *nerve_session_get_active  (NerveSession *self);
void           nerve_session_set_active  (NerveSession *self, NerveDocument *document);
/* Opens off the main thread; a file that is open already (same fingerprint) gives the document it has. Which one is
 * in front stays as it was. On error what was open stays; the message reads "FILE: [DATASET:] cause". */
void           nerve_session_open_async  (NerveSession *self, GFile *file, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* (transfer none) */
NerveDocument *nerve_session_open_finish (NerveSession *self, GAsyncResult *result, GError **error);
/* The images selected in @document as a document of their own, opened and in front; NULL: there are too few. */
NerveDocument *nerve_session_open_selection (NerveSession *self, NerveDocument *document);
void           nerve_session_close       (NerveSession *self, NerveDocument *document);

/* What a session file keeps, as it is now; what is written of it later, on any thread, is this. (transfer full) */
NerveSessionFile *nerve_session_snapshot (NerveSession *self);
/* One of a session file's, opened off the main thread as nerve_session_open_async() does. */
void           nerve_session_restore_async  (NerveSession *self, NerveSessionEntry *entry, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
/* @changed: (out): its file is not what it was; (transfer none) */
NerveDocument *nerve_session_restore_finish (NerveSession *self, GAsyncResult *result, gboolean *changed,
                                             GError **error);
/* What could not be opened again since its file is gone: kept with the session until it is found or given up. */
void           nerve_session_add_lost    (NerveSession *self, NerveSessionEntry *entry);
void           nerve_session_drop_lost   (NerveSession *self, NerveSessionEntry *entry);
/* (transfer none); NULL: none */
NerveSessionEntry *nerve_session_get_lost (NerveSession *self);
/* Which view is looked at; the window says it. */
void           nerve_session_set_view    (NerveSession *self, const char *view);

G_END_DECLS
