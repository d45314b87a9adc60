/* Every widget goes when its window does: each type of ours is seen alive, then none of them is left. */
#include "gui/window-fixture.h"

#include "app/preferences.h"
#include "app/settings.h"

/* The types of ui/views and app; whoever adds one finds it missing in the last test. */
static const char * const types[] = {
  "NerveBettiPage", "NerveBinBars", "NerveBoard", "NerveBoardTabs", "NerveClassBar", "NerveClassBars",
  "NerveClassMark", "NerveClassesPage", "NerveColumn", "NerveComparePage", "NerveCoverView",
  "NerveDistanceCurve", "NerveDocumentView", "NerveDrawer", "NerveEtaControls", "NerveExportDialog",
  "NerveExportPageGroup", "NerveExportPreview", "NerveFigureView", "NerveFittingLabel", "NerveJobRow",
  "NerveJobsButton", "NerveLayerList", "NerveLayerPair", "NerveLayerRow", "NerveLegendChip", "NerveLegendList",
  "NerveLegendStrip", "NerveMainSide", "NervePaneBanner", "NerveParameterFlap", "NerveParameterRow",
  "NerveParameterSlider", "NervePictureTile", "NervePreferences", "NervePresetRow", "NerveProgressRing",
  "NerveRampMark", "NerveRankingTable", "NerveRankingWindow", "NerveRowPane", "NerveSelectionNumbers",
  "NerveSelectionPane", "NerveSweepPage", "NerveTestsPane", "NerveWindow", NULL,
};

/* A widget that was seen: NULL once it has gone. */
typedef struct
{
  char    *type;
  gpointer widget;
} Seen;

static GPtrArray *seen;

static void
seen_free (gpointer data)
{
  Seen *self = data;

  if (self->widget != NULL)
    g_object_remove_weak_pointer (self->widget, &self->widget);
  g_free (self->type);
  g_free (self);
}

static gboolean
is_seen (GtkWidget *widget)
{
  for (guint i = 0; i < seen->len; i++)
    if (((Seen *) seen->pdata[i])->widget == widget)
      return TRUE;

  return FALSE;
}

static void
look_at (GtkWidget *widget)
{
  if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Nerve") && !is_seen (widget))
    {
      Seen *one = g_new0 (Seen, 1);

      one->type = g_strdup (G_OBJECT_TYPE_NAME (widget));
      one->widget = widget;
      g_object_add_weak_pointer (G_OBJECT (widget), &one->widget);
      g_ptr_array_add (seen, one);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (child);
}

/* What is in all windows now. */
static void
look (void)
{
  g_autoptr (GList) windows = NULL;

  window_fixture_wait (50);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    look_at (l->data);
}

/* By hand: what the views show once something is selected, asked for, or goes wrong. */
static void
use (WindowFixture *f)
{
  static const char * const pages[] = { "'classes'", "'betti'", "'compare'", "'sweep'", "'board'" };
  static const char * const colours[] = { "'superclass'", "'purity'", "'class'" };

  look ();
  window_fixture_activate (f, "win.parameters", NULL);
  nerve_document_select_class (f->document, 0, FALSE, NERVE_SELECT_REPLACE);
  look ();
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      window_fixture_activate (f, "win.view", pages[i]);
      window_fixture_settle (f);
      look ();
    }
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      window_fixture_activate (f, "document.color-by", colours[i]);
      look ();
    }
  window_fixture_activate (f, "document.set-parameter", "(true, 'cloud', 'classes', 'unicorn')");
  look ();
  window_fixture_activate (f, "document.undo", NULL);
}

/* Something runs as long as it is looked at. */
static void
use_jobs (WindowFixture *f)
{
  GtkWidget *button = window_fixture_find_inside (GTK_WIDGET (f->window), g_type_from_name ("NerveJobsButton"));
  GtkMenuButton *menu = GTK_MENU_BUTTON (window_fixture_find_inside (button, GTK_TYPE_MENU_BUTTON));

  window_fixture_activate (f, "document.set-parameter", "(true, 'bootstrap', 'draws', '10000')");
  window_fixture_activate (f, "document.set-parameter", "(true, 'diagram', 'bands', 'true')");
  while (!gtk_widget_get_visible (button))
    window_fixture_wait (20);
  gtk_menu_button_popup (menu);
  look ();
  gtk_menu_button_popdown (menu);
  window_fixture_activate (f, "document.undo", NULL);
  window_fixture_settle (f);
}

static void
use_dialogs (WindowFixture *f)
{
  g_autoptr (GSettings) settings = nerve_settings_new ();
  g_autofree char *folder = g_dir_make_tmp ("nerve-finalize-XXXXXX", NULL);
  g_autoptr (NerveDiskCache) disk = nerve_disk_cache_new (folder, 0);
  g_autoptr (GList) windows = NULL;

  window_fixture_activate (f, "win.export", NULL);
  window_fixture_activate (f, "win.rank", NULL);
  gtk_window_present (GTK_WINDOW (nerve_preferences_new (settings, disk, GTK_WINDOW (f->window))));
  look ();
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != f->window && g_str_has_prefix (G_OBJECT_TYPE_NAME (l->data), "Nerve"))
      gtk_window_destroy (l->data);
}

static guint
count_left (const char *type)
{
  guint n = 0;

  for (guint i = 0; i < seen->len; i++)
    n += ((Seen *) seen->pdata[i])->widget != NULL && g_str_equal (((Seen *) seen->pdata[i])->type, type);

  return n;
}

static gboolean
was_seen (const char *type)
{
  for (guint i = 0; i < seen->len; i++)
    if (g_str_equal (((Seen *) seen->pdata[i])->type, type))
      return TRUE;

  return FALSE;
}

static gboolean
any_left (void)
{
  for (guint i = 0; types[i] != NULL; i++)
    if (count_left (types[i]) > 0)
      return TRUE;

  return FALSE;
}

static void
no_widget_outlives_its_window (void)
{
  WindowFixture f = { 0 };
  gint64 start;
  guint n_missing = 0;
  guint n_left = 0;

  seen = g_ptr_array_new_with_free_func (seen_free);
  window_fixture_set_up (&f, NULL);
  use (&f);
  use_jobs (&f);
  use_dialogs (&f);
  window_fixture_tear_down (&f, NULL);
  start = g_get_monotonic_time ();
  while (any_left () && g_get_monotonic_time () - start < 10 * G_USEC_PER_SEC)
    window_fixture_wait (10);

  for (guint i = 0; types[i] != NULL; i++)
    {
      guint n = count_left (types[i]);

      if (!was_seen (types[i]))
        g_test_message ("%s was not seen", types[i]);
      if (n > 0)
        g_test_message ("%u of %s are left", n, types[i]);
      n_missing += !was_seen (types[i]);
      n_left += n;
    }
  for (guint i = 0; i < seen->len; i++)
    if (!g_strv_contains (types, ((Seen *) seen->pdata[i])->type))
      {
        g_test_message ("%s is not in the table", ((Seen *) seen->pdata[i])->type);
        n_missing++;
      }
  g_assert_cmpuint (n_left, ==, 0);
  g_assert_cmpuint (n_missing, ==, 0);
  g_ptr_array_unref (seen);
}

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  g_test_add_func ("/finalize/all", no_widget_outlives_its_window);

  return window_fixture_run ();
}
