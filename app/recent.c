#include "config.h"

#include "app/recent.h"

#include <glib/gi18n.h>

#include "app/paths.h"

#define GROUP "Nerve"
#define SHOWN 8

struct _NerveRecent
{
  GObject           parent_instance;
  GtkRecentManager *manager; /* not owned: the default one */
  GMenu            *menu;
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
update (NerveRecent *self)
{
  GList *infos = g_list_sort (gtk_recent_manager_get_items (self->manager), compare_infos);

  g_menu_remove_all (self->files);
  for (GList *l = infos; l != NULL && g_menu_model_get_n_items (G_MENU_MODEL (self->files)) < SHOWN; l = l->next)
    {
      GtkRecentInfo *info = l->data;
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *label = NULL;
      g_auto (GStrv) parts = NULL;

      if (!gtk_recent_info_has_group (info, GROUP) || !gtk_recent_info_exists (info))
        continue;

      /* A menu would take an underscore for a mnemonic. */
      parts = g_strsplit (gtk_recent_info_get_display_name (info), "_", -1);
      label = g_strjoinv ("__", parts);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.open-uri", "s", gtk_recent_info_get_uri (info));
      g_menu_append_item (self->files, item);
    }
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
}

static void
nerve_recent_finalize (GObject *object)
{
  NerveRecent *self = NERVE_RECENT (object);

  g_clear_object (&self->menu);
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
  self->files = g_menu_new ();
  g_menu_append_section (self->menu, _("Recent"), G_MENU_MODEL (self->files));
  if (nerve_paths_get_sample () != NULL)
    g_menu_append (more, _("Open the _Sample"), "win.open-sample");
  g_menu_append (more, _("_Close File"), "win.close-file");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (more));
  g_signal_connect_object (self->manager, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

NerveRecent *
nerve_recent_new (void)
{
  return g_object_new (NERVE_TYPE_RECENT, NULL);
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
    .mime_type = (char *) "application/x-hdf",
    .app_name = (char *) "Nerve",
    .app_exec = (char *) "nerve %u",
    .groups = groups,
  };

  g_return_if_fail (NERVE_IS_RECENT (self));
  gtk_recent_manager_add_full (self->manager, uri, &data);
}
