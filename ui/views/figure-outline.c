#include "config.h"

#include "views/figure-outline.h"

#include <math.h>

#define LEAST_STEP 2 /* px */

GArray *
nerve_figure_outline_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
}

static void
add (GArray *self, double x, double y)
{
  graphene_point_t point = { x, y };

  g_array_append_val (self, point);
}

void
nerve_figure_outline_add (GArray *self, double x, double y)
{
  const graphene_point_t *last;

  if (self->len > 0)
    {
      last = &g_array_index (self, graphene_point_t, self->len - 1);
      if (hypot (x - last->x, y - last->y) < LEAST_STEP)
        return;
    }
  add (self, x, y);
}

void
nerve_figure_outline_set_box (GArray *self, double x, double y, double other_x, double other_y)
{
  g_array_set_size (self, 0);
  add (self, x, y);
  add (self, other_x, y);
  add (self, other_x, other_y);
  add (self, x, other_y);
}

gboolean
nerve_figure_outline_contains (GArray *self, double x, double y)
{
  gboolean inside = FALSE;

  for (guint i = 0; i < self->len; i++)
    {
      const graphene_point_t *a = &g_array_index (self, graphene_point_t, i);
      const graphene_point_t *b = &g_array_index (self, graphene_point_t, (i + 1) % self->len);

      if ((a->y > y) != (b->y > y) && x < a->x + (y - a->y) / (b->y - a->y) * (b->x - a->x))
        inside = !inside;
    }

  return inside;
}
