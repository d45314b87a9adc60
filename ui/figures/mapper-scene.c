#include "figures/mapper-scene.h"

#include <math.h>
#include <stdlib.h>

/* DESIGN.md "Mapper graph", for a pane of 316 × 290 and a cloud of 500 points. */
#define LEAST_RADIUS 3.4
#define RADIUS 1.62
#define PANE_WIDTH 316.
#define PANE_HEIGHT 290.
#define GAP 3.
/* A selected node's ring must stay inside. */
#define MARGIN 5.5
/* Discs never cover more of the pane: thousands of nodes stay apart, only smaller. */
#define MOST_COVERED .22
/* Beyond that pane's size a graph grows nearly as its pane does, lest a large one is dots and lines. */
#define GROWTH .8
#define MOST_GROWTH 2.4
#define SCENES 6

typedef struct
{
  NerveMapperScene *scenes[SCENES]; /* latest first */
} Cache;

static GMutex cache_lock;

/* ×0.84 in 236 px columns, ×0.66 in a figure 3.25 in wide, as DESIGN.md says; smooth between. */
static double
pane_factor (const NerveStyle *style, double width, double height)
{
  double size = MIN (width / PANE_WIDTH, height / PANE_HEIGHT);

  if (style->print)
    return style->scale * 1.1 * pow (width / (234 * style->scale / .6), .74);

  size /= style->scale;

  return style->scale * CLAMP (pow (size, size > 1 ? GROWTH : .42), .5, MOST_GROWTH);
}

/* Of discs of one size, or by order of magnitude, as many as cover what discs by members would. */
static double
weight_of (NerveNodeSize node_size, gsize members)
{
  switch (node_size)
    {
    case NERVE_NODE_SIZE_LOGARITHM:
      return log2 (1. + members);
    case NERVE_NODE_SIZE_EQUAL:
      return 1;
    case NERVE_NODE_SIZE_MEMBERS:
    case NERVE_N_NODE_SIZES:
    default:
      return members;
    }
}

static double
points_per_weight (NerveGraph *graph, NerveNodeSize node_size)
{
  double members = 0, weights = 0;

  for (guint i = 0; i < nerve_mapper_get_n_nodes (graph->mapper); i++)
    {
      gsize n = nerve_mapper_get_node (graph->mapper, i)->n_members;

      members += n;
      weights += weight_of (node_size, n);
    }

  return weights > 0 ? members / weights : 1;
}

/* @shrink: out, under 1 in a crowd */
static double *
disc_radii (NerveGraph *graph, NerveNodeSize node_size, double factor, double least, double area, double *shrink)
{
  guint n = nerve_mapper_get_n_nodes (graph->mapper);
  gsize n_points = nerve_cloud_get_n (nerve_mapper_get_cloud (graph->mapper));
  double *radii = g_new (double, MAX (n, 1));
  double per_point = RADIUS * factor * sqrt (500. / MAX (n_points, 1));
  double unit = points_per_weight (graph, node_size);
  double covered = 0;

  for (guint i = 0; i < n; i++)
    {
      gsize members = nerve_mapper_get_node (graph->mapper, i)->n_members;

      radii[i] = MAX (least, per_point * sqrt (unit * weight_of (node_size, members)));
      covered += G_PI * (radii[i] + factor * GAP / 2) * (radii[i] + factor * GAP / 2);
    }

  *shrink = covered > 0 ? MIN (sqrt (MOST_COVERED * area / covered), 1) : 1;
  for (guint i = 0; i < n; i++)
    radii[i] *= *shrink;

  return radii;
}

typedef struct { guint node; double radius; } Disc;

static int
compare_discs (gconstpointer a, gconstpointer b)
{
  const Disc *one = a;
  const Disc *other = b;

  if (one->radius != other->radius)
    return one->radius > other->radius ? -1 : 1;

  return one->node < other->node ? -1 : one->node > other->node;
}

static guint *
largest_first (const double *radii, guint n)
{
  g_autofree Disc *discs = g_new (Disc, MAX (n, 1));
  guint *order = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    discs[i] = (Disc) { i, radii[i] };
  qsort (discs, n, sizeof *discs, compare_discs);
  for (guint i = 0; i < n; i++)
    order[i] = discs[i].node;

  return order;
}

