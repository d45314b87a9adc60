#include "gui/window-fixture.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include <glib/gstdio.h>

#include "app/document-state.h"
#include "app/fixture.h"

/* Sessions: saved, opened, lost and found, and what a crash leaves. */

static char *
temporary (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static void
save (WindowFixture *f, const char *path)
{
  g_autoptr (GFile) place = g_file_new_for_path (path);

  g_unlink (path);
  nerve_window_save_session (f->window, place);
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    window_fixture_wait (5);
  window_fixture_wait (20);
  g_assert_null (nerve_window_get_error (f->window));
}

static void
change_everything (WindowFixture *f)
{
  window_fixture_activate (f, "document.walk-to", "@u 5");
  window_fixture_activate (f, "document.toggle-pin", "@u 1");
  window_fixture_activate (f, "document.color-by", "'superclass'");
  window_fixture_activate (f, "document.set-parameter", "(false, 'mapper', 'overlap', '0.4')");
  window_fixture_activate (f, "document.units", "'absolute'");
  window_fixture_settle (f);
  window_fixture_click (f, 0, 0, 1);
}

static void
press (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

/* The button of the quieter bar that says @text. */
static gboolean
find_button (GtkWidget *widget, const char *text, GtkWidget **found)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0)
    *found = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && *found == NULL;
       child = gtk_widget_get_next_sibling (child))
    find_button (child, text, found);

  return *found != NULL;
}

static void
what_is_saved_opens_as_it_was (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = temporary ("saved.nerve-session");
  g_autoptr (NerveDocumentState) before = NULL;

  change_everything (f);
  before = nerve_document_state_copy (nerve_document_get_state (f->document));
  g_assert_cmpint (before->selected_node, ==, 0);
  g_object_set (nerve_window_get_view (f->window), "view", "betti", NULL);
  save (f, path);
  window_fixture_activate (f, "win.close-file", NULL);
  g_object_set (nerve_window_get_view (f->window), "view", "board", NULL);

  window_fixture_open (f, path);
  g_assert_null (nerve_window_get_error (f->window));
  g_assert_null (nerve_window_get_notice (f->window));
  g_assert_cmpuint (nerve_document_state_diff (before, nerve_document_get_state (f->document)), ==, 0);
  g_assert_null (nerve_document_get_undo_label (f->document));
  window_fixture_wait (20);
  {
    g_autofree char *view = NULL;

    g_object_get (nerve_window_get_view (f->window), "view", &view, NULL);
    g_assert_cmpstr (view, ==, "betti");
    g_object_set (nerve_window_get_view (f->window), "view", "board", NULL);
  }
  window_fixture_settle (f);
  g_assert_cmpint (window_fixture_model (f)->selected_node, ==, 0);
  g_unlink (path);
}

static void
a_session_over_what_is_open_can_be_undone (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = temporary ("over.nerve-session");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NerveDocumentState) before = NULL;

  save (f, path);
  change_everything (f);
  before = nerve_document_state_copy (nerve_document_get_state (f->document));
  nerve_window_open (f->window, file);
  while (window_fixture_model (f)->current == 5)
    window_fixture_wait (5);
  window_fixture_activate (f, "document.undo", NULL);
  g_assert_cmpuint (nerve_document_state_diff (before, nerve_document_get_state (f->document)), ==, 0);
  window_fixture_settle (f);
  g_unlink (path);
}

static void
a_damaged_session_is_refused_and_what_is_open_stays (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = temporary ("damaged.nerve-session");

  g_assert_true (g_file_set_contents (path, "{\"format\": \"nerve-session\", \"version\": 99}", -1, NULL));
  window_fixture_open (f, path);
  g_assert_nonnull (strstr (nerve_window_get_error (f->window), "damaged.nerve-session: "));
  g_assert_nonnull (strstr (nerve_window_get_error (f->window), "newer"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->session)), ==, 1);
  g_unlink (path);
}

