#include "homology/cubical-volume.h"

#include <string.h>

#define DIGIT_BITS 11
#define N_DIGITS   (1 << DIGIT_BITS)

static inline guint
get_digit (const NerveCubicalKeyed *keyed, guint shift)
{
  return (((guint32) keyed->key ^ 0x80000000u) >> shift) & (N_DIGITS - 1);
}

/* One digit after the other, from the last to the first. */
void
nerve_cubical_sort (GArray *keyed)
{
  g_autofree NerveCubicalKeyed *scratch = g_new (NerveCubicalKeyed, keyed->len);
  NerveCubicalKeyed *from = (NerveCubicalKeyed *) (gpointer) keyed->data, *to = scratch;

  for (guint shift = 0; shift < 32; shift += DIGIT_BITS)
    {
      gsize ends[N_DIGITS + 1] = { 0 };
      NerveCubicalKeyed *spare = from;

      for (guint k = 0; k < keyed->len; k++)
        ends[get_digit (&from[k], shift) + 1]++;
      for (guint d = 0; d < N_DIGITS; d++)
        ends[d + 1] += ends[d];
      for (guint k = 0; k < keyed->len; k++)
        to[ends[get_digit (&from[k], shift)]++] = from[k];
      from = to;
      to = spare;
    }

  /* Three turns: they end in the scratch. */
  if (keyed->len > 0)
    memcpy (keyed->data, from, keyed->len * sizeof (NerveCubicalKeyed));
}
