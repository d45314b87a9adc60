#include "base/pack.h"

#include <string.h>

#define NOTHING G_MAXUINT64 /* instead of a length */

void
nerve_pack_number (GByteArray *out, guint64 value)
{
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

void
nerve_pack_double (GByteArray *out, double value)
{
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

void
nerve_pack_text (GByteArray *out, const char *text)
{
  nerve_pack_array (out, text, text != NULL ? strlen (text) : 0, 1);
}

void
nerve_pack_array (GByteArray *out, gconstpointer values, gsize n, gsize size)
{
  nerve_pack_number (out, values != NULL ? n : NOTHING);
  if (values != NULL && n > 0)
    g_byte_array_append (out, values, n * size);
}

static void
take (NerveUnpack *self, gpointer to, gsize size)
{
  if (self->failed || size > self->size)
    {
      self->failed = TRUE;
      memset (to, 0, size);
      return;
    }

  memcpy (to, self->data, size);
  self->data += size;
  self->size -= size;
}

guint64
nerve_unpack_number (NerveUnpack *self)
{
  guint64 value;

  take (self, &value, sizeof value);

  return value;
}

double
nerve_unpack_double (NerveUnpack *self)
{
  double value;

  take (self, &value, sizeof value);

  return value;
}

char *
nerve_unpack_text (NerveUnpack *self)
{
  gsize n;
  char *bytes = nerve_unpack_array (self, 1, &n);
  char *text = bytes != NULL ? g_strndup (bytes, n) : NULL;

  g_free (bytes);

  return text;
}

gpointer
nerve_unpack_array (NerveUnpack *self, gsize size, gsize *n)
{
  guint64 length = nerve_unpack_number (self);
  gpointer values;

  if (n != NULL)
    *n = 0;
  if (self->failed || length == NOTHING)
    return NULL;
  /* Before room is made for it. */
  if (length > self->size / size)
    {
      self->failed = TRUE;
      return NULL;
    }

  values = g_malloc0_n (MAX (length, 1), size);
  take (self, values, length * size);
  if (n != NULL)
    *n = length;

  return values;
}

gpointer
nerve_unpack_just (NerveUnpack *self, gsize n, gsize size)
{
  gsize found;
  g_autofree gpointer values = nerve_unpack_array (self, size, &found);

  if (values != NULL && found != n)
    {
      self->failed = TRUE;
      return NULL;
    }

  return g_steal_pointer (&values);
}
