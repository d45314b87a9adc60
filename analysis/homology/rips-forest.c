#include "homology/rips-forest.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/unionfind.h"

#define PAIRS_PER_QUESTION (256 * 1024)

/* Points outside the tree in rising order, each with the distance to its nearest point inside. */
typedef struct
{
  const double *values;
  guint32      *points;
  double       *nearest;
  gsize         n;
} Outside;

/* Lets @inside in; returns the place of the point that is nearest then. Any of several will do: the lengths of a
 * minimum spanning forest are the same whichever is taken. */
static gsize
approach (Outside *self, guint32 inside)
{
  gsize best = 0;

  for (gsize i = 0; i < self->n; i++)
    {
      double distance = self->values[nerve_rips_index (inside, self->points[i])];

      if (distance < self->nearest[i])
        self->nearest[i] = distance;
      if (self->nearest[i] < self->nearest[best])
        best = i;
    }

  return best;
}

static void
take_off (Outside *self, gsize place)
{
  self->n--;
  memmove (self->points + place, self->points + place + 1, (self->n - place) * sizeof (guint32));
  memmove (self->nearest + place, self->nearest + place + 1, (self->n - place) * sizeof (double));
}

static gboolean
grow_forest (Outside *self, double limit, GArray *lengths, const NerveProgress *progress)
{
  gsize n = self->n;
  gsize work = 0;
  gsize place = 0;

  for (gsize step = 0; step < n; step++)
    {
      guint32 point = self->points[place];
      double length = self->nearest[place] + 0.0;

      /* A tree's first point joins nothing. */
      if (length <= limit)
        g_array_append_val (lengths, length);

      take_off (self, place);
      place = approach (self, point);

      work += self->n;
      if (work > PAIRS_PER_QUESTION)
        {
          work = 0;
          if (!nerve_progress_step (progress, (double) step / n))
            return FALSE;
        }
    }

  return TRUE;
}

GArray *
nerve_rips_forest_lengths (const double *values, gsize n, double threshold, const NerveProgress *progress,
                           GError **error)
{
  g_autofree guint32 *points = g_new (guint32, n);
  g_autofree double *nearest = g_new (double, n);
  Outside outside = { .values = values, .points = points, .nearest = nearest, .n = n };
  GArray *lengths = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = 0; i < n; i++)
    {
      points[i] = i;
      nearest[i] = INFINITY;
    }
  if (!grow_forest (&outside, MIN (threshold, DBL_MAX), lengths, progress))
    {
      g_array_unref (lengths);
      nerve_progress_set_cancelled (error);
      return NULL;
    }

  return lengths;
}

gboolean
nerve_rips_forest_part (const GArray *bare, gsize n, GArray *forest, GArray *births, const NerveProgress *progress,
                        GError **error)
{
  g_auto (NerveUnionFind) components = { 0 };

  nerve_union_find_init (&components, n);
  for (guint i = 0; i < bare->len; i++)
    {
      NerveRipsEdge edge = g_array_index (bare, NerveRipsEdge, i);

      g_array_append_val (nerve_union_find_join (&components, edge.x, edge.y) ? forest : births, edge);
      if (i % PAIRS_PER_QUESTION == PAIRS_PER_QUESTION - 1 && !nerve_progress_check (progress, error))
        return FALSE;
    }

  return TRUE;
}
