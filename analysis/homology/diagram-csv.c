#include "homology/diagram-csv.h"

#include <math.h>
#include <string.h>

#define FIELDS 3
#define LONGEST_FIELD 64
#define LONGEST_SHOWN 40
#define LINES_PER_CHECK 4096
#define MOST_DIMENSIONS 64

static const char *const names[FIELDS] = { "dimension", "birth", "death" };

typedef struct
{
  const char *start;
  gsize       length;
} Field;

static gboolean
set_line_error (GError **error, int code, guint line, const char *format, ...) G_GNUC_PRINTF (4, 5);

static gboolean
set_line_error (GError **error, int code, guint line, const char *format, ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start (arguments, format);
  cause = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, NERVE_ERROR, code, "line %u: %s", line, cause);

  return FALSE;
}

static Field
trim (const char *start, const char *end)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  while (start < end && g_ascii_isspace (end[-1]))
    end--;

  return (Field) { start, end - start };
}

/* How many fields the line has; the first three of them. */
static guint
split (const char *start, const char *end, Field *fields)
{
  guint n = 0;

  for (;;)
    {
      const char *comma = memchr (start, ',', end - start);

      if (n < FIELDS)
        fields[n] = trim (start, comma != NULL ? comma : end);
      n++;
      if (comma == NULL)
        return n;
      start = comma + 1;
    }
}

static gboolean
is_header (const Field *fields, guint n)
{
  for (guint i = 0; i < FIELDS && n == FIELDS; i++)
    if (fields[i].length != strlen (names[i]) || memcmp (fields[i].start, names[i], fields[i].length) != 0)
      return FALSE;

  return n == FIELDS;
}

static gboolean
parse_number (const Field *field, const char *name, guint line, double *out, GError **error)
{
  char text[LONGEST_FIELD + 1];
  g_autofree char *shown = NULL;
  char *end = NULL;

  if (field->length > 0 && field->length <= LONGEST_FIELD)
    {
      memcpy (text, field->start, field->length);
      text[field->length] = '\0';
      *out = g_ascii_strtod (text, &end);
      if (end == text + field->length)
        return !isnan (*out) || set_line_error (error, NERVE_ERROR_VALUE, line, "%s is not a number (NaN)", name);
    }

  shown = g_utf8_make_valid (field->start, MIN (field->length, LONGEST_SHOWN));
  return set_line_error (error, NERVE_ERROR_FORMAT, line, "%s: “%s” is no number", name, shown);
}

static gboolean
check_bar (double dimension, double birth, double death, guint line, GError **error)
{
  if (!(dimension >= 0 && dimension <= MOST_DIMENSIONS && dimension == floor (dimension)))
    return set_line_error (error, NERVE_ERROR_VALUE, line, "%.9g is no dimension", dimension);
  if (isinf (birth))
    return set_line_error (error, NERVE_ERROR_VALUE, line, "a birth at %.9g", birth);
  if (birth > death)
    return set_line_error (error, NERVE_ERROR_VALUE, line, "born at %.9g, dead before, at %.9g", birth, death);

  return TRUE;
}

static gboolean
parse_line (const char *start, const char *end, guint line, gboolean *first, GArray *bars, GError **error)
{
  Field fields[FIELDS];
  double numbers[FIELDS];
  NerveBar bar;
  guint n;

  if (memchr (start, '\0', end - start) != NULL)
    return set_line_error (error, NERVE_ERROR_FORMAT, line, "no text");
  if (trim (start, end).length == 0)
    return TRUE;

  n = split (start, end, fields);
  if (*first && is_header (fields, n))
    {
      *first = FALSE;
      return TRUE;
    }
  *first = FALSE;
  if (n != FIELDS)
    return set_line_error (error, NERVE_ERROR_FORMAT, line, "%u %s where there should be dimension,birth,death", n,
                           n == 1 ? "field" : "fields");
  for (guint i = 0; i < FIELDS; i++)
    if (!parse_number (&fields[i], names[i], line, &numbers[i], error))
      return FALSE;
  if (!check_bar (numbers[0], numbers[1], numbers[2], line, error))
    return FALSE;

  bar = (NerveBar) { numbers[0], numbers[1], numbers[2] };
  g_array_append_val (bars, bar);

  return TRUE;
}

static int
find_max_dimension (const GArray *bars)
{
  int largest = 0;

  for (guint i = 0; i < bars->len; i++)
    largest = MAX (largest, g_array_index (bars, NerveBar, i).dimension);

  return largest;
}

NerveDiagram *
nerve_diagram_parse_csv (const char *text, gsize length, const NerveProgress *progress, GError **error)
{
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  const char *end = text + length;
  gboolean first = TRUE;
  guint line = 0;
  int max_dimension;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3;
  while (text < end)
    {
      const char *stop = memchr (text, '\n', end - text);

      if (stop == NULL)
        stop = end;
      if (!parse_line (text, stop, ++line, &first, bars, error))
        return NULL;
      if (line % LINES_PER_CHECK == 0 && !nerve_progress_check (progress, error))
        return NULL;
      text = MIN (stop + 1, end);
    }
  if (first)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "no diagram: not even dimension,birth,death");
      return NULL;
    }

  max_dimension = find_max_dimension (bars);
  return nerve_diagram_new_take (g_steal_pointer (&bars), max_dimension);
}
