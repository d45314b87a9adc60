#include "gui/window-fixture.h"

#include "app/ranking-window.h"
#include "gui/command-fixture.h"
#include "views/figure-view.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_CLASSES 2
#define N_IMAGES  5
#define N_LAYERS  4

/* A ready table of Betti numbers, which fall by @factor from layer to layer. */
static char *
write_table (const char *name, double factor)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-ranking-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("%-117s\n", "{'descr': '<f8', 'fortran_order': False, "
                                           "'shape': (2, 5, 4, 3), }");

  g_byte_array_append (bytes, (const guint8 *) "\x93NUMPY\x01\x00\x76\x00", 10);
  g_byte_array_append (bytes, (const guint8 *) head, 118);
  for (guint row = 0; row < N_CLASSES * N_IMAGES; row++)
    for (guint layer = 0; layer < N_LAYERS; layer++)
      for (guint d = 0; d < 3; d++)
        {
          double value = (100 + 7 * row) * pow (factor, layer) / (1 + d);

          g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
        }
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));

  return path;
}

static void
remove_table (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_rmdir (folder);
  g_free (path);
}

static void
wait_for_study (NerveRankingWindow *window, guint n)
{
  NerveStudyRun *run = nerve_ranking_window_get_run (window);
  gint64 start = g_get_monotonic_time ();

  while (nerve_study_run_get_study (run) == NULL || nerve_study_run_get_fraction (run) >= 0 ||
         nerve_study_run_is_waiting (run) || nerve_model_study_get_n (nerve_study_run_get_study (run)) != n)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  window_fixture_wait (10);
}

/* Two tables beside the fixture's small network. */
typedef struct
{
  char               *paths[2];
  NerveRankingWindow *window;
} Open;

static void
open_init (Open *self, WindowFixture *f)
{
  self->paths[0] = write_table ("steep.npy", .3);
  self->paths[1] = write_table ("flat.npy", .9);
  for (guint i = 0; i < 2; i++)
    window_fixture_open (f, self->paths[i]);
  self->window = nerve_ranking_window_new (f->session, GTK_WINDOW (f->window));
  gtk_window_present (GTK_WINDOW (self->window));
  wait_for_study (self->window, 3);
}

static void
open_clear (Open *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  for (guint i = 0; i < 2; i++)
    remove_table (self->paths[i]);
}

/* The fixture's network, not the table that was opened last. */
static NerveDocument *
find_network (NerveRankingWindow *window)
{
  return nerve_study_run_get_document (nerve_ranking_window_get_run (window), 0);
}

static GtkDropDown *
find_score (NerveRankingWindow *window)
{
  return GTK_DROP_DOWN (gtk_widget_get_template_child (GTK_WIDGET (window), NERVE_TYPE_RANKING_WINDOW, "score"));
}

static void
type (NerveRankingTable *table, guint place, const char *text)
{
  GtkEntry *entry = nerve_ranking_table_get_entry (table, place);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  window_fixture_wait (10);
}

static void
networks_stand_in_the_order_of_their_score (WindowFixture *f, gconstpointer data)
{
  const NerveRankedModel *models;
  guint steep = 3, flat = 3;
  Open open;

  open_init (&open, f);
  models = nerve_ranking_get_models (nerve_ranking_window_get_ranking (open.window));
  g_assert_cmpuint (nerve_ranking_get_n (nerve_ranking_window_get_ranking (open.window)), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (isnan (models[i].score));
      if (g_str_equal (models[i].model, "steep"))
        steep = i;
      if (g_str_equal (models[i].model, "flat"))
        flat = i;
    }
  g_assert_cmpuint (steep, <, flat);
  open_clear (&open);
}

static void
an_accuracy_typed_in_is_compared_and_can_be_undone (WindowFixture *f, gconstpointer data)
{
  NerveDocument *document;
  NerveRankingTable *table;
  Open open;

  open_init (&open, f);
  table = nerve_ranking_window_get_table (open.window);
  for (guint place = 0; place < 3; place++)
    {
      g_autofree char *text = g_strdup_printf ("%u", 95 - 5 * place);

      type (table, place, text);
    }
  g_assert_cmpuint (nerve_ranking_get_n_compared (nerve_ranking_window_get_ranking (open.window)), ==, 3);
  g_assert_cmpfloat (nerve_ranking_get_correlations (nerve_ranking_window_get_ranking (open.window))->spearman, >, .99);
  g_assert_true (nerve_ranking_table_has_score (table, NERVE_RANKING_AREA));
  type (table, 1, "ninety");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (nerve_ranking_table_get_entry (table, 1)), "error"));
  document = nerve_study_run_get_document (nerve_ranking_window_get_run (open.window), 1);
  g_assert_false (isnan (nerve_document_get_accuracy (document)));
  nerve_document_undo (document);
  g_assert_true (isnan (nerve_document_get_accuracy (document)));
  open_clear (&open);
}

