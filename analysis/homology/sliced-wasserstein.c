#include "homology/sliced-wasserstein.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/parallel.h"

#define DIRECTIONS 50
#define LARGE 0x1p900 /* below, sums of as many numbers as there may be are finite */
#define ROOM 100      /* bits */

typedef struct
{
  NerveSlices              *slices;
  const NerveDiagramPoints *points;
  double                    unit; /* a power of two, so that nothing is rounded that would not be else */
} Slicing;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static gboolean
slice (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Slicing *self = user_data;
  gsize n = self->points->n;

  for (gsize k = begin; k < end; k++)
    {
      double angle = G_PI * (0.5 + (double) k / DIRECTIONS);
      double x = cos (angle);
      double y = sin (angle);
      double *own = self->slices->own + k * n;
      double *diagonal = self->slices->diagonal + k * n;

      for (gsize i = 0; i < n; i++)
        {
          const double *point = self->points->points[i];
          double birth = point[0] * self->unit;
          double death = point[1] * self->unit;
          double middle = (birth + death) / 2;

          own[i] = birth * x + death * y;
          diagonal[i] = middle * x + middle * y;
        }
      qsort (own, n, sizeof (double), compare_doubles);
      qsort (diagonal, n, sizeof (double), compare_doubles);
    }

  return TRUE;
}

static double
find_largest (const NerveDiagramPoints *points)
{
  double largest = 0;

  for (gsize i = 0; i < points->n; i++)
    largest = MAX (largest, MAX (fabs (points->points[i][0]), fabs (points->points[i][1])));

  return largest;
}

gboolean
nerve_slices_init (NerveSlices *self, const NerveDiagramPoints *points, const NerveProgress *progress, GError **error)
{
  Slicing slicing = { self, points, 1 };

  self->n = points->n;
  self->exponent = find_largest (points) > LARGE ? ROOM : 0;
  slicing.unit = ldexp (1, -self->exponent);
  self->own = g_new (double, MAX (DIRECTIONS * points->n, 1));
  self->diagonal = g_new (double, MAX (DIRECTIONS * points->n, 1));

  return nerve_parallel_for (DIRECTIONS, 1, slice, &slicing, progress) || nerve_progress_set_cancelled (error);
}

void
nerve_slices_clear (NerveSlices *self)
{
  g_clear_pointer (&self->own, g_free);
  g_clear_pointer (&self->diagonal, g_free);
}

/* Numbers that ascend, times @unit. */
typedef struct
{
  const double *values;
  gsize         n;
  double        unit;
} Sorted;

/* The smaller of the next of two lists. */
static inline double
take (Sorted *a, Sorted *b)
{
  Sorted *from = b->n == 0 || (a->n > 0 && a->values[0] * a->unit <= b->values[0] * b->unit) ? a : b;

  from->n--;

  return *from->values++ * from->unit;
}

gboolean
nerve_slices_distance (const NerveSlices *a, const NerveSlices *b, double *distance, GError **error)
{
  int exponent = MAX (a->exponent, b->exponent);
  double of_a = ldexp (1, a->exponent - exponent);
  double of_b = ldexp (1, b->exponent - exponent);
  double total = 0.0;

  for (guint k = 0; k < DIRECTIONS; k++)
    {
      Sorted own[] = { { a->own + k * a->n, a->n, of_a }, { b->own + k * b->n, b->n, of_b } };
      Sorted diagonal[] = { { b->diagonal + k * b->n, b->n, of_b }, { a->diagonal + k * a->n, a->n, of_a } };
      double sum = 0.0;

      for (gsize i = 0; i < a->n + b->n; i++)
        sum += fabs (take (&own[0], &diagonal[0]) - take (&own[1], &diagonal[1]));
      total += sum;
    }

  *distance = ldexp (total / DIRECTIONS, exponent);
  if (isfinite (*distance))
    return TRUE;

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE, "the distance is larger than a number can be");
  return FALSE;
}
