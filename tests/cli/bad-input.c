#include <sys/resource.h>

#include "cli/spawn.h"

/* Every command, so that none of them forgets. */
static void
refuse (const char *file, const char *message)
{
  const char *const commands[] = { "info %", "cloud % --layer conv", "persistence % --layer conv",
                                   "betti % --layer conv", "decay %", "mapper % --layer conv" };
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: %s", file, message);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    run_badly (commands[i], file, 1, prefix, "");
}

static void
refuse_bytes (const char *name, const char *bytes, gsize length, const char *message)
{
  char *folder = make_folder ();
  g_autofree char *file = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (file, bytes, length, NULL));
  refuse (file, message);
  remove_folder (folder);
}

static void
a_missing_file (void)
{
  refuse ("/nonexistent/nothing.h5", "no such file or directory");
}

static void
a_folder (void)
{
  char *folder = make_folder ();

  refuse (folder, "is a folder, not a file");
  remove_folder (folder);
}

static void
a_file_in_place_of_a_folder (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *inside = g_build_filename (file, "layers", "conv", NULL);

  refuse (inside, "there is nothing in “cloud.h5”: it is a file, not a folder");
}

static void
an_empty_file (void)
{
  refuse_bytes ("empty.h5", "", 0, "");
}

static void
a_truncated_file (void)
{
  g_autofree char *whole = golden_path ("cloud", "cloud.h5");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  refuse_bytes ("half.h5", bytes, length / 2, "truncated");
}

/* In the heap of strings; HDF5 1.10.8 aborts. */
static void
a_file_that_crashes_the_library (void)
{
  g_autofree char *whole = golden_path ("data", "labels-values.h5");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  bytes[6914] = '\xff';
  refuse_bytes ("damaged.h5", bytes, length, "");
}

static void
a_file_of_something_else (void)
{
  const char text[] = "Dear Sir or Madam,\nwe regret.\n";

  refuse_bytes ("letter.h5", text, strlen (text), "");
}

static void
a_file_without_layers (void)
{
  g_autofree char *file = golden_path ("data", "no-layers.h5");

  refuse (file, "there is no layer in it");
}

static void
a_layer_of_the_wrong_shape (void)
{
  g_autofree char *rank = golden_path ("data", "rank-3.h5");
  g_autofree char *rows = golden_path ("data", "rows-differ.h5");

  refuse (rank, "odd: a layer has 2 or 4 dimensions");
  refuse (rows, "fc1: 6 rows where the layers have 7");
}

static void
a_nan (void)
{
  const char *const commands[] = { "cloud % --layer broken", "persistence % --layer broken",
                                   "betti % --layer broken", "betti %", "decay %",
                                   "mapper % --layer broken --sampling full",
                                   "figure % --kind sublevel --layer broken --images 7 -o /nonexistent.pdf" };
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: broken: NaN in image 7 (channel 3, row 0, column 2; "
                                             "counted from 0)",
                                             file);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (Run) run = { 0 };

      run_cli (&run, commands[i], file);
      g_assert_cmpint (run.status, ==, 1);
      g_assert_cmpuint (g_bytes_get_size (run.output), ==, 0);
      g_assert_nonnull (strstr (run.errors, prefix));
    }
}

static void
an_unknown_layer (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: no layer “convv”", file);

  run_badly ("cloud % --layer convv", file, 1, prefix, "“conv”?");
  run_badly ("betti % --layer convv", file, 1, prefix, "“conv”?");
  run_badly ("persistence % --layer convv", file, 1, prefix, "“conv”?");
  run_badly ("mapper % --layer convv", file, 1, prefix, "“conv”?");
}

static void
an_unknown_class (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: conv: no class “bat”; did you mean “cat”", file);

  run_badly ("cloud % --layer conv --classes ant,bat", file, 1, prefix, "");
}

