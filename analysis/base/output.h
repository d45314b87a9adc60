/* A file that is there whole or not at all: written under a temporary name beside the
 * target, synced, renamed on commit; removed on abort, also when the process is told to die. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _NerveOutput NerveOutput;

/* NULL or "-": standard output. */
NerveOutput *nerve_output_open   (const char *path, GError **error);
/* A failed write is remembered and reported by commit. */
gboolean     nerve_output_write  (NerveOutput *self, gconstpointer data, gsize length);
void         nerve_output_printf (NerveOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* "%.9g" in the C locale; "inf", "-inf", "nan". */
void         nerve_output_number (NerveOutput *self, double value);
/* Writes what is pending now, so that commit can hardly fail; nothing where others would see it. */
gboolean     nerve_output_flush  (NerveOutput *self, GError **error);
/* Flushes and renames; frees @self whatever comes. */
gboolean     nerve_output_commit (NerveOutput *self, GError **error);
/* Removes what was written and frees @self. */
void         nerve_output_abort  (NerveOutput *self);
/* Removes every unfinished file; for signal-driven exits (async-signal-safe). */
void         nerve_output_abort_all (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveOutput, nerve_output_abort)

/* "%.9g" in the C locale into @buffer (≥ 32 bytes); returns @buffer. */
char        *nerve_format_number (char *buffer, double value);

G_END_DECLS
