#include "config.h"

#include "app/paths.h"

#include <string.h>

#include "data/probe.h"

static const char *helper;
static const char *sample;
static const char *locale;
static const char *schemas;

/* Where @path is if the whole prefix was moved, with the programs in @dir; NULL: they are in no such place. */
static char *
move (const char *dir, const char *path)
{
  const gsize length = strlen (NERVE_PREFIX);
  const char *below = NERVE_BINDIR + length;

  if (!g_str_has_prefix (NERVE_BINDIR, NERVE_PREFIX) || !g_str_has_prefix (path, NERVE_PREFIX)
      || *below == '\0' || !g_str_has_suffix (dir, below))
    return NULL;

  return g_strdup_printf ("%.*s%s", (int) (strlen (dir) - strlen (below)), dir, path + length);
}

/* The first that is there, kept for good; NULL if none is. */
static const char *
first_existing (const char *first, const char *second, const char *third)
{
  const char *candidates[] = { first, second, third };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i] != NULL && g_file_test (candidates[i], G_FILE_TEST_EXISTS))
      return g_intern_string (candidates[i]);

  return NULL;
}

/* A program of our own beside us, else where it was installed. */
static const char *
find_program (const char *dir, const char *name, const char *told)
{
  g_autofree char *beside = g_build_filename (dir, name, NULL);
  g_autofree char *configured = g_build_filename (NERVE_LIBEXECDIR, name, NULL);
  g_autofree char *moved = move (dir, configured);
  const char *found = first_existing (told, beside, moved);

  return found != NULL ? found : g_intern_string (configured);
}

static const char *
find_sample (const char *dir)
{
  g_autofree char *built = g_build_filename (dir, "..", "resources", "glyphs.h5", NULL);
  g_autofree char *moved = move (dir, NERVE_PKGDATADIR "/glyphs.h5");

  return first_existing (built, moved, NERVE_PKGDATADIR "/glyphs.h5");
}

static const char *
find_locale (const char *dir)
{
  g_autofree char *built = g_build_filename (dir, "..", "po", NULL);
  g_autofree char *moved = move (dir, NERVE_LOCALEDIR);
  const char *found = first_existing (g_str_has_suffix (dir, "/app") ? built : NULL, moved, NERVE_LOCALEDIR);

  return found != NULL ? found : NERVE_LOCALEDIR;
}

/* The folder of a compiled schema that GLib does not look into by itself; NULL: there is none. */
static const char *
find_schemas (const char *dir)
{
  g_autofree char *built = g_build_filename (dir, "..", "resources", "gschemas.compiled", NULL);
  g_autofree char *moved = move (dir, NERVE_SCHEMADIR "/gschemas.compiled");
  const char *found = first_existing (built, moved, NULL);
  g_autofree char *folder = found != NULL ? g_path_get_dirname (found) : NULL;

  return folder != NULL ? g_intern_string (folder) : NULL;
}

void
nerve_paths_init (const char *argv0)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = g_path_get_dirname (self != NULL ? self : argv0);

  helper = find_program (dir, "nerve-layout", g_getenv ("NERVE_LAYOUT_HELPER"));
  nerve_probe_set_program (find_program (dir, "nerve-probe", g_getenv ("NERVE_PROBE_HELPER")));
  sample = find_sample (dir);
  locale = find_locale (dir);
  schemas = find_schemas (dir);
}

const char *
nerve_paths_get_helper (void)
{
  return helper != NULL ? helper : NERVE_LIBEXECDIR "/nerve-layout";
}

const char *
nerve_paths_get_sample (void)
{
  return sample;
}

const char *
nerve_paths_get_locale (void)
{
  return locale != NULL ? locale : NERVE_LOCALEDIR;
}

const char *
nerve_paths_get_schemas (void)
{
  return schemas;
}
