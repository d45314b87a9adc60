/* The default session without a display: the same document, jobs and figures, drawn to files. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * nerve_headless_run:
 * @path: an activation file, or NULL for the sample
 * @taken: (inout): names of folders that this run has drawn into, a set of strings; this one's is added
 *
 * Opens @path as the window would, waits for the opening board, and writes it and its panes into a new folder
 * (nerve-NAME in the working directory, or in the temporary one if that can't be written; with a number where @taken
 * has the name), which it prints.
 *
 * Returns: exit status
 */
int nerve_headless_run (const char *path, GHashTable *taken);

G_END_DECLS