static void
one_point_alone (void)
{
  static const double place[] = { 1, 2 };
  char *folder = make_folder ();
  g_autofree char *file = write_npy (folder, "one.npy", "(1, 2)", place, 2);
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: bands need at least 2 points", file);

  run_badly ("confidence %", file, 1, prefix, "there are 1");
  remove_folder (folder);
}

/* As it was closed before: no result goes where nobody finds it. */
static void
a_standard_output_that_is_not_there (void)
{
  g_autofree char *program = cli_path ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  static const char *const commands[] = { "\"$0\" info \"$1\" >&-", "\"$0\" --help >/dev/full" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "/bin/sh", "-c",
                                                          commands[i], program, file, NULL);

      g_assert_no_error (error);
      g_assert_false (g_subprocess_wait_check (process, NULL, &error));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
    }
}

static void
what_can_not_fit (void)
{
  char *folder = make_folder ();
  g_autofree char *values = g_malloc0 (300000 * sizeof (double));
  g_autofree char *file = write_npy (folder, "long.npy", "(300000, 1)", (double *) values, 300000);
  g_autofree char *whole = g_strdup_printf ("nerve-cli: %s: persistence of 300000 points would need about 6", file);
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: long: the distances between 300000 points would need "
                                             "about 360.0 GB of memory, ", file);

  run_badly ("persistence %", file, 1, whole, " would fit");
  run_badly ("mapper % --scale median", file, 1, prefix, " are free");
  remove_folder (folder);
}

static void
an_output_that_can_not_be_written (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *in_folder = g_strdup_printf ("cloud %% --layer conv -o %s", folder);
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: can't be written: it is a folder", folder);
  g_autofree char *points = g_strdup_printf ("cloud %% --layer conv -o %s/cloud.npy --points /nonexistent/p.csv",
                                             folder);

  run_badly (in_folder, file, 1, prefix, "");
  run_badly ("info % -o /nonexistent/info", file, 1, "nerve-cli: /nonexistent/info: can't be written: ", "");
  run_badly ("cloud % --layer conv -o /dev/full", file, 1, "nerve-cli: /dev/full: can't be written: the disk is full",
             "");
  run_badly (points, file, 1, "nerve-cli: /nonexistent/p.csv: can't be written: ", "");
  g_assert_cmpuint (count_files (folder), ==, 0);
  remove_folder (folder);
}

/* Soft limits pass to the program that is run. */
static void
an_output_over_the_limit_of_files (void)
{
  char *folder = make_folder ();
  g_autofree char *file = golden_path ("cloud", "cloud.h5");
  g_autofree char *arguments = g_strdup_printf ("cloud %% --layer conv -o %s/cloud.npy", folder);
  g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s/cloud.npy: can't be written: the file would be larger",
                                             folder);
  struct rlimit before, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = (struct rlimit) { 16, before.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  run_badly (arguments, file, 1, prefix, "");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpuint (count_files (folder), ==, 0);
  remove_folder (folder);
}

static void
an_accuracy_file_that_is_not_there (void)
{
  g_autofree char *file = golden_path ("cloud", "cloud.h5");

  run_badly ("rank % --accuracy nowhere.csv", file, 1, "nerve-cli: nowhere.csv: no such file", "");
}

