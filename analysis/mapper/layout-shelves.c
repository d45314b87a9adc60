#include "mapper/layout-shelves.h"

#include <math.h>
#include <string.h>

#define FEW     100 /* things whose best arrangement can be afforded */
#define LONGEST 24  /* things on a shelf that are tried then */
#define AHEAD   8   /* things that a quick shelf is made for */
#define STEPS   10

/* The best way to put the first so many things. */
typedef struct
{
  double total;
  double height; /* of the last shelf */
  guint  first;  /* on it */
} Best;

static gboolean
is_worse (NerveExtent a, NerveExtent b)
{
  return a.width >= b.width && a.height >= b.height;
}

void
nerve_shapes_add (NerveShapes *self, NerveExtent shape)
{
  guint place = 0;
  guint end;

  for (guint i = 0; i < self->n; i++)
    if (is_worse (shape, self->shapes[i]))
      return;

  while (place < self->n && self->shapes[place].height < shape.height)
    place++;
  for (end = place; end < self->n && is_worse (self->shapes[end], shape);)
    end++;

  memmove (self->shapes + place + 1, self->shapes + end, (self->n - end) * sizeof (NerveExtent));
  self->shapes[place] = shape;
  self->n += 1 + place - end;
}

double
nerve_shapes_narrow (const NerveShapes *self, double height)
{
  double width = INFINITY;

  for (guint i = 0; i < self->n && self->shapes[i].height <= height; i++)
    width = self->shapes[i].width;

  return width;
}

static gboolean
shelf_fits (const NerveShapes *things, guint n, double width, double between, double height)
{
  double used = (n - 1.0) * between;

  for (guint i = 0; i < n && used <= width; i++)
    used += nerve_shapes_narrow (&things[i], height);

  return used <= width;
}

/* The least height, not below @lower, at which @n things stand on one shelf; inf if none. */
static double
find_height (const NerveShapes *things, guint n, double width, double between, double lower)
{
  double upper = lower;

  for (guint i = 0; i < n; i++)
    {
      lower = MAX (lower, things[i].shapes[0].height);
      upper = MAX (upper, things[i].shapes[things[i].n - 1].height);
    }

  if (shelf_fits (things, n, width, between, lower))
    return lower;
  if (!shelf_fits (things, n, width, between, upper))
    return INFINITY;
  for (guint step = 0; step < STEPS; step++)
    {
      double middle = 0.5 * (lower + upper);

      if (shelf_fits (things, n, width, between, middle))
        upper = middle;
      else
        lower = middle;
    }

  return upper;
}

/* The ways whose last shelf begins with @first. */
static void
try_shelves (const NerveShapes *things, guint n, double width, double between, guint first, Best *best)
{
  double height = 0.0;

  for (guint end = first + 1; end <= n && end - first <= LONGEST; end++)
    {
      double total;

      height = find_height (things + first, end - first, width, between, height);
      if (height == INFINITY)
        return;
      total = best[first].total + height + (first > 0 ? between : 0.0);
      if (total < best[end].total)
        best[end] = (Best) { total, height, first };
    }
}

static guint
fill_best (const NerveShapes *things, guint n, double width, double between, NerveShelf *shelves)
{
  g_autofree Best *best = g_new (Best, n + 1);
  guint n_shelves = 0;

  best[0] = (Best) { 0.0, 0.0, 0 };
  for (guint i = 1; i <= n; i++)
    best[i] = (Best) { INFINITY, 0.0, 0 };
  for (guint first = 0; first < n; first++)
    if (best[first].total < INFINITY)
      try_shelves (things, n, width, between, first, best);
  if (best[n].total == INFINITY)
    return 0;

  for (guint end = n; end > 0; end = best[end].first)
    n_shelves++;
  for (guint end = n, shelf = n_shelves; end > 0; end = best[end].first)
    shelves[--shelf] = (NerveShelf) { best[end].first, end - best[end].first, best[end].height };

  return n_shelves;
}

static double
compact_height (const NerveShapes *thing)
{
  double least = INFINITY;
  double height = 0.0;

  for (guint i = 0; i < thing->n; i++)
    if (MAX (thing->shapes[i].width, thing->shapes[i].height) < least)
      {
        least = MAX (thing->shapes[i].width, thing->shapes[i].height);
        height = thing->shapes[i].height;
      }

  return height;
}

/* A shelf as high as its first things, the largest, are when they are neither flat nor tall, times @factor. */
static guint
fill_shelf (const NerveShapes *things, guint n, double width, double between, double factor, double *height)
{
  guint taken = 0;
  double used = -between;

  *height = things->shapes[0].height;
  for (guint i = 0; i < MIN (n, AHEAD); i++)
    *height = MAX (*height, factor * compact_height (&things[i]));
  if (nerve_shapes_narrow (things, *height) > width)
    *height = things->shapes[things->n - 1].height;
  while (taken < n && used + between + nerve_shapes_narrow (&things[taken], *height) <= width)
    used += between + nerve_shapes_narrow (&things[taken++], *height);

  return taken;
}

/* Returns the height of all shelves, inf if something is too wide. */
static double
fill_quickly (const NerveShapes *things, guint n, double width, double between, double factor, NerveShelf *shelves,
              guint *n_shelves)
{
  double total = -between;

  *n_shelves = 0;
  for (guint first = 0; first < n;)
    {
      NerveShelf *shelf = &shelves[(*n_shelves)++];

      shelf->first = first;
      shelf->n = fill_shelf (things + first, n - first, width, between, factor, &shelf->height);
      if (shelf->n == 0)
        return INFINITY;
      first += shelf->n;
      total += between + shelf->height;
    }

  return total;
}

guint
nerve_shelves_fill (const NerveShapes *things, guint n, double width, double between, NerveShelf *shelves)
{
  static const double factors[] = { 0.5, 0.7, 1.0, 1.4 };
  double least = INFINITY;
  double best = factors[0];
  guint n_shelves = 0;

  if (n <= FEW)
    return fill_best (things, n, width, between, shelves);

  for (guint f = 0; f < G_N_ELEMENTS (factors); f++)
    {
      double total = fill_quickly (things, n, width, between, factors[f], shelves, &n_shelves);

      if (total < least)
        {
          least = total;
          best = factors[f];
        }
    }
  if (least == INFINITY)
    return 0;
  fill_quickly (things, n, width, between, best, shelves, &n_shelves);

  return n_shelves;
}
