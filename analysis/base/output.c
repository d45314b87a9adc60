#define _GNU_SOURCE

#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

#define BUFFER_SIZE (256 * 1024)
#define LONGEST_NAME_PART 200

/* Of a number. */
#define N_DIGITS 9

typedef struct _Unfinished Unfinished;

/* A temporary file to remove when the process is told to die. Entries are reused but never
 * freed: a signal handler may be reading them at any moment. */
struct _Unfinished
{
  Unfinished *next;
  atomic_bool used;  /* somebody's */
  atomic_bool there; /* the path is complete and the file exists */
  char        path[PATH_MAX];
};

struct _NerveOutput
{
  int         fd;
  gboolean    is_borrowed;
  char       *target;    /* NULL: written directly */
  char       *temporary;
  Unfinished *unfinished;
  int         failure;   /* errno of the first write that failed */
  gsize       length;
  char        buffer[BUFFER_SIZE];
};

static _Atomic (Unfinished *) all_unfinished;

static Unfinished *
unfinished_new (const char *path)
{
  Unfinished *entry;

  for (entry = atomic_load (&all_unfinished); entry != NULL; entry = entry->next)
    {
      bool free_entry = false;

      if (atomic_compare_exchange_strong (&entry->used, &free_entry, true))
        break;
    }

  if (entry == NULL)
    {
      entry = g_new0 (Unfinished, 1);
      atomic_store (&entry->used, true);
      entry->next = atomic_load (&all_unfinished);
      while (!atomic_compare_exchange_weak (&all_unfinished, &entry->next, entry))
        ;
    }

  g_strlcpy (entry->path, path, sizeof entry->path);
  atomic_store (&entry->there, true);

  return entry;
}

static void
unfinished_free (Unfinished *entry)
{
  atomic_store (&entry->there, false);
  atomic_store (&entry->used, false);
}

static gboolean
set_error (GError **error, int code)
{
  const char *cause;

  switch (code)
    {
    case ENOENT:
      cause = "its folder does not exist";
      break;
    case ENOTDIR:
      cause = "what should be its folder is a file";
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      cause = "permission denied";
      break;
    case ENOSPC:
    case EDQUOT:
      cause = "the disk is full";
      break;
    case EFBIG:
      cause = "the file would be larger than is allowed";
      break;
    case EISDIR:
      cause = "it is a folder";
      break;
    default:
      cause = strerrordesc_np (code);
      break;
    }
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_WRITE, "can't be written: %s", cause != NULL ? cause : "unknown error");

  return FALSE;
}

/* The number in "/dev/fd/3" and its like, or -1: opening such a name again would lose the
 * offset and the append mode that the shell gave it. */
static int
parse_descriptor (const char *path)
{
  guint64 number;

  if (path == NULL || g_str_equal (path, "-") || g_str_equal (path, "/dev/stdout"))
    return STDOUT_FILENO;
  if (g_str_equal (path, "/dev/stderr"))
    return STDERR_FILENO;

  if (g_str_has_prefix (path, "/dev/fd/"))
    path += strlen ("/dev/fd/");
  else if (g_str_has_prefix (path, "/proc/self/fd/"))
    path += strlen ("/proc/self/fd/");
  else
    return -1;

  return g_ascii_string_to_unsigned (path, 10, 0, INT_MAX, &number, NULL) ? (int) number : -1;
}

/* Where the file is in the end: a symbolic link stays, what it points to is replaced. */
static char *
resolve_target (const char *path)
{
  g_autofree char *resolved = NULL;
  char *real = realpath (path, NULL);

  resolved = g_strdup (real != NULL ? real : path);
  free (real);

  return g_steal_pointer (&resolved);
}

static char *
make_template (const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *name = g_path_get_basename (target);
  g_autofree char *hidden = g_strdup_printf (".%.*s.XXXXXX", LONGEST_NAME_PART, name);

  return g_build_filename (folder, hidden, NULL);
}

/* A file without a name, where there can be such: it is gone with the process, however that ends. */
static int
open_nameless (const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);

  return open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
}

static gboolean
open_named (NerveOutput *self)
{
  self->temporary = make_template (self->target);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      int code = errno;

      /* Not made, so not to be removed. */
      g_clear_pointer (&self->temporary, g_free);
      errno = code;
      return FALSE;
    }
  self->unfinished = unfinished_new (self->temporary);
  return TRUE;
}

