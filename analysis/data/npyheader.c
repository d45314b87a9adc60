#include "data/npyheader.h"

#include <string.h>

#include "base/error.h"
#include "data/names.h"

#define LONGEST_HEADER (1 << 20)

/* The header is a dictionary in Python's notation; this walks over it. */
typedef struct
{
  NerveNpyHeader *header;
  const char     *at;
  gboolean        has_descr, has_order, has_shape;
} Parser;

static gboolean
set_header_error (GError **error, const char *cause)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged: %s", cause);
  return FALSE;
}

static void
skip_space (Parser *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

static gboolean
accept (Parser *self, const char *token)
{
  skip_space (self);
  if (!g_str_has_prefix (self->at, token))
    return FALSE;
  self->at += strlen (token);
  return TRUE;
}

static char *
parse_string (Parser *self)
{
  const char *start;
  char quote;

  skip_space (self);
  quote = *self->at;
  if (quote != '\'' && quote != '"')
    return NULL;
  start = ++self->at;
  while (*self->at != '\0' && *self->at != quote)
    self->at++;
  if (*self->at == '\0')
    return NULL;
  return g_strndup (start, self->at++ - start);
}

static gboolean
parse_shape (Parser *self)
{
  NerveNpyHeader *header = self->header;

  if (!accept (self, "("))
    return FALSE;
  while (!accept (self, ")"))
    {
      char *end = NULL;
      guint64 extent;

      if (!g_ascii_isdigit (*self->at) || header->rank == NERVE_NPY_MAX_RANK)
        return FALSE;
      extent = g_ascii_strtoull (self->at, &end, 10);
      self->at = end;
      header->shape[header->rank++] = extent;
      /* Python 2 wrote long numbers as 3L. */
      accept (self, "L");
      if (!accept (self, ",") && *self->at != ')')
        return FALSE;
    }
  return TRUE;
}

static gboolean
size_fits (NerveScalarKind kind, guint64 size)
{
  if (kind == NERVE_SCALAR_BOOL)
    return size == 1;
  return size == 2 || size == 4 || size == 8 || (size == 1 && kind != NERVE_SCALAR_FLOAT);
}

/* "<f4", "|u1", ">i8". */
static gboolean
parse_type (const char *text, NerveScalar *scalar, GError **error)
{
  static const char kinds[] = { 'f', 'i', 'u', 'b' };
  const char *kind = strchr ("<>=|", *text) != NULL && *text != '\0' ? text + 1 : text;
  const char *found = *kind != '\0' ? memchr (kinds, *kind, sizeof kinds) : NULL;
  char *end = NULL;
  guint64 size = found != NULL ? g_ascii_strtoull (kind + 1, &end, 10) : 0;

  if (found == NULL || *end != '\0' || !size_fits ((NerveScalarKind) (found - kinds), size))
    {
      g_autofree char *clean = nerve_names_clean (text, 64);

      g_set_error (error, NERVE_ERROR, NERVE_ERROR_VALUE, "it holds no plain numbers (type “%s”)", clean);
      return FALSE;
    }
  scalar->kind = (NerveScalarKind) (found - kinds);
  scalar->size = size;
  scalar->swapped = size > 1 && *text == (G_BYTE_ORDER == G_LITTLE_ENDIAN ? '>' : '<');
  return TRUE;
}

static gboolean
parse_descr (Parser *self, GError **error)
{
  g_autofree char *text = NULL;

  skip_space (self);
  if (*self->at == '[')
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE, "it holds records, no plain numbers");
      return FALSE;
    }
  text = parse_string (self);
  if (text == NULL)
    return set_header_error (error, "the header's type can't be read");
  self->has_descr = TRUE;
  return parse_type (text, &self->header->scalar, error);
}

static gboolean
parse_entry (Parser *self, GError **error)
{
  g_autofree char *key = parse_string (self);

  if (key == NULL || !accept (self, ":"))
    return set_header_error (error, "the header can't be read");
  if (strcmp (key, "descr") == 0)
    return parse_descr (self, error);
  if (strcmp (key, "fortran_order") == 0)
    {
      self->header->fortran_order = accept (self, "True");
      self->has_order = self->header->fortran_order || accept (self, "False");
      return self->has_order || set_header_error (error, "the header's order can't be read");
    }
  if (strcmp (key, "shape") == 0 && !self->has_shape)
    {
      self->has_shape = parse_shape (self);
      return self->has_shape || set_header_error (error, "the header's shape can't be read");
    }
  return set_header_error (error, "the header has an unknown entry");
}

static gboolean
parse (NerveNpyHeader *header, const char *text, GError **error)
{
  Parser parser = { .header = header, .at = text };

  if (!accept (&parser, "{"))
    return set_header_error (error, "the header can't be read");
  while (!accept (&parser, "}"))
    {
      if (!parse_entry (&parser, error))
        return FALSE;
      accept (&parser, ",");
    }
  return (parser.has_descr && parser.has_order && parser.has_shape)
         || set_header_error (error, "the header is not complete");
}

static gboolean
read_length (NerveBytes *bytes, gsize *start, gsize *length, GError **error)
{
  guint8 head[12];

  if (!nerve_bytes_read (bytes, 0, head, 10, error))
    return FALSE;
  if (memcmp (head, "\x93NUMPY", 6) != 0)
    return set_header_error (error, "no NumPy array");
  *start = 10;
  *length = head[8] | head[9] << 8;
  if (head[6] == 1)
    return TRUE;
  if (head[6] > 3)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "version %u of NumPy's format is not known", head[6]);
      return FALSE;
    }
  if (!nerve_bytes_read (bytes, 0, head, 12, error))
    return FALSE;
  *start = 12;
  *length = *length | (gsize) head[10] << 16 | (gsize) head[11] << 24;
  return TRUE;
}

gboolean
nerve_npy_header_read (NerveNpyHeader *self, NerveBytes *bytes, GError **error)
{
  g_autofree char *text = NULL;
  gsize start = 0, length = 0;

  *self = (NerveNpyHeader) { 0 };
  if (!read_length (bytes, &start, &length, error))
    return FALSE;
  if (length > LONGEST_HEADER)
    return set_header_error (error, "the header is too long");
  text = g_malloc0 (length + 1);
  if (!nerve_bytes_read (bytes, start, text, length, error))
    return FALSE;
  self->data_offset = start + length;
  return parse (self, text, error);
}
