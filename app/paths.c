#include "config.h"

#include "app/paths.h"

#include "data/probe.h"

static const char *executable_dir = "";
static const char *helper;
static const char *sample;
static const char *locale;
static const char *schemas;

/* The first of @candidates that is there, kept for good; NULL if none is. */
static const char *
first_existing (const char *first, const char *second)
{
  const char *candidates[] = { first, second };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i] != NULL && g_file_test (candidates[i], G_FILE_TEST_EXISTS))
      return g_intern_string (candidates[i]);

  return NULL;
}

void
nerve_paths_init (const char *argv0)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = g_path_get_dirname (self != NULL ? self : argv0);
  g_autofree char *built_helper = NULL;
  g_autofree char *built_probe = NULL;
  g_autofree char *built_sample = NULL;
  g_autofree char *built_locale = NULL;
  g_autofree char *built_schema = NULL;
  const char *probe;

  executable_dir = g_intern_string (dir);
  built_helper = g_build_filename (dir, "nerve-layout", NULL);
  built_probe = g_build_filename (dir, "nerve-probe", NULL);
  built_sample = g_build_filename (dir, "..", "resources", "glyphs.h5", NULL);
  built_locale = g_build_filename (dir, "..", "po", NULL);
  built_schema = g_build_filename (dir, "..", "resources", "gschemas.compiled", NULL);

  helper = first_existing (g_getenv ("NERVE_LAYOUT_HELPER"),
                           first_existing (built_helper, NERVE_LIBEXECDIR "/nerve-layout"));
  if (helper == NULL)
    helper = NERVE_LIBEXECDIR "/nerve-layout";
  probe = first_existing (g_getenv ("NERVE_PROBE_HELPER"),
                          first_existing (built_probe, NERVE_LIBEXECDIR "/nerve-probe"));
  nerve_probe_set_program (probe != NULL ? probe : NERVE_LIBEXECDIR "/nerve-probe");
  sample = first_existing (built_sample, NERVE_PKGDATADIR "/glyphs.h5");
  locale = first_existing (g_str_has_suffix (dir, "/app") ? built_locale : NULL, NERVE_LOCALEDIR);
  if (locale == NULL)
    locale = NERVE_LOCALEDIR;
  if (g_file_test (built_schema, G_FILE_TEST_EXISTS))
    {
      g_autofree char *folder = g_path_get_dirname (built_schema);

      schemas = g_intern_string (folder);
    }
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
