#include "data/h5.h"

#include <string.h>

#include "data/names.h"

/* Groups within groups; more is a loop. */
#define DEEPEST 64

static GRecMutex whole_library;

static gboolean
is_thread_safe (void)
{
  static gsize answer; /* 1: no, 2: yes */

  if (g_once_init_enter (&answer))
    {
      hbool_t safe = FALSE;

      H5is_library_threadsafe (&safe);
      g_once_init_leave (&answer, safe ? 2 : 1);
    }
  return answer == 2;
}

NerveH5Scope
nerve_h5_enter (void)
{
  NerveH5Scope locked = !is_thread_safe ();

  if (locked)
    g_rec_mutex_lock (&whole_library);
  H5Eset_auto2 (H5E_DEFAULT, NULL, NULL);
  return locked;
}

void
nerve_h5_leave (NerveH5Scope locked)
{
  if (locked)
    g_rec_mutex_unlock (&whole_library);
}

void
nerve_hid_close (NerveHid id)
{
  NERVE_H5_ENTER;

  if (id >= 0)
    H5Idec_ref (id);
}

static herr_t
keep_first (unsigned n, const H5E_error2_t *entry, void *user_data)
{
  char **cause = user_data;

  if (n == 0 && entry->desc != NULL)
    *cause = nerve_names_clean (entry->desc, -1);
  return 0;
}

/* Upwards, the first entry is the innermost: the one that says what happened. */
static char *
get_cause (void)
{
  char *cause = NULL;

  H5Ewalk2 (H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &cause);
  return cause != NULL ? cause : g_strdup ("HDF5 gives no cause");
}

gboolean
nerve_h5_set_error (GError **error, NerveError code, const char *format, ...)
{
  g_autofree char *cause = get_cause ();
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, NERVE_ERROR, code, "%s: %s", message, cause);
  return FALSE;
}

/* "truncated file: eof = 100000, sblock->base_addr = 0, stored_eof = 2813600" */
static void
set_truncated (const char *cause, GError **error)
{
  const char *there = strstr (cause, "eof = ");
  const char *wanted = strstr (cause, "stored_eof = ");

  if (there != NULL && wanted != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
                 "truncated: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " bytes are there",
                 g_ascii_strtoull (there + strlen ("eof = "), NULL, 10),
                 g_ascii_strtoull (wanted + strlen ("stored_eof = "), NULL, 10));
  else
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, cause);
}

static void
set_open_error (GError **error)
{
  g_autofree char *cause = get_cause ();

  if (strstr (cause, "unable to lock file") != NULL || strstr (cause, "already open for write") != NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_OPEN, "another program is writing to it (%s)", cause);
  else if (g_str_has_prefix (cause, "truncated file"))
    set_truncated (cause, error);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "a damaged or truncated HDF5 file: %s", cause);
}

hid_t
nerve_h5_open_file (NerveFile *file, GError **error)
{
  NERVE_H5_ENTER;
  g_auto (NerveHid) access = H5Pcreate (H5P_FILE_ACCESS);
  hid_t id;

  /* Locks keep a writer from pulling the file away under us, but some network shares have none. */
  H5Pset_file_locking (access, TRUE, TRUE);
  id = H5Fopen (file->path, H5F_ACC_RDONLY, access);
  if (id < 0)
    set_open_error (error);
  return id;
}

gboolean
nerve_h5_has (hid_t group, const char *path)
{
  NERVE_H5_ENTER;

  return H5Lexists (group, path, H5P_DEFAULT) > 0;
}

static gboolean
tracks_creation_order (hid_t group)
{
  g_auto (NerveHid) properties = H5Gget_create_plist (group);
  unsigned order = 0;

  return properties >= 0 && H5Pget_link_creation_order (properties, &order) >= 0
         && (order & H5P_CRT_ORDER_TRACKED) != 0;
}

typedef struct { GPtrArray *names, *links; } Children;

static herr_t
keep_name (hid_t group, const char *name, const H5L_info_t *info, void *user_data)
{
  Children *children = user_data;

  /* Soft and external links lead to what is listed elsewhere, or out of the file. */
  g_ptr_array_add (info->type == H5L_TYPE_HARD ? children->names : children->links, g_strdup (name));
  return 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return nerve_names_compare (*(char *const *) a, *(char *const *) b);
}

static char *
join_path (const char *path, const char *name)
{
  return *path != '\0' ? g_strconcat (path, "/", name, NULL) : g_strdup (name);
}

static GPtrArray *
list_children (hid_t group, const char *path, GPtrArray *links, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) own_links = g_ptr_array_new_with_free_func (g_free);
  Children children = { names, own_links };
  gboolean tracked = tracks_creation_order (group);
  hsize_t place = 0;

  if (H5Literate (group, tracked ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_INC, &place, keep_name, &children) < 0)
    {
      nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "%s: can't be listed", *path != '\0' ? path : "/");
      return NULL;
    }
  if (!tracked)
    g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < own_links->len; i++)
    g_ptr_array_add (links, join_path (path, own_links->pdata[i]));
  return g_steal_pointer (&names);
}

static gboolean
list_below (hid_t group, const char *path, guint depth, GHashTable *seen, GPtrArray *out, GPtrArray *links,
            GError **error)
{
  g_autoptr (GPtrArray) names = list_children (group, path, links, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *full = join_path (path, name);
      g_auto (NerveHid) object = H5Oopen (group, name, H5P_DEFAULT);
      H5O_info_t info;

      if (object < 0 || H5Oget_info (object, &info) < 0)
        return nerve_h5_set_error (error, NERVE_ERROR_FORMAT, "%s: can't be opened", full);
      /* An object may have several names. */
      if (!g_hash_table_add (seen, g_memdup2 (&(gint64) { info.addr }, sizeof (gint64))))
        continue;
      if (info.type == H5O_TYPE_DATASET)
        g_ptr_array_add (out, g_steal_pointer (&full));
      else if (info.type == H5O_TYPE_GROUP && depth < DEEPEST
               && !list_below (object, full, depth + 1, seen, out, links, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
nerve_h5_list_datasets (hid_t group, GPtrArray **links, GError **error)
{
  NERVE_H5_ENTER;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);

  if (!list_below (group, "", 0, seen, out, left_out, error))
    return NULL;
  *links = g_steal_pointer (&left_out);
  return g_steal_pointer (&out);
}
