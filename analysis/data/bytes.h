/* A run of bytes that can be read anywhere: a part of a file, as it lies there or deflated. */
#pragma once

#include "data/file.h"

G_BEGIN_DECLS

typedef struct _NerveBytes NerveBytes;

/* @file must outlive it. */
NerveBytes *nerve_bytes_new_plain    (NerveFile *file, guint64 offset, guint64 length);
/* The same with a check sum: it has to fit once all has been read, in order or nearly so. */
NerveBytes *nerve_bytes_new_stored   (NerveFile *file, guint64 offset, guint64 length, guint32 crc);
NerveBytes *nerve_bytes_new_deflated (NerveFile *file, guint64 offset, guint64 packed_length, guint64 length,
                                      guint32 crc);
void        nerve_bytes_free         (NerveBytes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBytes, nerve_bytes_free)

NerveFile  *nerve_bytes_get_file    (NerveBytes *self);
guint64     nerve_bytes_get_length  (NerveBytes *self);
/* Reading a part costs unpacking what lies before it. */
gboolean    nerve_bytes_is_deflated (NerveBytes *self);
/* From any thread. Deflated bytes are unpacked from the nearest place before @offset whose state was kept.
 * Errors: NERVE_ERROR_FORMAT (truncated, damaged) */
gboolean    nerve_bytes_read        (NerveBytes *self, guint64 offset, gpointer out, gsize length, GError **error);

G_END_DECLS
