/* Sets of points as rows of bits, a cache line at a time. */
#pragma once

#include "homology/rips-target.h"

G_BEGIN_DECLS

#define WORDS_AT_ONCE 8 /* a cache line */

/* A cache line of bits; the compiler makes of it what the processor has. */
typedef guint64 Words __attribute__ ((vector_size (64), may_alias));
typedef guint64 Half __attribute__ ((vector_size (32), may_alias));

NERVE_RIPS_TARGET_INLINE gboolean
has_bit (const guint64 *words, guint32 i)
{
  return words[i / 64] >> (i % 64) & 1;
}

NERVE_RIPS_TARGET_INLINE void
set_bit (guint64 *words, guint32 i)
{
  words[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

NERVE_RIPS_TARGET_INLINE void
clear_bit (guint64 *words, guint32 i)
{
  words[i / 64] &= ~(G_GUINT64_CONSTANT (1) << (i % 64));
}

NERVE_RIPS_TARGET_INLINE guint64
has_any (const Words *words)
{
  Half half = __builtin_shufflevector (*words, *words, 0, 1, 2, 3) |
              __builtin_shufflevector (*words, *words, 4, 5, 6, 7);

  return half[0] | half[1] | half[2] | half[3];
}

/* Intersects two rows; the result is empty if this returns 0. */
NERVE_RIPS_TARGET_INLINE guint64
intersect (guint64 *out, const guint64 *a, const guint64 *b, gsize n_words)
{
  Words any = { 0 };

  for (gsize i = 0; i < n_words; i += WORDS_AT_ONCE)
    {
      Words both = *(const Words *) (a + i) & *(const Words *) (b + i);

      *(Words *) (out + i) = both;
      any |= both;
    }

  return has_any (&any);
}

NERVE_RIPS_TARGET_INLINE gboolean
meets (const guint64 *a, const guint64 *b, gsize n_words)
{
  for (gsize i = 0; i < n_words; i += WORDS_AT_ONCE)
    {
      Words both = *(const Words *) (a + i) & *(const Words *) (b + i);

      if (has_any (&both) != 0)
        return TRUE;
    }

  return FALSE;
}

/* The least number in a set; none if it is not below n_words · 64. */
NERVE_RIPS_TARGET_INLINE gsize
find_first (const guint64 *words, gsize n_words)
{
  gsize i = 0;

  while (i < n_words && has_any ((const Words *) (words + i)) == 0)
    i += WORDS_AT_ONCE;
  if (i == n_words)
    return n_words * 64;
  while (words[i] == 0)
    i++;

  return i * 64 + __builtin_ctzll (words[i]);
}

G_END_DECLS
