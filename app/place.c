#include "config.h"

#include "app/place.h"

#include <glib/gstdio.h>

#include "base/error.h"

/* The name may say the format, so that it is kept. */
static char *
make_temporary (GFile *place, char **folder, GError **error)
{
  g_autofree char *name = g_file_get_basename (place);

  *folder = g_dir_make_tmp ("nerve-XXXXXX", error);

  return *folder != NULL ? g_build_filename (*folder, name != NULL ? name : "file", NULL) : NULL;
}

static gboolean
send_file (const char *path, GFile *place, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;

  if (g_file_copy (source, place, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &cause))
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_WRITE, cause->message);

  return FALSE;
}

gboolean
nerve_place_write (GFile *place, NervePlaceFunc write, gpointer user_data, GError **error)
{
  g_autofree char *path = g_file_get_path (place);
  g_autofree char *folder = NULL;
  g_autofree char *temporary = NULL;
  gboolean done;

  g_return_val_if_fail (G_IS_FILE (place), FALSE);

  if (path != NULL)
    return write (path, user_data, error);

  temporary = make_temporary (place, &folder, error);
  if (temporary == NULL)
    return FALSE;
  done = write (temporary, user_data, error) && send_file (temporary, place, error);
  g_unlink (temporary);
  g_rmdir (folder);

  return done;
}

char *
nerve_place_name (GFile *place)
{
  g_autofree char *name = g_file_get_basename (place);

  return name != NULL ? g_filename_display_name (name) : g_file_get_uri (place);
}
