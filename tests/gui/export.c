#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "app/export-choices.h"
#include "app/export-dialog.h"
#include "app/export-picture.h"
#include "app/export-preview.h"
#include "app/selection-table.h"
#include "app/settings.h"
#include "gui/command-fixture.h"
#include "views/column.h"
#include "views/eta-controls.h"

typedef struct
{
  char    *text;
  gboolean written;
} Outcome;

static void
on_done (Outcome *outcome, const char *text, gboolean written)
{
  g_free (outcome->text);
  outcome->text = g_strdup (text);
  outcome->written = written;
}

static void
export (WindowFixture *f, const char *figure, guint layer, const char *path, Outcome *outcome)
{
  g_autoptr (GFile) place = g_file_new_for_path (path);
  NerveExportDialog *dialog = nerve_export_dialog_new (f->document, GTK_WINDOW (f->window));

  g_object_ref (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  nerve_export_dialog_select (dialog, figure, layer);
  g_signal_connect_swapped (dialog, "done", G_CALLBACK (on_done), outcome);
  nerve_export_dialog_write (dialog, place);
  while (outcome->text == NULL)
    g_main_context_iteration (NULL, TRUE);
  /* What could not be written can be written elsewhere. */
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (dialog)) == !outcome->written);
  if (!outcome->written)
    gtk_window_destroy (GTK_WINDOW (dialog));
  window_fixture_assert_gone (dialog);
}

static void
every_pane_and_the_board_can_leave_in_three_formats (WindowFixture *f, gconstpointer data)
{
  static const char *const figures[] = { "board", "mapper", "diagram", "barcode", "betti", "landscape", "decay",
                                          "purity" };
  static const char *const formats[] = { "pdf", "svg", "png", "tex" };
  guint layer = window_fixture_model (f)->columns[1];

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    for (guint j = 0; j < G_N_ELEMENTS (formats); j++)
      {
        g_autofree char *name = g_strdup_printf ("nerve-export-%s.%s", figures[i], formats[j]);
        g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
        Outcome outcome = { 0 };
        GStatBuf info;

        export (f, figures[i], layer, path, &outcome);
        g_assert_true (outcome.written);
        g_assert_cmpint (g_stat (path, &info), ==, 0);
        g_assert_cmpint (info.st_size, >, 400);
        g_unlink (path);
        g_free (outcome.text);
      }
}

static void
assert_command_makes_the_same (WindowFixture *f, const char *figure, guint layer)
{
  NerveExportDialog *dialog = nerve_export_dialog_new (f->document, GTK_WINDOW (f->window));

  nerve_export_dialog_select (dialog, figure, layer);
  command_fixture_assert_same (dialog);
}

static void
the_copied_command_makes_the_same_bytes (WindowFixture *f, gconstpointer data)
{
  static const char *const figures[] = { "board", "mapper", "diagram", "decay", "purity" };
  guint layer = window_fixture_model (f)->columns[1];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    assert_command_makes_the_same (f, figures[i], layer);

  /* One layer has parameters of its own, all have another one; images are selected. */
  g_assert_true (nerve_document_set_parameter (f->document, layer, FALSE, "mapper", "intervals", "6", &error));
  g_assert_true (nerve_document_set_parameter (f->document, layer, TRUE, "mapper", "min-samples", "3", &error));
  nerve_document_set_color_by (f->document, NERVE_COLOR_BY_PURITY);
  nerve_document_set_units (f->document, NERVE_UNITS_ABSOLUTE);
  window_fixture_settle (f);
  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  assert_command_makes_the_same (f, "board", layer);
  assert_command_makes_the_same (f, "mapper", layer);
}

/* Rows of all kinds, in an order of one's own. */
static void
the_command_of_a_board_says_its_rows (WindowFixture *f, gconstpointer data)
{
  guint layer = window_fixture_model (f)->columns[1];
  g_autoptr (GError) error = NULL;

  nerve_document_add_row (f->document, NERVE_BOARD_VIEW_PROJECTION, -1);
  nerve_document_add_row (f->document, NERVE_BOARD_VIEW_DENDROGRAM, 0);
  nerve_document_add_row (f->document, NERVE_BOARD_VIEW_PICTURES, 3);
  nerve_document_remove_row (f->document, 3);
  g_assert_true (nerve_document_set_parameter (f->document, layer, TRUE, "projection", "map-by", "mds", &error));
  window_fixture_settle (f);
  assert_command_makes_the_same (f, "board", layer);
  assert_command_makes_the_same (f, "projection", layer);
  assert_command_makes_the_same (f, "dendrogram", layer);
}

