#include "figures/tex-pixels.h"

#include <glib/gi18n.h>
#include <string.h>

#include <gio/gio.h>

#include "base/error.h"

#define FIRST_DIGIT '!'

/* ASCII85: five digits of base 85 are four bytes, "z" four zeros; n digits at the end are n − 1 bytes. */
static GByteArray *
decode (const char *text, gsize n)
{
  GByteArray *bytes = g_byte_array_new ();
  guint32 value = 0;
  guint digits = 0;

  for (gsize i = 0; i < n; i++)
    {
      gboolean zeros = text[i] == 'z' && digits == 0;

      if (g_ascii_isspace (text[i]))
        continue;
      value = zeros ? 0 : value * 85 + (guint) (text[i] - FIRST_DIGIT);
      if (zeros || ++digits == 5)
        {
          guint32 big = GUINT32_TO_BE (value);

          g_byte_array_append (bytes, (const guint8 *) &big, 4);
          value = digits = 0;
        }
    }
  if (digits > 1)
    {
      guint32 big;

      for (guint i = digits; i < 5; i++)
        value = value * 85 + 84;
      big = GUINT32_TO_BE (value);
      g_byte_array_append (bytes, (const guint8 *) &big, digits - 1);
    }

  return bytes;
}

/* After four bytes that say how long it will be. */
static GByteArray *
inflate (const GByteArray *packed, gsize expected)
{
  g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  GByteArray *bytes = g_byte_array_new ();
  gsize read, written = 0;

  g_byte_array_set_size (bytes, expected);
  if (packed->len <= 4 || expected == 0 ||
      g_converter_convert (G_CONVERTER (converter), packed->data + 4, packed->len - 4, bytes->data, expected,
                           G_CONVERTER_INPUT_AT_END, &read, &written, NULL) == G_CONVERTER_ERROR)
    written = 0;
  g_byte_array_set_size (bytes, written);

  return bytes;
}

static guint
number_after (const char *text, gsize n, const char *key)
{
  const char *found = g_strstr_len (text, n, key);

  return found != NULL ? (guint) g_ascii_strtoull (found + strlen (key), NULL, 10) : 0;
}

static gboolean
take_source (NerveTexPixels *self, const char *dictionary, const char *source, gsize n)
{
  gsize head = source - dictionary;
  g_autoptr (GByteArray) bytes = decode (source + 2, n - 2);
  gsize wanted;

  self->width = number_after (dictionary, head, "/width ");
  self->height = number_after (dictionary, head, "/height ");
  wanted = (gsize) self->width * self->height * 3;
  if (source[1] == '|')
    {
      GByteArray *whole = inflate (bytes, wanted);

      g_byte_array_unref (bytes);
      bytes = whole;
    }
  if (g_strstr_len (dictionary, head, "//RGB24") == NULL || wanted == 0 || bytes->len < wanted)
    return FALSE;
  self->data = g_byte_array_free (g_steal_pointer (&bytes), FALSE);

  return TRUE;
}

const char *
nerve_tex_pixels_parse (NerveTexPixels *self, const char *text, GError **error)
{
  const char *source = strstr (text, "/source <");
  const char *end = strstr (text, ">>");

  if (source != NULL && (end == NULL || source < end))
    {
      const char *data = source + strlen ("/source ");
      const char *last = strstr (data, "~>");

      if (last == NULL || !take_source (self, text, data, last - data))
        {
          g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, _("TikZ can not show a picture in this figure"));
          return text + strlen (text);
        }
      end = strstr (last, ">>");
    }

  return end != NULL ? end + 2 : text + strlen (text);
}

guint32
nerve_tex_pixels_run (const NerveTexPixels *self, guint x, guint y, guint *end)
{
  const guint8 *row = self->data + (gsize) y * self->width * 3;
  const guint8 *pixel = row + 3 * x;

  *end = x + 1;
  while (*end < self->width && memcmp (row + 3 * *end, pixel, 3) == 0)
    ++*end;

  return (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
}

void
nerve_tex_pixels_clear (NerveTexPixels *self)
{
  g_clear_pointer (&self->data, g_free);
}
