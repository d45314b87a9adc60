#include "base/bitset.h"

#include <string.h>

/* Bits past the length stay zero, so that counting and comparing can go by words. */
struct _NerveBitset
{
  gsize   length;
  gsize   n_words;
  guint64 words[];
};

NerveBitset *
nerve_bitset_new (gsize n)
{
  gsize n_words = n / 64 + (n % 64 != 0);
  NerveBitset *self = g_malloc0 (sizeof (NerveBitset) + n_words * sizeof (guint64));

  self->length = n;
  self->n_words = n_words;

  return self;
}

NerveBitset *
nerve_bitset_copy (const NerveBitset *self)
{
  NerveBitset *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = nerve_bitset_new (self->length);
  memcpy (copy->words, self->words, self->n_words * sizeof (guint64));

  return copy;
}

void
nerve_bitset_free (NerveBitset *self)
{
  g_free (self);
}

gsize
nerve_bitset_length (const NerveBitset *self)
{
  return self->length;
}

gboolean
nerve_bitset_get (const NerveBitset *self, gsize i)
{
  g_return_val_if_fail (i < self->length, FALSE);

  return self->words[i / 64] >> (i % 64) & 1;
}

void
nerve_bitset_set (NerveBitset *self, gsize i, gboolean value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (i % 64);

  g_return_if_fail (i < self->length);

  if (value)
    self->words[i / 64] |= bit;
  else
    self->words[i / 64] &= ~bit;
}

void
nerve_bitset_clear_all (NerveBitset *self)
{
  memset (self->words, 0, self->n_words * sizeof (guint64));
}

void
nerve_bitset_union (NerveBitset *self, const NerveBitset *other)
{
  g_return_if_fail (self->length == other->length);

  for (gsize i = 0; i < self->n_words; i++)
    self->words[i] |= other->words[i];
}

gsize
nerve_bitset_count (const NerveBitset *self)
{
  gsize count = 0;

  for (gsize i = 0; i < self->n_words; i++)
    count += __builtin_popcountll (self->words[i]);

  return count;
}

gboolean
nerve_bitset_is_empty (const NerveBitset *self)
{
  for (gsize i = 0; i < self->n_words; i++)
    if (self->words[i] != 0)
      return FALSE;

  return TRUE;
}

gboolean
nerve_bitset_equal (const NerveBitset *a, const NerveBitset *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->length == b->length && memcmp (a->words, b->words, a->n_words * sizeof (guint64)) == 0;
}