static void
keep_page (const char *kind, const char *const *page)
{
  g_autoptr (GSettings) settings = nerve_settings_new ();
  g_auto (GVariantDict) pages = { { { 0 } } };

  g_variant_dict_init (&pages, NULL);
  g_variant_dict_insert_value (&pages, kind, g_variant_new_strv (page, -1));
  nerve_settings_set_value (settings, "export-pages", g_variant_dict_end (&pages));
}

/* A page as it was chosen the last time: all columns beside each other, without what stands around them. */
static void
the_last_page_of_a_kind_is_kept_and_said_by_the_command (WindowFixture *f, gconstpointer data)
{
  const char *const page[] = { "82mm", "50mm", "Lato 6", "titles,caption", NULL };
  NerveExportDialog *dialog;
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;

  keep_page ("mapper", page);
  dialog = nerve_export_dialog_new (f->document, GTK_WINDOW (f->window));
  nerve_export_dialog_select (dialog, "mapper", NERVE_EXPORT_COLUMNS);
  command = nerve_export_dialog_command (dialog, &error);
  g_assert_no_error (error);
  g_test_message ("%s", command);
  g_assert_nonnull (strstr (command, " --width 82mm --height 50mm --font 'Lato 6' --without titles,caption -o "));
  gtk_window_destroy (GTK_WINDOW (dialog));

  assert_command_makes_the_same (f, "mapper", NERVE_EXPORT_COLUMNS);
  assert_command_makes_the_same (f, "mapper", window_fixture_model (f)->columns[0]);
}

static void
wait_for_network (WindowFixture *f, gboolean (*is_there) (const NerveFigureModel *model))
{
  gint64 start = g_get_monotonic_time ();

  while (!is_there (window_fixture_model (f)))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 120 * G_USEC_PER_SEC);
    }
}

static gboolean
has_classes (const NerveFigureModel *model)
{
  const NerveNetworkResults *network = model->network;

  return network != NULL && network->parting != NULL && network->hierarchies[model->current] != NULL;
}

static gboolean
has_sweep (const NerveFigureModel *model)
{
  return model->network != NULL && model->network->sweeps[model->current] != NULL;
}

static void
commands_of_the_other_views_make_the_same_bytes (WindowFixture *f, gconstpointer data)
{
  static const char *const figures[] = { "parting", "mix", "dendrogram", "legend" };
  guint current = window_fixture_model (f)->current;

  window_fixture_activate (f, "win.view", "'classes'");
  wait_for_network (f, has_classes);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    assert_command_makes_the_same (f, figures[i], current);
  window_fixture_activate (f, "win.view", "'sweep'");
  wait_for_network (f, has_sweep);
  assert_command_makes_the_same (f, "sweep", current);
}

static gboolean
has_tests (const NerveFigureModel *model)
{
  const NerveNetworkResults *network = model->network;

  return network != NULL && network->specificity != NULL && network->sensitivities[model->current] != NULL &&
         nerve_sensitivity_get_level_kind (network->sensitivities[model->current]) == NERVE_LEVEL_SEEDS;
}

