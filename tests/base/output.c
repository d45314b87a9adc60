#define _GNU_SOURCE

#include "base/output.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/random.h"

typedef struct
{
  char *folder;
  char *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->folder = g_dir_make_tmp ("nerve-output-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "result.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->file);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
assert_holds (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
assert_cant_open (const char *path, const char *cause)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nerve_output_open (path, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, cause));
}

static void
the_file_appears_on_commit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  NerveOutput *output = nerve_output_open (fixture->file, &error);

  g_assert_no_error (error);
  nerve_output_printf (output, "%s,%d\n", "birth", 7);
  nerve_output_number (output, 0.1);
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
  g_assert_true (nerve_output_commit (output, &error));
  g_assert_no_error (error);
  assert_holds (fixture->file, "birth,7\n0.1");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
an_aborted_file_leaves_nothing (Fixture *fixture, gconstpointer unused)
{
  {
    g_autoptr (NerveOutput) output = nerve_output_open (fixture->file, NULL);

    nerve_output_printf (output, "half");
  }
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
an_old_file_stays_until_commit (Fixture *fixture, gconstpointer unused)
{
  NerveOutput *output;
  struct stat info;

  g_file_set_contents (fixture->file, "old", -1, NULL);
  g_chmod (fixture->file, 0640);
  output = nerve_output_open (fixture->file, NULL);
  nerve_output_printf (output, "new");
  assert_holds (fixture->file, "old");
  g_assert_true (nerve_output_commit (output, NULL));
  assert_holds (fixture->file, "new");
  g_assert_cmpint (stat (fixture->file, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0640);
}

static void
a_new_file_has_the_mode_of_the_umask (Fixture *fixture, gconstpointer unused)
{
  mode_t old = umask (027);
  NerveOutput *output = nerve_output_open (fixture->file, NULL);
  struct stat info;

  g_assert_true (nerve_output_commit (output, NULL));
  umask (old);
  g_assert_cmpint (stat (fixture->file, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0640);
}

static void
a_symbolic_link_stays_one (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *link_name = g_build_filename (fixture->folder, "link", NULL);
  NerveOutput *output;

  g_file_set_contents (fixture->file, "old", -1, NULL);
  g_assert_cmpint (symlink ("result.csv", link_name), ==, 0);
  output = nerve_output_open (link_name, NULL);
  nerve_output_printf (output, "new");
  g_assert_true (nerve_output_commit (output, NULL));
  g_assert_true (g_file_test (link_name, G_FILE_TEST_IS_SYMLINK));
  assert_holds (fixture->file, "new");
}

static void
long_pieces_and_long_names_are_fine (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *name = g_strnfill (250, 'n');
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *long_text = g_strnfill (3000000, 'x');
  g_autofree char *expected = g_strconcat ("a", long_text, "b", NULL);
  NerveOutput *output = nerve_output_open (path, NULL);

  nerve_output_printf (output, "a");
  nerve_output_write (output, long_text, 1);
  nerve_output_write (output, long_text + 1, 2999999);
  nerve_output_printf (output, "b");
  g_assert_true (nerve_output_commit (output, NULL));
  assert_holds (path, expected);
}

static void
what_cant_be_opened_says_why (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", "result.csv", NULL);
  g_autofree char *below_file = g_build_filename (fixture->file, "result.csv", NULL);

  assert_cant_open (missing, "folder does not exist");
  assert_cant_open ("", "folder does not exist");
  assert_cant_open (fixture->folder, "is a folder");
  g_file_set_contents (fixture->file, "", 0, NULL);
  assert_cant_open (below_file, "what should be its folder is a file");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
a_folder_without_permission_says_so (Fixture *fixture, gconstpointer unused)
{
  if (geteuid () == 0)
    {
      assert_cant_open ("/proc/nerve-result.csv", "can't be written");
      g_test_skip ("root may write everywhere");
      return;
    }
  g_chmod (fixture->folder, 0555);
  assert_cant_open (fixture->file, "permission denied");
  g_chmod (fixture->folder, 0755);
}

static void
a_full_disk_is_reported_by_commit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (1000000, 'x');
  NerveOutput *output;

  g_assert_cmpint (symlink ("/dev/full", fixture->file), ==, 0);
  output = nerve_output_open (fixture->file, &error);
  g_assert_no_error (error);
  g_assert_false (nerve_output_write (output, text, 1000000));
  nerve_output_printf (output, "more");
  g_assert_false (nerve_output_commit (output, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_WRITE);
  g_assert_cmpstr (error->message, ==, "can't be written: the disk is full");
  g_assert_true (g_file_test ("/dev/full", G_FILE_TEST_EXISTS));
}

static gpointer
read_fifo (gpointer path)
{
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, NULL);
  return contents;
}

static void
a_pipe_is_written_straight_through (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *received = NULL;
  NerveOutput *output;
  GThread *reader;

  g_assert_cmpint (mkfifo (fixture->file, 0600), ==, 0);
  reader = g_thread_new ("reader", read_fifo, fixture->file);
  output = nerve_output_open (fixture->file, NULL);
  nerve_output_printf (output, "through");
  g_assert_true (nerve_output_commit (output, NULL));
  received = g_thread_join (reader);
  g_assert_cmpstr (received, ==, "through");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
no_name_is_standard_output (Fixture *fixture, gconstpointer unused)
{
  if (g_test_subprocess ())
    {
      NerveOutput *output = nerve_output_open (NULL, NULL);

      nerve_output_printf (output, "first ");
      g_assert_true (nerve_output_commit (output, NULL));
      output = nerve_output_open ("/dev/stdout", NULL);
      nerve_output_printf (output, "second");
      g_assert_true (nerve_output_commit (output, NULL));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*first second*");
}

static void
dying_removes_every_unfinished_file (Fixture *fixture, gconstpointer unused)
{
  for (guint round = 0; round < 3; round++)
    {
      NerveOutput *outputs[5];

      for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
        {
          g_autofree char *path = g_strdup_printf ("%s/%u", fixture->folder, i);

          outputs[i] = nerve_output_open (path, NULL);
        }
      g_assert_cmpuint (count_files (fixture), <=, G_N_ELEMENTS (outputs));
      nerve_output_abort_all ();
      g_assert_cmpuint (count_files (fixture), ==, 0);
      for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
        nerve_output_abort (outputs[i]);
    }
}

static void
committed_files_outlive_the_death (Fixture *fixture, gconstpointer unused)
{
  NerveOutput *output = nerve_output_open (fixture->file, NULL);

  g_assert_true (nerve_output_commit (output, NULL));
  nerve_output_abort_all ();
  g_assert_true (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

/* Every size, and those that lie between two decimals or just beside. */
static void
numbers_are_printed_as_printf_prints_them (Fixture *fixture, gconstpointer unused)
{
  NerveRandom random;

  nerve_random_init (&random, 5);
  for (guint trial = 0; trial < 400000; trial++)
    {
      double value = (nerve_random_double (&random) - 0.5) * pow (10, nerve_random_below (&random, 40) - 15.0);
      char text[32], expected[32];

      if (trial % 3 == 0)
        value = (float) value;
      if (trial % 5 == 0)
        value = ldexp (nerve_random_below (&random, 1 << 30), -(int) nerve_random_below (&random, 24));
      if (trial % 7 == 0)
        value = ((double) nerve_random_below (&random, 2000000) + 0.5) / pow (10, nerve_random_below (&random, 12));
      if (trial % 11 == 0)
        value = pow (10, nerve_random_below (&random, 20) - 10.0) * (1 - nerve_random_below (&random, 3) * 1e-10);
      g_assert_cmpstr (nerve_format_number (text, value), ==, g_ascii_formatd (expected, 32, "%.9g", value));
    }
  for (int exponent = -20; exponent < 20; exponent++)
    for (int digit = -10; digit <= 10; digit++)
      {
        char text[32], expected[32];
        double value = digit * pow (10, exponent);

        g_assert_cmpstr (nerve_format_number (text, value), ==, g_ascii_formatd (expected, 32, "%.9g", value));
      }
}

static void
numbers_look_the_same_everywhere (Fixture *fixture, gconstpointer unused)
{
  char text[32];

  g_assert_cmpstr (nerve_format_number (text, 1.0 / 3.0), ==, "0.333333333");
  g_assert_cmpstr (nerve_format_number (text, 1e300), ==, "1e+300");
  g_assert_cmpstr (nerve_format_number (text, -2.0), ==, "-2");
  g_assert_cmpstr (nerve_format_number (text, INFINITY), ==, "inf");
  g_assert_cmpstr (nerve_format_number (text, -INFINITY), ==, "-inf");
  g_assert_cmpstr (nerve_format_number (text, NAN), ==, "nan");
  g_assert_cmpstr (nerve_format_number (text, -NAN), ==, "nan");
}

#define ADD(name, function) g_test_add ("/base/output/" name, Fixture, NULL, set_up, function, tear_down)

/* Where the file system has files without a name. */
static void
a_crash_leaves_nothing (Fixture *fixture, gconstpointer unused)
{
  int fd = open (fixture->folder, O_TMPFILE | O_WRONLY, 0666);
  int status;
  pid_t child;

  if (fd < 0)
    {
      g_test_skip ("no files without a name here");
      return;
    }
  close (fd);
  child = fork ();
  if (child == 0)
    {
      NerveOutput *output = nerve_output_open (fixture->file, NULL);

      nerve_output_printf (output, "half");
      raise (SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the file appears on commit", the_file_appears_on_commit);
  ADD ("an aborted file leaves nothing", an_aborted_file_leaves_nothing);
  ADD ("an old file stays until commit", an_old_file_stays_until_commit);
  ADD ("a new file has the mode of the umask", a_new_file_has_the_mode_of_the_umask);
  ADD ("a symbolic link stays one", a_symbolic_link_stays_one);
  ADD ("long pieces and long names are fine", long_pieces_and_long_names_are_fine);
  ADD ("what can't be opened says why", what_cant_be_opened_says_why);
  ADD ("a folder without permission says so", a_folder_without_permission_says_so);
  ADD ("a full disk is reported by commit", a_full_disk_is_reported_by_commit);
  ADD ("a pipe is written straight through", a_pipe_is_written_straight_through);
  ADD ("no name is standard output", no_name_is_standard_output);
  ADD ("dying removes every unfinished file", dying_removes_every_unfinished_file);
  ADD ("a crash leaves nothing", a_crash_leaves_nothing);
  ADD ("committed files outlive the death", committed_files_outlive_the_death);
  ADD ("numbers look the same everywhere", numbers_look_the_same_everywhere);
  ADD ("numbers are printed as printf prints them", numbers_are_printed_as_printf_prints_them);
  return g_test_run ();
}
