#include "data/tablescan.h"

#include <string.h>

#include "base/error.h"

#define PIECE (1 << 20)
#define LONGEST_LINE (64 << 20)
#define LONGEST_NUMBER 128
#define BLOCK_BYTES (4 << 20)

gboolean
nerve_table_is_data (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (line[i]))
      return line[i] != '#';
  return FALSE;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static void
trim (const char **cell, gsize *length)
{
  while (*length > 0 && is_blank (**cell))
    {
      (*cell)++;
      (*length)--;
    }
  while (*length > 0 && is_blank ((*cell)[*length - 1]))
    (*length)--;
}

/* The end of a cell in quotes, where a delimiter may stand; a quote within is doubled. NULL: there are none. */
static const char *
find_quoted_end (const char *at, const char *end)
{
  while (at < end && is_blank (*at))
    at++;
  if (at == end || *at != '"')
    return NULL;
  for (at++; at < end; at++)
    if (*at == '"' && (at + 1 == end || at[1] != '"'))
      return at + 1;
    else if (*at == '"')
      at++;
  return NULL;
}

static void
trim_quotes (const char **cell, gsize *length)
{
  if (*length >= 2 && **cell == '"' && (*cell)[*length - 1] == '"')
    {
      (*cell)++;
      *length -= 2;
    }
}

/* A NULL *at says that the last cell was given. */
gboolean
nerve_table_next_cell (char delimiter, const char **at, const char *end, const char **cell, gsize *length)
{
  const char *quoted;
  const char *stop;

  if (*at == NULL)
    return FALSE;
  quoted = find_quoted_end (*at, end);
  if (delimiter == ' ')
    {
      while (*at < end && is_blank (**at))
        (*at)++;
      if (*at == end)
        return FALSE;
      for (stop = quoted != NULL ? quoted : *at; stop < end && !is_blank (*stop); stop++)
        ;
      *cell = *at;
      *length = stop - *at;
      *at = stop;
      trim_quotes (cell, length);
      return TRUE;
    }

  stop = quoted != NULL ? quoted : *at;
  stop = memchr (stop, delimiter, end - stop);
  *cell = *at;
  *length = (stop != NULL ? stop : end) - *at;
  *at = stop != NULL ? stop + 1 : NULL;
  trim (cell, length);
  trim_quotes (cell, length);
  return TRUE;
}

gboolean
nerve_table_parse_cell (const char *cell, gsize length, double *out)
{
  char text[LONGEST_NUMBER + 1];
  char *end = NULL;

  if (length == 0 || length > LONGEST_NUMBER)
    return FALSE;
  memcpy (text, cell, length);
  text[length] = '\0';
  *out = g_ascii_strtod (text, &end);
  return end == text + length;
}

static char
find_delimiter (const char *line, gsize length)
{
  static const char candidates[] = { ',', ';', '\t' };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (memchr (line, candidates[i], length) != NULL)
      return candidates[i];
  return ' ';
}

static gsize
count_cells (char delimiter, const char *line, gsize length)
{
  const char *at = line;
  const char *cell;
  gsize cell_length;
  gsize n = 0;

  while (nerve_table_next_cell (delimiter, &at, line + length, &cell, &cell_length))
    n++;
  return n;
}

static gboolean
all_numbers (char delimiter, const char *line, gsize length)
{
  const char *at = line;
  const char *cell;
  gsize cell_length;
  double number;

  while (nerve_table_next_cell (delimiter, &at, line + length, &cell, &cell_length))
    if (!nerve_table_parse_cell (cell, cell_length, &number))
      return FALSE;
  return TRUE;
}

/* A line with a number in it is data, and then all of it has to be. */
static gboolean
no_numbers (char delimiter, const char *line, gsize length)
{
  const char *at = line;
  const char *cell;
  gsize cell_length;
  double number;

  while (nerve_table_next_cell (delimiter, &at, line + length, &cell, &cell_length))
    if (nerve_table_parse_cell (cell, cell_length, &number))
      return FALSE;
  return TRUE;
}

/* What pandas writes over columns without names: 0, 1, 2, … behind an empty cell. */
static gboolean
counts_columns (char delimiter, const char *line, gsize length)
{
  const char *at = line;
  const char *cell;
  gsize cell_length;
  double number;
  double expected = -1.0;

  while (nerve_table_next_cell (delimiter, &at, line + length, &cell, &cell_length))
    {
      if (expected < 0.0 ? cell_length != 0
                         : !nerve_table_parse_cell (cell, cell_length, &number) || number != expected)
        return FALSE;
      expected++;
    }
  return expected > 0.0;
}

