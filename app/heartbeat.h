/* How long the main thread keeps anybody waiting, for benchmarks: with NERVE_HEARTBEAT set in the environment a
 * source beats every 5 ms, and milestones are printed to the standard error with the longest gap so far;
 * "verbose" prints every notable gap, "exit" ends the program after the last milestone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     nerve_heartbeat_start     (void);
/* "nerve: board drawn after 812 ms, longest stall 31 ms (not counting waits for a core 29 ms, of work 28 ms)"; nothing
 * unless it beats. Each @milestone once. Work is the main thread's own processor time. */
void     nerve_heartbeat_milestone (const char *milestone);
/* NERVE_HEARTBEAT=exit: the program is to end after the last milestone. */
gboolean nerve_heartbeat_wants_exit (void);

G_END_DECLS
