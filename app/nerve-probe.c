/* Opens a file as the application would, in a process that nothing else depends on: on some damaged files the HDF5
 * library crashes, or never comes back.
 *
 *   nerve-probe FILE
 *
 * prints "fine" or "error CODE MESSAGE" (see data/probe.h) and exits with 0. Any other end is an answer, too.
 */
#define _GNU_SOURCE

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "data/dataset.h"
#include "data/probe.h"

#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define IS_SANITIZED 1 /* and lays claim to all addresses */
#else
#define IS_SANITIZED 0
#endif

static void
limit (int what, rlim_t value)
{
  struct rlimit limits = { value, value + 1 };

  setrlimit (what, &limits);
}

/* A crash is expected here: nobody shall be asked to keep its memory. */
static void
prepare_for_the_worst (const char *file)
{
  struct stat status = { 0 };

  prctl (PR_SET_DUMPABLE, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  stat (file, &status);
  limit (RLIMIT_CPU, nerve_probe_get_seconds (status.st_size));
#if !IS_SANITIZED
  limit (RLIMIT_AS, nerve_probe_get_memory (status.st_size));
#endif
}

#if IS_SANITIZED
/* What the library loses on damaged files is not ours to find. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  NerveDataset *dataset;

  if (argc != 2)
    {
      fprintf (stderr, "nerve-probe FILE\n");
      return EXIT_FAILURE;
    }
  prepare_for_the_worst (argv[1]);
  dataset = nerve_dataset_open (argv[1], &error);
  if (dataset != NULL)
    nerve_dataset_unref (dataset);
  answer = nerve_probe_format_answer (error);
  return fputs (answer, stdout) >= 0 && fflush (stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
