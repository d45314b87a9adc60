#include "mapper/cover.h"

#include <glib/gi18n-lib.h>

typedef void (*CoverFunc) (double lower, double upper, guint n, double overlap, NerveInterval *out);

/* The order of operations is part of the definition: another one rounds differently, and a point that
 * stands on an end changes sides. */
static void
cover_kepler (double lower, double upper, guint n, double overlap, NerveInterval *out)
{
  double range = upper - lower;
  double half = range / (2.0 * n * (1.0 - overlap));

  for (guint i = 0; i < n; i++)
    {
      double centre = lower + (i + 0.5) * range / n;

      out[i].lower = centre - half;
      out[i].upper = centre + half;
    }
}

static void
cover_span (double lower, double upper, guint n, double overlap, NerveInterval *out)
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

/* A new cover is a line in each of these two. */
const NerveChoice nerve_cover_choices[] = {
  { "kepler", N_("KeplerMapper’s") },
  { "span", N_("Exact span") },
  { NULL, NULL },
};

static const CoverFunc cover_funcs[] = {
  cover_kepler,
  cover_span,
};

G_STATIC_ASSERT (G_N_ELEMENTS (cover_funcs) + 1 == G_N_ELEMENTS (nerve_cover_choices));

guint
nerve_cover_intervals (NerveCover cover, const double *lens, gsize n, guint intervals, double overlap,
                       NerveInterval *out)
{
  double lower;
  double upper;

  g_return_val_if_fail (cover < G_N_ELEMENTS (cover_funcs), 0);
  g_return_val_if_fail (intervals >= 1, 0);
  g_return_val_if_fail (overlap >= 0.0 && overlap < 1.0, 0);

  if (n == 0)
    return 0;

  lower = upper = lens[0];
  for (gsize i = 1; i < n; i++)
    {
      lower = MIN (lower, lens[i]);
      upper = MAX (upper, lens[i]);
    }

  if (lower == upper)
    {
      out[0].lower = lower;
      out[0].upper = upper;
      return 1;
    }

  cover_funcs[cover] (lower, upper, intervals, overlap, out);

  return intervals;
}
