/* Balanced loops over all cores, from one process-wide budget of threads. */
#pragma once

#include "base/progress.h"

G_BEGIN_DECLS

/**
 * NerveParallelFunc:
 * @begin: first index
 * @end: one past the last
 * @worker: 0 ≤ worker < nerve_parallel_get_threads (), for scratch memory of one's own
 *
 * Works on [begin, end). What it writes must depend on the indices alone, never on
 * @worker or on how the range was cut: so results are the same for any number of threads.
 *
 * Returns: %FALSE to stop the whole loop
 */
typedef gboolean (*NerveParallelFunc) (gsize begin, gsize end, guint worker, gpointer user_data);

/* 0: all cores. Takes effect for loops started later; so call it while none is being prepared (at the start of
 * the program), or scratch memory sized by nerve_parallel_get_threads() may be too small. */
void     nerve_parallel_set_threads (guint threads);
guint    nerve_parallel_get_threads (void);

/**
 * nerve_parallel_for:
 * @n: number of indices
 * @grain: how many indices are handed out at once (≥ 1); between two of them
 *   @progress is asked, so choose it for at most some 20 ms of work
 *
 * Hands out [0, n) in pieces, dynamically, in rising order. The calling thread works too.
 * Calls may nest (an inner loop gets what threads are free, at least its own).
 *
 * Returns: %FALSE if @func or @progress stopped it
 */
gboolean nerve_parallel_for (gsize n, gsize grain, NerveParallelFunc func, gpointer user_data,
                             const NerveProgress *progress);

/**
 * nerve_parallel_leave:
 * @work: what can't be stopped, such as a call of a library
 * @data: (transfer full): what @work needs and leaves behind; counted, since the thread may outlive the caller
 * @unref: gives @data back, when @work is done
 *
 * Works in a thread of its own and waits for it; once @progress says stop, it is left to finish alone.
 *
 * Returns: %FALSE if it was left
 */
gboolean nerve_parallel_leave (void (*work) (gpointer data), gpointer data, GDestroyNotify unref,
                               const NerveProgress *progress);

G_END_DECLS