static void
data_that_are_gone_can_be_located (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = temporary ("gone.nerve-session");
  g_autofree char *moved = temporary ("elsewhere.h5");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) there = g_file_new_for_path (moved);
  g_autoptr (NerveSessionFile) kept = NULL;
  GtkWidget *locate = NULL;

  change_everything (f);
  save (f, path);
  window_fixture_activate (f, "win.close-file", NULL);
  g_assert_cmpint (g_rename (f->path, moved), ==, 0);
  nerve_window_open (f->window, file);
  while (nerve_window_get_notice (f->window) == NULL)
    window_fixture_wait (5);
  g_assert_nonnull (strstr (nerve_window_get_notice (f->window), f->path));
  g_assert_true (find_button (GTK_WIDGET (f->window), "_Locate…", &locate));
  g_assert_true (gtk_widget_get_visible (locate));
  window_fixture_wait (20);
  /* Saved now, it is not lost. */
  kept = nerve_session_snapshot (f->session);
  g_assert_cmpuint (kept->entries->len, ==, 1);

  nerve_window_locate (f->window, there);
  while (nerve_window_get_notice (f->window) != NULL)
    window_fixture_wait (5);
  g_assert_null (nerve_session_get_lost (f->session));
  f->document = nerve_document_view_get_document (nerve_window_get_view (f->window));
  g_assert_nonnull (f->document);
  g_assert_cmpuint (window_fixture_model (f)->current, ==, 5);
  window_fixture_settle (f);
  g_assert_cmpint (g_rename (moved, f->path), ==, 0);
  g_unlink (path);
}

static void
data_that_have_changed_are_noticed (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = temporary ("changed.nerve-session");

  change_everything (f);
  save (f, path);
  window_fixture_activate (f, "win.close-file", NULL);
  g_assert_cmpint (g_utime (f->path, NULL), ==, 0);
  /* What is said of a crash waits. */
  nerve_window_say_last_session (f->window);
  window_fixture_open (f, path);
  g_assert_nonnull (strstr (nerve_window_get_notice (f->window), "changed"));
  g_assert_cmpuint (window_fixture_model (f)->current, ==, 5);
  window_fixture_settle (f);
  /* The node was of another file's graph. */
  g_assert_cmpint (window_fixture_model (f)->selected_node, ==, -1);
  g_unlink (path);
}

static void
count_up (gpointer data)
{
  ++*(int *) data;
}

static void
after_a_crash_one_may_start_afresh (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = temporary ("crashed.nerve-session");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  int done = 0;
  GtkWidget *afresh = NULL;

  change_everything (f);
  save (f, path);
  window_fixture_activate (f, "win.close-file", NULL);
  nerve_window_restore (f->window, file, count_up, &done);
  while (done == 0)
    window_fixture_wait (5);
  g_assert_nonnull (nerve_window_get_notice (f->window));
  g_assert_true (find_button (GTK_WIDGET (f->window), "_Start Afresh", &afresh));
  press (afresh);
  g_assert_null (nerve_window_get_notice (f->window));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->session)), ==, 0);
  g_unlink (path);
}

