#include "config.h"

#include "app/heartbeat.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define BEAT 5     /* ms */
#define NOTABLE 30 /* ms */

static struct
{
  gboolean beats;
  gint64   last;    /* µs */
  gint64   longest; /* µs */
  gint64   last_work;
  gint64   longest_work; /* µs of the main thread's own processor time between two beats */
  gint64   last_wait;
  gint64   longest_held; /* µs of a stall that was no waiting for a core */
  GSList  *passed;
} heart;

/* Milliseconds since the kernel started this process; negative if it doesn't say. */
static double
age_of_process (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  struct timespec now;
  double started;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL) || strrchr (text, ')') == NULL)
    return -1;

  /* Field 22, counted from 3 after the name in brackets. */
  fields = g_strsplit (strrchr (text, ')') + 2, " ", -1);
  if (g_strv_length (fields) < 20)
    return -1;
  started = g_ascii_strtod (fields[19], NULL) / sysconf (_SC_CLK_TCK);
  clock_gettime (CLOCK_BOOTTIME, &now);

  return 1000 * (now.tv_sec + now.tv_nsec / 1e9 - started);
}

static gint64
processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * (gint64) G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* µs that the main thread was ready to run and no core was free, as Linux counts them. */
static gint64
waiting_time (void)
{
  g_autofree char *text = NULL;
  char *end;

  if (!g_file_get_contents ("/proc/self/schedstat", &text, NULL, NULL))
    return 0;
  g_ascii_strtoull (text, &end, 10);

  return g_ascii_strtoull (end, NULL, 10) / 1000;
}

static gboolean
on_beat (gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();
  gint64 work = processor_time ();
  gint64 wait = waiting_time ();
  gint64 stall = now - heart.last - BEAT * 1000;
  gint64 held = stall - (wait - heart.last_wait);

  /* Before the main loop runs there is nobody to keep waiting. */
  if (heart.last == 0)
    {
      heart.last = now;
      heart.last_work = work;
      heart.last_wait = wait;
      return G_SOURCE_CONTINUE;
    }

  if (stall > NOTABLE * 1000 && g_strcmp0 (g_getenv ("NERVE_HEARTBEAT"), "verbose") == 0)
    g_printerr ("nerve: stall of %.0f ms (%.0f of work, %.0f waiting for a core), over after %.0f ms\n",
                stall / 1000., (work - heart.last_work) / 1000., (wait - heart.last_wait) / 1000., age_of_process ());
  heart.longest = MAX (heart.longest, stall);
  heart.longest_work = MAX (heart.longest_work, work - heart.last_work);
  heart.longest_held = MAX (heart.longest_held, held);
  heart.last = now;
  heart.last_work = work;
  heart.last_wait = wait;

  return G_SOURCE_CONTINUE;
}

void
nerve_heartbeat_start (void)
{
  if (g_getenv ("NERVE_HEARTBEAT") == NULL)
    return;

  heart.beats = TRUE;
  g_timeout_add_full (G_PRIORITY_HIGH, BEAT, on_beat, NULL, NULL);
}

void
nerve_heartbeat_milestone (const char *milestone)
{
  if (!heart.beats || g_slist_find_custom (heart.passed, milestone, (GCompareFunc) strcmp) != NULL)
    return;

  heart.passed = g_slist_prepend (heart.passed, g_strdup (milestone));
  g_printerr ("nerve: %s after %.0f ms, longest stall %.0f ms "
              "(not counting waits for a core %.0f ms, of work %.0f ms)\n",
              milestone, age_of_process (), heart.longest / 1000., heart.longest_held / 1000.,
              heart.longest_work / 1000.);
}

gboolean
nerve_heartbeat_wants_exit (void)
{
  return heart.beats && g_strcmp0 (g_getenv ("NERVE_HEARTBEAT"), "exit") == 0;
}
