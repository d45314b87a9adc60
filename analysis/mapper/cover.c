#include "mapper/cover.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mapper/adaptive.h"

/* Of the @n_values sorted values; writes at most MAX (@n, NERVE_COVER_MOST) intervals. */
typedef guint (*CoverFunc) (const double *values, gsize n_values, guint n, double overlap, NerveInterval *out);

/* The order of operations is part of the definition: another one rounds differently, and a point that
 * stands on an end changes sides. */
static guint
cover_kepler (const double *values, gsize n_values, guint n, double overlap, NerveInterval *out)
{
  double lower = values[0];
  double range = values[n_values - 1] - lower;
  double half = range / (2.0 * n * (1.0 - overlap));

  for (guint i = 0; i < n; i++)
    {
      double centre = lower + (i + 0.5) * range / n;

      out[i].lower = centre - half;
      out[i].upper = centre + half;
    }

  return n;
}

static void
span (double lower, double upper, guint n, double overlap, NerveInterval *out)
{
  double half = (upper - lower) / (2.0 * (n - (n - 1.0) * overlap));
  double first = lower + half;
  double step = n > 1 ? ((upper - half) - first) / (n - 1.0) : 0.0;

  for (guint i = 0; i < n; i++)
    {
      double centre = first + i * step;

      out[i].lower = centre - half;
      out[i].upper = centre + half;
    }

  /* Rounding must not leave the outermost points out. */
  out[0].lower = lower;
  out[n - 1].upper = upper;
}

static guint
cover_span (const double *values, gsize n_values, guint n, double overlap, NerveInterval *out)
{
  span (values[0], values[n_values - 1], n, overlap, out);

  return n;
}

/* The span of the ranks; an interval without a rank inside it ends before it begins, so both ends still rise. */
static guint
cover_balanced (const double *values, gsize n_values, guint n, double overlap, NerveInterval *out)
{
  span (0.0, n_values - 1.0, n, overlap, out);
  for (guint i = 0; i < n; i++)
    {
      double first = CLAMP (ceil (out[i].lower), 0.0, n_values - 1.0);
      double last = CLAMP (floor (out[i].upper), 0.0, n_values - 1.0);

      out[i] = (NerveInterval) { values[(gsize) first], values[(gsize) last] };
    }

  return n;
}

static guint
cover_adaptive (const double *values, gsize n_values, guint n, double overlap, NerveInterval *out)
{
  return nerve_adaptive_cover (values, n_values, out);
}

/* A new cover is a line in each of these two. */
const NerveChoice nerve_cover_choices[] = {
  { "kepler", N_("KeplerMapper’s") },
  { "span", N_("Exact span") },
  { "balanced", N_("Balanced") },
  { "adaptive", N_("Adaptive (G-Mapper)") },
  { "ball", N_("Balls") },
  { NULL, NULL },
};

static const CoverFunc cover_funcs[] = {
  cover_kepler,
  cover_span,
  cover_balanced,
  cover_adaptive,
};

G_STATIC_ASSERT (G_N_ELEMENTS (cover_funcs) + 2 == G_N_ELEMENTS (nerve_cover_choices));

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Equal intervals need the ends alone. */
static double *
sort_values (NerveCover cover, const double *lens, gsize *n)
{
  double *values;

  if (cover == NERVE_COVER_BALANCED || cover == NERVE_COVER_ADAPTIVE)
    {
      values = g_memdup2 (lens, *n * sizeof (double));
      if (*n > 1)
        qsort (values, *n, sizeof (double), compare_doubles);
      return values;
    }

  values = g_new (double, 2);
  values[0] = values[1] = lens[0];
  for (gsize i = 1; i < *n; i++)
    {
      values[0] = MIN (values[0], lens[i]);
      values[1] = MAX (values[1], lens[i]);
    }
  *n = 2;

  return values;
}

guint
nerve_cover_intervals (NerveCover cover, const double *lens, gsize n, guint intervals, double overlap,
                       NerveInterval *out)
{
  g_autofree double *values = NULL;

  g_return_val_if_fail (cover < G_N_ELEMENTS (cover_funcs), 0);
  g_return_val_if_fail (intervals >= 1, 0);
  g_return_val_if_fail (overlap >= 0.0 && overlap < 1.0, 0);

  if (n == 0)
    return 0;

  values = sort_values (cover, lens, &n);
  if (values[0] == values[n - 1])
    {
      out[0] = (NerveInterval) { values[0], values[0] };
      return 1;
    }

  return cover_funcs[cover] (values, n, intervals, overlap, out);
}

void
nerve_cover_locate (const NerveInterval *intervals, guint n, double value, guint *first, guint *last)
{
  guint low = 0;
  guint high = n;

  /* The first whose upper end is not below. */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (intervals[middle].upper < value)
        low = middle + 1;
      else
        high = middle;
    }
  *first = low;
  while (low < n && intervals[low].lower <= value)
    low++;
  *last = low;
}
