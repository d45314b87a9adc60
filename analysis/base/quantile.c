#include "base/quantile.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"

#define GRAIN 1048576 /* values looked at between two questions: about a millisecond */
#define DIGIT_BITS 16
#define N_DIGITS (1 << DIGIT_BITS)

/* One pass of a selection: how many values share their higher digits with @prefix, by their next digit. */
typedef struct
{
  const double *values;
  guint64       prefix;
  guint         shift; /* of the digit that is counted */
  GMutex        lock;
  guint64      *counts;
} Counting;

/* The smallest value above another one. */
typedef struct
{
  const double *values;
  double        above;
  GMutex        lock;
  double        smallest;
} Following;

/* Doubles are ordered as these are. */
static guint64
key_of (double value)
{
  guint64 bits;

  value += 0.0; /* −0 */
  memcpy (&bits, &value, sizeof bits);

  return bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT (1) << 63;
}

static double
value_of (guint64 key)
{
  guint64 bits = key >> 63 ? key & ~(G_GUINT64_CONSTANT (1) << 63) : ~key;
  double value;

  memcpy (&value, &bits, sizeof value);

  return value;
}

static gboolean
count_digits (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Counting *self = user_data;
  g_autofree guint32 *counts = g_new0 (guint32, N_DIGITS);
  guint higher = self->shift + DIGIT_BITS;

  for (gsize i = begin; i < end; i++)
    {
      guint64 key = key_of (self->values[i]);

      if (higher == 64 || key >> higher == self->prefix)
        counts[key >> self->shift & (N_DIGITS - 1)]++;
    }

  g_mutex_lock (&self->lock);
  for (gsize digit = 0; digit < N_DIGITS; digit++)
    self->counts[digit] += counts[digit];
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/* The value of rank @rank, and how many are at most that large. */
static gboolean
select_value (const double *values, gsize n, gsize rank, double *value, gsize *n_up_to, const NerveProgress *progress)
{
  g_autofree guint64 *counts = g_new (guint64, N_DIGITS);
  Counting counting = { .values = values, .counts = counts };
  gboolean done = TRUE;
  gsize below = 0;

  g_mutex_init (&counting.lock);
  for (int shift = 64 - DIGIT_BITS; shift >= 0 && done; shift -= DIGIT_BITS)
    {
      double from = 1.0 - (shift + DIGIT_BITS) / 64.0;
      NerveProgress part = nerve_progress_part (progress, from, from + DIGIT_BITS / 64.0);
      gsize digit = 0;

      memset (counts, 0, N_DIGITS * sizeof (guint64));
      counting.shift = shift;
      done = nerve_parallel_for (n, GRAIN, count_digits, &counting, &part);
      if (done)
        {
          while (below + counts[digit] <= rank)
            below += counts[digit++];
          counting.prefix = counting.prefix << DIGIT_BITS | digit;
          *n_up_to = below + counts[digit];
        }
    }
  g_mutex_clear (&counting.lock);
  *value = value_of (counting.prefix);

  return done;
}

static gboolean
find_following (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Following *self = user_data;
  double smallest = INFINITY;

  for (gsize i = begin; i < end; i++)
    if (self->values[i] > self->above && self->values[i] < smallest)
      smallest = self->values[i];

  g_mutex_lock (&self->lock);
  self->smallest = MIN (self->smallest, smallest);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

static gboolean
select_following (const double *values, gsize n, double above, double *value, const NerveProgress *progress)
{
  Following following = { .values = values, .above = above, .smallest = INFINITY };
  gboolean done;

  g_mutex_init (&following.lock);
  done = nerve_parallel_for (n, GRAIN, find_following, &following, progress);
  g_mutex_clear (&following.lock);
  *value = following.smallest;

  return done;
}

/* Rounded as NumPy does it; infinite ends give no NaN. */
static double
interpolate (double a, double b, double t)
{
  if (a == b || t == 0.0)
    return a;

  return t >= 0.5 ? b - (b - a) * (1.0 - t) : a + (b - a) * t;
}

gboolean
nerve_quantile (const double *values, gsize n, double q, double *out, const NerveProgress *progress)
{
  NerveProgress selecting = nerve_progress_part (progress, 0, .8);
  NerveProgress following = nerve_progress_part (progress, .8, 1);
  double place, lower, upper;
  gsize rank;
  gsize n_up_to = 0;

  g_return_val_if_fail (n >= 1, FALSE);
  g_return_val_if_fail (q >= 0.0 && q <= 1.0, FALSE);

  place = q * (n - 1);
  rank = MIN ((gsize) place, n - 1);
  if (!select_value (values, n, rank, &lower, &n_up_to, &selecting))
    return FALSE;

  upper = lower;
  if (n_up_to <= rank + 1 && rank + 1 < n && !select_following (values, n, lower, &upper, &following))
    return FALSE;

  *out = interpolate (lower, upper, place - rank);
  return TRUE;
}
