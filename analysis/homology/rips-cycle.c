#include "homology/rips-cycle.h"

static void
add_edge (GArray *points, guint32 a, guint32 b)
{
  g_array_append_val (points, a);
  g_array_append_val (points, b);
}

/* Neighbours in the forest, point by point. */
typedef struct
{
  guint32 *begins; /* n + 1 */
  guint32 *ends;
} Neighbours;

static void
neighbours_clear (Neighbours *self)
{
  g_clear_pointer (&self->begins, g_free);
  g_clear_pointer (&self->ends, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Neighbours, neighbours_clear)

static void
neighbours_init (Neighbours *self, gsize n, const GArray *forest)
{
  self->begins = g_new0 (guint32, n + 2);
  self->ends = g_new (guint32, 2 * forest->len);
  for (guint i = 0; i < forest->len; i++)
    {
      self->begins[g_array_index (forest, NerveRipsEdge, i).x + 2]++;
      self->begins[g_array_index (forest, NerveRipsEdge, i).y + 2]++;
    }
  for (gsize i = 2; i < n + 2; i++)
    self->begins[i] += self->begins[i - 1];
  for (guint i = 0; i < forest->len; i++)
    {
      const NerveRipsEdge *edge = &g_array_index (forest, NerveRipsEdge, i);

      self->ends[self->begins[edge->x + 1]++] = edge->y;
      self->ends[self->begins[edge->y + 1]++] = edge->x;
    }
}

void
nerve_rips_trees_init (NerveRipsTrees *self, gsize n, const GArray *forest)
{
  g_auto (Neighbours) neighbours = { NULL };
  g_autofree guint32 *queue = g_new (guint32, n);
  g_autofree guint8 *is_seen = g_new0 (guint8, n);

  neighbours_init (&neighbours, n, forest);
  self->n = n;
  self->parents = g_new (guint32, n);
  self->depths = g_new0 (guint32, n);
  self->is_odd = g_new0 (guint8, n);
  for (gsize root = 0; root < n; root++)
    {
      gsize first = 0;
      gsize last = 0;

      if (is_seen[root])
        continue;
      self->parents[root] = root;
      is_seen[root] = TRUE;
      for (queue[last++] = root; first < last; first++)
        for (guint32 i = neighbours.begins[queue[first]]; i < neighbours.begins[queue[first] + 1]; i++)
          {
            guint32 point = neighbours.ends[i];

            if (is_seen[point])
              continue;
            is_seen[point] = TRUE;
            self->parents[point] = queue[first];
            self->depths[point] = self->depths[queue[first]] + 1;
            queue[last++] = point;
          }
    }
}

void
nerve_rips_trees_clear (NerveRipsTrees *self)
{
  g_clear_pointer (&self->parents, g_free);
  g_clear_pointer (&self->depths, g_free);
  g_clear_pointer (&self->is_odd, g_free);
}

/* Flips the edges on the way from @a to @b, and lists the points whose edge to the parent that is. */
static void
flip_path (NerveRipsTrees *self, guint32 a, guint32 b, GArray *touched)
{
  while (a != b)
    {
      guint32 *deeper = self->depths[a] >= self->depths[b] ? &a : &b;

      self->is_odd[*deeper] ^= 1;
      g_array_append_val (touched, *deeper);
      *deeper = self->parents[*deeper];
    }
}

GArray *
nerve_rips_trees_sum (NerveRipsTrees *self, const GArray *births, const guint32 *numbers, gsize n)
{
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  GArray *points = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (gsize i = 0; i < n; i++)
    {
      const NerveRipsEdge *edge = &g_array_index (births, NerveRipsEdge, numbers[i]);

      add_edge (points, edge->x, edge->y);
      flip_path (self, edge->x, edge->y, touched);
    }
  for (guint i = 0; i < touched->len; i++)
    {
      guint32 point = g_array_index (touched, guint32, i);

      if (self->is_odd[point])
        add_edge (points, point, self->parents[point]);
      self->is_odd[point] = 0;
    }

  return points;
}

/* The next edge from @place on that has @point; it is turned so that it begins there. 0: none. */
static gsize
bring_forward (guint32 *points, gsize place, gsize n, guint32 point)
{
  for (gsize i = place; i < n; i++)
    {
      guint32 edge[2] = { points[2 * i], points[2 * i + 1] };
      gboolean is_turned = edge[1] == point;

      if (edge[0] != point && edge[1] != point)
        continue;
      points[2 * i] = points[2 * place];
      points[2 * i + 1] = points[2 * place + 1];
      points[2 * place] = point;
      points[2 * place + 1] = is_turned ? edge[0] : edge[1];
      return place + 1;
    }

  return 0;
}

void
nerve_rips_order_cycle (GArray *array)
{
  guint32 *points = (guint32 *) array->data;
  gsize n = array->len / 2;
  gsize place = 0;

  while (place < n)
    {
      gsize next = place + 1;

      while ((next = bring_forward (points, next, n, points[2 * next - 1])) != 0)
        place = next - 1;
      place++;
    }
}
