/* Refuses what cannot fit before it is allocated, and says how much it would have been. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that may still be allocated: what the kernel says is available, less where a control group or
 * a limit on the address space (ulimit -v) says so. */
guint64  nerve_memory_available (void);

/* "37.3 GB"; powers of 1000, with a point in every language. */
char    *nerve_memory_format    (double bytes);

/**
 * nerve_memory_check:
 * @n: number of items (n × size may overflow: that does not fit)
 * @what: what they are, for the message: "the distances between 100000 points"
 *
 * Errors: NERVE_ERROR_MEMORY "@what would need about 37.3 GB of memory, 12.1 GB are free"
 */
gboolean nerve_memory_check     (guint64 n, gsize size, const char *what, GError **error);

/* Checks, then allocates without clearing; never NULL without @error, also for n = 0. g_free() it. */
gpointer nerve_memory_new       (guint64 n, gsize size, const char *what, GError **error);

/* An array with room for @n items, in huge pages if it is large; it keeps them as it grows. Only what is written takes
 * memory. */
GArray  *nerve_memory_new_array (gsize size, guint n);
/* As g_malloc_n(), for what was checked before: in huge pages like the above, so that it is given back at once. */
gpointer nerve_memory_take      (gsize n, gsize size);

G_END_DECLS
