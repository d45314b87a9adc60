#include "homology/sliced-wasserstein.h"

#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"

#define DIRECTIONS 50

typedef struct
{
  const NerveDiagramPoints *a;
  const NerveDiagramPoints *b;
  double                   *scratch; /* 2 (n + m) for each worker */
  double                    sums[DIRECTIONS];
} Slices;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* @own as they are, @others from the diagonal; sorted. */
static void
project (const NerveDiagramPoints *own, const NerveDiagramPoints *others, double x, double y, double *out)
{
  gsize n = own->n + others->n;

  for (gsize i = 0; i < own->n; i++)
    out[i] = own->points[i][0] * x + own->points[i][1] * y;
  for (gsize i = 0; i < others->n; i++)
    {
      double middle = (others->points[i][0] + others->points[i][1]) / 2;

      out[own->n + i] = middle * x + middle * y;
    }
  qsort (out, n, sizeof (double), compare_doubles);
}

static gboolean
slice (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Slices *self = user_data;
  gsize n = self->a->n + self->b->n;
  double *first = self->scratch + worker * 2 * n;
  double *second = first + n;

  for (gsize k = begin; k < end; k++)
    {
      double angle = G_PI * (0.5 + (double) k / DIRECTIONS);
      double sum = 0.0;

      project (self->a, self->b, cos (angle), sin (angle), first);
      project (self->b, self->a, cos (angle), sin (angle), second);
      for (gsize i = 0; i < n; i++)
        sum += fabs (first[i] - second[i]);
      self->sums[k] = sum;
    }

  return TRUE;
}

gboolean
nerve_sliced_wasserstein (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double *distance,
                          const NerveProgress *progress, GError **error)
{
  g_autofree double *scratch = g_new (double, 2 * (a->n + b->n) * nerve_parallel_get_threads ());
  Slices self = { .a = a, .b = b, .scratch = scratch };
  double sum = 0.0;

  if (!nerve_parallel_for (DIRECTIONS, 1, slice, &self, progress))
    return nerve_progress_set_cancelled (error);

  for (guint k = 0; k < DIRECTIONS; k++)
    sum += self.sums[k];
  *distance = sum / DIRECTIONS;

  return TRUE;
}
