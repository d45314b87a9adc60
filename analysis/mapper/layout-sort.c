#include "mapper/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mapper/layout-push.h"

#define SWEEPS 4
#define MOST_SPREAD 5.0 /* of a component over what its discs need */

typedef struct { double from, to; } Span;

typedef struct
{
  guint  node;
  double x;
} Mark;

/* Components that do not share a lens value share a lane. */
typedef struct
{
  guint   lane;
  guint   n;
  double  left, right;
  double  top, bottom; /* of its discs, its first node at 0 */
  gboolean single;
} Part;

typedef struct
{
  const NerveMapper *mapper;
  const double      *radii;
  double             gap;
  double             width, height;
  NervePlace        *places;
  guint              n;
  guint             *order; /* nodes by x */
  double             largest;
  guint             *first; /* n + 1, into neighbours */
  guint             *neighbours;
  gboolean          *placed;
  Part              *parts; /* by component */
  guint              n_parts;
  guint              n_lanes;
  guint              n_shared_lanes; /* the others are of single nodes */
  double            *thickness;      /* of each lane */
  GArray            *blocked;        /* Span */
} Sorting;

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *one = a;
  const Mark *other = b;

  if (one->x != other->x)
    return one->x < other->x ? -1 : 1;

  return one->node < other->node ? -1 : one->node > other->node;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *one = a;
  const Span *other = b;

  return one->from < other->from ? -1 : one->from > other->from;
}

/* The whole graph has one axis, from the least lens value at the left to the largest at the right. */
static void
put_along_lens (Sorting *self)
{
  g_autofree Mark *marks = g_new (Mark, self->n);
  double low = INFINITY, high = -INFINITY, room;

  for (guint i = 0; i < self->n; i++)
    {
      low = MIN (low, nerve_mapper_get_node (self->mapper, i)->lens_mean);
      high = MAX (high, nerve_mapper_get_node (self->mapper, i)->lens_mean);
      self->largest = MAX (self->largest, self->radii[i]);
    }
  room = MAX (self->width - 2.0 * self->largest, 0.0);
  for (guint i = 0; i < self->n; i++)
    {
      double share = high > low ? (nerve_mapper_get_node (self->mapper, i)->lens_mean - low) / (high - low) : 0.5;

      self->places[i] = (NervePlace) { (self->width - room) / 2.0 + share * room, 0.0 };
      marks[i] = (Mark) { i, self->places[i].x };
    }
  qsort (marks, self->n, sizeof *marks, compare_marks);
  for (guint i = 0; i < self->n; i++)
    self->order[i] = marks[i].node;
}

static void
gather_neighbours (Sorting *self)
{
  const NerveEdge *edges = nerve_mapper_get_edges (self->mapper);
  guint n_edges = nerve_mapper_get_n_edges (self->mapper);
  g_autofree guint *next = g_new (guint, self->n + 1);

  self->first = g_new0 (guint, self->n + 1);
  self->neighbours = g_new (guint, MAX (2 * n_edges, 1));
  for (guint e = 0; e < n_edges; e++)
    {
      self->first[edges[e].source + 1]++;
      self->first[edges[e].target + 1]++;
    }
  for (guint i = 0; i < self->n; i++)
    self->first[i + 1] += self->first[i];
  memcpy (next, self->first, (self->n + 1) * sizeof *next);
  for (guint e = 0; e < n_edges; e++)
    {
      self->neighbours[next[edges[e].source]++] = edges[e].target;
      self->neighbours[next[edges[e].target]++] = edges[e].source;
    }
}

/* Of the neighbours that have a place; @otherwise if none has. */
static double
barycentre (const Sorting *self, guint node, double otherwise)
{
  double sum = 0.0;
  guint n = 0;

  for (guint k = self->first[node]; k < self->first[node + 1]; k++)
    if (self->placed[self->neighbours[k]])
      {
        sum += self->places[self->neighbours[k]].y;
        n++;
      }

  return n > 0 ? sum / n : otherwise;
}

/* The heights at which @node would touch the disc of @other. */
static void
block (Sorting *self, guint node, guint other)
{
  double apart = self->radii[node] + self->radii[other] + self->gap;
  double across = self->places[node].x - self->places[other].x;
  Span span;

  if (fabs (across) >= apart)
    return;
  span.from = self->places[other].y - sqrt (apart * apart - across * across);
  span.to = 2.0 * self->places[other].y - span.from;
  g_array_append_val (self->blocked, span);
}

