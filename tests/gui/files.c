#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "app/fixture.h"
#include "app/recent.h"
#include "views/figure-view-private.h"

/* What comes in and goes out: dropped files, errors, tables. */

static GtkEventController *
find_target (WindowFixture *f)
{
  GtkEventController *target =
    window_fixture_find_controller (GTK_WIDGET (f->window), GTK_TYPE_DROP_TARGET, 0);

  g_assert_nonnull (target);

  return target;
}

static void
drop (WindowFixture *f, GFile *const *files, guint n)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GSList) list = NULL;
  gboolean taken = FALSE;

  for (guint i = n; i > 0; i--)
    list = g_slist_prepend (list, files[i - 1]);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, list);
  g_signal_emit_by_name (find_target (f), "drop", &value, 10., 10., &taken);
  g_assert_true (taken);
}

static NerveDocument *
shown (WindowFixture *f)
{
  return nerve_document_view_get_document (nerve_window_get_view (f->window));
}

static void
wait_for_documents (WindowFixture *f, guint n)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (f->session)) < n)
    window_fixture_wait (5);
}

static gboolean
shows_file (WindowFixture *f, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  return shown (f) != NULL &&
         g_str_equal (nerve_dataset_get_path (nerve_document_get_dataset (shown (f))), path);
}

static void
a_dropped_file_opens (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (f->path);

  drop (f, &file, 1);
  wait_for_documents (f, 1);
  g_assert_true (shows_file (f, file));
  f->document = shown (f);
  window_fixture_settle (f);
}

static void
hover (WindowFixture *f)
{
  GdkDragAction action = 0;

  g_signal_emit_by_name (find_target (f), "enter", 10., 10., &action);
  g_assert_cmpint (action, ==, GDK_ACTION_COPY);
}

static void
what_hovers_over_the_window_is_told_that_it_can_be_dropped (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (f->path);
  GtkWidget *here = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->window), NERVE_TYPE_WINDOW,
                                                               "drop_here"));

  g_assert_false (gtk_widget_get_mapped (here));
  hover (f);
  g_assert_true (gtk_widget_get_mapped (here));
  g_assert_false (gtk_widget_get_can_target (here));
  g_signal_emit_by_name (find_target (f), "leave");
  g_assert_false (gtk_widget_get_mapped (here));

  hover (f);
  drop (f, &file, 1);
  g_assert_false (gtk_widget_get_mapped (here));
  wait_for_documents (f, 1);
  f->document = shown (f);
  window_fixture_settle (f);
}

static void
of_several_dropped_files_the_first_is_shown_and_all_are_open (WindowFixture *f, gconstpointer data)
{
  g_autofree char *one = fixture_cloud (40, 3);
  g_autofree char *other = fixture_cloud (50, 3);
  g_autoptr (GFile) first = g_file_new_for_path (one);
  g_autoptr (GFile) second = g_file_new_for_path (f->path);
  g_autoptr (GFile) third = g_file_new_for_path (other);
  GFile *files[] = { first, second, third };

  drop (f, files, 3);
  wait_for_documents (f, 3);
  window_fixture_wait (20);
  g_assert_true (shows_file (f, first));
  g_assert_null (nerve_window_get_error (f->window));
  window_fixture_activate (f, "win.close-file", NULL);
  g_assert_true (shows_file (f, third));
  window_fixture_activate (f, "win.close-file", NULL);
  g_assert_true (shows_file (f, second));
  f->document = shown (f);
  window_fixture_settle (f);
  fixture_free (g_steal_pointer (&one));
  fixture_free (g_steal_pointer (&other));
}

/* The ways to views that the menu shows, as letters of their names. */
static void
assert_views (WindowFixture *f, const char *expected)
{
  GMenuModel *menu = G_MENU_MODEL (gtk_widget_get_template_child (GTK_WIDGET (f->window), NERVE_TYPE_WINDOW,
                                                                  "views_menu"));
  g_autoptr (GString) letters = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *target = NULL;

      g_assert_true (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_TARGET, "s", &target));
      g_string_append_c (letters, target[1]);
    }
  g_assert_cmpstr (letters->str, ==, expected);
}

