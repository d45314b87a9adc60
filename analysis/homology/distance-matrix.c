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
  gboolean has_diagonal; /* lines of 1, 2, 3, … numbers, the last of each 0 */
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
  self->has_diagonal = self->has_diagonal && self->n - before == self->n_lines && self->values[self->n - 1] == 0;

  return TRUE;
}

static gboolean
parse_text (Numbers *self, const char *text, gsize length, const NerveProgress *progress, GError **error)
{
  const char *at = text;
  const char *end = text + length;
  const char *next_check = at;

  self->is_even = self->has_diagonal = TRUE;
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
set_value_error (gsize row, gsize column, double value, GError **error)
{
  if (isnan (value))
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                 " (counted from 0) is not a number (NaN)", row, column);
  else if (value < 0)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                 " (counted from 0) is negative (%.9g)", row, column, value);
  else
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                 "the distance of point %" G_GSIZE_FORMAT
                 " (counted from 0) to itself is %.9g: the diagonal must be zero", row, value);

  return FALSE;
}

static gboolean
set_asymmetry_error (gsize row, gsize column, double value, double mirrored, GError **error)
{
  /* What differs in the last bit only is to be seen to differ. */
  int digits = fabs (value - mirrored) > 1e-7 * fabs (value) ? 9 : 17;

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE,
               "not symmetric: %.*g in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
               " (counted from 0), but %.*g the other way round", digits, value, row, column, digits, mirrored);
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

  return set_asymmetry_error (row, column, value, mirrored, error);
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

/* All zeros are points that coincide, either way they are read. Else a zero at every line's end would join all points
 * in a chain of no length, and still set some apart. */
static gboolean
check_no_diagonal (const Numbers *self, GError **error)
{
  gboolean is_zero = TRUE;

  for (gsize i = 0; i < self->n; i++)
    is_zero = is_zero && self->values[i] == 0;
  if (is_zero || !self->has_diagonal)
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                       "every line ends in 0: that is the diagonal, which a lower triangle leaves out");
  return FALSE;
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
  if (!check_no_diagonal (self, error))
    return FALSE;
  for (gsize row = 1; row < n; row++)
    for (gsize column = 0; column < row; column++, value++)
      if (!(*value >= 0))
        return set_value_error (row, column, *value, error);

  return TRUE;
}

/* Names the first of a row's entries that is none. */
static gboolean
set_row_error (const double *row, const double *above, gsize i, gsize n, GError **error)
{
  for (gsize j = 0; j < n; j++)
    {
      if (!(row[j] >= 0) || (j == i && row[j] != 0))
        return set_value_error (i, j, row[j], error);
      if (j < i && row[j] != above[j])
        return set_asymmetry_error (i, j, row[j], above[j], error);
    }

  g_assert_not_reached ();
}

/* Compares what lies left of the diagonal with what was put there before. */
static gboolean
check_row (const double *row, const double *above, gsize i, gsize n, GError **error)
{
  guint64 bad = row[i] != 0;

  for (gsize j = 0; j < i; j++)
    bad |= row[j] != above[j];
  for (gsize j = 0; j < n; j++)
    bad |= !(row[j] >= 0);

  return bad == 0 || set_row_error (row, above, i, n, error);
}

/* Puts what lies right of the diagonal below it, and checks the rest against that. */
static gboolean
fold_rows (const double *rows, gsize first, gsize n_rows, gsize n, double *values, GError **error)
{
  for (gsize j = first + 1; j < n; j++)
    for (gsize i = first; i < MIN (first + n_rows, j); i++)
      values[j * (j - 1) / 2 + i] = rows[(i - first) * n + j];

  for (gsize i = first; i < first + n_rows; i++)
    if (!check_row (rows + (i - first) * n, values + i * (i - MIN (i, 1)) / 2, i, n, error))
      return FALSE;

  return TRUE;
}

static gboolean
fold_npy (NerveDataset *dataset, gsize n, double *values, const NerveProgress *progress, GError **error)
{
  g_autofree double *rows = g_new (double, ROWS_AT_ONCE * n);

  for (gsize row = 0; row < n; row += ROWS_AT_ONCE)
    {
      gsize n_rows = MIN (ROWS_AT_ONCE, n - row);

      if (!nerve_dataset_read_rows (dataset, 0, row, n_rows, rows, error)
          || !fold_rows (rows, row, n_rows, n, values, error))
        return FALSE;
      if (!nerve_progress_step (progress, (double) row / n))
        return nerve_progress_set_cancelled (error);
    }

  return TRUE;
}

/* Never holds more than the lower triangle and a few rows. */
static NerveDistances *
read_npy (const char *path, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveDataset) dataset = nerve_dataset_open (path, error);
  g_autofree double *values = NULL;
  const NerveLayer *layer;
  gsize per_row, n;

  if (dataset == NULL)
    return NULL;
  layer = nerve_dataset_get_layer (dataset, 0);
  n = layer->n;
  per_row = layer->channels * layer->height * layer->width;
  if (per_row != n)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_SHAPE,
                   "%" G_GSIZE_FORMAT " rows of %" G_GSIZE_FORMAT " are no matrix of distances, which is square", n,
                   per_row);
      return NULL;
    }

  values = nerve_memory_new (n * (n - MIN (n, 1)) / 2, sizeof (double), "the matrix", error);
  if (values == NULL || !fold_npy (dataset, n, values, progress, error))
    return NULL;

  return nerve_distances_take (g_steal_pointer (&values), n);
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

static NerveDistances *
read_numbers (const char *path, const NerveProgress *progress, GError **error)
{
  NerveProgress reading = nerve_progress_part (progress, 0.0, 0.7);
  NerveProgress folding = nerve_progress_part (progress, 0.7, 1.0);
  Numbers numbers = { 0 };
  NerveDistances *distances = NULL;
  gboolean done = read_text (&numbers, path, &reading, error);

  if (done && numbers.n == 0)
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_SHAPE, "no numbers in it");
  else if (done)
    distances = take_numbers (&numbers, &folding, error);
  g_free (numbers.values);

  return distances;
}

NerveDistances *
nerve_distance_matrix_read (const char *path, const NerveProgress *progress, GError **error)
{
  if (g_str_has_suffix (path, ".npy"))
    return read_npy (path, progress, error);

  return read_numbers (path, progress, error);
}
