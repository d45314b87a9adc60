#include "config.h"

#include "app/application.h"

#include <stdlib.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "app/autosave.h"
#include "app/paths.h"
#include "app/preferences.h"
#include "app/resources.h"
#include "app/settings.h"
#include "app/window.h"
#include "base/parallel.h"
#include "views/view-style.h"

/* Microseconds for workers to stop in. They look ten times a second, but HDF5 keeps one for a block, however large. */
#define PATIENCE (150 * G_TIME_SPAN_MILLISECOND)

struct _NerveApplication
{
  AdwApplication parent_instance;
  NerveSession  *session;
  NerveAutosave *autosave;
  GSettings     *settings;
  gboolean       empty;   /* start without the sample */
  gboolean       hurried; /* leave without those who do not stop */
};

G_DEFINE_FINAL_TYPE (NerveApplication, nerve_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "empty", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start with an empty window, not with the sample"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { NULL },
};

static NerveWindow *
get_window (NerveApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (NERVE_IS_WINDOW (l->data))
      window = l->data;

  if (window == NULL || !NERVE_IS_WINDOW (window))
    window = GTK_WINDOW (nerve_window_new (ADW_APPLICATION (self), self->session));

  return NERVE_WINDOW (window);
}

static void
update_last_session (NerveApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "open-last-session");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), nerve_autosave_get_last (self->autosave) != NULL);
}

static void
on_restored (gpointer data)
{
  NerveApplication *self = data;

  if (self->autosave != NULL)
    {
      nerve_autosave_restored (self->autosave);
      update_last_session (self);
    }
  g_object_unref (self);
}

/* What a crash left, with what was asked for after it. FALSE: there is nothing. */
static gboolean
restore_crashed (NerveApplication *self, NerveWindow *window)
{
  g_autofree char *path = nerve_autosave_take_crashed (self->autosave);
  g_autoptr (GFile) file = NULL;

  if (path == NULL)
    return FALSE;

  file = g_file_new_for_path (path);
  nerve_window_restore (window, file, on_restored, g_object_ref (self));

  return TRUE;
}

static void
nerve_application_activate (GApplication *application)
{
  NerveApplication *self = NERVE_APPLICATION (application);
  gboolean first = gtk_application_get_windows (GTK_APPLICATION (self)) == NULL;
  NerveWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  if (first && restore_crashed (self, window))
    return;
  if (first && !self->empty && nerve_autosave_get_last (self->autosave) != NULL &&
      nerve_settings_get_boolean (self->settings, "restore-session", FALSE))
    g_action_group_activate_action (G_ACTION_GROUP (self), "open-last-session", NULL);
  else if (first && !self->empty && nerve_paths_get_sample () != NULL)
    {
      g_autoptr (GFile) sample = g_file_new_for_path (nerve_paths_get_sample ());

      nerve_window_open (window, sample);
    }
}

static void
nerve_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  NerveApplication *self = NERVE_APPLICATION (application);
  NerveWindow *window = get_window (self);
  g_autofree char *crashed = nerve_autosave_take_crashed (self->autosave);

  gtk_window_present (GTK_WINDOW (window));
  nerve_window_open_files (window, files, n_files);
  if (crashed == NULL)
    return;

  /* Who asks for something else gets that; what a crash left waits in the menu. */
  nerve_autosave_restored (self->autosave);
  update_last_session (self);
  nerve_window_say_last_session (window);
}

static int
nerve_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  if (g_variant_dict_contains (given, "version"))
    {
      g_print ("nerve " NERVE_VERSION "\n");
      return 0;
    }
  NERVE_APPLICATION (application)->empty = g_variant_dict_contains (given, "empty");

  return -1;
}

