#include "cli/spawn.h"

#include "base/random.h"

#define N 9000
#define D 64
/* A sanitizer's memory takes its time to go. */
#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define PROMISE (G_USEC_PER_SEC / 2)
#else
#define PROMISE (G_USEC_PER_SEC / 10)
#endif

/* Points that keep a program busy for seconds. */
static char *
write_points (const char *folder)
{
  g_autofree double *values = g_new (double, N * D);
  g_autofree char *shape = g_strdup_printf ("(%d, %d)", N, D);
  NerveRandom random;

  nerve_random_init (&random, 1);
  for (gsize i = 0; i < N * D; i++)
    values[i] = nerve_random_normal (&random);

  return write_npy (folder, "points.npy", shape, values, N * D);
}

/* Microseconds from the signal, sent after @delay, to the end. */
static gint64
stop (const char *arguments, const char *file, gulong delay, int number)
{
  g_auto (GStrv) words = split_arguments (arguments, file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gint64 begin, end;

  process = g_subprocess_newv ((const char * const *) words,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_usleep (delay);
  begin = g_get_monotonic_time ();
  g_subprocess_send_signal (process, number);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  end = g_get_monotonic_time ();
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);

  return end - begin;
}

/* At one of several moments: other programs may hold it up at some. */
static void
check_stops (const char *command, const char *name, int number)
{
  char *folder = make_folder ();
  g_autofree char *file = write_points (folder);
  g_autofree char *arguments = g_strdup_printf ("%s -o %s/%s", command, folder, name);
  gint64 best = G_MAXINT64;

  for (guint round = 0; round < 10 && (round < 2 || best >= PROMISE); round++)
    best = MIN (best, stop (arguments, file, (200 + 100 * round) * 1000, number));
  g_test_message ("%s: stopped after %.1f ms", command, best / 1000.0);
  g_assert_cmpint (best, <, PROMISE);
  g_assert_cmpuint (count_files (folder), ==, 1);
  remove_folder (folder);
}

static void
an_interrupt_leaves_nothing_behind (void)
{
  check_stops ("persistence % --format npy", "result", SIGINT);
  check_stops ("mapper % --metric geodesic --scale median", "result", SIGINT);
  check_stops ("cloud % --subsample maxmin --max-points 4000", "result", SIGINT);
  check_stops ("figure % --kind board --diagram-points 9000", "result.pdf", SIGINT);
}

static void
termination_does_too (void)
{
  check_stops ("mapper % --metric geodesic", "result", SIGTERM);
}

static void
what_was_there_before_stays (void)
{
  char *folder = make_folder ();
  g_autofree char *file = write_points (folder);
  g_autofree char *result = g_build_filename (folder, "result", NULL);
  g_autofree char *arguments = g_strdup_printf ("mapper %% --metric geodesic -o %s", result);
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (result, "old", -1, NULL));
  stop (arguments, file, 300000, SIGINT);
  g_assert_true (g_file_get_contents (result, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "old");
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/stopping/an-interrupt-leaves-nothing-behind", an_interrupt_leaves_nothing_behind);
  g_test_add_func ("/cli/stopping/termination-does-too", termination_does_too);
  g_test_add_func ("/cli/stopping/what-was-there-before-stays", what_was_there_before_stays);

  return g_test_run ();
}