/* Of the network and a copy of its file. */
static void
commands_of_tests_of_the_distance_make_the_same_bytes (WindowFixture *f, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (g_get_tmp_dir (), "nerve-export-twin.h5", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (f->path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  NerveDocument *first = f->document;
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  window_fixture_open (f, copy);
  nerve_session_set_active (f->session, first);
  f->document = first;
  window_fixture_activate (f, "win.view", "'compare'");
  window_fixture_activate (f, "document.measure", "'procrustes'");
  window_fixture_activate (f, "document.compare-as", "'tests'");
  wait_for_network (f, has_tests);
  assert_command_makes_the_same (f, "sensitivity", window_fixture_model (f)->current);
  assert_command_makes_the_same (f, "specificity", 0);
  g_unlink (copy);
}

static void
wait_for_the_betti_page (WindowFixture *f)
{
  const NerveFigureModel *model = window_fixture_model (f);
  gint64 start = g_get_monotonic_time ();

  while (model->decay.heat == NULL || model->decay.sublevel == NULL ||
         nerve_sublevel_get_layer (model->decay.sublevel) != model->current ||
         nerve_sublevel_get_image (model->decay.sublevel) != model->decay.image ||
         (model->decay.bands && model->decay.bootstrap == NULL))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
    }
}

/* As it opens; η moved by hand, another image looked into, with bands by class. */
static void
commands_of_betti_numbers_make_the_same_bytes (WindowFixture *f, gconstpointer data)
{
  static const char *const figures[] = { "decay", "heat", "sublevel" };
  const NerveFigureModel *model = window_fixture_model (f);

  nerve_document_walk_to (f->document, model->columns[1]);
  window_fixture_activate (f, "win.view", "'betti'");
  for (guint turn = 0; turn < 2; turn++)
    {
      wait_for_the_betti_page (f);
      for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
        assert_command_makes_the_same (f, figures[i], model->current);
      nerve_document_select_class (f->document, 2, FALSE, NERVE_SELECT_REPLACE);
      nerve_document_set_eta (f->document, .3);
      nerve_document_set_decay (f->document, TRUE, NERVE_DECAY_BY_CLASS, TRUE);
    }
  g_assert_cmpuint (model->decay.image, >, 0);
}

static void
a_place_that_cannot_be_written_is_said (WindowFixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };

  export (f, "board", 0, "/nowhere/at/all.pdf", &outcome);
  g_assert_false (outcome.written);
  g_assert_nonnull (strstr (outcome.text, "all.pdf"));
  g_free (outcome.text);
}

static NerveExportDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (NERVE_IS_EXPORT_DIALOG (l->data))
      return l->data;

  return NULL;
}

static void
the_menu_of_a_pane_exports_that_pane (WindowFixture *f, gconstpointer data)
{
  GtkWidget *pane = GTK_WIDGET (window_fixture_pane (f, 2, 1));
  const char *layer = nerve_dataset_get_layer (window_fixture_model (f)->dataset,
                                               window_fixture_model (f)->columns[2])->name;
  g_autofree char *wanted = g_strdup_printf ("--layer %s", layer);
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  NerveExportDialog *dialog;

  gtk_widget_grab_focus (pane);
  window_fixture_press_key (f, pane, GDK_KEY_Menu);
  window_fixture_wait (100);
  g_assert_true (GTK_IS_POPOVER (gtk_widget_get_last_child (pane)));
  gtk_widget_child_focus (gtk_widget_get_last_child (pane), GTK_DIR_TAB_FORWARD);
  g_assert_false (gtk_root_get_focus (GTK_ROOT (f->window)) == pane);
  window_fixture_activate (f, "win.export", NULL);

  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  command = nerve_export_dialog_command (dialog, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (command, "--kind diagram"));
  g_assert_nonnull (strstr (command, wanted));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
assert_menu_exports (WindowFixture *f, GtkWidget *owner, const char *kind)
{
  GtkWidget *button = window_fixture_find_inside (owner, GTK_TYPE_MENU_BUTTON);
  g_autofree char *wanted = g_strdup_printf ("--kind %s", kind);
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  NerveExportDialog *dialog;

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  window_fixture_wait (100);
  gtk_widget_child_focus (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), GTK_DIR_TAB_FORWARD);
  window_fixture_activate (f, "win.export", NULL);

  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  command = nerve_export_dialog_command (dialog, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (command, wanted));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  window_fixture_wait (50);
}

static void
the_menu_of_a_button_exports_what_it_belongs_to (WindowFixture *f, gconstpointer data)
{
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));

  assert_menu_exports (f, GTK_WIDGET (nerve_column_get_row (nerve_board_get_column (board, 0), 1)), "diagram");
  assert_menu_exports (f, window_fixture_find_inside (GTK_WIDGET (f->window), NERVE_TYPE_ETA_CONTROLS), "decay");
}

static GdkContentProvider *
prepare_drag (NerveBoard *board, double x, double y)
{
  GtkEventController *source = window_fixture_find_controller (GTK_WIDGET (board), GTK_TYPE_DRAG_SOURCE, 1);
  GdkContentProvider *content = NULL;

  g_signal_emit_by_name (source, "prepare", x, y, &content);

  return content;
}

