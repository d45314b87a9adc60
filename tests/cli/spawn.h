/* Runs nerve-cli as a person does, and keeps what it said. */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

typedef struct
{
  int     status;
  GBytes *output;
  char   *errors;
} Run;

static inline void
run_clear (Run *self)
{
  g_clear_pointer (&self->output, g_bytes_unref);
  g_clear_pointer (&self->errors, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static inline char *
cli_path (void)
{
  return g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve-cli", NULL);
}

static inline char *
golden_path (const char *room, const char *file)
{
  return g_test_build_filename (G_TEST_DIST, "golden", room, file, NULL);
}

/* @arguments: words apart by spaces; "%" stands for @file. */
static inline char **
split_arguments (const char *arguments, const char *file)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (arguments, " ", -1);

  g_ptr_array_add (words, cli_path ());
  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_ptr_array_add (words, g_strdup (g_str_equal (*part, "%") ? file : *part));
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/* (transfer full): also of none */
static inline char *
bytes_to_text (GBytes *bytes)
{
  GString *text = g_string_new_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_string_free (text, FALSE);
}

static inline void
run_cli (Run *run, const char *arguments, const char *file)
{
  g_auto (GStrv) words = split_arguments (arguments, file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) errors = NULL;

  run_clear (run);
  process = g_subprocess_newv ((const char * const *) words,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, NULL, NULL, &run->output, &errors, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->status = g_subprocess_get_exit_status (process);
  run->errors = bytes_to_text (errors);
}

/* (transfer full) */
static inline char *
run_text (const Run *run)
{
  return bytes_to_text (run->output);
}

/* Done, and nothing to complain of. */
static inline void
run_well (Run *run, const char *arguments, const char *file)
{
  run_cli (run, arguments, file);
  g_assert_cmpstr (run->errors, ==, "");
  g_assert_cmpint (run->status, ==, 0);
}

/* One line on stderr, which begins and ends so; nothing on stdout. */
static inline void
run_badly (const char *arguments, const char *file, int status, const char *prefix, const char *suffix)
{
  g_auto (Run) run = { 0 };
  g_autofree char *line = NULL;

  run_cli (&run, arguments, file);
  g_test_message ("%s", run.errors);
  g_assert_cmpint (run.status, ==, status);
  g_assert_cmpuint (g_bytes_get_size (run.output), ==, 0);
  line = g_strdup (run.errors);
  g_assert_nonnull (strchr (line, '\n'));
  *strchr (line, '\n') = '\0';
  g_assert_cmpuint (strlen (line) + 1, ==, strlen (run.errors));
  g_assert_true (g_str_has_prefix (line, prefix));
  g_assert_true (g_str_has_suffix (line, suffix));
}

/* A folder of one's own, removed with all that is in it. */
static inline char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("nerve-cli-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

static inline guint
count_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

static inline void
remove_folder (char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

/* A NumPy array of doubles; @shape as NumPy writes it: "(3, 4)". */
static inline char *
write_npy (const char *folder, const char *name, const char *shape, const double *values, gsize n)
{
  char *path = g_build_filename (folder, name, NULL);
  GString *bytes = g_string_new (NULL);

  g_string_append_len (bytes, "\x93NUMPY\x01\x00\x76\x00", 10);
  g_string_append_printf (bytes, "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }", shape);
  while (bytes->len < 127)
    g_string_append_c (bytes, ' ');
  g_string_append_c (bytes, '\n');
  g_string_append_len (bytes, (const char *) values, n * sizeof (double));
  g_assert_true (g_file_set_contents (path, bytes->str, bytes->len, NULL));
  g_string_free (bytes, TRUE);

  return path;
}
