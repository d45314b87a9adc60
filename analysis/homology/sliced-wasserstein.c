#include "homology/sliced-wasserstein.h"

#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"

#define DIRECTIONS 50

typedef struct
{
  NerveSlices              *slices;
  const NerveDiagramPoints *points;
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
          double middle = (point[0] + point[1]) / 2;

          own[i] = point[0] * x + point[1] * y;
          diagonal[i] = middle * x + middle * y;
        }
      qsort (own, n, sizeof (double), compare_doubles);
      qsort (diagonal, n, sizeof (double), compare_doubles);
    }

  return TRUE;
}

gboolean
nerve_slices_init (NerveSlices *self, const NerveDiagramPoints *points, const NerveProgress *progress, GError **error)
{
  Slicing slicing = { self, points };

  self->n = points->n;
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

/* The smaller of the next of two sorted lists. */
static inline double
take (const double *a, gsize n, gsize *i, const double *b, gsize m, gsize *j)
{
  if (*j == m || (*i < n && a[*i] <= b[*j]))
    return a[(*i)++];

  return b[(*j)++];
}

double
nerve_slices_distance (const NerveSlices *a, const NerveSlices *b)
{
  double total = 0.0;

  for (guint k = 0; k < DIRECTIONS; k++)
    {
      gsize at[4] = { 0 };
      double sum = 0.0;

      for (gsize i = 0; i < a->n + b->n; i++)
        sum += fabs (take (a->own + k * a->n, a->n, &at[0], b->diagonal + k * b->n, b->n, &at[1]) -
                     take (b->own + k * b->n, b->n, &at[2], a->diagonal + k * a->n, a->n, &at[3]));
      total += sum;
    }

  return total / DIRECTIONS;
}
