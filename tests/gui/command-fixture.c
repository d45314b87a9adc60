#include "gui/command-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gui/window-fixture.h"

/* What the window copied, as a person runs it in another folder. */
static void
run_command (const char *command, const char *folder)
{
  const char *programs = g_getenv ("NERVE_TEST_PROGRAMS");
  g_autofree char *path = g_strconcat (programs, ":", g_getenv ("PATH"), NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;

  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "PATH", path, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, "/bin/sh", "-c", command, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &errors, &error));
  g_test_message ("%s\n%s", command, errors);
  g_assert_true (g_subprocess_get_successful (process));
}

static void
assert_same_file (const char *a, const char *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;
  gsize n_a;
  gsize n_b;

  g_assert_true (g_file_get_contents (a, &text_a, &n_a, NULL));
  g_assert_true (g_file_get_contents (b, &text_b, &n_b, NULL));
  g_assert_cmpmem (text_a, n_a, text_b, n_b);
}

static void
on_done (gboolean *done, const char *text, gboolean written)
{
  g_test_message ("%s", text);
  g_assert_true (written);
  *done = TRUE;
}

void
command_fixture_assert_same (NerveExportDialog *dialog)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-command-XXXXXX", NULL);
  g_autofree char *exported = g_build_filename (folder, "exported.pdf", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (exported);
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  g_autofree char *made = NULL;
  g_autofree char *made_path = NULL;
  gboolean done = FALSE;

  g_object_ref (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  command = nerve_export_dialog_command (dialog, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (dialog, "done", G_CALLBACK (on_done), &done);
  nerve_export_dialog_write (dialog, place);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  window_fixture_assert_gone (dialog);
  run_command (command, folder);
  made = g_shell_unquote (strstr (command, " -o ") + strlen (" -o "), &error);
  g_assert_no_error (error);
  made_path = g_build_filename (folder, made, NULL);
  assert_same_file (exported, made_path);
  g_unlink (exported);
  g_unlink (made_path);
  g_rmdir (folder);
}
