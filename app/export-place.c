#include "config.h"

#include "app/export-place.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/export-format.h"

#define FOLDER "nerve-export-folder"
#define ASKING "nerve-export-asking"

typedef struct
{
  NerveExportPlaceFunc done;
  char                *suffix; /* with the point */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_free (self->suffix);
  g_free (self);
}

/* Where the window's last export went is asked of the window. */
static void
keep_folder (GtkWindow *dialog, GFile *place)
{
  GtkWindow *window = gtk_window_get_transient_for (dialog);
  GFile *folder = g_file_get_parent (place);

  if (window != NULL && folder != NULL)
    g_object_set_data_full (G_OBJECT (window), FOLDER, g_steal_pointer (&folder), g_object_unref);
  g_clear_object (&folder);
}

static GFile *
find_folder (GtkWindow *dialog, const char *near)
{
  GtkWindow *window = gtk_window_get_transient_for (dialog);
  GFile *kept = window != NULL ? g_object_get_data (G_OBJECT (window), FOLDER) : NULL;
  g_autoptr (GFile) file = NULL;

  if (kept != NULL || near == NULL)
    return kept != NULL ? g_object_ref (kept) : NULL;

  file = g_file_new_for_path (near);

  return g_file_get_parent (file);
}

/* A name typed without a suffix gets the one that was proposed. */
static GFile *
with_suffix (GFile *place, const char *suffix)
{
  g_autofree char *name = g_file_get_basename (place);
  g_autofree char *whole = NULL;
  g_autoptr (GFile) folder = NULL;

  if (nerve_export_format_find (name) >= 0)
    return g_object_ref (place);

  whole = g_strconcat (name, suffix, NULL);
  folder = g_file_get_parent (place);

  return folder != NULL ? g_file_get_child (folder, whole) : g_object_ref (place);
}

static void ask (GtkWindow *dialog, GFile *folder, const char *name, NerveExportPlaceFunc done);

static void
take_place (GtkWindow *dialog, GFile *chosen, const Asking *asking)
{
  g_autoptr (GFile) place = with_suffix (chosen, asking->suffix);
  g_autofree char *path = g_file_get_path (place);

  keep_folder (dialog, place);
  /* The chooser asked about the name as it was typed: let it ask about this one. */
  if (!g_file_equal (place, chosen) && path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GFile) folder = g_file_get_parent (place);
      g_autofree char *name = g_file_get_basename (place);

      ask (dialog, folder, name, asking->done);
      return;
    }
  asking->done (dialog, place);
}

static void
on_response (GtkNativeDialog *chooser, int response, GtkWindow *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      take_place (dialog, place, g_object_get_data (G_OBJECT (chooser), ASKING));
    }
  g_object_unref (chooser);
}

static void
ask (GtkWindow *dialog, GFile *folder, const char *name, NerveExportPlaceFunc done)
{
  const char *dot = strrchr (name, '.');
  Asking *asking = g_new0 (Asking, 1);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export Figure"), dialog, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));

  asking->done = done;
  asking->suffix = g_strdup (dot != NULL ? dot : "");
  g_object_set_data_full (G_OBJECT (chooser), ASKING, asking, asking_free);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_response), dialog, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
nerve_export_place_ask (GtkWindow *dialog, const char *near, const char *name, NerveExportPlaceFunc done)
{
  g_autoptr (GFile) folder = find_folder (dialog, near);

  ask (dialog, folder, name, done);
}