static void
a_file_is_not_written_over_while_it_is_read (void)
{
  char *folder = make_folder ();
  g_autofree char *original = golden_path ("cloud", "cloud.h5");
  g_autofree char *file = g_build_filename (folder, "in.h5", NULL);
  g_autofree char *link = g_build_filename (folder, "link.h5", NULL);
  g_autofree char *itself = g_strdup_printf ("cloud %% --layer conv -o %s", file);
  g_autofree char *through = g_strdup_printf ("mapper %% --layer conv -o %s", link);
  g_autofree char *twice = g_strdup_printf ("cloud %% --layer conv -o %s/x --points %s/./x", folder, folder);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, length_after;

  g_assert_true (g_file_get_contents (original, &before, &length, NULL));
  g_assert_true (g_file_set_contents (file, before, length, NULL));
  g_assert_cmpint (symlink ("in.h5", link), ==, 0);
  run_badly (itself, file, 2, "nerve-cli: ", "is read from, it can't be written to as well");
  run_badly (through, file, 2, "nerve-cli: ", "is read from, it can't be written to as well");
  run_badly (twice, file, 2, "nerve-cli: ", "two results can't go into one file");
  g_assert_true (g_file_get_contents (file, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
  g_assert_cmpuint (count_files (folder), ==, 2);
  remove_folder (folder);
}

/* A little off the ends of what squares can be of. */
static void
numbers_whose_squares_leave_the_range (void)
{
  static const char *const factors[] = { "e200", "e-200" };
  static const char *const commands[] = {
    "mapper %", "persistence % --metric cosine", "persistence % --metric geodesic",
    "cloud % --subsample maxmin --max-points 3", "figure % --kind projection -o /tmp/none.svg",
  };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      char *folder = make_folder ();
      g_autofree char *file = g_build_filename (folder, "points.csv", NULL);
      g_autofree char *prefix = g_strdup_printf ("nerve-cli: %s: points: its largest number is 1", file);
      GString *text = g_string_new (NULL);

      for (guint k = 0; k < 20; k++)
        g_string_append_printf (text, "%u%s,%u%s\n", k, factors[i], k * k % 7, factors[i]);
      g_assert_true (g_file_set_contents (file, text->str, text->len, NULL));
      for (guint c = 0; c < G_N_ELEMENTS (commands); c++)
        run_badly (commands[c], file, 1, prefix, "bring them nearer to 1");
      g_string_free (text, TRUE);
      remove_folder (folder);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/bad-input/a-missing-file", a_missing_file);
  g_test_add_func ("/cli/bad-input/a-folder", a_folder);
  g_test_add_func ("/cli/bad-input/an-empty-file", an_empty_file);
  g_test_add_func ("/cli/bad-input/a-truncated-file", a_truncated_file);
  g_test_add_func ("/cli/bad-input/a-file-in-place-of-a-folder", a_file_in_place_of_a_folder);
  g_test_add_func ("/cli/bad-input/a-file-that-crashes-the-library", a_file_that_crashes_the_library);
  g_test_add_func ("/cli/bad-input/a-file-of-something-else", a_file_of_something_else);
  g_test_add_func ("/cli/bad-input/a-file-without-layers", a_file_without_layers);
  g_test_add_func ("/cli/bad-input/a-layer-of-the-wrong-shape", a_layer_of_the_wrong_shape);
  g_test_add_func ("/cli/bad-input/a-nan", a_nan);
  g_test_add_func ("/cli/bad-input/numbers-whose-squares-leave-the-range", numbers_whose_squares_leave_the_range);
  g_test_add_func ("/cli/bad-input/an-unknown-layer", an_unknown_layer);
  g_test_add_func ("/cli/bad-input/an-unknown-class", an_unknown_class);
  g_test_add_func ("/cli/bad-input/what-can-not-fit", what_can_not_fit);
  g_test_add_func ("/cli/bad-input/an-output-that-can-not-be-written", an_output_that_can_not_be_written);
  g_test_add_func ("/cli/bad-input/an-output-over-the-limit-of-files", an_output_over_the_limit_of_files);
  g_test_add_func ("/cli/bad-input/accuracy-file", an_accuracy_file_that_is_not_there);
  g_test_add_func ("/cli/bad-input/a-file-is-not-written-over-while-it-is-read",
                   a_file_is_not_written_over_while_it_is_read);
  g_test_add_func ("/cli/bad-input/one-point-alone", one_point_alone);
  g_test_add_func ("/cli/bad-input/a-standard-output-that-is-not-there", a_standard_output_that_is_not_there);

  return g_test_run ();
}