/* Actions */

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  adw_show_about_window (window,
                         "application-name", _("Nerve"),
                         "application-icon", NERVE_APPLICATION_ID,
                         "developer-name", _("The Nerve developers"),
                         "version", NERVE_VERSION,
                         "license-type", GTK_LICENSE_APACHE_2_0,
                         "comments", _("The topology of what a neural network does inside: mapper graphs, persistence "
                                       "diagrams and Betti numbers of its activations, layer by layer."),
                         NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  /* Windows are closed as by hand: they remember their place. */
  for (GList *l = gtk_application_get_windows (user_data); l != NULL; l = gtk_application_get_windows (user_data))
    {
      GtkWindow *window = l->data;

      gtk_window_close (window);
      if (gtk_application_get_windows (user_data) != NULL && gtk_application_get_windows (user_data)->data == window)
        break;
    }
  g_application_quit (user_data);
}

static void
on_open_last_session (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  NerveApplication *self = user_data;
  const char *path = nerve_autosave_get_last (self->autosave);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file != NULL)
    nerve_window_open (get_window (self), file);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  NerveApplication *self = user_data;
  NerveDiskCache *disk = nerve_jobs_get_disk_cache (nerve_session_get_jobs (self->session));

  gtk_window_present (GTK_WINDOW (nerve_preferences_new (self->settings, disk, GTK_WINDOW (get_window (self)))));
}

static void
take_cache_limit (NerveApplication *self)
{
  gsize mib = nerve_settings_get_int (self->settings, "cache-mib", 1024);

  nerve_jobs_set_cache_limit (nerve_session_get_jobs (self->session), mib << 20);
}

static void
take_disk_limit (NerveApplication *self)
{
  gsize mib = nerve_settings_get_int (self->settings, "disk-cache-mib", 1024);

  nerve_disk_cache_set_limit (nerve_jobs_get_disk_cache (nerve_session_get_jobs (self->session)), mib << 20);
}

static char *
get_text (NerveApplication *self, const char *key)
{
  g_autoptr (GVariant) value = nerve_settings_get_value (self->settings, key);

  return g_strdup (value != NULL ? g_variant_get_string (value, NULL) : "");
}

/* How figures look, and what is opened from now on begins with. */
static void
take_looks (NerveApplication *self)
{
  g_autofree char *palette = get_text (self, "palette");
  g_autofree char *font = get_text (self, "figure-font");
  g_autofree char *sampling = get_text (self, "default-sampling");
  NerveCloudParameters cloud = { .sampling = NERVE_SAMPLING_POOL_MEAN };

  nerve_session_set_grey (self->session, g_str_equal (palette, "grey"));
  nerve_view_style_set_font (*font != '\0' ? font : NULL);
  if (*sampling != '\0')
    nerve_parameter_set (nerve_parameters_find (&nerve_cloud_table, "sampling"), &cloud, sampling, NULL);
  nerve_session_set_sampling (self->session, cloud.sampling);
}

