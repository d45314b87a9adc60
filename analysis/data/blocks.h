/* Blocks of arrays, read once, kept in memory within one limit for the whole process. */
#pragma once

#include "data/array.h"

G_BEGIN_DECLS

/* @count rows of @array into @out; several threads that want the same block wait for one of them to read it.
 * Errors: what the array's read() says, NERVE_ERROR_OPEN (the file was changed), NERVE_ERROR_MEMORY. */
gboolean nerve_blocks_read       (NerveArray *array, gsize first, gsize count, double *out, GError **error);
/* Of an array of bytes only. */
gboolean nerve_blocks_read_bytes (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error);
/* Lets go of the blocks of @array, that nobody reads any more. */
void     nerve_blocks_forget     (NerveArray *array);

/* Bytes, 256 MiB at first; the least recently used blocks go first, the latest one stays. */
void     nerve_blocks_set_limit  (gsize bytes);
gsize    nerve_blocks_get_used   (void);

G_END_DECLS
