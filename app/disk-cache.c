#define _GNU_SOURCE

#include "config.h"

#include "app/disk-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <zlib.h>

#define FORMAT "1"
#define MAGIC "nerve " FORMAT /* eight bytes with its end */
#define NAME_LENGTH 64 /* a SHA-256 in digits */
#define ABANDONED (60 * 60) /* seconds after which nobody writes at a file any more */
#define PIECE ((gsize) 1 << 20) /* written at once */

struct _NerveDiskCache
{
  gatomicrefcount ref_count;
  char           *folder;
  char           *program; /* which one computed: another may find otherwise */
  GMutex          lock;
  gsize           limit;
  int             stopped;
};

typedef struct
{
  char    magic[8];
  guint64 key_length;
  guint64 size;
  guint64 checksum; /* of the key and what follows it */
} Header;

typedef struct
{
  char  *path;
  gsize  bytes;
  gint64 used; /* nanoseconds */
} Entry;

/* Another build of the same version is another program. */
static char *
identify_program (void)
{
  struct stat status = { 0 };

  if (stat ("/proc/self/exe", &status) != 0)
    status.st_size = 0;

  return g_strdup_printf ("%s|%s|%d|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, FORMAT, NERVE_VERSION, G_BYTE_ORDER,
                          (gint64) status.st_size, (gint64) status.st_mtime);
}

NerveDiskCache *
nerve_disk_cache_new (const char *folder, gsize limit)
{
  NerveDiskCache *self = g_new0 (NerveDiskCache, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->folder = folder != NULL ? g_strdup (folder)
                                : g_build_filename (g_get_user_cache_dir (), "nerve", "results", NULL);
  self->program = identify_program ();
  self->limit = limit;

  return self;
}

NerveDiskCache *
nerve_disk_cache_ref (NerveDiskCache *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
nerve_disk_cache_unref (NerveDiskCache *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self->program);
  g_free (self);
}

void
nerve_disk_cache_set_limit (NerveDiskCache *self, gsize limit)
{
  g_mutex_lock (&self->lock);
  self->limit = limit;
  g_mutex_unlock (&self->lock);
}

gsize
nerve_disk_cache_get_limit (NerveDiskCache *self)
{
  gsize limit;

  g_mutex_lock (&self->lock);
  limit = self->limit;
  g_mutex_unlock (&self->lock);

  return limit;
}

void
nerve_disk_cache_stop (NerveDiskCache *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
}

static char *
make_full_key (const NerveDiskCache *self, const char *key)
{
  return g_strconcat (self->program, "|", key, NULL);
}

static char *
make_path (const NerveDiskCache *self, const char *full_key)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, full_key, -1);

  return g_build_filename (self->folder, name, NULL);
}

static guint64
sum_up (const char *key, gconstpointer data, gsize size)
{
  return crc32_z (crc32_z (0, (const Bytef *) key, strlen (key)), data, size);
}

/* Reading */

static gboolean
read_all (int fd, guint8 *to, gsize size)
{
  while (size > 0)
    {
      gssize n = read (fd, to, MIN (size, PIECE));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      to += n;
      size -= n;
    }

  return TRUE;
}

/* The file as it is; NULL if it can't be one of ours. */
static guint8 *
read_file (int fd, gsize *size)
{
  struct stat status;
  g_autofree guint8 *bytes = NULL;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || (gsize) status.st_size < sizeof (Header))
    return NULL;
  *size = status.st_size;
  bytes = g_try_malloc (*size);
  if (bytes == NULL || !read_all (fd, bytes, *size))
    return NULL;

  return g_steal_pointer (&bytes);
}

/* What stands in @bytes of a file, if it is whole and of that key. */
static GBytes *
take_entry (guint8 *bytes, gsize size, const char *full_key)
{
  gsize key_length = strlen (full_key);
  g_autoptr (GBytes) whole = g_bytes_new_take (bytes, size);
  const guint8 *data = bytes + sizeof (Header) + key_length;
  Header header;

  memcpy (&header, bytes, sizeof header);
  if (memcmp (header.magic, MAGIC, sizeof header.magic) != 0 || header.key_length != key_length
      || size - sizeof header < key_length || header.size != size - sizeof header - key_length
      || memcmp (bytes + sizeof header, full_key, key_length) != 0
      || header.checksum != sum_up (full_key, data, header.size))
    return NULL;

  return g_bytes_new_from_bytes (whole, sizeof header + key_length, header.size);
}