static void
only_views_that_have_something_to_show_can_be_gone_to (WindowFixture *f, gconstpointer data)
{
  static const char *const targets[] = { "'classes'", "'compare'" };
  g_autofree char *path = fixture_cloud (40, 3);
  GtkWidget *compare = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->window), NERVE_TYPE_WINDOW,
                                                                  "compare_button"));

  window_fixture_open (f, path);
  assert_views (f, "oew"); /* board, Betti, sweep */
  g_assert_false (gtk_widget_get_visible (compare));
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *view = NULL;

      window_fixture_activate (f, "win.view", targets[i]);
      g_object_get (nerve_window_get_view (f->window), "view", &view, NULL);
      g_assert_cmpstr (view, ==, "board");
    }
  window_fixture_open (f, f->path);
  assert_views (f, "oleow");
  g_assert_true (gtk_widget_get_visible (compare));
  fixture_free (g_steal_pointer (&path));
  window_fixture_settle (f);
}

static char *
copy_into (const char *path, const char *folder)
{
  g_autofree char *place = g_build_filename (g_get_tmp_dir (), "nerve-alike", folder, NULL);
  char *copy = g_build_filename (place, "alike_file.h5", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return copy;
}

static char *
label_of_open_file (NerveRecent *recent, guint file)
{
  g_autoptr (GMenuModel) open =
    g_menu_model_get_item_link (nerve_recent_get_menu (recent), 0, G_MENU_LINK_SECTION);
  char *label = NULL;

  g_assert_true (g_menu_model_get_item_attribute (open, file, G_MENU_ATTRIBUTE_LABEL, "s", &label));

  return label;
}

static void
all_open_files_are_listed_apart_and_the_one_in_front_is_marked (WindowFixture *f, gconstpointer data)
{
  enum { N = 10 };
  GFile *files[N];
  char *paths[N];
  g_autoptr (NerveRecent) recent = nerve_recent_new (f->session);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GVariant) state = NULL;

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *folder = g_strdup_printf ("run%u", i);

      paths[i] = copy_into (f->path, folder);
      files[i] = g_file_new_for_path (paths[i]);
    }
  drop (f, files, N);
  wait_for_documents (f, N);
  window_fixture_wait (20);
  first = label_of_open_file (recent, 0);
  last = label_of_open_file (recent, N - 1);
  g_assert_cmpstr (first, ==, "alike__file.h5 in run0");
  g_assert_cmpstr (last, ==, "alike__file.h5 in run9");

  window_fixture_activate (f, "win.show-file", "@u 9");
  g_assert_true (shows_file (f, files[N - 1]));
  state = g_action_group_get_action_state (G_ACTION_GROUP (f->window), "show-file");
  g_assert_cmpuint (g_variant_get_uint32 (state), ==, N - 1);

  while (g_list_model_get_n_items (G_LIST_MODEL (f->session)) > 1)
    window_fixture_activate (f, "win.close-file", NULL);
  f->document = shown (f);
  window_fixture_settle (f);
  for (guint i = 0; i < N; i++)
    {
      g_unlink (paths[i]);
      g_free (paths[i]);
      g_object_unref (files[i]);
    }
}

static char *
make_junk (const char *name)
{
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "no activations in here", -1, &error);
  g_assert_no_error (error);

  return path;
}

/* What a session without a display says where it is drawn into; removed again. */
static char *
take_folder (const char *line)
{
  char *folder = g_strdup (g_strrstr (line, " ") + 1);
  g_autoptr (GDir) pages = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (pages);
  for (; (name = g_dir_read_name (pages)) != NULL; n++)
    {
      g_autofree char *page = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (page), ==, 0);
    }
  g_assert_cmpuint (n, >=, 8);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return folder;
}

