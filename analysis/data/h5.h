/* HDF5 made safe to use here: ids that close themselves, causes instead of printed stacks, text and lists. */
#pragma once

/* Later versions of HDF5 keep the calls of Debian 12's under this name. */
#define H5_USE_110_API
#include <hdf5.h>

#include "base/error.h"
#include "data/file.h"
#include "data/values.h"

G_BEGIN_DECLS

/* Any HDF5 id; closes itself with g_auto (NerveHid). */
typedef hid_t NerveHid;

void nerve_hid_close (NerveHid id);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (NerveHid, nerve_hid_close, H5I_INVALID_HID)

/* Every function that calls HDF5 starts with NERVE_H5_ENTER: HDF5 switches its printing of errors off for each
 * thread on its own, and a library built without thread safety needs a lock around it. */
typedef int NerveH5Scope;

NerveH5Scope nerve_h5_enter (void);
void         nerve_h5_leave (NerveH5Scope scope);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (NerveH5Scope, nerve_h5_leave, 0)
#define NERVE_H5_ENTER G_GNUC_UNUSED g_auto (NerveH5Scope) h5_scope = nerve_h5_enter ()

/* "MESSAGE: cause", the cause being what the call that failed just now says; always FALSE. */
gboolean     nerve_h5_set_error (GError **error, NerveError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Errors: NERVE_ERROR_FORMAT (truncated, damaged), NERVE_ERROR_OPEN (somebody is writing to it) */
hid_t        nerve_h5_open_file (NerveFile *file, GError **error);

gboolean     nerve_h5_has           (hid_t group, const char *path);
/* Datasets below @group (names relative to it, "block1/conv"), in the file's order: of creation where that was
 * tracked, else natural. @links: the names of soft and external links, which are left out. NULL: damaged. */
GPtrArray   *nerve_h5_list_datasets (hid_t group, GPtrArray **links, GError **error);

/* NULL without @error: no such attribute, or not text or a number. Several values are joined by ", ". */
char        *nerve_h5_get_attribute  (hid_t object, const char *name, GError **error);
/* All attributes of @object into @out (name → text). */
gboolean     nerve_h5_get_attributes (hid_t object, GHashTable *out, GError **error);

/* A list of strings, n or n × 1; NULL without @error if @dataset holds something else. */
NerveValues *nerve_h5_read_strings (NerveFile *file, hid_t dataset, const char *name, GError **error);

G_END_DECLS