static void
ten_steps_are_undone_and_done_again (WindowFixture *f, gconstpointer data)
{
  static const struct { const char *action; const char *parameter; } steps[10] = {
    { "document.walk-to", "@u 5" },
    { "document.toggle-pin", "@u 0" },
    { "document.color-by", "'superclass'" },
    { "document.set-parameter", "(false, 'mapper', 'overlap', '0.4')" },
    { "document.select-class", "(@u 1, false, @u 0)" },
    { "document.units", "'absolute'" },
    { "document.solo", "(@u 1, true)" },
    { "document.bars-as", "'barcode'" },
    { "document.node-size", "'equal'" },
    { "document.walk-by", "-1" },
  };
  NerveDocumentState *states[11];

  states[0] = nerve_document_state_copy (nerve_document_get_state (f->document));
  for (guint i = 0; i < 10; i++)
    {
      window_fixture_activate (f, steps[i].action, steps[i].parameter);
      states[i + 1] = nerve_document_state_copy (nerve_document_get_state (f->document));
      g_assert_cmpuint (nerve_document_state_diff (states[i], states[i + 1]), !=, 0);
    }
  for (guint i = 10; i-- > 0;)
    {
      window_fixture_activate (f, "document.undo", NULL);
      g_assert_cmpuint (nerve_document_state_diff (states[i], nerve_document_get_state (f->document)), ==, 0);
    }
  g_assert_null (nerve_document_get_undo_label (f->document));
  for (guint i = 1; i <= 10; i++)
    {
      window_fixture_activate (f, "document.redo", NULL);
      g_assert_cmpuint (nerve_document_state_diff (states[i], nerve_document_get_state (f->document)), ==, 0);
    }
  window_fixture_settle (f);
  for (guint i = 0; i < 11; i++)
    nerve_document_state_free (states[i]);
}

/* Another process, killed */

static GPid
start (const char *folder, const char *argument)
{
  g_autofree char *program = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve", NULL);
  char *argv[] = { program, (char *) argument, NULL };
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  GPid pid;

  environment = g_environ_setenv (environment, "XDG_STATE_HOME", folder, TRUE);
  environment = g_environ_setenv (environment, "G_DEBUG", "fatal-criticals", TRUE);
  g_spawn_async (NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);

  return pid;
}

static void
end (GPid pid, int how)
{
  int status;

  g_assert_cmpint (kill (pid, how), ==, 0);
  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (pid);
}

/* The session file there that mentions @text, once it is there. */
static char *
wait_for_session (const char *folder, GPid pid, const char *text)
{
  g_autofree char *ours = g_build_filename (folder, "nerve", NULL);

  for (gint64 start = g_get_monotonic_time (); g_get_monotonic_time () - start < 100 * G_USEC_PER_SEC;)
    {
      g_autoptr (GDir) dir = g_dir_open (ours, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (ours, name, NULL);
          g_autofree char *contents = NULL;

          if (g_str_has_suffix (name, ".nerve-session") && strlen (name) > 30 &&
              g_file_get_contents (path, &contents, NULL, NULL) && strstr (contents, text) != NULL)
            return g_steal_pointer (&contents);
        }
      g_assert_cmpint (waitpid (pid, NULL, WNOHANG), ==, 0);
      window_fixture_wait (50);
    }
  g_assert_not_reached ();
}

/* Started with a session that has something to lose, killed without warning, started again without a word. */
static void
what_was_open_survives_kill_9 (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-state-XXXXXX", NULL);
  g_autofree char *path = temporary ("killed.nerve-session");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GPid pid;

  change_everything (f);
  save (f, path);
  pid = start (folder, path);
  before = wait_for_session (folder, pid, "\"selected-node\" : 0");
  end (pid, SIGKILL);
  g_unlink (path);

  pid = start (folder, NULL);
  after = wait_for_session (folder, pid, "\"selected-node\" : 0");
  end (pid, SIGKILL);
  g_assert_cmpstr (before, ==, after);
}

#define ADD(test, data)                                                                                               \
  g_test_add ("/sessions/" #test, WindowFixture, data, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (what_is_saved_opens_as_it_was, NULL);
  ADD (a_session_over_what_is_open_can_be_undone, NULL);
  ADD (a_damaged_session_is_refused_and_what_is_open_stays, NULL);
  ADD (data_that_are_gone_can_be_located, NULL);
  ADD (data_that_have_changed_are_noticed, NULL);
  ADD (after_a_crash_one_may_start_afresh, NULL);
  ADD (ten_steps_are_undone_and_done_again, NULL);
  ADD (what_was_open_survives_kill_9, NULL);

  return window_fixture_run ();
}
