#include "homology/rips-sparse.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/unionfind.h"
#include "homology/rips-column.h"
#include "homology/rips-order.h"

#define ROWS 16
#define COLUMNS 256
#define EDGES_PER_CHECK (4 * 1024 * 1024)
#define BYTES_PER_EDGE 32
#define WORK_PER_QUESTION (256 * 1024)
#define NO_APEX G_MAXUINT32
#define FOREST (G_MAXUINT32 - 1)

typedef struct
{
  const double        *points;
  gsize                n;
  gsize                d;
  NerveMetric          metric;
  double               unit;
  double               threshold;
  GArray             **found; /* of NerveRipsEdge, for each worker */
  atomic_bool          has_nan;
  atomic_bool          is_full;
  const NerveProgress *progress;
} Search;

/* A point's neighbour, by rising number, and the place of their edge in the order. */
typedef struct
{
  guint32 point;
  guint32 rank;
} Neighbour;

typedef struct
{
  gsize                n;
  NerveRipsEdge       *edges; /* in order */
  guint32              n_edges;
  gsize               *begins; /* n + 1, into neighbours */
  Neighbour           *neighbours;
  guint32             *apexes; /* of each edge: a point of its lune; NO_APEX: a birth; FOREST */
  GHashTable          *columns; /* birth → GArray of ranks */
  guint32              n_alive;
  NerveRipsColumn      column;
  NerveUnionFind       components;
  GArray              *lune;   /* guint32 */
  GArray              *stack;  /* guint32, places in the lune */
  guint8              *is_in;  /* n: place in the lune, 1; 2: reached */
  GArray              *bars;
  gsize                work;
  const NerveProgress *progress;
} Walk;

static void
walk_clear (Walk *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->begins, g_free);
  g_clear_pointer (&self->neighbours, g_free);
  g_clear_pointer (&self->apexes, g_free);
  g_clear_pointer (&self->columns, g_hash_table_unref);
  nerve_rips_column_clear (&self->column);
  nerve_union_find_clear (&self->components);
  g_clear_pointer (&self->lune, g_array_unref);
  g_clear_pointer (&self->stack, g_array_unref);
  g_clear_pointer (&self->is_in, g_free);
  g_clear_pointer (&self->bars, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static void
keep_short (Search *self, GArray *found, gsize row, gsize column, double distance)
{
  NerveRipsEdge edge = { distance / self->unit + 0.0, row, column };

  if (isnan (distance))
    atomic_store (&self->has_nan, TRUE);
  else if (column < row && edge.distance <= self->threshold)
    g_array_append_val (found, edge);
}

static gboolean
search_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Search *self = user_data;
  GArray *found = self->found[worker];
  g_autofree double *distances = g_new (double, ROWS * COLUMNS);

  for (gsize row = begin; row < end; row += ROWS)
    for (gsize column = 0; column < MIN (row + ROWS, self->n); column += COLUMNS)
      {
        gsize n_rows = MIN (ROWS, end - row);
        gsize n_columns = MIN (COLUMNS, self->n - column);

        nerve_metric_block (self->metric, self->points + row * self->d, n_rows, self->points + column * self->d,
                            n_columns, self->d, distances);
        for (gsize i = 0; i < n_rows * n_columns; i++)
          keep_short (self, found, row + i / n_columns, column + i % n_columns, distances[i]);
        if (!nerve_progress_wanted (self->progress))
          return FALSE;
      }
  /* Twice as much while the lists grow and are put together. */
  if (found->len > EDGES_PER_CHECK && (guint64) found->len * BYTES_PER_EDGE > nerve_memory_available () / 2)
    {
      atomic_store (&self->is_full, TRUE);
      return FALSE;
    }

  return !atomic_load (&self->has_nan);
}

static gboolean
set_search_error (const Search *self, gsize n_edges, GError **error)
{
  if (atomic_load (&self->has_nan))
    g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_VALUE,
                         "some distances are not numbers (NaN): the coordinates are too large");
  else if (atomic_load (&self->is_full) || n_edges >= FOREST)
    g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                 "over %" G_GSIZE_FORMAT " edges are not longer than %.9g: a lower threshold", n_edges,
                 self->threshold);
  else
    nerve_progress_set_cancelled (error);

  return FALSE;
}

static gboolean
find_edges (Search *self, Walk *walk, GError **error)
{
  guint n_workers = nerve_parallel_get_threads ();
  g_autofree GArray **found = g_new (GArray *, n_workers);
  gsize n_edges = 0;
  gboolean done;

  self->found = found;
  for (guint i = 0; i < n_workers; i++)
    found[i] = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));
  done = nerve_parallel_for (self->n, ROWS, search_rows, self, self->progress);
  for (guint i = 0; i < n_workers; i++)
    n_edges += found[i]->len;
  done = done && !atomic_load (&self->has_nan) && n_edges < FOREST;
  if (done)
    {
      walk->edges = g_new (NerveRipsEdge, n_edges);
      for (guint i = 0; i < n_workers; i++)
        {
          if (found[i]->len > 0)
            memcpy (walk->edges + walk->n_edges, found[i]->data, found[i]->len * sizeof (NerveRipsEdge));
          walk->n_edges += found[i]->len;
        }
      done = nerve_rips_sort (walk->edges, walk->n_edges, self->progress);
    }
  for (guint i = 0; i < n_workers; i++)
    g_array_unref (found[i]);

  return done || set_search_error (self, n_edges, error);
}