static void
set_up_caches (NerveApplication *self)
{
  g_autoptr (NerveDiskCache) disk = nerve_disk_cache_new (NULL, 0);

  nerve_jobs_set_disk_cache (nerve_session_get_jobs (self->session), disk);
  take_cache_limit (self);
  take_disk_limit (self);
  if (self->settings == NULL)
    return;

  g_signal_connect_object (self->settings, "changed::cache-mib", G_CALLBACK (take_cache_limit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::disk-cache-mib", G_CALLBACK (take_disk_limit), self,
                           G_CONNECT_SWAPPED);
}

static const GActionEntry entries[] = {
  { "about", on_about },
  { "open-last-session", on_open_last_session },
  { "preferences", on_preferences },
  { "quit", on_quit },
};

static const struct { const char *action; const char *keys[3]; } accels[] = {
  { "win.view::board", { "<Control>1" } },
  { "win.view::classes", { "<Control>2" } },
  { "win.open", { "<Ctrl>o" } },
  { "win.find-class", { "<Ctrl>f" } },
  { "win.open-selection", { "<Ctrl>m" } },
  { "win.close", { "<Ctrl>w" } },
  { "win.add-board", { "<Ctrl>t" } },
  { "win.step-board(-1)", { "<Ctrl>Page_Up" } },
  { "win.step-board(1)", { "<Ctrl>Page_Down" } },
  { "win.rename-board", { "F2" } },
  { "win.export", { "<Ctrl>e" } },
  { "win.save-session", { "<Ctrl>s" } },
  { "win.view::betti", { "<Control>3" } },
  { "win.view::compare", { "<Control>4" } },
  { "win.view::sweep", { "<Control>5" } },
  { "win.rank", { "<Control>r" } },
  { "win.sidebar", { "<Alt>F9" } },
  { "win.parameters", { "F9" } },
  { "win.present", { "F11" } },
  { "win.explain", { "F1" } },
  { "win.show-help-overlay", { "<Ctrl>question" } },
  { "document.undo", { "<Ctrl>z" } },
  { "document.redo", { "<Ctrl><Shift>z", "<Ctrl>y" } },
  { "app.preferences", { "<Ctrl>comma" } },
  { "app.quit", { "<Ctrl>q" } },
};

static const char * const looks[] = { "changed::palette", "changed::figure-font", "changed::default-sampling" };

static void
nerve_application_startup (GApplication *application)
{
  NerveApplication *self = NERVE_APPLICATION (application);

  nerve_resources_register ();
  G_APPLICATION_CLASS (nerve_application_parent_class)->startup (application);
  nerve_view_style_adopt_font ();

  self->settings = nerve_settings_new ();
  nerve_parallel_set_threads (nerve_settings_get_int (self->settings, "threads", 0));
  self->session = nerve_session_new ();
  set_up_caches (self);
  take_looks (self);
  for (guint i = 0; self->settings != NULL && i < G_N_ELEMENTS (looks); i++)
    g_signal_connect_object (self->settings, looks[i], G_CALLBACK (take_looks), self, G_CONNECT_SWAPPED);
  self->autosave = nerve_autosave_new (self->session, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  update_last_session (self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].keys);
  gtk_window_set_default_icon_name (NERVE_APPLICATION_ID);
}

static gpointer G_GNUC_NORETURN
leave (gpointer data)
{
  g_usleep (PATIENCE);
  _exit (EXIT_SUCCESS);
}

static void
nerve_application_shutdown (GApplication *application)
{
  NerveApplication *self = NERVE_APPLICATION (application);

  G_APPLICATION_CLASS (nerve_application_parent_class)->shutdown (application);
  nerve_autosave_finish (self->autosave);
  g_clear_object (&self->autosave);
  g_clear_object (&self->settings);
  /* All that is kept is kept by now; results are not. */
  if (self->hurried)
    {
      g_settings_sync ();
      g_thread_unref (g_thread_new ("leave", leave, NULL));
    }
  g_clear_object (&self->session);
}

static void
nerve_application_class_init (NerveApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = nerve_application_activate;
  application_class->open = nerve_application_open;
  application_class->handle_local_options = nerve_application_handle_local_options;
  application_class->startup = nerve_application_startup;
  application_class->shutdown = nerve_application_shutdown;
}

static void
nerve_application_init (NerveApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE]"));
}

NerveApplication *
nerve_application_new (void)
{
  GApplicationFlags flags = G_APPLICATION_HANDLES_OPEN;

  if (g_getenv ("NERVE_NON_UNIQUE") != NULL)
    flags |= G_APPLICATION_NON_UNIQUE;

  return g_object_new (NERVE_TYPE_APPLICATION,
                       "application-id", NERVE_APPLICATION_ID,
                       "flags", flags,
                       "resource-base-path", "/io/github/nerve/Nerve",
                       NULL);
}

void
nerve_application_set_hurried (NerveApplication *self, gboolean hurried)
{
  g_return_if_fail (NERVE_IS_APPLICATION (self));
  self->hurried = hurried;
}
