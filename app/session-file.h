/* A session as a file: which data files are open, each with its document's state. JSON; what is unknown in it is
 * passed over, another version is refused. */
#pragma once

#include "app/state-json.h"

G_BEGIN_DECLS

#define NERVE_SESSION_FILE_SUFFIX ".nerve-session"
#define NERVE_SESSION_FILE_TYPE "application/x-nerve-session+json"

/* One data file and what is looked at in it. Immutable, reference-counted; any thread. */
typedef struct _NerveSessionEntry NerveSessionEntry;

/* Copies @state. */
NerveSessionEntry *nerve_session_entry_new   (NerveDataset *dataset, const NerveDocumentState *state);
NerveSessionEntry *nerve_session_entry_ref   (NerveSessionEntry *self);
void               nerve_session_entry_unref (NerveSessionEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveSessionEntry, nerve_session_entry_unref)
/* One that was read, of a file that is now at @path; (transfer full) */
NerveSessionEntry *nerve_session_entry_moved (const NerveSessionEntry *self, const char *path);
/* Where the data are. */
const char        *nerve_session_entry_get_path (const NerveSessionEntry *self);

/**
 * nerve_session_entry_open:
 * @changed: (out): the file is not what it was; where it no longer has the same images, nothing is selected
 * @state: (out): what is looked at in it; (transfer full)
 *
 * Opens the data; may take long. Errors: those of nerve_dataset_open_cancellable() and nerve_state_from_json()
 *
 * Returns: (transfer full)
 */
NerveDataset *nerve_session_entry_open (const NerveSessionEntry *self, const NerveProgress *progress,
                                        gboolean *changed, NerveDocumentState **state, GError **error);

typedef struct
{
  GPtrArray *entries; /* NerveSessionEntry */
  int        active;  /* of them; -1: none */
  char      *view;    /* "board", …; NULL: not said */
} NerveSessionFile;

NerveSessionFile *nerve_session_file_new  (void);
void              nerve_session_file_free (NerveSessionFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveSessionFile, nerve_session_file_free)

/* Errors: OPEN, FORMAT "cause" */
NerveSessionFile *nerve_session_file_read  (const char *path, GError **error);
/* The whole file, or none. Errors: WRITE */
gboolean          nerve_session_file_write (const NerveSessionFile *self, const char *path, GError **error);
/* By its name. */
gboolean          nerve_session_file_is    (GFile *file);

G_END_DECLS
