#include "config.h"

#include "app/cli/table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/cli/stopping.h"
#include "base/error.h"

#define NPY_MAGIC "\x93NUMPY\x01"
#define NPY_ALIGNMENT 64
#define NPY_PREFIX 10 /* magic, version, length of the header */

void
nerve_csv_text (NerveOutput *output, const char *text)
{
  if (text == NULL)
    return;

  if (strpbrk (text, ",\"\n\r") == NULL)
    {
      nerve_output_write (output, text, strlen (text));
      return;
    }

  nerve_output_write (output, "\"", 1);
  for (; *text != '\0'; text++)
    nerve_output_write (output, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
  nerve_output_write (output, "\"", 1);
}

void
nerve_csv_matrix (NerveOutput *output, const double *values, gsize rows, gsize columns)
{
  /* Whoever stopped gets no file: what is missing here is never seen. */
  for (gsize row = 0; row < rows && !nerve_stopping_is_wanted (); row++)
    {
      for (gsize column = 0; column < columns; column++)
        {
          if (column > 0)
            nerve_output_write (output, ",", 1);
          nerve_output_number (output, values[row * columns + column]);
        }
      nerve_output_write (output, "\n", 1);
    }
}

void
nerve_npy_header (NerveOutput *output, gsize rows, gsize columns)
{
  const char *order = G_BYTE_ORDER == G_LITTLE_ENDIAN ? "<" : ">";
  GString *header = g_string_new (NULL);
  guchar prefix[NPY_PREFIX] = NPY_MAGIC;
  gsize length;

  g_string_printf (header, "{'descr': '%sf8', 'fortran_order': False, 'shape': (%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT
                   "), }", order, rows, columns);
  length = (NPY_PREFIX + header->len + 1 + NPY_ALIGNMENT - 1) / NPY_ALIGNMENT * NPY_ALIGNMENT - NPY_PREFIX;
  while (header->len + 1 < length)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  prefix[7] = 0;
  prefix[8] = length & 0xff;
  prefix[9] = length >> 8;

  nerve_output_write (output, prefix, sizeof prefix);
  nerve_output_write (output, header->str, header->len);
  g_string_free (header, TRUE);
}

void
nerve_npy_matrix (NerveOutput *output, const double *values, gsize rows, gsize columns)
{
  nerve_npy_header (output, rows, columns);
  nerve_output_write (output, values, rows * columns * sizeof (double));
}

gboolean
nerve_table_find_format (const char *path, gboolean *is_npy, GError **error)
{
  static const char *const texts[] = { ".csv", ".txt", NULL };
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : g_strdup ("");
  const char *suffix = strrchr (name, '.');

  *is_npy = suffix != NULL && g_ascii_strcasecmp (suffix, ".npy") == 0;
  if (*is_npy || suffix == NULL)
    return TRUE;
  for (guint i = 0; texts[i] != NULL; i++)
    if (g_ascii_strcasecmp (suffix, texts[i]) == 0)
      return TRUE;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_PARAMETER, _("the name of a table ends with .npy, .csv or .txt"));
  return FALSE;
}
