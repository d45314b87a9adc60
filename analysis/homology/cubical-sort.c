#include "homology/cubical-volume.h"

#include <string.h>

#define DIGIT_BITS 11
#define N_DIGITS   (1 << DIGIT_BITS)
#define N_TURNS    3

static G_ALWAYS_INLINE inline guint
get_digit (const guint8 *item, guint turn)
{
  gint32 key;

  memcpy (&key, item, sizeof key);
  return (((guint32) key ^ 0x80000000u) >> (turn * DIGIT_BITS)) & (N_DIGITS - 1);
}

/* How many items have which digit, for all turns at once. */
static G_ALWAYS_INLINE inline void
count (const guint8 *items, gsize n, gsize size, gsize counts[N_TURNS][N_DIGITS])
{
  for (gsize k = 0; k < n; k++)
    for (guint turn = 0; turn < N_TURNS; turn++)
      counts[turn][get_digit (items + k * size, turn)]++;
}

/* One digit after the other, from the last to the first. */
static G_ALWAYS_INLINE inline void
sort (guint8 *items, gsize n, gsize size)
{
  g_autofree guint8 *scratch = g_malloc (n * size);
  gsize counts[N_TURNS][N_DIGITS] = { 0 };
  guint8 *from = items, *to = scratch;

  count (items, n, size, counts);
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      guint8 *spare = from;
      gsize sum = 0;

      for (guint d = 0; d < N_DIGITS; d++)
        {
          gsize start = sum;

          sum += counts[turn][d];
          counts[turn][d] = start;
        }
      for (gsize k = 0; k < n; k++)
        memcpy (to + size * counts[turn][get_digit (from + k * size, turn)]++, from + k * size, size);
      from = to;
      to = spare;
    }

  /* Three turns: they end in the scratch. */
  memcpy (items, from, n * size);
}

void
nerve_cubical_sort (GArray *keyed)
{
  g_return_if_fail (g_array_get_element_size (keyed) == 8 || g_array_get_element_size (keyed) == 16);

  if (keyed->len == 0)
    return;

  if (g_array_get_element_size (keyed) == 8)
    sort ((guint8 *) keyed->data, keyed->len, 8);
  else
    sort ((guint8 *) keyed->data, keyed->len, 16);
}