static void
without_a_display_files_of_one_name_are_drawn_apart (WindowFixture *f, gconstpointer data)
{
  g_autofree char *one = copy_into (f->path, "one");
  g_autofree char *other = copy_into (f->path, "other");
  g_autofree char *program = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_set_cwd (launcher, g_get_tmp_dir ());
  process = g_subprocess_launcher_spawn (launcher, &error, program, one, other, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  lines = g_strsplit (said, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  first = take_folder (lines[0]);
  second = take_folder (lines[1]);
  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_str_has_suffix (second, "-2"));
  g_remove (one);
  g_remove (other);
}

static void
of_several_files_those_that_fail_are_named_and_the_rest_opens (WindowFixture *f, gconstpointer data)
{
  g_autofree char *junk = make_junk ("nerve-junk-1.h5");
  g_autofree char *more = make_junk ("nerve-junk-2.npy");
  g_autoptr (GFile) first = g_file_new_for_path (junk);
  g_autoptr (GFile) second = g_file_new_for_path (f->path);
  g_autoptr (GFile) third = g_file_new_for_path (more);
  GFile *files[] = { first, second, third };

  drop (f, files, 3);
  while (nerve_window_get_error (f->window) == NULL)
    window_fixture_wait (5);
  g_assert_true (shows_file (f, second));
  g_assert_nonnull (strstr (nerve_window_get_error (f->window), "nerve-junk-1.h5"));
  g_assert_nonnull (strstr (nerve_window_get_error (f->window), "nerve-junk-2.npy"));
  f->document = shown (f);
  window_fixture_settle (f);
  g_unlink (junk);
  g_unlink (more);
}

/* Two nodes that share an image. */
static const char *const graphs[] = {
  "{\"nodes\": {\"cube0_cluster0\": [2, 0, 1], \"cube1_cluster0\": [2, 3]},"
  " \"links\": {\"cube0_cluster0\": [\"cube1_cluster0\"]}, \"simplices\": [], \"meta_data\": {}}",
  "{\"nodes\": {\"a\": {\"vertices\": [0, 1, 2], \"avgs\": {\"lens\": 0.5}}, \"b\": {\"vertices\": [2, 3]}},"
  " \"edges\": {\"a\": [\"b\"]}}",
  "{\"nodes\": [{\"membership\": [0, 1, 2], \"id\": \"c\"}, {\"membership\": [2, 3], \"id\": \"d\"}],"
  " \"links\": [{\"intersection\": 1, \"source\": \"c\", \"target\": \"d\"}]}",
};

static gboolean
shows_parameters (WindowFixture *f)
{
  gboolean shown_now;

  g_object_get (nerve_window_get_view (f->window), "show-parameters", &shown_now, NULL);

  return shown_now;
}

static void
graphs_of_other_programs_open_without_parameters (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "nerve-graph.json", NULL);

  window_fixture_activate (f, "win.parameters", NULL);
  g_assert_true (shows_parameters (f));
  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++)
    {
      g_autoptr (GArray) marks = NULL;

      g_assert_true (g_file_set_contents (path, graphs[i], -1, NULL));
      window_fixture_open (f, path);
      g_assert_null (nerve_window_get_error (f->window));
      /* Other panes have nothing to draw, so that the board is never complete. */
      while (!nerve_document_is_settled (f->document) || window_fixture_pane (f, 0, 0)->shown == NULL)
        window_fixture_wait (5);
      marks = nerve_figure_view_marks (window_fixture_pane (f, 0, 0));
      g_assert_cmpuint (marks->len, ==, 2);
      g_assert_false (g_action_group_has_action (G_ACTION_GROUP (f->window), "parameters"));
      g_assert_false (shows_parameters (f));
      window_fixture_activate (f, "win.close-file", NULL);
      f->document = shown (f);
      window_fixture_wait (20);
    }
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (f->window), "parameters"));
  g_assert_true (shows_parameters (f));
  g_unlink (path);
}

static void
fail_to_open (WindowFixture *f)
{
  g_autofree char *junk = make_junk ("nerve-junk.h5");

  window_fixture_open (f, junk);
  g_assert_nonnull (nerve_window_get_error (f->window));
  g_unlink (junk);
}