/* Opens a file beside the target; an existing target's mode is kept. */
static gboolean
open_temporary (NerveOutput *self, const char *path, const struct stat *existing)
{
  self->target = resolve_target (path);
  self->fd = open_nameless (self->target);
  if (self->fd < 0 && !open_named (self))
    return FALSE;
  return existing == NULL || fchmod (self->fd, existing->st_mode & 0777) >= 0;
}

/* A name beside the target, from which it can be renamed: a link can't replace. */
static int
give_name (NerveOutput *self)
{
  g_autofree char *place = g_strdup_printf ("/proc/self/fd/%d", self->fd);

  for (guint attempt = 0; attempt < 100; attempt++)
    {
      g_autofree char *name = make_template (self->target);
      char *random = name + strlen (name) - strlen ("XXXXXX");

      for (guint i = 0; random[i] != '\0'; i++)
        random[i] = g_random_int_range ('a', 'z' + 1);
      if (linkat (AT_FDCWD, place, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
        {
          self->temporary = g_steal_pointer (&name);
          self->unfinished = unfinished_new (self->temporary);
          return 0;
        }
      if (errno != EEXIST)
        break;
    }
  return -1;
}

static gboolean
open_target (NerveOutput *self, const char *path)
{
  int descriptor = parse_descriptor (path);
  struct stat info;
  gboolean exists;

  if (descriptor >= 0)
    {
      if (descriptor == STDOUT_FILENO)
        fflush (stdout);
      self->fd = descriptor;
      self->is_borrowed = TRUE;
      return fcntl (descriptor, F_GETFD) >= 0;
    }

  if (*path == '\0')
    {
      errno = ENOENT;
      return FALSE;
    }

  exists = stat (path, &info) == 0;
  if (exists && S_ISDIR (info.st_mode))
    {
      errno = EISDIR;
      return FALSE;
    }
  if (exists && !S_ISREG (info.st_mode))
    {
      self->fd = open (path, O_WRONLY | O_CLOEXEC);
      return self->fd >= 0;
    }
  if (exists && access (path, W_OK) < 0)
    return FALSE;

  return open_temporary (self, path, exists ? &info : NULL);
}

static gboolean
write_all (NerveOutput *self, const char *data, gsize length)
{
  while (length > 0 && self->failure == 0)
    {
      gssize written = write (self->fd, data, MIN (length, G_MAXSSIZE));

      if (written >= 0)
        {
          data += written;
          length -= written;
        }
      else if (errno == EAGAIN)
        {
          GPollFD wait = { self->fd, G_IO_OUT, 0 };

          g_poll (&wait, 1, -1);
        }
      else if (errno != EINTR)
        {
          self->failure = errno;
        }
    }

  return self->failure == 0;
}

static gboolean
flush (NerveOutput *self)
{
  gsize length = self->length;

  self->length = 0;
  return write_all (self, self->buffer, length);
}

/* Removes what must not stay, and lets go of everything. */
static void
output_free (NerveOutput *self)
{
  if (self->fd >= 0 && !self->is_borrowed)
    close (self->fd);
  if (self->temporary != NULL)
    unlink (self->temporary);
  g_clear_pointer (&self->unfinished, unfinished_free);
  g_free (self->temporary);
  g_free (self->target);
  g_free (self);
}

static void
keep_failure (NerveOutput *self, int result)
{
  if (result < 0 && self->failure == 0)
    self->failure = errno;
}

/* Some file systems can't; that alone is no reason to lose the result. */
static int
sync_file (int fd)
{
  int result = fsync (fd);

  return result < 0 && (errno == EINVAL || errno == ENOTSUP) ? 0 : result;
}

NerveOutput *
nerve_output_open (const char *path, GError **error)
{
  NerveOutput *self = g_new (NerveOutput, 1);

  self->fd = -1;
  self->is_borrowed = FALSE;
  self->target = NULL;
  self->temporary = NULL;
  self->unfinished = NULL;
  self->failure = 0;
  self->length = 0;

  if (!open_target (self, path))
    {
      set_error (error, errno);
      output_free (self);
      return NULL;
    }

  return self;
}

gboolean
nerve_output_write (NerveOutput *self, gconstpointer data, gsize length)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (length > BUFFER_SIZE - self->length && !flush (self))
    return FALSE;
  if (length > BUFFER_SIZE)
    return write_all (self, data, length);

  if (length > 0)
    memcpy (self->buffer + self->length, data, length);
  self->length += length;

  return self->failure == 0;
}

void
nerve_output_printf (NerveOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  nerve_output_write (self, text, strlen (text));
}

gboolean
nerve_output_flush (NerveOutput *self, GError **error)
{
  if (self->is_borrowed || flush (self))
    return TRUE;

  return set_error (error, self->failure);
}

gboolean
nerve_output_commit (NerveOutput *self, GError **error)
{
  int failure;

  g_return_val_if_fail (self != NULL, FALSE);

  flush (self);
  if (self->target != NULL && self->failure == 0)
    keep_failure (self, sync_file (self->fd));
  if (self->target != NULL && self->temporary == NULL && self->failure == 0)
    keep_failure (self, give_name (self));
  if (!self->is_borrowed)
    keep_failure (self, close (g_steal_fd (&self->fd)));
  if (self->target != NULL && self->failure == 0)
    {
      keep_failure (self, rename (self->temporary, self->target));
      if (self->failure == 0)
        {
          g_clear_pointer (&self->unfinished, unfinished_free);
          g_clear_pointer (&self->temporary, g_free);
        }
    }

  failure = self->failure;
  output_free (self);

  return failure == 0 || set_error (error, failure);
}

void
nerve_output_abort (NerveOutput *self)
{
  if (self != NULL)
    output_free (self);
}

void
nerve_output_abort_all (void)
{
  for (Unfinished *entry = atomic_load (&all_unfinished); entry != NULL; entry = entry->next)
    if (atomic_load (&entry->there))
      unlink (entry->path);
}

/* 10^k, all exact in a long double's 64 bits. */
static const long double powers_of_ten[] = {
  1e0L, 1e1L, 1e2L, 1e3L, 1e4L, 1e5L, 1e6L, 1e7L, 1e8L, 1e9L, 1e10L, 1e11L, 1e12L, 1e13L,
};

/* Decimal places left of the nine significant digits of @size, 1e-4 ≤ size < 1e8. */
static int
find_places (long double size)
{
  int places = 8;

  while (size >= powers_of_ten[9 - places])
    places--;
  if (size >= 1)
    return places;
  while (size * powers_of_ten[places - 8] < 1)
    places++;

  return places;
}

/* The nine digits of @number; in two halves, since a division waits for the one before. */
static void
write_digits (char *digits, guint number)
{
  guint low = number % 10000, high = number / 10000;

  for (guint k = 0; k < 4; k++, low /= 10)
    digits[N_DIGITS - 1 - k] = '0' + low % 10;
  for (guint k = 4; k < N_DIGITS; k++, high /= 10)
    digits[N_DIGITS - 1 - k] = '0' + high % 10;
}

/* The common numbers, some ten times as fast as printf: NULL for those that are very large or small, and those so
 * near the middle between two decimals that the product's rounding might decide. Returns the end. */
static char *
format_quickly (char *buffer, double value)
{
  long double size = value < 0 ? -(long double) value : value;
  long double scaled;
  char digits[N_DIGITS];
  guint whole, n_whole, n = N_DIGITS;
  int places;

  if (!(size >= 1e-4L && size < 1e8L))
    return NULL;
  places = find_places (size);
  scaled = size * powers_of_ten[places];
  whole = (guint) scaled;
  if (fabsl (scaled - whole - 0.5L) < 1e-6L)
    return NULL;
  whole += scaled - whole > 0.5L;
  if (whole == 1000000000)
    {
      whole /= 10;
      places--;
    }
  write_digits (digits, whole);

  if (value < 0)
    *buffer++ = '-';
  n_whole = places < N_DIGITS ? N_DIGITS - places : 0;
  while (n > n_whole && digits[n - 1] == '0')
    n--;
  if (n_whole == 0)
    *buffer++ = '0';
  for (guint k = 0; k < n_whole; k++)
    *buffer++ = digits[k];
  if (n > n_whole)
    *buffer++ = '.';
  for (int zero = N_DIGITS; zero < places; zero++)
    *buffer++ = '0';
  for (guint k = n_whole; k < n; k++)
    *buffer++ = digits[k];
  *buffer = '\0';

  return buffer;
}

/* The text's length. */
static gsize
format (char *buffer, double value)
{
  char *end = format_quickly (buffer, value);

  if (end != NULL)
    return end - buffer;
  if (isnan (value))
    g_strlcpy (buffer, "nan", 32);
  else if (value == 0)
    g_strlcpy (buffer, signbit (value) ? "-0" : "0", 32);
  else
    g_ascii_formatd (buffer, 32, "%.9g", value);

  return strlen (buffer);
}

char *
nerve_format_number (char *buffer, double value)
{
  format (buffer, value);
  return buffer;
}

void
nerve_output_number (NerveOutput *self, double value)
{
  char text[32];

  nerve_output_write (self, text, format (text, value));
}
