/* Reads tests/golden/layers: lines of a word and numbers. */
#pragma once

#include <glib.h>
#include <math.h>

typedef struct
{
  char **lines;
  guint  at;
} Golden;

static inline void
golden_init (Golden *self, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  self->lines = g_strsplit (text, "\n", -1);
  self->at = 0;
}

static inline void
golden_clear (Golden *self)
{
  g_strfreev (self->lines);
}

/* Whether the next line begins with @word. */
static inline gboolean
golden_has (const Golden *self, const char *word)
{
  const char *line = self->lines[self->at];

  return line != NULL && g_str_has_prefix (line, word) && line[strlen (word)] == ' ';
}

/* The numbers of the next line, which must begin with @word; other words count as NaN. */
static inline double *
golden_numbers (Golden *self, const char *word, gsize *n)
{
  g_auto (GStrv) fields = NULL;
  double *numbers;

  g_assert_true (golden_has (self, word));
  fields = g_strsplit (self->lines[self->at++], " ", -1);
  *n = g_strv_length (fields) - 1;
  numbers = g_new (double, MAX (*n, 1));
  for (gsize k = 0; k < *n; k++)
    {
      char *end;

      numbers[k] = g_ascii_strtod (fields[k + 1], &end);
      if (end == fields[k + 1])
        numbers[k] = NAN;
    }

  return numbers;
}

static inline double
golden_number (Golden *self, const char *word)
{
  gsize n;
  g_autofree double *numbers = golden_numbers (self, word, &n);

  g_assert_cmpuint (n, ==, 1);
  return numbers[0];
}

static inline double *
golden_matrix (Golden *self, const char *word, gsize expected)
{
  gsize n;
  double *numbers = golden_numbers (self, word, &n);

  g_assert_cmpuint (n, ==, expected);
  return numbers;
}
