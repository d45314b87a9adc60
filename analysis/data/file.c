#include "data/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define FINGERPRINT_BYTES 65536

static gint64
modification_time (const struct stat *status)
{
  return (gint64) status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

static gboolean
set_open_error (GError **error, int code)
{
  g_autofree char *cause = g_ascii_strdown (g_strerror (code), 1);
  g_autofree char *rest = g_strdup (g_strerror (code) + 1);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_OPEN, "%s%s", cause, rest);
  return FALSE;
}

/* A file where the path has a folder: says which. */
static gboolean
set_no_folder_error (GError **error, const char *path)
{
  g_autofree char *ancestor = g_path_get_dirname (path);
  g_autofree char *name = NULL;

  while (!g_file_test (ancestor, G_FILE_TEST_EXISTS))
    {
      char *next = g_path_get_dirname (ancestor);

      g_free (ancestor);
      ancestor = next;
    }
  name = g_path_get_basename (ancestor);
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_OPEN, "there is nothing in “%s”: it is a file, not a folder", name);
  return FALSE;
}

static gboolean
check_status (const struct stat *status, GError **error)
{
  if (S_ISDIR (status->st_mode))
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_OPEN, "is a folder, not a file");
  else if (!S_ISREG (status->st_mode))
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_OPEN, "not a regular file");
  else if (status->st_size == 0)
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "the file is empty");
  else
    return TRUE;

  return FALSE;
}

static gboolean
take_fingerprint (NerveFile *self, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *identity = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " ",
                                               self->size, self->modified);
  gsize length = MIN (self->size, FINGERPRINT_BYTES);
  g_autofree guint8 *bytes = g_malloc (length);

  g_checksum_update (checksum, (const guchar *) identity, -1);
  if (!nerve_file_read (self, 0, bytes, length, error))
    return FALSE;
  g_checksum_update (checksum, bytes, length);
  if (!nerve_file_read (self, self->size - length, bytes, length, error))
    return FALSE;
  g_checksum_update (checksum, bytes, length);

  self->fingerprint = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

static char *
stem_of (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *stem = g_utf8_make_valid (base, -1);
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return g_steal_pointer (&stem);
}

NerveFile *
nerve_file_open (const char *path, GError **error)
{
  g_autoptr (NerveFile) self = g_new0 (NerveFile, 1);
  struct stat status;

  self->path = g_strdup (path);
  self->stem = stem_of (path);
  /* Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever. */
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      if (errno == ENOTDIR)
        set_no_folder_error (error, path);
      else
        set_open_error (error, errno);
      return NULL;
    }
  if (!check_status (&status, error))
    return NULL;

  self->size = status.st_size;
  self->modified = modification_time (&status);
  if (!take_fingerprint (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
nerve_file_free (NerveFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->stem);
  g_free (self->fingerprint);
  g_free (self);
}

static gboolean
set_truncated (guint64 offset, gsize length, GError **error)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
               "truncated: %" G_GSIZE_FORMAT " bytes at %" G_GUINT64_FORMAT " are not all there", length, offset);
  return FALSE;
}

gboolean
nerve_file_read (NerveFile *self, guint64 offset, gpointer out, gsize length, GError **error)
{
  guint8 *target = out;

  if (offset > self->size || length > self->size - offset)
    return set_truncated (offset, length, error);
  while (length > 0)
    {
      /* One call moves at most 2 GiB. */
      ssize_t got = pread (self->fd, target, MIN (length, 1 << 30), offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return set_open_error (error, errno);
      if (got == 0)
        return set_truncated (offset, length, error);
      target += got;
      offset += got;
      length -= got;
    }
  return TRUE;
}

gboolean
nerve_file_check_unchanged (NerveFile *self, GError **error)
{
  struct stat status;

  if (fstat (self->fd, &status) != 0)
    return set_open_error (error, errno);
  if (status.st_size == self->size && modification_time (&status) == self->modified)
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_OPEN, "the file was changed after it was opened");
  return FALSE;
}

gboolean
nerve_file_has_extension (NerveFile *self, const char *extension)
{
  gsize length = strlen (self->path);
  gsize tail = strlen (extension);

  return length > tail && g_ascii_strcasecmp (self->path + length - tail, extension) == 0;
}
