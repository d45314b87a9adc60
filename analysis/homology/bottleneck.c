#include "homology/bottleneck.h"

#include <math.h>

#include "homology/saturation.h"

#define LONGEST_SEARCH 64.0 /* halvings of the distance of two doubles; for the progress only */

typedef struct
{
  const NerveDiagramPoints *points[2];
  NerveSaturation           sides[2];
  double                    low;  /* nothing below is enough */
  double                    high; /* is enough */
} Search;

static void
search_clear (Search *self)
{
  nerve_saturation_clear (&self->sides[0]);
  nerve_saturation_clear (&self->sides[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Of each point: the nearer of the diagonal and the nearest point of the other diagram; the largest of all. */
static double
find_lower_bound (Search *self, guint side)
{
  const NerveDiagramPoints *points = self->points[side];
  double largest = 0.0;

  nerve_plane_tree_set_levels (&self->sides[side].tree, 0);
  for (gsize i = 0; i < points->n; i++)
    {
      double height = nerve_plane_height (points->points[i]);

      if (height > largest)
        largest = MAX (largest, MIN (height, nerve_plane_tree_gap (&self->sides[side].tree, points->points[i], 0)));
    }

  return largest;
}

/* The largest height that is at most @radius. */
static double
find_highest (const Search *self, double radius)
{
  double highest = 0.0;

  for (guint side = 0; side < 2; side++)
    for (gsize i = 0; i < self->points[side]->n; i++)
      {
        double height = nerve_plane_height (self->points[side]->points[i]);

        if (height <= radius)
          highest = MAX (highest, height);
      }

  return highest;
}

static gboolean
try_radius (Search *self, double radius, const NerveProgress *progress, GError **error)
{
  double values[2];
  gboolean saturated;

  for (guint side = 0; side < 2; side++)
    {
      if (!nerve_saturation_try (&self->sides[side], radius, &saturated, &values[side], progress, error))
        return FALSE;
      if (!saturated)
        {
          self->low = MAX (self->low, values[side]);
          return TRUE;
        }
    }
  self->high = MAX (find_highest (self, radius), MAX (values[0], values[1]));

  return TRUE;
}

/* Non-negative doubles are in the order of their bits. */
static double
find_middle (double low, double high)
{
  union { double number; guint64 bits; } first = { low }, second = { high };

  first.bits += (second.bits - first.bits) / 2;

  return first.number;
}

static gboolean
search (Search *self, const NerveProgress *progress, GError **error)
{
  for (guint round = 0; self->low < self->high; round++)
    {
      double radius = round % 2 == 0 ? self->low : find_middle (self->low, self->high);

      if (!nerve_progress_step (progress, MIN (round / LONGEST_SEARCH, 1)))
        return nerve_progress_set_cancelled (error);
      if (!try_radius (self, radius, progress, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
nerve_bottleneck (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double *distance,
                  const NerveProgress *progress, GError **error)
{
  g_auto (Search) self = { .points = { a, b } };

  nerve_saturation_init (&self.sides[0], a, b);
  nerve_saturation_init (&self.sides[1], b, a);
  self.low = MAX (find_lower_bound (&self, 0), find_lower_bound (&self, 1));
  self.high = find_highest (&self, INFINITY);
  if (!search (&self, progress, error))
    return FALSE;
  *distance = self.high;

  return TRUE;
}
