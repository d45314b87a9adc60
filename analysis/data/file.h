/* An open regular file: its identity, and reads at any offset from any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char   *path;
  char   *stem;        /* base name without extension, for layers that have no name of their own */
  int     fd;
  guint64 size;
  gint64  modified;    /* nanoseconds */
  char   *fingerprint; /* hex SHA-256 of size, modification time, first and last 64 KiB */
} NerveFile;

/* Errors: NERVE_ERROR_OPEN (missing, a folder, not readable, not a regular file), NERVE_ERROR_FORMAT (empty) */
NerveFile *nerve_file_open (const char *path, GError **error);
void       nerve_file_free (NerveFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveFile, nerve_file_free)

/* Exactly @length bytes, or NERVE_ERROR_FORMAT "truncated…". */
gboolean   nerve_file_read (NerveFile *self, guint64 offset, gpointer out, gsize length, GError **error);
/* NERVE_ERROR_OPEN if somebody wrote to the file since it was opened: offsets and cached blocks hold no more. */
gboolean   nerve_file_check_unchanged (NerveFile *self, GError **error);
gboolean   nerve_file_has_extension   (NerveFile *self, const char *extension);

G_END_DECLS
