#include "homology/cubical-volume.h"

#include <string.h>

#include "base/memory.h"

#define DIGIT_BITS 11
#define N_DIGITS   (1 << DIGIT_BITS)
#define N_TURNS    3

static G_ALWAYS_INLINE inline guint
get_digit (const guint8 *key_bytes, guint turn)
{
  gint32 key;

  memcpy (&key, key_bytes, sizeof key);
  return (((guint32) key ^ 0x80000000u) >> (turn * DIGIT_BITS)) & (N_DIGITS - 1);
}

/* One digit after the other, from the last to the first, each time into the other array. Three turns: they end in
 * @scratch. */
static G_ALWAYS_INLINE inline void
sort (guint8 *items, guint8 *scratch, gsize n, gsize size, gsize offset)
{
  gsize counts[N_TURNS][N_DIGITS] = { 0 };
  guint8 *from = items, *to = scratch;

  for (gsize k = 0; k < n; k++)
    for (guint turn = 0; turn < N_TURNS; turn++)
      counts[turn][get_digit (items + k * size + offset, turn)]++;

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
        memcpy (to + size * counts[turn][get_digit (from + k * size + offset, turn)]++, from + k * size, size);
      from = to;
      to = spare;
    }
}

void
nerve_cubical_sort (GArray **keyed, gsize offset)
{
  gsize size = g_array_get_element_size (*keyed);
  guint n = (*keyed)->len;
  GArray *scratch;

  g_return_if_fail (size == 8 || size == 16);
  g_return_if_fail (offset <= size - sizeof (gint32));

  scratch = nerve_memory_new_array (size, n);
  g_array_set_size (scratch, n);
  if (n > 0 && size == 8)
    sort ((guint8 *) (*keyed)->data, (guint8 *) scratch->data, n, 8, offset);
  else if (n > 0)
    sort ((guint8 *) (*keyed)->data, (guint8 *) scratch->data, n, 16, offset);
  g_array_unref (*keyed);
  *keyed = scratch;
}