static void
add_row (NerveTableScan *self, guint64 offset, guint64 line)
{
  if (self->n_rows % self->block_rows == 0)
    g_array_append_val (self->places, ((NerveTablePlace) { offset, line }));
  self->n_rows++;
}

static gboolean
start (NerveTableScan *self, const char *line, gsize length)
{
  const char *at = line;
  const char *cell = NULL;
  gsize cell_length = 0;

  self->delimiter = find_delimiter (line, length);
  self->n_columns = count_cells (self->delimiter, line, length);
  self->block_rows = MAX (1, BLOCK_BYTES / sizeof (double) / self->n_columns);
  self->has_header = no_numbers (self->delimiter, line, length) || counts_columns (self->delimiter, line, length);
  if (self->has_header && self->n_columns > 1 && self->delimiter != ' ')
    {
      nerve_table_next_cell (self->delimiter, &at, line + length, &cell, &cell_length);
      self->has_index = cell_length == 0;
    }
  return self->has_header;
}

static gboolean
set_line_error (GError **error, int code, guint64 line, const char *cause)
{
  g_set_error (error, NERVE_ERROR, code, "line %" G_GUINT64_FORMAT ": %s", line, cause);
  return FALSE;
}

static gboolean
take_line (NerveTableScan *self, const char *line, gsize length, guint64 offset, guint64 number, GError **error)
{
  gsize n_columns;

  if (memchr (line, '\0', length) != NULL)
    return set_line_error (error, NERVE_ERROR_FORMAT, number, "no text");
  if (!nerve_table_is_data (line, length))
    return TRUE;
  if (self->n_columns == 0 && start (self, line, length))
    return TRUE;

  /* A text is told from a table by its first line after the header. */
  if (self->n_rows == 0 && no_numbers (self->delimiter, line, length))
    return set_line_error (error, NERVE_ERROR_FORMAT, number, "not a table of numbers");
  if (self->n_rows == 0 && !all_numbers (self->delimiter, line, length))
    return set_line_error (error, NERVE_ERROR_FORMAT, number, "numbers, but not in every column");
  n_columns = count_cells (self->delimiter, line, length);
  if (n_columns != self->n_columns)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   "line %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT " columns where the first has %" G_GSIZE_FORMAT,
                   number, n_columns, self->n_columns);
      return FALSE;
    }
  add_row (self, offset, number);
  return TRUE;
}

/* Whole lines of @text; returns how many bytes they are. */
static gssize
take_lines (NerveTableScan *self, const char *text, gsize length, gboolean last, guint64 offset, guint64 *number,
            GError **error)
{
  const char *at = text;
  const char *end = text + length;

  while (at < end)
    {
      const char *stop = memchr (at, '\n', end - at);

      if (stop == NULL && !last)
        break;
      if (stop == NULL)
        stop = end;
      if (!take_line (self, at, stop - at, offset + (at - text), ++*number, error))
        return -1;
      at = MIN (stop + 1, end);
    }
  return at - text;
}

static gboolean
scan (NerveTableScan *self, NerveFile *file, GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  guint64 offset = 0; /* of the text's first byte */
  guint64 number = 0;
  gboolean last = FALSE;

  while (!last)
    {
      gsize had = text->len;
      gsize more = MIN (PIECE, file->size - offset - had);
      gssize used;

      g_byte_array_set_size (text, had + more);
      if (!nerve_file_read (file, offset + had, text->data + had, more, error))
        return FALSE;
      /* The mark that some programs put before UTF-8. */
      if (offset == 0 && had == 0 && more >= 3 && memcmp (text->data, "\xef\xbb\xbf", 3) == 0)
        memset (text->data, ' ', 3);
      last = offset + text->len == file->size;
      used = take_lines (self, (const char *) text->data, text->len, last, offset, &number, error);
      if (used < 0)
        return FALSE;
      g_byte_array_remove_range (text, 0, used);
      offset += used;
      if (text->len > LONGEST_LINE)
        return set_line_error (error, NERVE_ERROR_FORMAT, number + 1, "too long for a table");
    }
  return TRUE;
}

gboolean
nerve_table_scan_init (NerveTableScan *self, NerveFile *file, GError **error)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (NerveTablePlace));
  if (!scan (self, file, error))
    return FALSE;
  if (self->n_rows > 0)
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                       self->has_header ? "no rows of numbers behind the first line" : "no numbers in it");
  return FALSE;
}

void
nerve_table_scan_clear (NerveTableScan *self)
{
  g_clear_pointer (&self->places, g_array_unref);
}
