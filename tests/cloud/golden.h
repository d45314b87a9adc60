/* Reference numbers: "NAME COUNT", then the numbers on a line, and so on. */
#pragma once

#include <glib.h>

/* (transfer full) */
static inline double *
golden_read (const char *file, const char *name, gsize *n)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "cloud", file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i += 2)
    {
      g_auto (GStrv) head = g_strsplit (lines[i], " ", 2);
      char *place = lines[i + 1];
      double *values;

      if (!g_str_equal (head[0], name))
        continue;

      *n = g_ascii_strtoull (head[1], NULL, 10);
      values = g_new (double, *n);
      for (gsize k = 0; k < *n; k++)
        values[k] = g_ascii_strtod (place, &place);
      return values;
    }

  g_error ("%s holds no %s", path, name);
}