static void
on_asked (GObject *content, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (content), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

/* What the other side of a drag gets of that type. */
static char *
ask (GdkContentProvider *content, const char *type)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean done = FALSE;

  gdk_content_provider_write_mime_type_async (content, type, stream, G_PRIORITY_DEFAULT, NULL, on_asked, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

static void
a_pane_is_dragged_out_by_the_line_over_it (WindowFixture *f, gconstpointer data)
{
  NerveBoard *board = nerve_document_view_get_board (nerve_window_get_view (f->window));
  GtkWidget *bars = GTK_WIDGET (window_fixture_pane (f, 1, 1));
  const char *layer = nerve_dataset_get_layer (window_fixture_model (f)->dataset,
                                               window_fixture_model (f)->columns[1])->name;
  g_autofree char *wanted = g_strdup_printf ("/nerve/dragged/diagram-%s.svg", layer);
  g_autoptr (GdkContentProvider) content = NULL;
  g_autofree char *svg = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *pdf = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (bars, GTK_WIDGET (board), &bounds));
  g_assert_null (prepare_drag (board, bounds.origin.x + 40, bounds.origin.y + 40));
  content = prepare_drag (board, bounds.origin.x + 40, bounds.origin.y - 6);
  g_assert_nonnull (content);
  svg = ask (content, "image/svg+xml");
  g_assert_true (g_str_has_prefix (svg, "<?xml"));
  pdf = ask (content, "application/pdf");
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  uri = g_strstrip (ask (content, "text/uri-list"));
  file = g_file_new_for_uri (uri);
  path = g_file_get_path (file);
  g_assert_true (g_str_has_suffix (path, wanted));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);

  return found;
}

static int
preview_width (GtkWidget *preview)
{
  GdkPaintable *page = gtk_picture_get_paintable (GTK_PICTURE (find_widget (preview, GTK_TYPE_PICTURE)));

  return page != NULL ? gdk_paintable_get_intrinsic_width (page) : 0;
}

/* A slide is wider than the dialog: it is fitted in, and the dialog says how much smaller it is, unless true size is
 * asked for. */
static void
a_preview_without_room_is_fitted_and_says_so (WindowFixture *f, gconstpointer data)
{
  const char *const page[] = { "10in", "", "", "", NULL };
  NerveExportDialog *dialog;
  GtkWidget *preview;
  GtkWidget *button;
  int fitted;

  keep_page ("purity", page);
  dialog = nerve_export_dialog_new (f->document, GTK_WINDOW (f->window));
  nerve_export_dialog_select (dialog, "purity", 0);
  gtk_window_present (GTK_WINDOW (dialog));
  preview = find_widget (GTK_WIDGET (dialog), NERVE_TYPE_EXPORT_PREVIEW);
  button = find_widget (preview, GTK_TYPE_TOGGLE_BUTTON);
  while (!gtk_widget_get_visible (button) || preview_width (preview) > gtk_widget_get_width (preview))
    g_main_context_iteration (NULL, TRUE);
  fitted = preview_width (preview);
  g_assert_cmpint (fitted, >, gtk_widget_get_width (preview) / 2);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  while (preview_width (preview) <= fitted)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat_with_epsilon (preview_width (preview), 10 * nerve_export_screen_dpi (preview), 1.5);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
the_selection_is_saved_as_a_table (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "nerve-selection.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  window_fixture_activate (f, "document.select-class", "(@u 0, false, @u 0)");
  g_assert_true (nerve_selection_table_write (window_fixture_model (f), path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpstr (lines[0], ==, "image,sample_id,label,prediction");
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + nerve_bitset_count (window_fixture_model (f)->selection));
  g_unlink (path);
}

#define ADD(test)                                                                                                     \
  g_test_add ("/export/" #test, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);

  ADD (every_pane_and_the_board_can_leave_in_three_formats);
  ADD (the_copied_command_makes_the_same_bytes);
  ADD (the_command_of_a_board_says_its_rows);
  ADD (the_last_page_of_a_kind_is_kept_and_said_by_the_command);
  ADD (commands_of_the_other_views_make_the_same_bytes);
  ADD (commands_of_tests_of_the_distance_make_the_same_bytes);
  ADD (commands_of_betti_numbers_make_the_same_bytes);
  ADD (a_place_that_cannot_be_written_is_said);
  ADD (the_menu_of_a_pane_exports_that_pane);
  ADD (the_menu_of_a_button_exports_what_it_belongs_to);
  ADD (a_pane_is_dragged_out_by_the_line_over_it);
  ADD (a_preview_without_room_is_fitted_and_says_so);
  ADD (the_selection_is_saved_as_a_table);

  return window_fixture_run ();
}
