#include "homology/representatives.h"

#include <math.h>
#include <string.h>

#include "base/unionfind.h"
#include "homology/rips-cycle.h"
#include "homology/rips-shortest.h"

struct _NerveRepresentatives
{
  gatomicrefcount ref_count;
  GArray         *items; /* of NerveRepresentative */
  NerveDiagram   *diagram;
};

/* The watch's own. */
typedef struct
{
  const NerveBar *wanted;
  GArray         *items;
  NerveRipsTrees  trees;
} Finder;

static void
finder_clear (Finder *self)
{
  g_clear_pointer (&self->items, g_array_unref);
  nerve_rips_trees_clear (&self->trees);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

static void
item_clear (gpointer data)
{
  NerveRepresentative *item = data;

  g_free (item->points);
  g_free (item->edges);
  g_free (item->shortest);
}

static gboolean
is_wanted (const Finder *self, int dimension, double birth, double death)
{
  const NerveBar *wanted = self->wanted;

  if (death <= birth)
    return FALSE;

  return wanted == NULL || (wanted->dimension == dimension && wanted->birth == birth && wanted->death == death);
}

static double
measure (const NerveRipsState *state, const guint32 *edges, gsize n)
{
  double length = 0;

  for (gsize i = 0; i < n; i++)
    length += nerve_rips_state_distance (state, edges[2 * i], edges[2 * i + 1]);

  return length;
}

/* The points of a component, from a ring of them, ascending. */
static void
set_component (NerveRepresentative *item, const guint32 *rings, guint32 start, gsize n)
{
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  guint32 point = start;

  do
    {
      g_array_append_val (points, point);
      point = rings[point];
    }
  while (point != start);

  item->n_points = points->len;
  item->points = (guint32 *) g_array_free (points, FALSE);
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;

  return first < second ? -1 : first > second;
}

/* Components as rings of points, so that joining two is swapping two links. */
typedef struct
{
  NerveUnionFind sets;
  guint32       *rings; /* the next point of the component */
  guint32       *least; /* the least row of the component, at its root */
} Components;

static void
components_clear (Components *self)
{
  nerve_union_find_clear (&self->sets);
  g_clear_pointer (&self->rings, g_free);
  g_clear_pointer (&self->least, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Components, components_clear)

static void
components_init (Components *self, gsize n)
{
  nerve_union_find_init (&self->sets, n);
  self->rings = g_new (guint32, n);
  self->least = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    self->rings[i] = self->least[i] = i;
}

static void
add_component (Finder *self, Components *components, guint32 point, const NerveRipsEdge *edge)
{
  NerveRepresentative item = { .bar = { 0, 0.0, edge != NULL ? edge->distance : INFINITY } };
  guint32 root = nerve_union_find_find (&components->sets, point);

  set_component (&item, components->rings, point, components->sets.size[root]);
  qsort (item.points, item.n_points, sizeof (guint32), compare_points);
  if (edge != NULL)
    {
      item.edges = g_new (guint32, 2);
      item.edges[0] = edge->x;
      item.edges[1] = edge->y;
      item.n_edges = 1;
      item.length = edge->distance;
    }
  g_array_append_val (self->items, item);
}

static guint32
choose_smaller (Components *self, const NerveRipsEdge *edge)
{
  guint32 x = nerve_union_find_find (&self->sets, edge->x);
  guint32 y = nerve_union_find_find (&self->sets, edge->y);

  if (self->sets.size[x] != self->sets.size[y])
    return self->sets.size[x] < self->sets.size[y] ? edge->x : edge->y;

  return self->least[x] > self->least[y] ? edge->x : edge->y;
}

static void
join (Components *self, const NerveRipsEdge *edge)
{
  guint32 least = MIN (self->least[nerve_union_find_find (&self->sets, edge->x)],
                       self->least[nerve_union_find_find (&self->sets, edge->y)]);
  guint32 next = self->rings[edge->x];

  nerve_union_find_join (&self->sets, edge->x, edge->y);
  self->rings[edge->x] = self->rings[edge->y];
  self->rings[edge->y] = next;
  self->least[nerve_union_find_find (&self->sets, edge->x)] = least;
}

static gboolean
find_components (const NerveRipsState *state, gpointer user_data, const NerveProgress *progress, GError **error)
{
  Finder *self = user_data;
  gsize n = state->n;
  g_auto (Components) components = { { NULL } };

  nerve_rips_trees_init (&self->trees, n, state->forest);
  components_init (&components, n);
  for (guint i = 0; i < state->forest->len; i++)
    {
      const NerveRipsEdge *edge = &g_array_index (state->forest, NerveRipsEdge, i);

      if (is_wanted (self, 0, 0.0, edge->distance))
        add_component (self, &components, choose_smaller (&components, edge), edge);
      join (&components, edge);
      if (!nerve_progress_check (progress, error))
        return FALSE;
    }
  for (guint32 i = 0; i < n && is_wanted (self, 0, 0.0, INFINITY); i++)
    if (components.least[nerve_union_find_find (&components.sets, i)] == i)
      add_component (self, &components, i, NULL);

  return TRUE;
}

static void
take_edges (GArray *array, guint32 **edges, gsize *n)
{
  nerve_rips_order_cycle (array);
  *n = array->len / 2;
  *edges = (guint32 *) g_array_free (array, FALSE);
}

/* The points of the edges, each once, in order. */
static void
set_points (NerveRepresentative *item)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (gsize i = 0; i < 2 * item->n_edges; i++)
    if (g_hash_table_add (seen, GUINT_TO_POINTER (item->edges[i])))
      g_array_append_val (points, item->edges[i]);
  item->n_points = points->len;
  item->points = (guint32 *) g_array_free (points, FALSE);
}

/* Of what never dies every cycle born there is good. */
static gboolean
passes (const NerveRipsState *state, const NerveRipsEdge *death, GArray *cycle, gboolean *passed,
        const NerveProgress *progress, GError **error)
{
  *passed = TRUE;

  return death == NULL || nerve_rips_reduction_is_boundary (state->reduction, (const guint32 *) cycle->data,
                                                            cycle->len / 2, passed, progress, error);
}

static void
add_cycle (Finder *self, const NerveRipsState *state, NerveRepresentative *item, GArray *cycle, GArray *shortest)
{
  item->is_shortest = cycle == NULL;
  if (cycle != NULL)
    {
      take_edges (cycle, &item->edges, &item->n_edges);
      take_edges (shortest, &item->shortest, &item->n_shortest);
      item->shortest_length = measure (state, item->shortest, item->n_shortest);
    }
  else
    {
      take_edges (shortest, &item->edges, &item->n_edges);
    }
  item->length = measure (state, item->edges, item->n_edges);
  set_points (item);
  g_array_append_vals (self->items, item, 1);
}

static gboolean
find_cycle (const NerveRipsState *state, guint32 birth, const NerveRipsEdge *death, gpointer user_data,
            const NerveProgress *progress, GError **error)
{
  Finder *self = user_data;
  const NerveRipsEdge *edge = &g_array_index (state->births, NerveRipsEdge, birth);
  NerveRepresentative item = { .bar = { 1, edge->distance, death != NULL ? death->distance : INFINITY } };
  GArray *sum = state->reduction->sum;
  g_autoptr (GArray) cycle = NULL;
  g_autoptr (GArray) shortest = NULL;
  gboolean passed;

  if (!is_wanted (self, 1, item.bar.birth, item.bar.death))
    return TRUE;

  /* Before the check: that uses the same sum. */
  if (death != NULL)
    cycle = nerve_rips_trees_sum (&self->trees, state->births, (const guint32 *) sum->data, sum->len);
  shortest = nerve_rips_find_shortest_cycle (state, edge, progress, error);
  if (shortest == NULL || !passes (state, death, shortest, &passed, progress, error))
    return FALSE;
  if (passed)
    g_clear_pointer (&cycle, g_array_unref);
  add_cycle (self, state, &item, g_steal_pointer (&cycle), g_steal_pointer (&shortest));

  return TRUE;
}

/* As nerve_diagram_new_take() sorts; bars that are equal, by what they show. */
static int
compare_items (gconstpointer a, gconstpointer b)
{
  const NerveRepresentative *first = a;
  const NerveRepresentative *second = b;

  if (first->bar.dimension != second->bar.dimension)
    return first->bar.dimension - second->bar.dimension;
  if (first->bar.birth != second->bar.birth)
    return first->bar.birth < second->bar.birth ? -1 : 1;
  if (first->bar.death != second->bar.death)
    return first->bar.death < second->bar.death ? -1 : 1;
  for (gsize i = 0; i < 2 * MIN (first->n_edges, second->n_edges); i++)
    if (first->edges[i] != second->edges[i])
      return first->edges[i] < second->edges[i] ? -1 : 1;

  return compare_points (first->points, second->points);
}

static Finder
start (const NerveBar *wanted)
{
  Finder self = { .wanted = wanted, .items = g_array_new (FALSE, FALSE, sizeof (NerveRepresentative)) };

  g_array_set_clear_func (self.items, item_clear);
  return self;
}

/* @diagram: (transfer full) (nullable): what the run gave that the finder looked on */
static NerveRepresentatives *
finish (Finder *finder, NerveDiagram *diagram)
{
  NerveRepresentatives *self;

  if (diagram == NULL)
    return NULL;

  g_array_sort (finder->items, compare_items);
  self = g_new (NerveRepresentatives, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->items = g_steal_pointer (&finder->items);
  self->diagram = diagram;

  return self;
}

NerveRepresentatives *
nerve_representatives_new (const NerveDistances *distances, double threshold, const NerveBar *wanted,
                           const NerveProgress *progress, GError **error)
{
  g_auto (Finder) finder = start (wanted);
  const NerveRipsWatch watch = { find_components, find_cycle, &finder };

  g_return_val_if_fail (distances != NULL, NULL);

  return finish (&finder, nerve_rips_watched (distances, threshold, &watch, progress, error));
}

NerveRepresentatives *
nerve_representatives_of_cloud (const NerveCloud *cloud, double threshold, const NerveRipsPlan *plan,
                                const NerveBar *wanted, const NerveProgress *progress, GError **error)
{
  g_auto (Finder) finder = start (wanted);
  const NerveRipsWatch watch = { find_components, find_cycle, &finder };

  g_return_val_if_fail (cloud != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  return finish (&finder, nerve_rips_cloud_watched (cloud, threshold, plan, &watch, progress, error));
}

NerveRepresentatives *
nerve_representatives_ref (NerveRepresentatives *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nerve_representatives_unref (NerveRepresentatives *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->items);
  nerve_diagram_unref (self->diagram);
  g_free (self);
}

gsize
nerve_representatives_get_n (const NerveRepresentatives *self)
{
  return self->items->len;
}

const NerveRepresentative *
nerve_representatives_get (const NerveRepresentatives *self, gsize i)
{
  g_return_val_if_fail (i < self->items->len, NULL);

  return &g_array_index (self->items, NerveRepresentative, i);
}

NerveDiagram *
nerve_representatives_get_diagram (const NerveRepresentatives *self)
{
  return self->diagram;
}
