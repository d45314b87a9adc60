#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"

#define HUGE_PAGE ((gsize) 2 << 20)
#define LARGE (2 * HUGE_PAGE)

/* The number after @key in a file of the kernel's ("" for a file that is a number); G_MAXUINT64 if there is none. */
static guint64
read_number (const char *path, const char *key)
{
  g_autofree char *text = NULL;
  const char *place;
  guint64 number;
  char *end = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return G_MAXUINT64;
  place = strstr (text, key);
  if (place == NULL)
    return G_MAXUINT64;
  place += strlen (key);
  number = g_ascii_strtoull (place, &end, 10);

  return end != place ? number : G_MAXUINT64;
}

static guint64
available_in_machine (void)
{
  guint64 kilobytes = read_number ("/proc/meminfo", "MemAvailable:");

  if (kilobytes == G_MAXUINT64)
    return (guint64) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE);

  return kilobytes * 1024;
}

static guint64
available_in_group (void)
{
  guint64 limit = read_number ("/sys/fs/cgroup/memory.max", "");
  guint64 used = read_number ("/sys/fs/cgroup/memory.current", "");
  guint64 cache;

  if (limit == G_MAXUINT64 || used == G_MAXUINT64)
    return G_MAXUINT64;

  /* The files it has read count as used, but give way. */
  cache = read_number ("/sys/fs/cgroup/memory.stat", "inactive_file ");
  if (cache != G_MAXUINT64)
    used -= MIN (used, cache);

  return limit > used ? limit - used : 0;
}

static guint64
available_in_limit (void)
{
  struct rlimit limit;
  guint64 used;

  if (getrlimit (RLIMIT_AS, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY)
    return G_MAXUINT64;
  used = read_number ("/proc/self/statm", "");
  if (used == G_MAXUINT64)
    return G_MAXUINT64;
  used *= sysconf (_SC_PAGESIZE);

  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

char *
nerve_memory_format (double bytes)
{
  static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB", "PB", "EB" };
  char number[48];
  guint unit = 0;

  for (; bytes >= 1000.0 && unit < G_N_ELEMENTS (units) - 1; unit++)
    bytes /= 1000.0;
  g_ascii_formatd (number, sizeof number, unit == 0 ? "%.0f" : "%.1f", bytes);

  return g_strconcat (number, " ", units[unit], NULL);
}

guint64
nerve_memory_available (void)
{
  guint64 available = available_in_machine ();

  available = MIN (available, available_in_group ());

  return MIN (available, available_in_limit ());
}

gboolean
nerve_memory_check (guint64 n, gsize size, const char *what, GError **error)
{
  guint64 available;
  g_autofree char *needed = NULL;
  g_autofree char *free_text = NULL;

  /* Asking the kernel costs more than a small allocation. */
  if (n <= 1024 * 1024 / MAX (size, 1))
    return TRUE;

  available = nerve_memory_available ();
  if ((double) n * size <= (double) available)
    return TRUE;

  needed = nerve_memory_format ((double) n * size);
  free_text = nerve_memory_format (available);
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "%s would need about %s of memory, %s are free", what, needed,
               free_text);

  return FALSE;
}

/* In huge pages where the kernel has them, but for what does not fill one: giving 400 MB back then takes 1 ms instead
 * of 30 to 80, which is what a cancelled run waits for. g_free() takes it, since GLib's allocator is the system's. */
static gpointer
allocate (gsize bytes)
{
  gpointer memory;

  if (bytes < LARGE || bytes > G_MAXSSIZE)
    return g_try_malloc (MAX (bytes, 1));

  if (posix_memalign (&memory, HUGE_PAGE, bytes) != 0)
    return NULL;
  madvise (memory, bytes / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);

  return memory;
}

GArray *
nerve_memory_new_array (gsize size, guint n)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, size, n);
  gsize begin = ((gsize) array->data + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
  gsize end = ((gsize) array->data + n * size) / HUGE_PAGE * HUGE_PAGE;

  if (n * size >= LARGE)
    madvise ((gpointer) begin, end - begin, MADV_HUGEPAGE);

  return array;
}

gpointer
nerve_memory_new (guint64 n, gsize size, const char *what, GError **error)
{
  gpointer memory;

  if (!nerve_memory_check (n, size, what, error))
    return NULL;

  memory = allocate (n * size);
  if (memory == NULL)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "%s: out of memory", what);

  return memory;
}

gpointer
nerve_memory_take (gsize n, gsize size)
{
  gpointer memory = n <= G_MAXSSIZE / MAX (size, 1) ? allocate (n * size) : NULL;

  if (memory == NULL)
    g_error ("out of memory: %" G_GSIZE_FORMAT " times %" G_GSIZE_FORMAT " bytes", n, size);

  return memory;
}