static void
accuracies_come_from_a_file (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  NerveStudyRun *run;
  Open open;

  open_init (&open, f);
  run = nerve_ranking_window_get_run (open.window);
  path = g_strconcat (open.paths[0], ".csv", NULL);
  g_assert_true (g_file_set_contents (path, "model,accuracy\nsteep,91.5\nelsewhere,3\n", -1, NULL));
  g_assert_true (nerve_ranking_window_read (open.window, path, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (nerve_study_run_get_accuracy (run, 1), ==, 91.5);
  g_assert_true (isnan (nerve_study_run_get_accuracy (run, 2)));
  g_assert_true (g_file_set_contents (path, "model,accuracy\nsteep,much\n", -1, NULL));
  g_assert_false (nerve_ranking_window_read (open.window, path, &error));
  g_assert_nonnull (error);
  g_assert_cmpfloat (nerve_study_run_get_accuracy (run, 1), ==, 91.5);
  g_remove (path);
  open_clear (&open);
}

/* A table has none, and says why. */
static void
rivals_are_computed_once_asked_for (WindowFixture *f, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  const char *cause = NULL;
  NerveStudyRun *run;
  Open open;

  open_init (&open, f);
  run = nerve_ranking_window_get_run (open.window);
  g_assert_null (nerve_document_get_network (nerve_study_run_get_document (run, 0), NERVE_NETWORK_TAU));
  gtk_drop_down_set_selected (find_score (open.window), NERVE_RANKING_TAU);
  while (isnan (nerve_study_run_get_score (run, 0, NERVE_RANKING_TAU, NERVE_DECAY_X_LAYERS, NULL)) ||
         isnan (nerve_study_run_get_score (run, 0, NERVE_RANKING_HSCORE, NERVE_DECAY_X_LAYERS, NULL)) || cause == NULL)
    {
      nerve_study_run_get_score (run, 1, NERVE_RANKING_TAU, NERVE_DECAY_X_LAYERS, &cause);
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
  window_fixture_wait (10);
  g_assert_cmpint (nerve_ranking_get_score (nerve_ranking_window_get_ranking (open.window)), ==, NERVE_RANKING_TAU);
  g_assert_false (isnan (nerve_ranking_get_models (nerve_ranking_window_get_ranking (open.window))[0].score));
  open_clear (&open);
}

static void
every_page_draws_the_study (WindowFixture *f, gconstpointer data)
{
  static const char *const pages[] = { "ranking", "models", "subsamples" };
  static const char *const views[] = { "ranks", "models", "subsamples" };
  NerveModelStudy *study;
  Open open;

  open_init (&open, f);
  study = nerve_study_run_get_study (nerve_ranking_window_get_run (open.window));
  g_assert_cmpfloat (nerve_model_study_get_distance (study, NERVE_DEPTH_RELATIVE, 1, 2)->distance, >, .1);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gint64 start = g_get_monotonic_time ();
      NerveFigureView *view = NERVE_FIGURE_VIEW (gtk_widget_get_template_child (
        GTK_WIDGET (open.window), NERVE_TYPE_RANKING_WINDOW, views[i]));

      nerve_ranking_window_show_page (open.window, pages[i]);
      while (!nerve_figure_view_is_complete (view) || nerve_figure_view_get_texture (view) == NULL)
        {
          g_main_context_iteration (NULL, TRUE);
          g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
        }
    }
  open_clear (&open);
}

static void
assert_commands_make_the_same (NerveRankingWindow *window)
{
  static const char *const kinds[] = { "ranking", "ranks", "models", "subsamples" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      NerveExportDialog *dialog = nerve_ranking_window_export (window);

      nerve_export_dialog_select (dialog, kinds[i], 0);
      command_fixture_assert_same (dialog);
    }
}

/* As it opens; with accuracies typed in, another score and x and η moved by hand. */
static void
its_commands_make_the_same_bytes (WindowFixture *f, gconstpointer data)
{
  Open open;

  open_init (&open, f);
  type (nerve_ranking_window_get_table (open.window), 0, "91.25");
  type (nerve_ranking_window_get_table (open.window), 1, "1e-3");
  assert_commands_make_the_same (open.window);

  gtk_drop_down_set_selected (find_score (open.window), NERVE_RANKING_AREA);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_template_child (
    GTK_WIDGET (open.window), NERVE_TYPE_RANKING_WINDOW, "x")), NERVE_DECAY_X_UNIT);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_template_child (
    GTK_WIDGET (open.window), NERVE_TYPE_RANKING_WINDOW, "depth")), NERVE_DEPTH_LAYER);
  nerve_document_set_decay (find_network (open.window), TRUE, NERVE_DECAY_BY_NOTHING, FALSE);
  nerve_document_set_eta (find_network (open.window), 1. / 3);
  window_fixture_settle (f);
  wait_for_study (open.window, 3);
  assert_commands_make_the_same (open.window);
  open_clear (&open);
}

