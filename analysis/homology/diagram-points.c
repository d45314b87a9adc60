#include "homology/diagram-points.h"

#include <math.h>

void
nerve_diagram_points_init (NerveDiagramPoints *self, const NerveDiagram *diagram, int dimension)
{
  gsize n;
  const NerveBar *bars = nerve_diagram_get_dimension (diagram, dimension, &n);

  self->points = g_new (NervePlanePoint, n);
  self->births = g_new (double, n);
  self->n = 0;
  self->n_essential = 0;
  for (gsize i = 0; i < n; i++)
    if (isinf (bars[i].death))
      {
        self->births[self->n_essential++] = bars[i].birth;
      }
    else
      {
        self->points[self->n][0] = bars[i].birth;
        self->points[self->n++][1] = bars[i].death;
      }
}

void
nerve_diagram_points_clear (NerveDiagramPoints *self)
{
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->births, g_free);
}
