/* Tries an HDF5 file in a process of its own first: on some damaged files the library crashes or loops. */
#pragma once

#include "base/progress.h"
#include "data/file.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_PROBE_FINE,
  NERVE_PROBE_REFUSED, /* with an error */
  NERVE_PROBE_UNTRIED, /* no helper, see nerve_probe_describe_absence () */
} NerveProbeVerdict;

/* Path of nerve-probe, for the process; NULL, as at first: files are opened untried, and nobody misses it. */
void              nerve_probe_set_program      (const char *path);

/**
 * nerve_probe_run:
 *
 * nerve-probe opens @file as this process is about to, and answers with the error it got, if any. Blocks, asking
 * @progress every 20 ms; the helper is killed as soon as the answer is no. From any thread, several at once.
 *
 * Errors: whatever nerve_dataset_open () says of the file; NERVE_ERROR_FORMAT (the library crashed on it, or
 * used up its time or memory), CANCELLED
 */
NerveProbeVerdict nerve_probe_run              (NerveFile *file, const NerveProgress *progress, GError **error);
/* A sentence, for whoever opens a file untried; NULL: there was no helper to miss. */
char             *nerve_probe_describe_absence (void);

/* What opening a file of @size bytes may take: processor time (and up to five times as much by the clock), and bytes
 * of address space. Generous: whoever waits can cancel. */
guint             nerve_probe_get_seconds      (guint64 size);
guint64           nerve_probe_get_memory       (guint64 size);
/* What nerve-probe prints; @error NULL: fine. */
char             *nerve_probe_format_answer    (const GError *error);

G_END_DECLS
