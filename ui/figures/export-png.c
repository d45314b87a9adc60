#include "figures/export-png.h"

#include <math.h>
#include <string.h>

/* Signature, then the header chunk, which must be first. */
#define AFTER_HEADER (8 + 25)
#define METRES_IN_AN_INCH .0254

/* The CRC of ISO 3309, which chunks end with. */
static guint32
crc32_of (const guint8 *bytes, gsize n)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }

  return ~crc;
}

static void
append_number (GByteArray *bytes, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, sizeof big);
}

static void
append_chunk (GByteArray *out, const char *type, const GByteArray *content)
{
  gsize start;

  append_number (out, content->len);
  start = out->len;
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, content->data, content->len);
  append_number (out, crc32_of (out->data + start, out->len - start));
}

static void
append_resolution (GByteArray *out, double dpi)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint32 per_metre = (guint32) lrint (dpi / METRES_IN_AN_INCH);
  const guint8 metre = 1;

  append_number (content, per_metre);
  append_number (content, per_metre);
  g_byte_array_append (content, &metre, 1);
  append_chunk (out, "pHYs", content);
}

/* tEXt is Latin-1: what isn't ASCII goes as iTXt, uncompressed, no language. */
static void
append_text (GByteArray *out, const char *keyword, const char *text)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  gboolean plain = g_str_is_ascii (text);
  const guint8 flags[4] = { 0, 0, 0, 0 };

  g_byte_array_append (content, (const guint8 *) keyword, strlen (keyword) + 1);
  if (!plain)
    g_byte_array_append (content, flags, sizeof flags);
  g_byte_array_append (content, (const guint8 *) text, strlen (text));
  append_chunk (out, plain ? "tEXt" : "iTXt", content);
}

void
nerve_png_add_chunks (GByteArray *png, double dpi, const char * const *texts)
{
  g_autoptr (GByteArray) rest = g_byte_array_new ();

  g_return_if_fail (png->len > AFTER_HEADER);

  g_byte_array_append (rest, png->data + AFTER_HEADER, png->len - AFTER_HEADER);
  g_byte_array_set_size (png, AFTER_HEADER);
  append_resolution (png, dpi);
  for (guint i = 0; texts[i] != NULL; i += 2)
    append_text (png, texts[i], texts[i + 1]);
  g_byte_array_append (png, rest->data, rest->len);
}