GBytes *
nerve_disk_cache_look_up (NerveDiskCache *self, const char *key)
{
  g_autofree char *full_key = make_full_key (self, key);
  g_autofree char *path = make_path (self, full_key);
  GBytes *found = NULL;
  guint8 *bytes;
  gsize size;
  int fd;

  if (nerve_disk_cache_get_limit (self) == 0)
    return NULL;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return NULL;

  bytes = read_file (fd, &size);
  if (bytes != NULL)
    found = take_entry (bytes, size, full_key);
  if (found != NULL)
    futimens (fd, NULL);
  else
    g_unlink (path);
  close (fd);

  return found;
}

/* Room */

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->path);
}

/* What lies in the folder; what a Nerve that was killed left of a file goes. */
static GArray *
list_entries (const NerveDiskCache *self)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (entries, entry_clear);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      Entry entry = { g_build_filename (self->folder, name, NULL), 0, 0 };
      struct stat status;

      if (lstat (entry.path, &status) != 0 || !S_ISREG (status.st_mode) || strlen (name) < NAME_LENGTH)
        g_free (entry.path);
      else if (strlen (name) > NAME_LENGTH && status.st_mtime < time (NULL) - ABANDONED)
        {
          g_unlink (entry.path);
          g_free (entry.path);
        }
      else
        {
          entry.bytes = status.st_size;
          entry.used = status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status.st_mtim.tv_nsec;
          g_array_append_val (entries, entry);
        }
    }

  return entries;
}

static int
compare_use (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const Entry *) a)->used;
  gint64 other = ((const Entry *) b)->used;

  return (one > other) - (one < other);
}

static gsize
count_bytes (const GArray *entries)
{
  gsize bytes = 0;

  for (guint i = 0; i < entries->len; i++)
    bytes += g_array_index (entries, Entry, i).bytes;

  return bytes;
}

/* Two Nerves that do this at once take the same ones. */
static void
shrink (NerveDiskCache *self, gsize limit)
{
  g_autoptr (GArray) entries = list_entries (self);
  gsize bytes = count_bytes (entries);

  if (bytes <= limit)
    return;
  g_array_sort (entries, compare_use);
  for (guint i = 0; i < entries->len && bytes > limit; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);

      g_unlink (entry->path);
      bytes -= entry->bytes;
    }
}

gsize
nerve_disk_cache_get_bytes (NerveDiskCache *self)
{
  g_autoptr (GArray) entries = list_entries (self);

  return count_bytes (entries);
}

void
nerve_disk_cache_clear (NerveDiskCache *self)
{
  shrink (self, 0);
}

/* Writing */

static gboolean
write_all (NerveDiskCache *self, int fd, gconstpointer data, gsize size)
{
  const guint8 *from = data;

  while (size > 0)
    {
      gssize n = g_atomic_int_get (&self->stopped) ? 0 : write (fd, from, MIN (size, PIECE));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      from += n;
      size -= n;
    }

  return TRUE;
}

void
nerve_disk_cache_keep (NerveDiskCache *self, const char *key, gconstpointer data, gsize size)
{
  g_autofree char *full_key = make_full_key (self, key);
  g_autofree char *path = make_path (self, full_key);
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  gsize key_length = strlen (full_key);
  Header header = { MAGIC, key_length, size, sum_up (full_key, data, size) };
  gsize limit = nerve_disk_cache_get_limit (self);
  gboolean done;
  int fd;

  if (size > limit || limit - size < sizeof header + key_length || g_mkdir_with_parents (self->folder, 0700) != 0)
    return;
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return;

  done = write_all (self, fd, &header, sizeof header) && write_all (self, fd, full_key, key_length)
         && write_all (self, fd, data, size);
  if (close (fd) != 0 || !done || g_rename (temporary, path) != 0)
    {
      g_unlink (temporary);
      return;
    }
  shrink (self, limit);
}

void
nerve_disk_cache_drop (NerveDiskCache *self, const char *key)
{
  g_autofree char *full_key = make_full_key (self, key);
  g_autofree char *path = make_path (self, full_key);

  g_unlink (path);
}
