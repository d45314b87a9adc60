#include "app/disk-cache.h"

#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include <glib/gstdio.h>

#define ENTRY 1000

typedef struct
{
  char           *folder;
  NerveDiskCache *cache;
  guint8          bytes[ENTRY];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("nerve-cache-XXXXXX", NULL);

  f->folder = g_build_filename (parent, "results", NULL);
  f->cache = nerve_disk_cache_new (f->folder, 10 * ENTRY);
  for (guint i = 0; i < ENTRY; i++)
    f->bytes[i] = i * 7;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (f->folder);

  nerve_disk_cache_clear (f->cache);
  nerve_disk_cache_unref (f->cache);
  g_rmdir (f->folder);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  g_free (f->folder);
}

static gboolean
has (Fixture *f, const char *key)
{
  g_autoptr (GBytes) found = nerve_disk_cache_look_up (f->cache, key);

  if (found == NULL)
    return FALSE;
  g_assert_cmpmem (g_bytes_get_data (found, NULL), g_bytes_get_size (found), f->bytes, ENTRY);

  return TRUE;
}

/* The only file there is. */
static char *
find_file (Fixture *f)
{
  g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
  char *path = g_build_filename (f->folder, g_dir_read_name (folder), NULL);

  g_assert_null (g_dir_read_name (folder));

  return path;
}

static void
what_was_kept_is_found_by_another_program_with_the_same_key (Fixture *f, gconstpointer data)
{
  g_autoptr (NerveDiskCache) other = nerve_disk_cache_new (f->folder, 10 * ENTRY);
  g_autoptr (GBytes) found = NULL;

  g_assert_false (has (f, "a"));
  nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
  g_assert_true (has (f, "a"));
  g_assert_false (has (f, "b"));
  found = nerve_disk_cache_look_up (other, "a");
  g_assert_nonnull (found);
}

static void
the_entry_used_longest_ago_goes_first (Fixture *f, gconstpointer data)
{
  const char *keys[] = { "a", "b", "c" };
  struct utimbuf long_ago = { 1000, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *path = NULL;

      nerve_disk_cache_keep (f->cache, keys[i], f->bytes, ENTRY);
      if (i == 0)
        {
          path = find_file (f);
          g_assert_cmpint (utime (path, &long_ago), ==, 0);
        }
    }
  nerve_disk_cache_set_limit (f->cache, 3 * ENTRY + 600);
  g_assert_true (has (f, "a"));
  g_usleep (20000); /* a tick of the file system's clock */
  g_assert_true (has (f, "b"));
  g_assert_true (has (f, "c"));
  g_usleep (20000);
  nerve_disk_cache_keep (f->cache, "d", f->bytes, ENTRY);
  g_assert_false (has (f, "a"));
  g_assert_true (has (f, "c"));
  g_assert_true (has (f, "d"));
  g_assert_cmpuint (nerve_disk_cache_get_bytes (f->cache), <=, 3 * ENTRY + 600);
}

static void
a_damaged_entry_is_gone_and_can_be_kept_again (Fixture *f, gconstpointer data)
{
  gsize whole;

  nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
  whole = nerve_disk_cache_get_bytes (f->cache);
  /* Bytes turned over, then cut short. */
  for (gsize i = 0; i <= 2 * whole; i += i < 40 ? 1 : 53)
    {
      g_autofree char *path = NULL;
      g_autofree char *bytes = NULL;
      gsize size;

      nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
      path = find_file (f);
      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      if (i < whole)
        bytes[i] ^= 0x10;
      else
        size = i - whole;
      if (i == 2 * whole)
        size = whole - 1;
      g_assert_true (g_file_set_contents (path, bytes, size, NULL));
      g_assert_false (has (f, "a"));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
  g_assert_true (has (f, "a"));
}

static void
what_does_not_fit_is_not_kept (Fixture *f, gconstpointer data)
{
  nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
  nerve_disk_cache_set_limit (f->cache, ENTRY);
  nerve_disk_cache_keep (f->cache, "b", f->bytes, ENTRY);
  g_assert_false (has (f, "b"));
  g_assert_true (has (f, "a"));
  nerve_disk_cache_set_limit (f->cache, 0);
  g_assert_false (has (f, "a"));
}

static void
without_a_folder_nothing_is_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (f->folder);

  /* A file in its place, for root may write anywhere. */
  g_assert_true (g_file_set_contents (f->folder, "", 0, NULL));
  nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
  g_assert_false (has (f, "a"));
  g_assert_cmpuint (nerve_disk_cache_get_bytes (f->cache), ==, 0);
  g_assert_cmpint (g_unlink (f->folder), ==, 0);
}

static void
one_that_was_stopped_leaves_nothing (Fixture *f, gconstpointer data)
{
  nerve_disk_cache_stop (f->cache);
  nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
  g_assert_cmpuint (nerve_disk_cache_get_bytes (f->cache), ==, 0);
}

static void
what_a_killed_program_left_goes_after_an_hour (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *fresh = NULL;
  g_autofree char *left = NULL;
  struct utimbuf long_ago = { 1000, 1000 };

  nerve_disk_cache_keep (f->cache, "a", f->bytes, ENTRY);
  path = find_file (f);
  fresh = g_strconcat (path, ".ABCDEF", NULL);
  left = g_strconcat (path, ".GHIJKL", NULL);
  g_assert_true (g_file_set_contents (fresh, "half", -1, NULL));
  g_assert_true (g_file_set_contents (left, "half", -1, NULL));
  g_assert_cmpint (utime (left, &long_ago), ==, 0);
  nerve_disk_cache_keep (f->cache, "b", f->bytes, ENTRY);
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

/* Two caches in one folder stand for two programs. */
static gpointer
keep_and_look_up (gpointer data)
{
  Fixture *f = data;
  g_autoptr (NerveDiskCache) own = nerve_disk_cache_new (f->folder, 5 * ENTRY);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i % 9);
      g_autoptr (GBytes) found = nerve_disk_cache_look_up (own, key);

      if (found != NULL)
        g_assert_cmpmem (g_bytes_get_data (found, NULL), g_bytes_get_size (found), f->bytes, ENTRY);
      else
        nerve_disk_cache_keep (own, key, f->bytes, ENTRY);
    }

  return NULL;
}

static void
two_programs_may_use_it_at_once (Fixture *f, gconstpointer data)
{
  GThread *one = g_thread_new ("one", keep_and_look_up, f);
  GThread *other = g_thread_new ("other", keep_and_look_up, f);

  g_thread_join (one);
  g_thread_join (other);
  g_assert_cmpuint (nerve_disk_cache_get_bytes (f->cache), >, 0);
  g_assert_cmpuint (nerve_disk_cache_get_bytes (f->cache), <=, 5 * ENTRY);
}

#define ADD(test) g_test_add ("/disk-cache/" #test, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD (what_was_kept_is_found_by_another_program_with_the_same_key);
  ADD (the_entry_used_longest_ago_goes_first);
  ADD (a_damaged_entry_is_gone_and_can_be_kept_again);
  ADD (what_does_not_fit_is_not_kept);
  ADD (without_a_folder_nothing_is_kept);
  ADD (one_that_was_stopped_leaves_nothing);
  ADD (what_a_killed_program_left_goes_after_an_hour);
  ADD (two_programs_may_use_it_at_once);

  return g_test_run ();
}