static int
compare_neighbours (gconstpointer a, gconstpointer b)
{
  guint32 first = ((const Neighbour *) a)->point;
  guint32 second = ((const Neighbour *) b)->point;

  return first < second ? -1 : first > second;
}

static void
list_neighbours (Walk *self)
{
  g_autofree gsize *next = NULL;

  self->begins = g_new0 (gsize, self->n + 1);
  self->neighbours = g_new (Neighbour, 2 * (gsize) self->n_edges);
  for (guint32 i = 0; i < self->n_edges; i++)
    {
      self->begins[self->edges[i].x + 1]++;
      self->begins[self->edges[i].y + 1]++;
    }
  for (gsize i = 0; i < self->n; i++)
    self->begins[i + 1] += self->begins[i];
  next = g_memdup2 (self->begins, (self->n + 1) * sizeof (gsize));
  for (guint32 i = 0; i < self->n_edges; i++)
    {
      self->neighbours[next[self->edges[i].x]++] = (Neighbour) { self->edges[i].y, i };
      self->neighbours[next[self->edges[i].y]++] = (Neighbour) { self->edges[i].x, i };
    }
  for (gsize i = 0; i < self->n; i++)
    if (self->begins[i + 1] > self->begins[i])
      qsort (self->neighbours + self->begins[i], self->begins[i + 1] - self->begins[i], sizeof (Neighbour),
             compare_neighbours);
}

/* The place of edge ab, which is there, in the order. */
static guint32
find_rank (const Walk *self, guint32 a, guint32 b)
{
  gsize low = self->begins[a];
  gsize high = self->begins[a + 1];

  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;

      if (self->neighbours[middle].point <= b)
        low = middle;
      else
        high = middle;
    }

  return self->neighbours[low].rank;
}

static gboolean
is_wanted (Walk *self, gsize work)
{
  self->work += work;
  if (self->work < WORK_PER_QUESTION)
    return TRUE;

  self->work = 0;
  return nerve_progress_wanted (self->progress);
}

/* Points with edges before @edge to both its ends; the first of them to have both becomes its apex. */
static void
find_lune (Walk *self, guint32 edge)
{
  guint32 x = self->edges[edge].x;
  guint32 y = self->edges[edge].y;
  gsize i = self->begins[x];
  gsize j = self->begins[y];
  guint32 earliest = edge;

  g_array_set_size (self->lune, 0);
  self->apexes[edge] = NO_APEX;
  while (i < self->begins[x + 1] && j < self->begins[y + 1])
    {
      Neighbour a = self->neighbours[i];
      Neighbour b = self->neighbours[j];
      guint32 later = MAX (a.rank, b.rank);

      if (a.point == b.point && later < edge)
        {
          g_array_append_val (self->lune, a.point);
          if (later < earliest)
            {
              earliest = later;
              self->apexes[edge] = a.point;
            }
        }
      i += a.point <= b.point;
      j += b.point <= a.point;
    }
  self->work += i - self->begins[x] + j - self->begins[y];
}

/* Marks what is connected with @start within the lune by edges before @edge. */
static gboolean
fill_component (Walk *self, guint32 edge, guint32 start)
{
  g_array_set_size (self->stack, 0);
  g_array_append_val (self->stack, start);
  self->is_in[start] = 2;
  while (self->stack->len > 0)
    {
      guint32 point = g_array_index (self->stack, guint32, self->stack->len - 1);

      g_array_set_size (self->stack, self->stack->len - 1);
      for (gsize i = self->begins[point]; i < self->begins[point + 1]; i++)
        {
          Neighbour next = self->neighbours[i];

          if (next.rank < edge && self->is_in[next.point] == 1)
            {
              self->is_in[next.point] = 2;
              g_array_append_val (self->stack, next.point);
            }
        }
      if (!is_wanted (self, self->begins[point + 1] - self->begins[point]))
        return FALSE;
    }

  return TRUE;
}

/* Edges of the forest are left out: a cycle is what it is by its others. */
static void
flip (Walk *self, guint32 rank)
{
  if (self->apexes[rank] != FOREST)
    nerve_rips_column_flip (&self->column, rank);
}

static void
add_column (Walk *self, const GArray *ranks)
{
  for (guint i = 0; i < ranks->len; i++)
    flip (self, g_array_index (ranks, guint32, i));
}

/* Empties the column, so that its birth owns it. */
static GArray *
take_column (Walk *self)
{
  GArray *ranks = g_array_new (FALSE, FALSE, sizeof (guint32));
  gint64 greatest;

  while ((greatest = nerve_rips_column_greatest (&self->column)) >= 0)
    {
      guint32 rank = greatest;

      g_array_append_val (ranks, rank);
      nerve_rips_column_flip (&self->column, rank);
    }

  return ranks;
}

