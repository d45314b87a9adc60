#include "homology/distance-matrix.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "data/dataset.h"
#include "data/file.h"
#include "data/tablescan.h"

#define ROWS_AT_ONCE 16
#define LONGEST_SHOWN 40
#define CHARACTERS_PER_CHECK 65536

/* All numbers of a text, in order, and whether the lines make a square of them. */
typedef struct
{
  double *values;
  gsize   n;
  gsize   n_lines;
  gsize   per_line; /* of the first line */
  gboolean is_even; /* all lines have as many */
} Numbers;

static gboolean
is_separator (char c)
{
  return c == ',' || c == ';' || g_ascii_isspace (c);
}

static gboolean
set_number_error (const char *start, gsize length, guint line, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid (start, MIN (length, LONGEST_SHOWN));

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "line %u: “%s” is no number", line, shown);
  return FALSE;
}

static gboolean
parse_line (Numbers *self, const char *at, const char *end, guint line, GError **error)
{
  gsize before = self->n;

  while (at < end)
    {
      const char *start;

      while (at < end && is_separator (*at))
        at++;
      for (start = at; at < end && !is_separator (*at);)
        at++;
      if (at > start && !nerve_table_parse_cell (start, at - start, &self->values[self->n++]))
        return set_number_error (start, at - start, line, error);
    }
  if (self->n == before)
    return TRUE;

  if (self->n_lines++ == 0)
    self->per_line = self->n - before;
  else
    self->is_even = self->is_even && self->per_line == self->n - before;

  return TRUE;
}

static gboolean
parse_text (Numbers *self, const char *text, gsize length, const NerveProgress *progress, GError **error)
{
  const char *at = text;
  const char *end = text + length;
  const char *next_check = at;

  self->is_even = TRUE;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    at += 3;
  for (guint line = 1; at < end; line++)
    {
      const char *stop = memchr (at, '\n', end - at);

      if (stop == NULL)
        stop = end;
      if (!parse_line (self, at, stop, line, error))
        return FALSE;
      if (at >= next_check)
        {
          if (!nerve_progress_step (progress, (double) (at - text) / length))
            return nerve_progress_set_cancelled (error);
          next_check = at + CHARACTERS_PER_CHECK;
        }
      at = MIN (stop + 1, end);
    }

  return TRUE;
}

static gboolean
read_text (Numbers *self, const char *path, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveFile) file = nerve_file_open (path, error);
  g_autofree char *text = NULL;

  if (file == NULL)
    return FALSE;
  text = nerve_memory_new (file->size, 1, "the text of the matrix", error);
  if (text == NULL || !nerve_file_read (file, 0, text, file->size, error))
    return FALSE;
  /* A number and what parts it from the next are two characters at least. */
  self->values = nerve_memory_new (file->size / 2 + 1, sizeof (double), "the matrix", error);

  return self->values != NULL && parse_text (self, text, file->size, progress, error);
}

static gboolean
read_npy (Numbers *self, const char *path, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, error);
  const NerveLayer *layer;
  gsize n;

  if (dataset == NULL)
    return FALSE;
  layer = nerve_dataset_get_layer (dataset, 0);
  n = layer->n;
  self->n_lines = n;
  self->per_line = layer->channels * layer->height * layer->width;
  self->is_even = TRUE;
  if (self->per_line != n)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   "%" G_GSIZE_FORMAT " rows of %" G_GSIZE_FORMAT " are no matrix of distances, which is square", n,
                   self->per_line);
      return FALSE;
    }

  self->n = n * n;
  self->values = nerve_memory_new (self->n, sizeof (double), "the matrix", error);
  if (self->values == NULL)
    return FALSE;
  for (gsize row = 0; row < n; row += ROWS_AT_ONCE)
    {
      if (!nerve_dataset_read_rows (dataset, 0, row, MIN (ROWS_AT_ONCE, n - row), self->values + row * n, error))
        return FALSE;
      if (!nerve_progress_step (progress, (double) row / n))
        return nerve_progress_set_cancelled (error);
    }

  return TRUE;
}

static gboolean
set_value_error (gsize row, gsize column, double value, GError **error)
{
  if (isnan (value))
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT " is not a number (NaN)", row,
                 column);
  else if (value < 0)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT " is negative (%.9g)", row, column,
                 value);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance of point %" G_GSIZE_FORMAT " to itself is %.9g: the diagonal must be zero", row, value);

  return FALSE;
}

static gboolean
check_entry (const double *square, gsize n, gsize row, gsize column, GError **error)
{
  double value = square[row * n + column];
  double mirrored = square[column * n + row];

  if (!(value >= 0) || (row == column && value != 0))
    return set_value_error (row, column, value, error);
  if (mirrored == value || !(mirrored >= 0))
    return mirrored == value || set_value_error (column, row, mirrored, error);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
               "not symmetric: %.9g in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
               ", but %.9g the other way round", value, row, column, mirrored);
  return FALSE;
}

/* In place: what is written lies before what is still to be read. */
static gboolean
fold_square (double *square, gsize n, const NerveProgress *progress, GError **error)
{
  for (gsize row = 0; row < n; row++)
    {
      for (gsize column = 0; column <= row; column++)
        if (!check_entry (square, n, row, column, error))
          return FALSE;
      if (!nerve_progress_step (progress, (double) row / n))
        return nerve_progress_set_cancelled (error);
    }
  for (gsize row = 1; row < n; row++)
    memmove (square + row * (row - 1) / 2, square + row * n, row * sizeof (double));

  return TRUE;
}

static gboolean
check_triangle (const Numbers *self, gsize n, GError **error)
{
  const double *value = self->values;

  if (n * (n - 1) / 2 != self->n)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   "%" G_GSIZE_FORMAT " numbers in %" G_GSIZE_FORMAT " lines are neither a square matrix nor the lower "
                   "triangle of one", self->n, self->n_lines);
      return FALSE;
    }
  for (gsize row = 1; row < n; row++)
    for (gsize column = 0; column < row; column++, value++)
      if (!(*value >= 0))
        return set_value_error (row, column, *value, error);

  return TRUE;
}

static NerveDistances *
take_numbers (Numbers *self, const NerveProgress *progress, GError **error)
{
  gsize n = self->per_line;
  gboolean is_square = self->is_even && self->n_lines == n && !(n == 1 && self->values[0] > 0);
  gboolean is_good;

  if (!is_square)
    n = (1 + sqrt (1 + 8.0 * self->n)) / 2;
  is_good = is_square ? fold_square (self->values, n, progress, error) : check_triangle (self, n, error);

  return is_good ? nerve_distances_take (g_steal_pointer (&self->values), n) : NULL;
}

NerveDistances *
nerve_distance_matrix_read (const char *path, const NerveProgress *progress, GError **error)
{
  NerveProgress reading = nerve_progress_part (progress, 0.0, 0.7);
  NerveProgress folding = nerve_progress_part (progress, 0.7, 1.0);
  Numbers numbers = { 0 };
  NerveDistances *distances = NULL;
  gboolean done;

  if (g_str_has_suffix (path, ".npy"))
    done = read_npy (&numbers, path, &reading, error);
  else
    done = read_text (&numbers, path, &reading, error);

  if (done && numbers.n == 0)
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "no numbers in it");
  else if (done)
    distances = take_numbers (&numbers, &folding, error);
  g_free (numbers.values);

  return distances;
}
