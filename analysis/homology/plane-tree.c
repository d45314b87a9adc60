#include "homology/plane-tree.h"

#include <string.h>

#define LEAF 6

typedef struct
{
  const NervePlanePoint *points;
  guint                  axis;
} Order;

static int
compare_along (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Order *order = user_data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  double difference = order->points[first][order->axis] - order->points[second][order->axis];

  return difference < 0 ? -1 : difference > 0 ? 1 : first < second ? -1 : first > second;
}

static void
bound (NervePlaneNode *node, const NervePlanePoint *points, const guint *ids)
{
  for (guint axis = 0; axis < 2; axis++)
    {
      node->low[axis] = INFINITY;
      node->high[axis] = -INFINITY;
      for (guint i = node->begin; i < node->end; i++)
        {
          node->low[axis] = MIN (node->low[axis], points[ids[i]][axis]);
          node->high[axis] = MAX (node->high[axis], points[ids[i]][axis]);
        }
    }
}

static void
split (NervePlaneTree *self, const NervePlanePoint *points, gsize i)
{
  NervePlaneNode *node = &self->nodes[i];
  Order order = { points, 0 };
  guint middle = node->begin + (node->end - node->begin) / 2;

  bound (node, points, self->ids);
  if (i >= self->n_leaves)
    return;

  order.axis = node->high[1] - node->low[1] > node->high[0] - node->low[0];
  g_qsort_with_data (self->ids + node->begin, node->end - node->begin, sizeof (guint), compare_along, &order);
  self->nodes[2 * i].begin = node->begin;
  self->nodes[2 * i].end = middle;
  self->nodes[2 * i + 1].begin = middle;
  self->nodes[2 * i + 1].end = node->end;
  split (self, points, 2 * i);
  split (self, points, 2 * i + 1);
}

void
nerve_plane_tree_init (NervePlaneTree *self, const NervePlanePoint *points, gsize n)
{
  memset (self, 0, sizeof *self);
  self->n = n;
  for (self->n_leaves = 1; self->n_leaves * LEAF < n; self->n_leaves *= 2)
    ;
  self->nodes = g_new0 (NervePlaneNode, 2 * self->n_leaves);
  self->points = g_new (NervePlanePoint, n);
  self->weights = g_new (double, n);
  self->levels = g_new (guint, n);
  self->ids = g_new (guint, n);
  self->places = g_new (guint, n);

  for (gsize i = 0; i < n; i++)
    self->ids[i] = i;
  self->nodes[1].end = n;
  split (self, points, 1);
  for (gsize i = 0; i < n; i++)
    {
      memcpy (self->points[i], points[self->ids[i]], sizeof (NervePlanePoint));
      self->places[self->ids[i]] = i;
      self->weights[i] = -INFINITY;
    }
  for (gsize i = 1; i < 2 * self->n_leaves; i++)
    self->nodes[i].weight = -INFINITY;
  nerve_plane_tree_set_levels (self, 0);
}

void
nerve_plane_tree_clear (NervePlaneTree *self)
{
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->levels, g_free);
  g_clear_pointer (&self->ids, g_free);
  g_clear_pointer (&self->places, g_free);
}

/* Every leaf has room for @place: they are cut in halves from the root. */
static gsize
find_leaf (const NervePlaneTree *self, guint place)
{
  gsize i = 1;

  while (i < self->n_leaves)
    i = 2 * i + (place >= self->nodes[2 * i + 1].begin);

  return i;
}

static guint64
level_bit (guint level)
{
  return level == NERVE_PLANE_OUT ? 0 : G_GUINT64_CONSTANT (1) << level % 64;
}

void
nerve_plane_tree_set_weight (NervePlaneTree *self, gsize point, double weight)
{
  guint place = self->places[point];
  gsize i = find_leaf (self, place);
  NervePlaneNode *leaf = &self->nodes[i];

  self->weights[place] = weight;
  leaf->weight = -INFINITY;
  for (guint k = leaf->begin; k < leaf->end; k++)
    leaf->weight = MAX (leaf->weight, self->weights[k]);
  for (i /= 2; i > 0; i /= 2)
    {
      double largest = MAX (self->nodes[2 * i].weight, self->nodes[2 * i + 1].weight);

      if (self->nodes[i].weight == largest)
        break;
      self->nodes[i].weight = largest;
    }
}

