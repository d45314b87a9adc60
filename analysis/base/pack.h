/* Numbers and arrays as bytes and back, for what is kept from one start to the next: in this machine's own order. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nerve_pack_number (GByteArray *out, guint64 value);
void nerve_pack_double (GByteArray *out, double value);
/* @text: NULL is kept as such */
void nerve_pack_text   (GByteArray *out, const char *text);
/* @values: (array): @n of @size bytes each, without pointers or gaps in them; NULL is kept as such */
void nerve_pack_array  (GByteArray *out, gconstpointer values, gsize n, gsize size);

/* Bytes that are read from the front. What is asked for beyond their end reads as nothing, and @failed says so. */
typedef struct
{
  const guint8 *data;
  gsize         size;
  gboolean      failed;
} NerveUnpack;

guint64  nerve_unpack_number (NerveUnpack *self);
double   nerve_unpack_double (NerveUnpack *self);
char    *nerve_unpack_text   (NerveUnpack *self);
/**
 * nerve_unpack_array:
 * @n: (out) (optional): how many there are
 *
 * Returns: (transfer full): those, with room for one at least; NULL if NULL was packed, or @failed
 */
gpointer nerve_unpack_array  (NerveUnpack *self, gsize size, gsize *n);
/* The same where there must be @n of them, or NULL. */
gpointer nerve_unpack_just   (NerveUnpack *self, gsize n, gsize size);

G_END_DECLS