static NerveMapperScene *
scene_new (NerveGraph *graph, NerveNodeSize node_size, NerveLayoutKind layout, double factor, double scale,
           double least, double width, double height)
{
  NerveMapperScene *self = g_new0 (NerveMapperScene, 1);
  double margin = MIN (MARGIN * scale, MIN (width, height) / 8);
  double inner_width = MAX (width - 2 * margin, 1);
  double inner_height = MAX (height - 2 * margin, 1);

  g_atomic_ref_count_init (&self->ref);
  self->width = width;
  self->height = height;
  self->factor = factor;
  self->scale = scale;
  self->node_size = node_size;
  self->layout = layout;
  self->n = nerve_mapper_get_n_nodes (graph->mapper);
  self->radii = disc_radii (graph, node_size, factor, least, inner_width * inner_height, &self->shrink);
  self->order = largest_first (self->radii, self->n);
  self->places = g_new0 (NervePlace, MAX (self->n, 1));
  self->hairline = -1;
  if (self->n > 0 && layout == NERVE_LAYOUT_SORTED)
    self->hairline = nerve_layout_sort (graph->mapper, self->radii, GAP * scale * self->shrink, inner_width,
                                        inner_height, self->places);
  else if (self->n > 0)
    self->hairline = nerve_layout_pack (graph->layout, graph->mapper, self->radii,
                                        GAP * scale * self->shrink, inner_width, inner_height, self->places);

  for (guint i = 0; i < self->n; i++)
    {
      self->places[i].x += margin;
      self->places[i].y += margin;
    }
  if (self->hairline >= 0)
    self->hairline += margin;

  return self;
}

static NerveMapperScene *
cache_find (Cache *cache, NerveNodeSize node_size, NerveLayoutKind layout, double factor, double scale, double width,
            double height)
{
  for (guint i = 0; i < SCENES && cache->scenes[i] != NULL; i++)
    {
      NerveMapperScene *scene = cache->scenes[i];

      if (scene->width == width && scene->height == height && scene->factor == factor && scene->scale == scale &&
          scene->node_size == node_size && scene->layout == layout)
        {
          for (guint k = i; k > 0; k--)
            cache->scenes[k] = cache->scenes[k - 1];
          cache->scenes[0] = scene;
          return nerve_mapper_scene_ref (scene);
        }
    }

  return NULL;
}

static void
cache_add (Cache *cache, NerveMapperScene *scene)
{
  g_clear_pointer (&cache->scenes[SCENES - 1], nerve_mapper_scene_unref);
  for (guint k = SCENES - 1; k > 0; k--)
    cache->scenes[k] = cache->scenes[k - 1];
  cache->scenes[0] = nerve_mapper_scene_ref (scene);
}

NerveMapperScene *
nerve_mapper_scene_get_scaled (NerveGraph *graph, NerveNodeSize node_size, NerveLayoutKind layout, double factor,
                               double scale, double least, double width, double height)
{
  NerveMapperScene *scene;

  g_mutex_lock (&cache_lock);
  if (graph->scenes == NULL)
    graph->scenes = g_new0 (Cache, 1);
  scene = cache_find (graph->scenes, node_size, layout, factor, scale, width, height);
  g_mutex_unlock (&cache_lock);
  if (scene != NULL)
    return scene;

  scene = scene_new (graph, node_size, layout, factor, scale, least, width, height);
  g_mutex_lock (&cache_lock);
  cache_add (graph->scenes, scene);
  g_mutex_unlock (&cache_lock);

  return scene;
}

NerveMapperScene *
nerve_mapper_scene_get (NerveGraph *graph, NerveNodeSize node_size, NerveLayoutKind layout, const NerveStyle *style,
                        double width, double height)
{
  double factor = pane_factor (style, width, height);

  return nerve_mapper_scene_get_scaled (graph, node_size, layout, factor, style->scale,
                                        LEAST_RADIUS * (style->print ? MIN (factor, style->scale) : factor), width,
                                        height);
}

NerveMapperScene *
nerve_mapper_scene_ref (NerveMapperScene *self)
{
  g_atomic_ref_count_inc (&self->ref);

  return self;
}

void
nerve_mapper_scene_unref (NerveMapperScene *self)
{
  if (!g_atomic_ref_count_dec (&self->ref))
    return;

  g_free (self->places);
  g_free (self->radii);
  g_free (self->order);
  g_free (self);
}

void
nerve_mapper_scene_forget (NerveGraph *graph)
{
  Cache *cache = graph->scenes;

  if (cache == NULL)
    return;

  for (guint i = 0; i < SCENES; i++)
    g_clear_pointer (&cache->scenes[i], nerve_mapper_scene_unref);
  g_clear_pointer (&graph->scenes, g_free);
}

int
nerve_mapper_scene_pick (const NerveMapperScene *self, double x, double y, double reach)
{
  double best = reach;
  int node = -1;

  for (guint i = 0; i < self->n; i++)
    {
      double outside = hypot (x - self->places[i].x, y - self->places[i].y) - self->radii[i];

      if (outside < best)
        {
          best = outside;
          node = i;
        }
    }

  return node;
}