void
nerve_plane_tree_set_level (NervePlaneTree *self, gsize point, guint level)
{
  guint place = self->places[point];
  gsize i = find_leaf (self, place);
  NervePlaneNode *leaf = &self->nodes[i];

  self->levels[place] = level;
  leaf->levels = 0;
  for (guint k = leaf->begin; k < leaf->end; k++)
    leaf->levels |= level_bit (self->levels[k]);
  for (i /= 2; i > 0; i /= 2)
    {
      guint64 levels = self->nodes[2 * i].levels | self->nodes[2 * i + 1].levels;

      if (self->nodes[i].levels == levels)
        break;
      self->nodes[i].levels = levels;
    }
}

void
nerve_plane_tree_set_levels (NervePlaneTree *self, guint level)
{
  for (gsize i = 0; i < self->n; i++)
    self->levels[i] = level;
  for (gsize i = 1; i < 2 * self->n_leaves; i++)
    self->nodes[i].levels = self->nodes[i].end > self->nodes[i].begin ? level_bit (level) : 0;
}

static double
distance_to_box (const NervePlaneNode *node, const NervePlanePoint from)
{
  double x = MAX (node->low[0] - from[0], from[0] - node->high[0]);
  double y = MAX (node->low[1] - from[1], from[1] - node->high[1]);

  return MAX (MAX (x, y), 0.0);
}

typedef struct
{
  const double *from;
  double        power;
  double        best;
  gsize         place;
} Lightest;

static double
least_value (const NervePlaneNode *node, const Lightest *search)
{
  return nerve_plane_power (distance_to_box (node, search->from), search->power) - node->weight;
}

static void
search_lightest (const NervePlaneTree *self, gsize i, Lightest *search)
{
  double left, right;

  if (i >= self->n_leaves)
    {
      for (guint k = self->nodes[i].begin; k < self->nodes[i].end; k++)
        {
          double value = nerve_plane_power (nerve_plane_distance (self->points[k], search->from), search->power)
                         - self->weights[k];

          if (value < search->best)
            {
              search->best = value;
              search->place = k;
            }
        }
      return;
    }

  left = least_value (&self->nodes[2 * i], search);
  right = least_value (&self->nodes[2 * i + 1], search);
  if (MIN (left, right) < search->best)
    search_lightest (self, 2 * i + (right < left), search);
  if (MAX (left, right) < search->best)
    search_lightest (self, 2 * i + (right >= left), search);
}

gsize
nerve_plane_tree_lightest (const NervePlaneTree *self, const NervePlanePoint from, double power, double *value)
{
  Lightest search = { from, power, *value, NERVE_PLANE_NONE };

  if (self->n == 0)
    return NERVE_PLANE_NONE;
  search_lightest (self, 1, &search);
  *value = search.best;

  return search.place == NERVE_PLANE_NONE ? NERVE_PLANE_NONE : self->ids[search.place];
}

typedef struct
{
  const double *from;
  double        radius;
  guint         level;
  guint64       bit;
} Within;

static gsize
search_within (const NervePlaneTree *self, gsize i, const Within *search)
{
  const NervePlaneNode *node = &self->nodes[i];
  gsize found;

  if ((node->levels & search->bit) == 0 || !(distance_to_box (node, search->from) <= search->radius))
    return NERVE_PLANE_NONE;

  if (i < self->n_leaves)
    {
      found = search_within (self, 2 * i, search);
      return found != NERVE_PLANE_NONE ? found : search_within (self, 2 * i + 1, search);
    }

  for (guint k = node->begin; k < node->end; k++)
    if (self->levels[k] == search->level
        && nerve_plane_distance (self->points[k], search->from) <= search->radius)
      return self->ids[k];

  return NERVE_PLANE_NONE;
}

gsize
nerve_plane_tree_within (const NervePlaneTree *self, const NervePlanePoint from, double radius, guint level)
{
  Within search = { from, radius, level, level_bit (level) };

  return self->n == 0 ? NERVE_PLANE_NONE : search_within (self, 1, &search);
}

static void
search_gap (const NervePlaneTree *self, gsize i, Within *search)
{
  const NervePlaneNode *node = &self->nodes[i];
  gboolean second;

  if ((node->levels & search->bit) == 0 || !(distance_to_box (node, search->from) < search->radius))
    return;

  if (i < self->n_leaves)
    {
      second = distance_to_box (node + i + 1, search->from) < distance_to_box (node + i, search->from);
      search_gap (self, 2 * i + second, search);
      search_gap (self, 2 * i + !second, search);
      return;
    }

  for (guint k = node->begin; k < node->end; k++)
    if (self->levels[k] == search->level)
      search->radius = MIN (search->radius, nerve_plane_distance (self->points[k], search->from));
}

double
nerve_plane_tree_gap (const NervePlaneTree *self, const NervePlanePoint from, guint level)
{
  Within search = { from, INFINITY, level, level_bit (level) };

  if (self->n > 0)
    search_gap (self, 1, &search);

  return search.radius;
}
