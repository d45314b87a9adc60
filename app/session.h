/* What is open: documents, the one in front, and the jobs they share. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

/* A GListModel of NerveDocument; property "active" (NerveDocument or NULL). */
#define NERVE_TYPE_SESSION (nerve_session_get_type ())
G_DECLARE_FINAL_TYPE (NerveSession, nerve_session, NERVE, SESSION, GObject)

NerveSession  *nerve_session_new         (void);
NerveJobs     *nerve_session_get_jobs    (NerveSession *self);
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

G_END_DECLS
