#include "config.h"

#include "app/recent.h"

#include <glib/gi18n.h>

#include "app/menu-label.h"
#include "app/paths.h"

#define GROUP "Nerve"
#define SHOWN 8

struct _NerveRecent
{
  GObject           parent_instance;
  GtkRecentManager *manager; /* not owned: the default one */
  NerveSession     *session;
  GMenu            *menu;
  GMenu            *open;
  GMenu            *files;
};

G_DEFINE_FINAL_TYPE (NerveRecent, nerve_recent, G_TYPE_OBJECT)

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  GDateTime *one = gtk_recent_info_get_modified ((GtkRecentInfo *) a);
  GDateTime *other = gtk_recent_info_get_modified ((GtkRecentInfo *) b);

  return -g_date_time_compare (one, other);
}

static void
append (GMenu *menu, const char *text, const char *action, GVariant *target)
{
  g_autofree char *label = nerve_menu_label (text);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/* The last @n parts of @path, the file's name before its folders. */
static char *
name_with_folders (const char *path, guint n)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  const char *start = folder + strlen (folder);

  if (n == 0)
    return g_steal_pointer (&name);
  for (guint i = 0; i < n && start != NULL; i++)
    start = g_strrstr_len (folder, start - folder, G_DIR_SEPARATOR_S);

  return g_strdup_printf (_("%s in %s"), name, start != NULL ? start + 1 : folder);
}

/* As few folders as tell it from the others of its name; one file's selections differ by more than their path. */
static char *
describe (NerveDataset *dataset, GListModel *open)
{
  const char *path = nerve_dataset_get_path (dataset);
  const char *part = nerve_dataset_get_subset_name (dataset);
  g_autofree char *name = name_with_folders (path, 0);

  for (guint folders = 0, i = 0; i < g_list_model_get_n_items (open); i++)
    {
      g_autoptr (NerveDocument) document = g_list_model_get_item (open, i);
      const char *other = nerve_dataset_get_path (nerve_document_get_dataset (document));
      g_autofree char *alike = name_with_folders (other, folders);

      while (!g_str_equal (path, other) && g_str_equal (name, alike))
        {
          g_free (name);
          g_free (alike);
          name = name_with_folders (path, ++folders);
          alike = name_with_folders (other, folders);
          i = 0;
        }
    }

  return part != NULL ? g_strdup_printf ("%s · %s", name, part) : g_steal_pointer (&name);
}

static void
update_open (NerveRecent *self)
{
  GListModel *open = G_LIST_MODEL (self->session);

  g_menu_remove_all (self->open);
  for (guint i = 0; i < g_list_model_get_n_items (open); i++)
    {
      g_autoptr (NerveDocument) document = g_list_model_get_item (open, i);
      g_autofree char *name = describe (nerve_document_get_dataset (document), open);

      append (self->open, name, "win.show-file", g_variant_new_uint32 (i));
    }
}

static void
update (NerveRecent *self)
{
  GList *infos = g_list_sort (gtk_recent_manager_get_items (self->manager), compare_infos);

  g_menu_remove_all (self->files);
  for (GList *l = infos; l != NULL && g_menu_model_get_n_items (G_MENU_MODEL (self->files)) < SHOWN; l = l->next)
    {
      GtkRecentInfo *info = l->data;

      if (!gtk_recent_info_has_group (info, GROUP) || !gtk_recent_info_exists (info))
        continue;

      append (self->files, gtk_recent_info_get_display_name (info), "win.open-uri",
              g_variant_new_string (gtk_recent_info_get_uri (info)));
    }
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
}

static void
nerve_recent_finalize (GObject *object)
{
  NerveRecent *self = NERVE_RECENT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->menu);
  g_clear_object (&self->open);
  g_clear_object (&self->files);

  G_OBJECT_CLASS (nerve_recent_parent_class)->finalize (object);
}

static void
nerve_recent_class_init (NerveRecentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nerve_recent_finalize;
}

static void
nerve_recent_init (NerveRecent *self)
{
  g_autoptr (GMenu) more = g_menu_new ();

  self->manager = gtk_recent_manager_get_default ();
  self->menu = g_menu_new ();
  self->open = g_menu_new ();
  self->files = g_menu_new ();
  g_menu_append_section (self->menu, _("Open Files"), G_MENU_MODEL (self->open));
  g_menu_append_section (self->menu, _("Recent"), G_MENU_MODEL (self->files));
  if (nerve_paths_get_sample () != NULL)
    g_menu_append (more, _("Open the _Sample"), "win.open-sample");
  g_menu_append (more, _("Open the _Last Session"), "app.open-last-session");
  g_menu_append (more, _("_Close File"), "win.close-file");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (more));
  g_signal_connect_object (self->manager, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

NerveRecent *
nerve_recent_new (NerveSession *session)
{
  NerveRecent *self = g_object_new (NERVE_TYPE_RECENT, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "items-changed", G_CALLBACK (update_open), self, G_CONNECT_SWAPPED);
  update_open (self);

  return self;
}

GMenuModel *
nerve_recent_get_menu (NerveRecent *self)
{
  g_return_val_if_fail (NERVE_IS_RECENT (self), NULL);
  return G_MENU_MODEL (self->menu);
}

void
nerve_recent_add (NerveRecent *self, GFile *file)
{
  char *groups[] = { (char *) GROUP, NULL };
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData data = {
    .display_name = name,
    .mime_type = (char *) (nerve_session_file_is (file) ? NERVE_SESSION_FILE_TYPE : "application/x-hdf"),
    .app_name = (char *) "Nerve",
    .app_exec = (char *) "nerve %u",
    .groups = groups,
  };

  g_return_if_fail (NERVE_IS_RECENT (self));
  gtk_recent_manager_add_full (self->manager, uri, &data);
}
