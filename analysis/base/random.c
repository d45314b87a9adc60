#include "base/random.h"

#include <math.h>
#include <stdlib.h>

static guint64
splitmix (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

static guint64
rotate_left (guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

/* The C library's log() may differ in the last bit from one processor to the next; this one
 * uses nothing but operations that IEEE 754 rounds in one way. 0 < @x; error below 1e-15. */
static double
portable_log (double x)
{
  int exponent;
  double m = frexp (x, &exponent);
  double z, square, sum = 0.0;

  if (m < G_SQRT2 / 2.0)
    {
      m *= 2.0;
      exponent--;
    }

  z = (m - 1.0) / (m + 1.0);
  square = z * z;
  for (int k = 25; k >= 1; k -= 2)
    sum = sum * square + 1.0 / k;

  return 2.0 * z * sum + exponent * G_LN2;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Adds @value + 1 to an open hash table (0: a free slot); FALSE if it was there. */
static gboolean
table_add (guint64 *table, gsize mask, guint64 value)
{
  gsize slot = (value * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32) & mask;

  while (table[slot] != 0)
    {
      if (table[slot] == value + 1)
        return FALSE;
      slot = (slot + 1) & mask;
    }
  table[slot] = value + 1;

  return TRUE;
}

void
nerve_random_init (NerveRandom *self, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->s); i++)
    self->s[i] = splitmix (&seed);
}

void
nerve_random_init_stream (NerveRandom *self, guint64 seed, guint64 stream)
{
  guint64 mixed_seed = splitmix (&seed);
  guint64 state = mixed_seed ^ rotate_left (stream * G_GUINT64_CONSTANT (0xd1342543de82ef95), 32);

  nerve_random_init (self, splitmix (&state));
}

guint64
nerve_random_next (NerveRandom *self)
{
  guint64 *s = self->s;
  guint64 result = rotate_left (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);

  return result;
}

/* Lemire, "Fast random integer generation in an interval", 2019. */
guint64
nerve_random_below (NerveRandom *self, guint64 bound)
{
  unsigned __int128 product;

  g_return_val_if_fail (bound >= 1, 0);

  product = (unsigned __int128) nerve_random_next (self) * bound;
  if ((guint64) product < bound)
    {
      guint64 threshold = -bound % bound;

      while ((guint64) product < threshold)
        product = (unsigned __int128) nerve_random_next (self) * bound;
    }

  return product >> 64;
}

double
nerve_random_double (NerveRandom *self)
{
  return (nerve_random_next (self) >> 11) * 0x1p-53;
}

/* Marsaglia's polar method; its second number is dropped, to keep no state but the words. */
double
nerve_random_normal (NerveRandom *self)
{
  double u, v, s;

  do
    {
      u = 2.0 * nerve_random_double (self) - 1.0;
      v = 2.0 * nerve_random_double (self) - 1.0;
      s = u * u + v * v;
    }
  while (s >= 1.0 || s == 0.0);

  return u * sqrt (-2.0 * portable_log (s) / s);
}

void
nerve_random_choose (NerveRandom *self, gsize n, gsize k, guint32 *out)
{
  g_autofree guint64 *table = NULL;
  gsize capacity = 16;

  g_return_if_fail (k <= n);
  g_return_if_fail (n <= (gsize) G_MAXUINT32 + 1);

  while (capacity < 2 * k)
    capacity *= 2;
  table = g_new0 (guint64, capacity);

  for (gsize i = 0; i < k; i++)
    {
      guint64 last = n - k + i;
      guint64 drawn = nerve_random_below (self, last + 1);

      if (!table_add (table, capacity - 1, drawn))
        {
          table_add (table, capacity - 1, last);
          drawn = last;
        }
      out[i] = drawn;
    }

  if (k > 0)
    qsort (out, k, sizeof (guint32), compare_numbers);
}