/* It holds what it draws: files may be closed before it is written. */
static void
what_is_being_exported_outlives_its_files (WindowFixture *f, gconstpointer data)
{
  NerveExportDialog *dialog;
  Open open;

  open_init (&open, f);
  dialog = nerve_ranking_window_export (open.window);
  nerve_export_dialog_select (dialog, "models", 0);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  nerve_session_close (f->session, nerve_study_run_get_document (nerve_ranking_window_get_run (open.window), 1));
  window_fixture_wait (50);
  command_fixture_assert_same (dialog);
  open_clear (&open);
}

static void
no_command_is_said_where_none_makes_it (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  NerveExportDialog *dialog;
  Open open;

  open_init (&open, f);
  g_assert_true (nerve_document_set_parameter (find_network (open.window), 1, FALSE, "betti", "eta", "0.25",
                                                &error));
  window_fixture_settle (f);
  wait_for_study (open.window, 3);
  dialog = nerve_ranking_window_export (open.window);
  command = nerve_export_dialog_command (dialog, &error);
  g_assert_null (command);
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER);
  g_assert_nonnull (strstr (error->message, "--eta"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  open_clear (&open);
}

/* β0 of sampled vectors is not what the others are ranked by. */
static void
what_stands_in_for_tensors_is_said (WindowFixture *f, gconstpointer data)
{
  g_autofree char *sampled = g_test_build_filename (G_TEST_DIST, "golden", "data", "cloud.npy", NULL);
  GtkWidget *caution;
  Open open;

  open_init (&open, f);
  caution = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (open.window), NERVE_TYPE_RANKING_WINDOW,
                                                       "caution"));
  g_assert_false (gtk_widget_get_visible (caution));
  window_fixture_open (f, sampled);
  wait_for_study (open.window, 4);
  g_assert_true (gtk_widget_get_visible (caution));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (caution)), "stands in"));
  open_clear (&open);
}

/* Neither documents nor the application hold it, and what it had computed is not wanted any more. */
static void
closing_it_lets_go (WindowFixture *f, gconstpointer data)
{
  NerveStudyRun *run;
  Open open;

  open_init (&open, f);
  run = g_object_ref (nerve_ranking_window_get_run (open.window));
  open_clear (&open);
  window_fixture_assert_gone (run);
}

static void
nothing_open_is_said_and_one_network_has_no_order (WindowFixture *f, gconstpointer data)
{
  NerveRankingWindow *window = nerve_ranking_window_new (f->session, GTK_WINDOW (f->window));
  char *path = write_table ("alone.npy", .5);

  gtk_window_present (GTK_WINDOW (window));
  window_fixture_wait (50);
  g_assert_null (nerve_ranking_window_get_ranking (window));
  g_assert_null (nerve_study_run_get_study (nerve_ranking_window_get_run (window)));
  window_fixture_open (f, path);
  wait_for_study (window, 1);
  g_assert_cmpuint (nerve_ranking_get_n (nerve_ranking_window_get_ranking (window)), ==, 1);
  nerve_session_close (f->session, nerve_study_run_get_document (nerve_ranking_window_get_run (window), 0));
  window_fixture_wait (50);
  g_assert_null (nerve_ranking_window_get_ranking (window));
  gtk_window_destroy (GTK_WINDOW (window));
  remove_table (path);
}

#define ADD(test)                                                                                                     \
  g_test_add ("/ranking/" #test, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  ADD (networks_stand_in_the_order_of_their_score);
  ADD (an_accuracy_typed_in_is_compared_and_can_be_undone);
  ADD (accuracies_come_from_a_file);
  ADD (rivals_are_computed_once_asked_for);
  ADD (every_page_draws_the_study);
  ADD (its_commands_make_the_same_bytes);
  ADD (what_is_being_exported_outlives_its_files);
  ADD (no_command_is_said_where_none_makes_it);
  ADD (what_stands_in_for_tensors_is_said);
  ADD (closing_it_lets_go);
  g_test_add ("/ranking/nothing_open_is_said_and_one_network_has_no_order", WindowFixture, "empty",
              window_fixture_set_up, nothing_open_is_said_and_one_network_has_no_order, window_fixture_tear_down);

  return window_fixture_run ();
}
