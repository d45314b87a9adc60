#define _GNU_SOURCE

#include "data/probe.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "data/golden.h"

static char *
real_helper (void)
{
  const char *programs = g_getenv ("NERVE_TEST_PROGRAMS");
  g_autofree char *path = g_build_filename (programs != NULL ? programs : "", "nerve-probe", NULL);

  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&path);
  g_test_skip ("nerve-probe is not there");
  return NULL;
}

static gboolean
use_real_helper (void)
{
  g_autofree char *path = real_helper ();

  nerve_probe_set_program (path);
  return path != NULL;
}

/* A helper of another kind; free it with golden_remove (). */
static char *
use_script (const char *lines)
{
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", lines, "\n", NULL);
  char *path = golden_write ("helper", text, strlen (text));

  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  nerve_probe_set_program (path);
  return path;
}

static gboolean
was_said (NerveDataset *dataset, const char *words)
{
  g_autofree char *said = g_strjoinv ("\n", (char **) nerve_dataset_get_assumptions (dataset));

  return strstr (said, words) != NULL;
}

static void
a_sound_file_opens_as_without (void)
{
  g_autoptr (NerveDataset) dataset = NULL;

  if (!use_real_helper ())
    return;
  dataset = golden_open ("activations.h5");
  golden_check_layer (dataset, "parts", GOLDEN_FLOAT);
  g_assert_false (was_said (dataset, "process of its own"));
}

static void
what_the_helper_finds_is_the_error (void)
{
  if (!use_real_helper ())
    return;
  golden_check_refused ("no-layers.h5", NERVE_ERROR_NOT_FOUND, "there is no layer in it");
  golden_check_refused ("rank-3.h5", NERVE_ERROR_SHAPE, "odd: a layer has 2 or 4 dimensions");
  golden_check_refused ("claims-rows.h5", NERVE_ERROR_SHAPE, "huge: ");
}

/* Both are in the heap of strings: with HDF5 1.10.8 the first never ends, the second aborts. */
static void
damaged_structure_is_an_error_and_no_crash (void)
{
  static const struct { gsize place; guint8 byte; } damages[] = {
    { 2072, 0xff },
    { 6914, 0xff },
  };
  g_autoptr (GBytes) bytes = golden_load ("labels-values.h5");
  gsize size = g_bytes_get_size (bytes);

  if (!use_real_helper ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      char *path;

      copy[damages[i].place] = damages[i].byte;
      path = golden_write ("damaged.h5", copy, size);
      golden_check_path_refused (path, NERVE_ERROR_FORMAT, "");
      golden_remove (path);
    }
}

static void
a_crash_is_said (void)
{
  char *script = use_script ("echo fine; kill -SEGV $$");

  golden_check_refused ("activations.h5", NERVE_ERROR_FORMAT, "it is damaged: the HDF5 library crashes on it");
  golden_remove (script);
}

static void
a_loop_is_ended_and_said (void)
{
  char *script = use_script ("ulimit -S -t 1; while :; do :; done");

  golden_check_refused ("activations.h5", NERVE_ERROR_FORMAT, "the HDF5 library comes to no end with it");
  golden_remove (script);
}

/* The heap of strings claims 4 GB. */
static void
what_a_file_claims_is_not_taken_from_memory (void)
{
  static const guint8 heap[] = { 'G', 'C', 'O', 'L', 1 };
  g_autoptr (GBytes) bytes = golden_load ("labels-values.h5");
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  guint8 *place = memmem (copy, size, heap, sizeof heap);
  struct rusage used;
  char *path;

  g_assert_nonnull (place);
  if (!use_real_helper ())
    return;
  place[12] = 1;
  path = golden_write ("claim.h5", copy, size);
  golden_check_path_refused (path, NERVE_ERROR_FORMAT, "");
  golden_remove (path);
  g_assert_cmpint (getrusage (RUSAGE_CHILDREN, &used), ==, 0);
  g_assert_cmpint (used.ru_maxrss, <, 1 << 20);
}

static void
a_helper_that_only_waits_is_ended_and_said (void)
{
  char *script = use_script ("exec sleep 600");

  golden_check_refused ("activations.h5", NERVE_ERROR_FORMAT, "the HDF5 library comes to no end with it");
  golden_remove (script);
}

static void
what_is_no_answer_counts_as_a_crash (void)
{
  static const char *const helpers[] = { "exit 0", "echo fine; exit 3", "echo nonsense", "echo error", "yes" };

  for (guint i = 0; i < G_N_ELEMENTS (helpers); i++)
    {
      char *script = use_script (helpers[i]);

      golden_check_refused ("activations.h5", NERVE_ERROR_FORMAT, "it is damaged");
      golden_remove (script);
    }
}

static gboolean
stop_soon (double fraction, gpointer user_data)
{
  int *questions = user_data;

  return ++*questions < 3;
}

static void
a_helper_at_work_is_stopped (void)
{
  char *script = use_script ("exec sleep 600");
  g_autofree char *path = golden_path ("activations.h5");
  int questions = 0;
  const NerveProgress progress = { stop_soon, &questions, 0.0, 1.0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_dataset_open_cancellable (path, &progress, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_CANCELLED);
  g_assert_cmpint (questions, ==, 3);
  golden_remove (script);
}

static void
without_a_helper_files_open_and_it_is_said (void)
{
  g_autoptr (NerveDataset) dataset = NULL;

  nerve_probe_set_program ("/nowhere/nerve-probe");
  dataset = golden_open ("activations.h5");
  g_assert_true (was_said (dataset, "/nowhere/nerve-probe can't be started"));
}

static void
many_files_are_tried_at_once (void)
{
  GThread *threads[8];

  if (!use_real_helper ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", (GThreadFunc) (GCallback) golden_open, (gpointer) "activations.h5");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      NerveDataset *dataset = g_thread_join (threads[i]);

      g_assert_nonnull (dataset);
      nerve_dataset_unref (dataset);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/probe/a sound file opens as without", a_sound_file_opens_as_without);
  g_test_add_func ("/data/probe/what the helper finds is the error", what_the_helper_finds_is_the_error);
  g_test_add_func ("/data/probe/damaged structure is an error and no crash",
                   damaged_structure_is_an_error_and_no_crash);
  g_test_add_func ("/data/probe/a crash is said", a_crash_is_said);
  g_test_add_func ("/data/probe/a loop is ended and said", a_loop_is_ended_and_said);
  g_test_add_func ("/data/probe/what a file claims is not taken from memory",
                   what_a_file_claims_is_not_taken_from_memory);
  g_test_add_func ("/data/probe/a helper that only waits is ended and said",
                   a_helper_that_only_waits_is_ended_and_said);
  g_test_add_func ("/data/probe/what is no answer counts as a crash", what_is_no_answer_counts_as_a_crash);
  g_test_add_func ("/data/probe/a helper at work is stopped", a_helper_at_work_is_stopped);
  g_test_add_func ("/data/probe/without a helper files open and it is said",
                   without_a_helper_files_open_and_it_is_said);
  g_test_add_func ("/data/probe/many files are tried at once", many_files_are_tried_at_once);
  return g_test_run ();
}
