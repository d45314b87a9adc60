/* Text tables (.csv, .txt, .tsv): one cloud, a row a point. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "data/names.h"
#include "data/reader.h"
#include "data/tablescan.h"

typedef struct
{
  NerveArray     parent;
  NerveTableScan scan;
} TableArray;

static gboolean
set_cell_error (guint64 line, gsize column, const char *cell, gsize length, GError **error)
{
  g_autofree char *text = nerve_names_clean (cell, MIN (length, 40));

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
               "line %" G_GUINT64_FORMAT ", column %" G_GSIZE_FORMAT ": “%s” is no number", line, column + 1, text);
  return FALSE;
}

static gboolean
parse_line (const NerveTableScan *scan, const char *line, gsize length, guint64 number, double *out, GError **error)
{
  const char *at = line;
  const char *cell = NULL;
  gsize cell_length = 0;

  for (gsize column = 0; column < scan->n_columns; column++)
    {
      if (!nerve_table_next_cell (scan->delimiter, &at, line + length, &cell, &cell_length))
        return set_cell_error (number, column, "", 0, error);
      if (column == 0 && scan->has_index)
        continue;
      if (!nerve_table_parse_cell (cell, cell_length, out++))
        return set_cell_error (number, column, cell, cell_length, error);
    }
  return TRUE;
}

static gboolean
parse_block (TableArray *self, const char *text, gsize length, guint64 line, gsize count, double *out, GError **error)
{
  const char *at = text;
  const char *end = text + length;

  for (gsize row = 0; row < count; line++)
    {
      const char *stop = at < end ? memchr (at, '\n', end - at) : NULL;
      gsize line_length = (stop != NULL ? stop : end) - at;

      if (nerve_table_is_data (at, line_length))
        {
          if (!parse_line (&self->scan, at, line_length, line, out + row * self->parent.row_length, error))
            return FALSE;
          row++;
        }
      if (stop == NULL && row < count)
        return set_cell_error (line, 0, "", 0, error);
      at = stop != NULL ? stop + 1 : end;
    }
  return TRUE;
}

static gboolean
table_array_read (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error)
{
  TableArray *self = (TableArray *) array;
  gsize index = first / self->scan.block_rows;
  const NerveTablePlace *place = &g_array_index (self->scan.places, NerveTablePlace, index);
  gboolean last = index + 1 == self->scan.places->len;
  gsize length = (last ? array->file->size : place[1].offset) - place->offset;
  g_autofree char *text = nerve_memory_new (length, 1, "a block of the table", error);

  if (text == NULL || !nerve_file_read (array->file, place->offset, text, length, error))
    return FALSE;
  /* The first line of a file may begin with the mark before UTF-8. */
  if (place->offset == 0 && length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    memset (text, ' ', 3);
  return parse_block (self, text, length, place->line, count, (double *) (gpointer) out, error);
}

static void
table_array_free (NerveArray *array)
{
  TableArray *self = (TableArray *) array;

  nerve_table_scan_clear (&self->scan);
  g_free (self);
}

static const NerveArrayClass table_array_class = { table_array_read, table_array_free };

static gboolean
claims (NerveFile *file, const guint8 head[8])
{
  static const char *const extensions[] = { ".csv", ".txt", ".tsv", ".dat" };

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (nerve_file_has_extension (file, extensions[i]))
      return TRUE;
  return FALSE;
}

static gboolean
read_file (NerveFile *file, NerveContents *contents, const NerveProgress *progress, GError **error)
{
  TableArray *self = g_new0 (TableArray, 1);
  g_autoptr (NerveArray) array = &self->parent;
  const NerveScalar scalar = { NERVE_SCALAR_FLOAT, sizeof (double), FALSE };
  guint64 extents[2];

  array->class = &table_array_class;
  if (!nerve_table_scan_init (&self->scan, file, error))
    return FALSE;
  extents[0] = self->scan.n_rows;
  extents[1] = self->scan.n_columns - self->scan.has_index;
  if (!nerve_array_init (array, &table_array_class, file, scalar, 2, extents, error))
    return FALSE;
  array->grain = MIN (self->scan.block_rows, array->n);
  array->block_rows = array->grain;

  contents->format = g_strdup ("csv");
  if (self->scan.has_header)
    nerve_contents_assume (contents, "The first line names the columns.");
  if (self->scan.has_index)
    nerve_contents_assume (contents, "The first column has no name: it counts the rows and is left out.");
  nerve_contents_add_layer (contents, file->stem, g_steal_pointer (&array), NERVE_AXES_ND);
  return TRUE;
}

const NerveReader nerve_table_reader = { "csv", claims, read_file };
