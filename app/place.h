/* Where a file shall be written: on this machine, or wherever else GIO reaches. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a whole file to @path, or none. */
typedef gboolean (*NervePlaceFunc) (const char *path, gpointer user_data, GError **error);

/**
 * nerve_place_write:
 * @place: a file; it need not have a path
 * @write: makes the file, for @place itself or, if that has no path, for a temporary file that is then sent there
 *
 * What stood at @place before is replaced only when all was written. May take long; for worker threads.
 *
 * Errors: what @write says; NERVE_ERROR_WRITE
 */
gboolean nerve_place_write (GFile *place, NervePlaceFunc write, gpointer user_data, GError **error);
/* What to call it in a sentence, (transfer full). */
char    *nerve_place_name  (GFile *place);

G_END_DECLS