static void
an_error_goes_when_the_person_goes_on (WindowFixture *f, gconstpointer data)
{
  fail_to_open (f);
  window_fixture_activate (f, "document.walk-to", "@u 2");
  g_assert_null (nerve_window_get_error (f->window));

  fail_to_open (f);
  window_fixture_activate (f, "document.select-class", "(@u 1, false, @u 0)");
  g_assert_null (nerve_window_get_error (f->window));

  fail_to_open (f);
  window_fixture_press_key (f, GTK_WIDGET (f->window), GDK_KEY_Escape);
  g_assert_null (nerve_window_get_error (f->window));
  g_assert_false (nerve_bitset_is_empty (window_fixture_model (f)->selection));

  fail_to_open (f);
  window_fixture_activate (f, "win.close-file", NULL);
  g_assert_null (nerve_window_get_error (f->window));
}

static void
what_is_computed_meanwhile_leaves_an_error_where_it_is (WindowFixture *f, gconstpointer data)
{
  window_fixture_activate (f, "document.set-parameter", "(true, 'mapper', 'overlap', '0.4')");
  fail_to_open (f);
  window_fixture_settle (f);
  g_assert_nonnull (nerve_window_get_error (f->window));
}

static void
the_selection_is_saved_beside_the_main_thread (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "nerve-selection.csv", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize n;

  g_unlink (path);
  window_fixture_activate (f, "document.select-class", "(@u 0, false, @u 0)");
  n = nerve_bitset_count (window_fixture_model (f)->selection);
  nerve_window_save_selection (f->window, place);
  /* What was selected when it was asked for is what is saved. */
  window_fixture_activate (f, "document.clear", NULL);
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    window_fixture_wait (5);
  window_fixture_wait (20);
  g_assert_null (nerve_window_get_error (f->window));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpstr (lines[0], ==, "image,sample_id,label,prediction");
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + n);
  g_unlink (path);
}

static void
assert_not_saved (WindowFixture *f, GFile *place, const char *named)
{
  nerve_window_save_selection (f->window, place);
  while (nerve_window_get_error (f->window) == NULL)
    window_fixture_wait (5);
  g_assert_nonnull (strstr (nerve_window_get_error (f->window), named));
  window_fixture_activate (f, "win.dismiss-error", NULL);
}

static void
a_selection_that_cannot_be_saved_says_why (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/at/all.csv");
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("resource:///no/path/at-all.csv");
  g_autoptr (GFile) open = g_file_new_for_path (f->path);

  window_fixture_activate (f, "document.select-class", "(@u 0, false, @u 0)");
  assert_not_saved (f, nowhere, "all.csv: ");
  assert_not_saved (f, elsewhere, "at-all.csv: ");
  assert_not_saved (f, open, "open");
  g_assert_true (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

#define ADD(test, data)                                                                                               \
  g_test_add ("/files/" #test, WindowFixture, data, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (a_dropped_file_opens, "empty");
  ADD (what_hovers_over_the_window_is_told_that_it_can_be_dropped, "empty");
  ADD (of_several_dropped_files_the_first_is_shown_and_all_are_open, "empty");
  ADD (all_open_files_are_listed_apart_and_the_one_in_front_is_marked, "empty");
  ADD (only_views_that_have_something_to_show_can_be_gone_to, "empty");
  ADD (without_a_display_files_of_one_name_are_drawn_apart, "empty");
  ADD (of_several_files_those_that_fail_are_named_and_the_rest_opens, "empty");
  ADD (graphs_of_other_programs_open_without_parameters, NULL);
  ADD (an_error_goes_when_the_person_goes_on, NULL);
  ADD (what_is_computed_meanwhile_leaves_an_error_where_it_is, NULL);
  ADD (the_selection_is_saved_beside_the_main_thread, NULL);
  ADD (a_selection_that_cannot_be_saved_says_why, NULL);

  return window_fixture_run ();
}