/* The free height in [low, high] nearest to @wanted; NaN: there is none. */
static double
nearest_free (GArray *blocked, double wanted, double low, double high)
{
  double best = NAN;
  double from = low; /* of the free stretch before the next span */

  g_array_sort (blocked, compare_spans);
  for (guint i = 0; i <= blocked->len; i++)
    {
      double to = i < blocked->len ? MIN (g_array_index (blocked, Span, i).from, high) : high;

      if (to >= from)
        {
          double y = CLAMP (wanted, from, to);

          if (isnan (best) || fabs (y - wanted) < fabs (best - wanted))
            best = y;
        }
      if (i < blocked->len)
        from = MAX (from, g_array_index (blocked, Span, i).to);
    }

  return best;
}

/* Where the discs that have a place leave room, as near as can be to @wanted. With @alone only its own component
 * counts. FALSE: there is no room. */
static gboolean
put_node (Sorting *self, guint at, double wanted, gboolean alone, double low, double high)
{
  guint node = self->order[at];
  double reach = self->radii[node] + self->largest + self->gap;
  guint component = nerve_mapper_get_component (self->mapper, node);
  double y;

  g_array_set_size (self->blocked, 0);
  for (int way = -1; way <= 1; way += 2)
    for (guint k = at + way; k < self->n; k += way)
      {
        guint other = self->order[k];

        if (fabs (self->places[other].x - self->places[node].x) >= reach)
          break;
        if (self->placed[other] && (!alone || nerve_mapper_get_component (self->mapper, other) == component))
          block (self, node, other);
      }
  y = nearest_free (self->blocked, wanted, low, high);
  self->placed[node] = TRUE;
  self->places[node].y = isnan (y) ? CLAMP (wanted, low, high) : y;

  return !isnan (y);
}

/* From the left, from the right: each node goes to the middle of its neighbours, those in the way aside. */
static void
sweep (Sorting *self)
{
  for (guint round = 0; round < SWEEPS; round++)
    for (guint k = 0; k < self->n; k++)
      {
        guint at = round % 2 == 0 ? k : self->n - 1 - k;
        guint node = self->order[at];

        self->placed[node] = FALSE;
        put_node (self, at, barycentre (self, node, 0.0), TRUE, -G_MAXDOUBLE, G_MAXDOUBLE);
      }
}

static void
measure_parts (Sorting *self)
{
  self->n_parts = nerve_mapper_get_n_components (self->mapper);
  self->parts = g_new (Part, MAX (self->n_parts, 1));
  for (guint p = 0; p < self->n_parts; p++)
    self->parts[p] = (Part) { .left = INFINITY, .right = -INFINITY, .top = INFINITY, .bottom = -INFINITY };
  for (guint i = 0; i < self->n; i++)
    {
      Part *part = &self->parts[nerve_mapper_get_component (self->mapper, i)];
      NervePlace at = self->places[i];

      part->n++;
      part->left = MIN (part->left, at.x - self->radii[i]);
      part->right = MAX (part->right, at.x + self->radii[i]);
      part->top = MIN (part->top, at.y - self->radii[i]);
      part->bottom = MAX (part->bottom, at.y + self->radii[i]);
    }
  for (guint p = 0; p < self->n_parts; p++)
    self->parts[p].single = self->parts[p].n == 1;
}

static gboolean
has_room (const Sorting *self, guint lane, const Part *part)
{
  for (guint p = 0; p < self->n_parts; p++)
    if (self->parts[p].lane == lane && part->left < self->parts[p].right + 3.0 * self->gap &&
        self->parts[p].left < part->right + 3.0 * self->gap)
      return FALSE;

  return TRUE;
}

/* The first lane with room, components of the mapper's order; single nodes have lanes of their own below. */
static void
choose_lanes (Sorting *self, gboolean singles)
{
  guint from = self->n_lanes;

  for (guint p = 0; p < self->n_parts; p++)
    {
      Part *part = &self->parts[p];
      guint lane = from;

      if (part->single != singles)
        continue;
      while (lane < self->n_lanes && !has_room (self, lane, part))
        lane++;
      part->lane = lane;
      self->n_lanes = MAX (self->n_lanes, lane + 1);
      self->thickness[lane] = MAX (self->thickness[lane], part->bottom - part->top);
    }
}

