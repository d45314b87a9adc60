#include "figures/axes.h"

#include <math.h>

#include "figures/text.h"

static const double steps[] = { 1, 2, 5 };

static guint
count_ticks (double lower, double upper, double step)
{
  return (guint) MAX (floor (upper / step + 1e-9) - ceil (lower / step - 1e-9) + 1, 0);
}

/* The 1-2-5 step whose number of ticks is nearest to @wanted, the finer one of two. 0 isn't counted: on an axis
 * from 0 it is written anyway. */
static double
choose_step (double lower, double upper, guint wanted, int *digits)
{
  int first = (int) floor (log10 ((upper - lower) / wanted)) - 1;
  double best = upper - lower;
  guint least = G_MAXUINT;

  for (int power = first; power <= first + 3; power++)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      {
        double step = steps[i] * pow (10, power);
        guint n = count_ticks (lower, upper, step) - (lower == 0);
        guint miss = n > wanted ? n - wanted : wanted - n;

        if (n >= 1 && n <= NERVE_MAX_TICKS - 1 && miss < least)
          {
            least = miss;
            best = step;
            *digits = MAX (-power, 0);
          }
      }

  return best;
}

void
nerve_ticks_linear (double lower, double upper, guint wanted, NerveTicks *out)
{
  double step;

  *out = (NerveTicks) { .n = 0 };
  if (!isfinite (lower) || !isfinite (upper) || upper - lower < 1e-300)
    return;

  step = choose_step (lower, upper, MAX (wanted, 1), &out->digits);
  if (MAX (fabs (lower), fabs (upper)) >= 1e6 || step < 1e-4)
    out->digits = -1;
  for (double i = ceil (lower / step - 1e-9); i * step <= upper + 1e-9 * step && out->n < NERVE_MAX_TICKS; i++)
    out->values[out->n++] = i == 0 ? 0 : i * step;
}

void
nerve_ticks_log (double lower, double upper, guint most, NerveTicks *out)
{
  int first;
  int last;
  int stride;

  *out = (NerveTicks) { .digits = -1 };
  if (!isfinite (lower) || !isfinite (upper) || lower <= 0 || upper <= lower)
    return;

  first = (int) ceil (log10 (lower) - 1e-9);
  last = (int) floor (log10 (upper) + 1e-9);
  if (last > first)
    {
      stride = (last - first) / (int) CLAMP (most, 2, NERVE_MAX_TICKS) + 1;
      for (int power = first; power <= last; power += stride)
        out->values[out->n++] = pow (10, power);
      return;
    }

  for (int power = first - 1; power <= first; power++)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      {
        double value = steps[i] * pow (10, power);

        if (value >= lower * (1 - 1e-9) && value <= upper * (1 + 1e-9))
          out->values[out->n++] = value;
      }
}

char *
nerve_ticks_label (const NerveTicks *self, guint i)
{
  double value = self->values[i];

  return self->digits < 0 ? nerve_text_short (value, 2)
                          : nerve_text_fixed (value, value == rint (value) ? 0 : self->digits);
}

void
nerve_axes_spread (double *values, guint n, double spacing, double lower, double upper)
{
  g_autofree guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    {
      guint k = i;

      for (; k > 0 && values[order[k - 1]] > values[i]; k--)
        order[k] = order[k - 1];
      order[k] = i;
    }

  /* Neighbours that are too near part evenly around their middle; a few rounds settle chains of them. */
  for (guint round = 0; round < 4 * n; round++)
    for (guint k = 1; k < n; k++)
      {
        double lack = spacing - (values[order[k]] - values[order[k - 1]]);

        if (lack > 0)
          {
            values[order[k - 1]] -= lack / 2;
            values[order[k]] += lack / 2;
          }
      }
  for (guint k = 0; k < n; k++)
    values[order[k]] = MAX (values[order[k]], k == 0 ? lower : values[order[k - 1]] + spacing);
  for (guint k = n; k-- > 0;)
    values[order[k]] = MIN (values[order[k]], k == n - 1 ? upper : values[order[k + 1]] - spacing);
}
