#include "gui/window-fixture.h"

#include <glib/gstdio.h>

#include "app/preferences.h"
#include "app/settings.h"
#include "views/figure-view-private.h"
#include "views/view-style.h"

/* The preferences, and that each does what it says. */

static GtkWidget *
find_titled (GtkWidget *widget, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_PREFERENCES_ROW (widget)
      && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_titled (child, title);

  return found;
}

static void
rows_are_the_settings (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = nerve_settings_new ();
  g_autoptr (NerveDiskCache) disk = nerve_disk_cache_new ("/nowhere", 0);
  NervePreferences *window = nerve_preferences_new (settings, disk, GTK_WINDOW (f->window));
  GtkWidget *palette = find_titled (GTK_WIDGET (window), "Colours of classes");
  GtkWidget *sampling = find_titled (GTK_WIDGET (window), "Points of a tensor");
  GtkWidget *font = window_fixture_find_inside (find_titled (GTK_WIDGET (window), "Font of figures"),
                                                GTK_TYPE_DROP_DOWN);
  GtkWidget *limit = window_fixture_find_inside (find_titled (GTK_WIDGET (window), "Results kept on the disk"),
                                                 GTK_TYPE_SPIN_BUTTON);
  g_autofree char *word = NULL;

  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (palette)), ==, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (palette), 1);
  word = g_settings_get_string (settings, "palette");
  g_assert_cmpstr (word, ==, "grey");
  g_settings_reset (settings, "palette");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (palette)), ==, 0);

  g_settings_set_string (settings, "default-sampling", "top-norm");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (sampling)), ==, 3);
  g_settings_reset (settings, "default-sampling");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (font), 1);
  g_clear_pointer (&word, g_free);
  word = g_settings_get_string (settings, "figure-font");
  g_assert_cmpstr (word, ==, gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (font))));
  g_settings_reset (settings, "figure-font");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (font)), ==, 0);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (limit), 512);
  g_assert_cmpint (g_settings_get_int (settings, "disk-cache-mib"), ==, 512);
  g_settings_reset (settings, "disk-cache-mib");
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  window_fixture_assert_gone (window);
}

static void
what_is_kept_is_measured_and_cleared (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("nerve-preferences-XXXXXX", NULL);
  g_autoptr (NerveDiskCache) disk = nerve_disk_cache_new (folder, 1 << 20);
  NervePreferences *window;
  GtkWidget *row, *clear;

  nerve_disk_cache_keep (disk, "a", folder, 4);
  window = nerve_preferences_new (NULL, disk, GTK_WINDOW (f->window));
  row = find_titled (GTK_WIDGET (window), "On the disk now");
  clear = window_fixture_find_inside (row, GTK_TYPE_BUTTON);
  while (!gtk_widget_get_sensitive (clear))
    window_fixture_wait (10);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), !=, "0 bytes");
  g_signal_emit_by_name (clear, "clicked");
  while (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "0 bytes") != 0)
    window_fixture_wait (10);
  g_assert_false (gtk_widget_get_sensitive (clear));
  g_assert_cmpuint (nerve_disk_cache_get_bytes (disk), ==, 0);

  /* Closed while it measures. */
  g_signal_emit_by_name (clear, "clicked");
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  window_fixture_assert_gone (window);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
greys_are_there_at_once_and_in_the_next_file (WindowFixture *f, gconstpointer data)
{
  NerveFigureView *pane = window_fixture_pane (f, 0, 0);
  const NervePalette *before = window_fixture_model (f)->palette;
  g_autoptr (GBytes) coloured = window_fixture_pixels (pane->shown);
  g_autoptr (GBytes) grey = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_cmpstr (nerve_palette_get_name (before), ==, "default");
  nerve_session_set_grey (f->session, TRUE);
  g_assert_cmpstr (nerve_palette_get_name (window_fixture_model (f)->palette), ==, "grey");
  window_fixture_settle (f);
  grey = window_fixture_pixels (pane->shown);
  g_assert_false (g_bytes_equal (grey, coloured));
  nerve_session_set_grey (f->session, FALSE);
  window_fixture_settle (f);
  again = window_fixture_pixels (pane->shown);
  g_assert_true (g_bytes_equal (again, coloured));
}

static void
the_sampling_is_that_of_tensors_opened_later (WindowFixture *f, gconstpointer data)
{
  g_autofree char *value = NULL;
  NerveDocument *document;

  nerve_session_set_sampling (f->session, NERVE_SAMPLING_POOL_MAX);
  window_fixture_open (f, f->path);
  document = f->document;
  for (guint i = 0; i < nerve_dataset_get_n_layers (nerve_document_get_dataset (document)); i++)
    {
      const NerveLayerParameters *parameters = nerve_document_get_parameters (document, i);
      const NerveLayer *layer = nerve_dataset_get_layer (nerve_document_get_dataset (document), i);
      gboolean tensor = nerve_layer_group (layer) == NERVE_LAYER_GROUP_TENSOR;

      g_assert_cmpint (parameters->cloud.sampling, ==, tensor ? NERVE_SAMPLING_POOL_MAX : NERVE_SAMPLING_DEFAULT);
    }
}

static void
the_font_is_that_of_the_screen (WindowFixture *f, gconstpointer data)
{
  NerveStyle style;
  g_autofree char *before = NULL;

  nerve_view_style_init (&style);
  before = g_strdup (style.font);
  nerve_style_clear (&style);
  nerve_view_style_set_font ("Monospace");
  nerve_view_style_init (&style);
  g_assert_cmpstr (style.font, ==, "Monospace");
  nerve_style_clear (&style);
  nerve_view_style_set_font (NULL);
  nerve_view_style_init (&style);
  g_assert_cmpstr (style.font, ==, before);
  nerve_style_clear (&style);
}

#define ADD(test, data) \
  g_test_add ("/preferences/" #test, WindowFixture, data, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  ADD (rows_are_the_settings, "empty");
  ADD (what_is_kept_is_measured_and_cleared, "empty");
  ADD (greys_are_there_at_once_and_in_the_next_file, NULL);
  ADD (the_sampling_is_that_of_tensors_opened_later, "empty");
  ADD (the_font_is_that_of_the_screen, "empty");

  return window_fixture_run ();
}