static void
build_lanes (Sorting *self)
{
  measure_parts (self);
  self->thickness = g_new0 (double, self->n_parts + 1);
  for (guint p = 0; p < self->n_parts; p++)
    self->parts[p].lane = G_MAXUINT;
  choose_lanes (self, FALSE);
  self->n_shared_lanes = self->n_lanes;
  choose_lanes (self, TRUE);
}

/* Lanes take what their discs need and share what is left; where even that is too much they move together. */
static double
find_scale (const Sorting *self, double between)
{
  double shared = 0.0, single = 0.0;
  double room = self->height - (self->n_lanes - 1.0) * between;

  for (guint lane = 0; lane < self->n_lanes; lane++)
    *(lane < self->n_shared_lanes ? &shared : &single) += self->thickness[lane];
  if (shared + single > room || shared <= 0.0)
    return shared + single > 0.0 ? MIN (room / (shared + single), 1.0) : 1.0;

  return (room - single) / shared;
}

/* Returns the height of the line above the single nodes, negative if there is none. */
static double
put_lanes (Sorting *self)
{
  double between = MIN (2.0 * self->gap, 0.5 * self->height / self->n_lanes);
  double scale = find_scale (self, between);
  double spread = CLAMP (scale, 1.0, MOST_SPREAD);
  g_autofree double *middles = g_new (double, self->n_lanes);
  double hairline = -1.0;
  double y = 0.0;

  for (guint lane = 0; lane < self->n_lanes; lane++)
    {
      double thickness = self->thickness[lane] * (lane < self->n_shared_lanes ? scale : MIN (scale, 1.0));

      if (lane == self->n_shared_lanes && lane > 0)
        hairline = y - between / 2.0;
      middles[lane] = y + thickness / 2.0;
      y += thickness + between;
    }
  /* Without components the single nodes stand in the middle. */
  for (guint lane = 0; lane < self->n_lanes && self->n_shared_lanes == 0; lane++)
    middles[lane] += MAX (self->height - y + between, 0.0) / 2.0;
  for (guint i = 0; i < self->n; i++)
    {
      const Part *part = &self->parts[nerve_mapper_get_component (self->mapper, i)];

      self->places[i].y = middles[part->lane] + spread * (self->places[i].y - (part->top + part->bottom) / 2.0);
    }

  return scale < 1.0 ? -1.0 : hairline;
}

/* In a crowd components lie in each other's lanes, and what finds no room at its lens value leaves it. */
static void
settle (Sorting *self)
{
  gboolean crowded = FALSE;

  memset (self->placed, 0, self->n * sizeof *self->placed);
  for (guint at = 0; at < self->n; at++)
    {
      guint node = self->order[at];
      double r = MIN (self->radii[node], self->height / 2.0);

      crowded |= !put_node (self, at, self->places[node].y, FALSE, r, self->height - r);
    }
  if (crowded)
    nerve_layout_push (self->places, self->radii, self->order, self->n, NULL, 0, self->gap, self->width,
                       self->height);
}

double
nerve_layout_sort (const NerveMapper *mapper, const double *radii, double gap, double width, double height,
                   NervePlace *places)
{
  Sorting self = { .mapper = mapper, .radii = radii, .gap = MAX (gap, 0.0), .width = MAX (width, 1.0),
                   .height = MAX (height, 1.0), .places = places, .n = nerve_mapper_get_n_nodes (mapper) };
  g_autofree guint *order = g_new (guint, MAX (self.n, 1));
  g_autofree gboolean *placed = g_new0 (gboolean, MAX (self.n, 1));
  g_autoptr (GArray) blocked = g_array_new (FALSE, FALSE, sizeof (Span));
  double hairline;

  if (self.n == 0)
    return -1.0;

  self.order = order;
  self.placed = placed;
  self.blocked = blocked;
  put_along_lens (&self);
  gather_neighbours (&self);
  sweep (&self);
  build_lanes (&self);
  hairline = put_lanes (&self);
  settle (&self);
  g_free (self.first);
  g_free (self.neighbours);
  g_free (self.parts);
  g_free (self.thickness);

  return hairline;
}
