#include "mapper/neighbours.h"

#include <math.h>
#include <stdlib.h>

/* Nearest-neighbour distances, falling, against how many are larger: a convex curve whose bend is the
 * distance from which on points stand alone. */
typedef struct
{
  double *distances; /* falling */
  gsize   n;
} Curve;

static int
compare_falling (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x < y) - (x > y);
}

/* Duplicates (zero) and points without any neighbour (infinite) say nothing about density. */
static void
curve_init (Curve *self, const double *nearest, gsize n)
{
  self->distances = g_new (double, n);
  self->n = 0;
  for (gsize i = 0; i < n; i++)
    if (nearest[i] > 0.0 && isfinite (nearest[i]))
      self->distances[self->n++] = nearest[i];
  if (self->n > 1)
    qsort (self->distances, self->n, sizeof (double), compare_falling);
}

static void
curve_clear (Curve *self)
{
  g_clear_pointer (&self->distances, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Curve, curve_clear)

static gboolean
curve_is_level (const Curve *self)
{
  return self->distances[0] == self->distances[self->n - 1];
}

static double
curve_get_x (const Curve *self, gsize i)
{
  double lower = self->distances[self->n - 1];
  double upper = self->distances[0];

  return (self->distances[i] - lower) / (upper - lower);
}

static double
curve_get_y (const Curve *self, gsize i)
{
  return i / (self->n - 1.0);
}

gboolean
nerve_neighbours_knee (const double *nearest, gsize n, double *eps)
{
  g_auto (Curve) curve = { NULL, 0 };
  double best = -INFINITY;

  curve_init (&curve, nearest, n);
  if (curve.n == 0)
    return FALSE;

  *eps = curve.distances[0];
  if (curve_is_level (&curve))
    return TRUE;

  for (gsize i = 0; i < curve.n; i++)
    {
      double height = 1.0 - curve_get_y (&curve, i) - curve_get_x (&curve, i);

      if (height > best)
        {
          best = height;
          *eps = curve.distances[i];
        }
    }

  return TRUE;
}

/* The difference curve of Kneedle. Points of one distance share the rank of the last of them, which is
 * where linear interpolation through the points puts them. */
static double *
measure_heights (const Curve *curve)
{
  double *heights = g_new (double, curve->n);
  double lowest = 0.0;

  for (gsize i = curve->n; i-- > 0;)
    {
      gboolean tied = i + 1 < curve->n && curve->distances[i] == curve->distances[i + 1];

      lowest = tied ? lowest : curve_get_y (curve, i);
      heights[i] = lowest;
    }
  for (gsize i = 0; i < curve->n; i++)
    heights[i] = (1.0 - (heights[i] - lowest) / (1.0 - lowest)) - curve_get_x (curve, i);

  return heights;
}

static gboolean
is_maximum (const double *heights, gsize n, gsize i)
{
  return (i == 0 || heights[i] >= heights[i - 1]) && (i + 1 == n || heights[i] >= heights[i + 1]);
}

static gboolean
is_minimum (const double *heights, gsize n, gsize i)
{
  return (i == 0 || heights[i] <= heights[i - 1]) && (i + 1 == n || heights[i] <= heights[i + 1]);
}

/* Index of the first knee, or the number of points. A maximum is one when the curve falls below its
 * threshold, an average step under it, before the next maximum; from a minimum on the threshold is zero. */
static gsize
find_first_knee (const double *heights, gsize n)
{
  gsize knee = n;
  double threshold = 0.0;

  for (gsize i = 0; i + 1 < n; i++)
    {
      if (is_maximum (heights, n, i))
        {
          knee = i;
          threshold = heights[i] - 1.0 / (n - 1.0);
        }
      if (knee < n && is_minimum (heights, n, i))
        threshold = 0.0;
      if (knee < n && heights[i + 1] < threshold)
        return knee;
    }

  return n;
}

gboolean
nerve_neighbours_first_knee (const double *nearest, gsize n, double *eps)
{
  g_auto (Curve) curve = { NULL, 0 };
  g_autofree double *heights = NULL;
  gsize knee;

  curve_init (&curve, nearest, n);
  if (curve.n == 0)
    return FALSE;

  if (curve_is_level (&curve))
    {
      *eps = curve.distances[0];
    }
  else
    {
      heights = measure_heights (&curve);
      knee = find_first_knee (heights, curve.n);
      if (knee < curve.n)
        *eps = curve.distances[knee];
      else
        nerve_neighbours_knee (nearest, n, eps);
    }
  *eps = rint (*eps * 1000.0) / 1000.0;

  return TRUE;
}