/* Reduces the column until it is empty or a birth pairs with @edge. */
static gboolean
reduce (Walk *self, guint32 edge)
{
  gint64 greatest;

  while ((greatest = nerve_rips_column_greatest (&self->column)) >= 0)
    {
      guint32 apex = self->apexes[greatest];
      const NerveRipsEdge *top = &self->edges[greatest];
      GArray *owned = g_hash_table_lookup (self->columns, GUINT_TO_POINTER ((guint32) greatest));

      if (apex != NO_APEX)
        {
          flip (self, greatest);
          flip (self, find_rank (self, top->x, apex));
          flip (self, find_rank (self, top->y, apex));
        }
      else if (owned != NULL)
        {
          add_column (self, owned);
        }
      else
        {
          NerveBar bar = { 1, top->distance, self->edges[edge].distance };

          g_array_append_val (self->bars, bar);
          g_hash_table_insert (self->columns, GUINT_TO_POINTER ((guint32) greatest), take_column (self));
          self->n_alive--;
          return TRUE;
        }
      if (!is_wanted (self, owned != NULL ? owned->len : 1))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_cycle (Walk *self, guint32 edge, guint32 a, guint32 b)
{
  const NerveRipsEdge *side = &self->edges[edge];
  const guint32 ends[] = { side->x, side->y };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      flip (self, find_rank (self, ends[i], a));
      flip (self, find_rank (self, ends[i], b));
    }

  return reduce (self, edge);
}

/* A cycle for each component of the lune but the apex's. */
static gboolean
split_lune (Walk *self, guint32 edge)
{
  gboolean done;

  for (guint i = 0; i < self->lune->len; i++)
    self->is_in[g_array_index (self->lune, guint32, i)] = 1;
  done = fill_component (self, edge, self->apexes[edge]);
  for (guint i = 0; i < self->lune->len && done; i++)
    {
      guint32 point = g_array_index (self->lune, guint32, i);

      if (self->is_in[point] == 1)
        done = fill_component (self, edge, point) && add_cycle (self, edge, self->apexes[edge], point);
    }
  for (guint i = 0; i < self->lune->len; i++)
    self->is_in[g_array_index (self->lune, guint32, i)] = 0;

  return done;
}

static gboolean
walk_edge (Walk *self, guint32 edge, int max_dimension)
{
  const NerveRipsEdge *side = &self->edges[edge];

  if (max_dimension > 0)
    find_lune (self, edge);
  if (max_dimension > 0 && self->apexes[edge] != NO_APEX)
    return self->n_alive == 0 || split_lune (self, edge);

  if (nerve_union_find_join (&self->components, side->x, side->y))
    {
      NerveBar bar = { 0, 0.0, side->distance };

      self->apexes[edge] = FOREST;
      g_array_append_val (self->bars, bar);
    }
  else if (max_dimension > 0)
    {
      self->n_alive++;
    }

  return TRUE;
}

/* What is left: components and births that nothing has ended. */
static void
add_essential (Walk *self, int max_dimension)
{
  for (guint32 i = 0; i < self->n; i++)
    if (nerve_union_find_find (&self->components, i) == i)
      g_array_append_val (self->bars, ((NerveBar) { 0, 0.0, INFINITY }));
  for (guint32 i = 0; i < self->n_edges && max_dimension > 0; i++)
    if (self->apexes[i] == NO_APEX && !g_hash_table_contains (self->columns, GUINT_TO_POINTER (i)))
      g_array_append_val (self->bars, ((NerveBar) { 1, self->edges[i].distance, INFINITY }));
}

NerveDiagram *
nerve_rips_sparse (const double *points, gsize n, gsize d, NerveMetric metric, double unit, double threshold,
                   int max_dimension, const NerveProgress *progress, GError **error)
{
  NerveProgress searching = nerve_progress_part (progress, 0, .5);
  NerveProgress walking = nerve_progress_part (progress, .5, 1);
  Search search = { points, n, d, metric, unit, threshold, .progress = &searching };
  g_auto (Walk) self = { .n = n, .progress = &walking };

  g_return_val_if_fail (metric != NERVE_METRIC_GEODESIC, NULL);
  g_return_val_if_fail (max_dimension <= 1, NULL);

  if (!find_edges (&search, &self, error))
    return NULL;
  list_neighbours (&self);
  self.apexes = g_new (guint32, self.n_edges);
  self.columns = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self.lune = g_array_new (FALSE, FALSE, sizeof (guint32));
  self.stack = g_array_new (FALSE, FALSE, sizeof (guint32));
  self.is_in = g_new0 (guint8, n);
  self.bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));
  nerve_rips_column_init (&self.column, self.n_edges);
  nerve_union_find_init (&self.components, n);

  for (guint32 edge = 0; edge < self.n_edges; edge++)
    {
      gboolean done = walk_edge (&self, edge, max_dimension);

      if (!done || (edge % 4096 == 0 && !nerve_progress_step (&walking, (double) edge / self.n_edges)))
        {
          nerve_progress_set_cancelled (error);
          return NULL;
        }
    }
  add_essential (&self, max_dimension);

  return nerve_diagram_new_take (g_steal_pointer (&self.bars), max_dimension);
}
