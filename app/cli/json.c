#include "config.h"

#include "app/cli/json.h"

#include <math.h>
#include <string.h>

#define DEEPEST 16

typedef struct
{
  char     closing;
  gboolean is_row;  /* on one line */
  gboolean has_any;
} Level;

struct _NerveJson
{
  NerveOutput *output;
  guint        depth;
  Level        levels[DEEPEST]; /* 0: the top */
};

static void
write_text (NerveJson *self, const char *text)
{
  nerve_output_write (self->output, text, strlen (text));
}

static void
write_indent (NerveJson *self)
{
  write_text (self, "\n");
  for (guint i = 0; i < self->depth; i++)
    write_text (self, "  ");
}

static void
write_quoted (NerveJson *self, const char *bytes)
{
  /* A file's name may be anything. */
  g_autofree char *valid = g_utf8_make_valid (bytes, -1);
  const char *text = valid;

  write_text (self, "\"");
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        nerve_output_printf (self->output, "\\%c", *text);
      else if ((guchar) *text < 0x20)
        nerve_output_printf (self->output, "\\u%04x", *text);
      else
        nerve_output_write (self->output, text, 1);
    }
  write_text (self, "\"");
}

/* The comma, the new line and the key before a value. */
static void
begin_value (NerveJson *self, const char *key)
{
  Level *level = &self->levels[self->depth];

  if (level->has_any)
    write_text (self, level->is_row ? ", " : ",");
  if (!level->is_row && self->depth > 0)
    write_indent (self);
  level->has_any = TRUE;
  if (key != NULL)
    {
      write_quoted (self, key);
      write_text (self, ": ");
    }
}

static void
begin_level (NerveJson *self, const char *key, char opening, char closing, gboolean is_row)
{
  g_return_if_fail (self->depth + 1 < DEEPEST);

  begin_value (self, key);
  nerve_output_write (self->output, &opening, 1);
  is_row = is_row || self->levels[self->depth].is_row;
  self->levels[++self->depth] = (Level) { closing, is_row, FALSE };
}

NerveJson *
nerve_json_new (NerveOutput *output)
{
  NerveJson *self = g_new0 (NerveJson, 1);

  self->output = output;

  return self;
}

void
nerve_json_free (NerveJson *self)
{
  write_text (self, "\n");
  g_free (self);
}

void
nerve_json_begin_object (NerveJson *self, const char *key)
{
  begin_level (self, key, '{', '}', FALSE);
}

void
nerve_json_begin_array (NerveJson *self, const char *key)
{
  begin_level (self, key, '[', ']', FALSE);
}

void
nerve_json_begin_row (NerveJson *self, const char *key)
{
  begin_level (self, key, '[', ']', TRUE);
}

void
nerve_json_end (NerveJson *self)
{
  Level level = self->levels[self->depth];

  g_return_if_fail (self->depth > 0);

  self->depth--;
  if (level.has_any && !level.is_row)
    write_indent (self);
  nerve_output_write (self->output, &level.closing, 1);
}

void
nerve_json_null (NerveJson *self, const char *key)
{
  begin_value (self, key);
  write_text (self, "null");
}

void
nerve_json_boolean (NerveJson *self, const char *key, gboolean value)
{
  begin_value (self, key);
  write_text (self, value ? "true" : "false");
}

void
nerve_json_integer (NerveJson *self, const char *key, gint64 value)
{
  begin_value (self, key);
  nerve_output_printf (self->output, "%" G_GINT64_FORMAT, value);
}

void
nerve_json_number (NerveJson *self, const char *key, double value)
{
  if (isnan (value))
    nerve_json_null (self, key);
  else if (isinf (value))
    nerve_json_string (self, key, value > 0.0 ? "inf" : "-inf");
  else
    {
      begin_value (self, key);
      nerve_output_number (self->output, value);
    }
}

void
nerve_json_exact (NerveJson *self, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      nerve_json_number (self, key, value);
      return;
    }
  for (int digits = 9; digits <= 17; digits++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  begin_value (self, key);
  write_text (self, text);
}

void
nerve_json_string (NerveJson *self, const char *key, const char *value)
{
  if (value == NULL)
    {
      nerve_json_null (self, key);
      return;
    }

  begin_value (self, key);
  write_quoted (self, value);
}
