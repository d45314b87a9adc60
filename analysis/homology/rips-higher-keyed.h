/* The kernel of rips-higher, compiled once for each width of Key. A key is rank × 2^s + points, the largest point
 * first: so keys are in the order of the filtration. */
#pragma once

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/unionfind.h"
#include "homology/rips-higher-private.h"

#define MOST_POINTS (NERVE_RIPS_MOST_DIMENSIONS + 2)
#define NO_KEY (~(Key) 0)
#define WORK_PER_QUESTION (256 * 1024) /* points looked at, keys moved */
#define EDGES_PER_STEP 1024
#define PUSH_COST 8 /* as work */
#define POP_COST 64

/* Keys, doubling as they grow. */
typedef struct
{
  Key  *keys;
  gsize n;
  gsize size;
} Keys;

typedef struct
{
  gsize n_points;
  guint points[MOST_POINTS]; /* descending */
  guint rank;
} Simplex;

/* Which column has a pivot: open addressing. */
typedef struct
{
  Key   *pivots; /* NO_KEY: empty */
  gsize *columns;
  gsize  n;
  gsize  size; /* a power of 2 */
} Owners;

typedef struct
{
  const NerveRipsGraph *graph;
  const NerveProgress  *progress;
  guint                 bits;    /* of a point */
  gsize                 n_words; /* of a row */
  guint64              *rows;    /* edges before the one that is looked at */
  Keys                  columns; /* of this dimension, descending */
  Owners                owners;  /* their pivots */
  Owners                cleared; /* pivots of the dimension below */
  Keys                  heap;    /* the sum's cofaces, the first on top */
  Keys                  summed;  /* the columns in the sum */
  Keys                  stored;  /* those of all columns reduced so far, one after the other */
  gsize                *starts;  /* in stored, of each column */
  gsize                 work;    /* since progress was asked */
} Kernel;

static gboolean
is_wanted (Kernel *self)
{
  if (self->work < WORK_PER_QUESTION)
    return TRUE;
  self->work = 0;

  return nerve_progress_wanted (self->progress);
}

static gboolean
keys_reserve (Keys *self, gsize more)
{
  if (self->n + more > self->size)
    {
      gsize size = MAX (2 * self->size, self->n + more + 1024);
      Key *keys = g_try_realloc_n (self->keys, size, sizeof (Key));

      if (keys == NULL)
        return FALSE;
      self->keys = keys;
      self->size = size;
    }

  return TRUE;
}

static gboolean
keys_add (Keys *self, Key key)
{
  if (!keys_reserve (self, 1))
    return FALSE;
  self->keys[self->n++] = key;

  return TRUE;
}

static void
heap_push (Keys *self, Key key)
{
  gsize i = self->n++;

  for (; i > 0 && key < self->keys[(i - 1) / 2]; i = (i - 1) / 2)
    self->keys[i] = self->keys[(i - 1) / 2];
  self->keys[i] = key;
}

static Key
heap_pop (Keys *self)
{
  Key first = self->keys[0];
  Key last = self->keys[--self->n];
  gsize i = 0;

  for (gsize next = 1; next < self->n; next = 2 * i + 1)
    {
      next += next + 1 < self->n && self->keys[next + 1] < self->keys[next];
      if (last <= self->keys[next])
        break;
      self->keys[i] = self->keys[next];
      i = next;
    }
  self->keys[i] = last;

  return first;
}

/* *pivot: the first key that is there an odd number of times; NO_KEY: none. FALSE if stopped. */
static gboolean
heap_pop_pivot (Kernel *self, Key *pivot)
{
  Keys *heap = &self->heap;

  while (heap->n > 0)
    {
      *pivot = heap_pop (heap);
      self->work += POP_COST;
      if (!is_wanted (self))
        return FALSE;
      if (heap->n == 0 || heap->keys[0] != *pivot)
        return TRUE;
      heap_pop (heap);
    }
  *pivot = NO_KEY;

  return TRUE;
}

static gsize
owners_place (const Owners *self, Key pivot)
{
  guint64 mixed = ((guint64) pivot ^ (guint64) (pivot >> (sizeof (Key) * 4))) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  gsize place = (mixed ^ mixed >> 32) & (self->size - 1);

  while (self->pivots[place] != NO_KEY && self->pivots[place] != pivot)
    place = (place + 1) & (self->size - 1);

  return place;
}

/* What they hold is set by owners_empty(). */
static gboolean
owners_reserve (Owners *self, gsize n)
{
  self->n = 0;
  for (self->size = 16; self->size < 2 * n; self->size *= 2)
    ;
  self->pivots = g_try_new (Key, self->size);
  self->columns = g_try_new (gsize, self->size);

  return self->pivots != NULL && self->columns != NULL;
}

/* FALSE if stopped. */
static gboolean
owners_empty (Owners *self, const NerveProgress *progress)
{
  for (gsize i = 0; i < self->size; i += WORK_PER_QUESTION)
    {
      memset (self->pivots + i, 0xff, MIN (WORK_PER_QUESTION, self->size - i) * sizeof (Key));
      if (!nerve_progress_wanted (progress))
        return FALSE;
    }

  return TRUE;
}

static void
owners_clear (Owners *self)
{
  g_clear_pointer (&self->pivots, g_free);
  g_clear_pointer (&self->columns, g_free);
  self->size = 0;
}

static gboolean
owners_have (const Owners *self, Key pivot, gsize *column)
{
  gsize place;

  if (self->size == 0)
    return FALSE;
  place = owners_place (self, pivot);
  if (self->pivots[place] == NO_KEY)
    return FALSE;
  if (column != NULL)
    *column = self->columns[place];

  return TRUE;
}

static void
owners_add (Owners *self, Key pivot, gsize column)
{
  gsize place = owners_place (self, pivot);

  self->pivots[place] = pivot;
  self->columns[place] = column;
  self->n++;
}

static Key
make_key (const Kernel *self, const Simplex *simplex)
{
  Key key = simplex->rank;

  for (gsize i = 0; i < simplex->n_points; i++)
    key = key << self->bits | simplex->points[i];

  return key;
}

static void
read_key (const Kernel *self, Key key, gsize n_points, Simplex *simplex)
{
  simplex->n_points = n_points;
  for (gsize i = n_points; i-- > 0; key >>= self->bits)
    simplex->points[i] = key & (((Key) 1 << self->bits) - 1);
  simplex->rank = key;
}

/* Cofaces of @simplex after @after (if that isn't NO_KEY), onto the heap. */
static gboolean
push_cofaces (Kernel *self, const Simplex *simplex, Key after)
{
  const NerveRipsGraph *graph = self->graph;
  guint n_points = simplex->n_points;
  guint shift = self->bits * (n_points + 1);
  guint least = after == NO_KEY ? 0 : (guint) (after >> shift);
  const guint32 *rows[MOST_POINTS];
  Key points = make_key (self, simplex) & (((Key) 1 << self->bits * n_points) - 1);
  guint end = graph->n;

  if (!keys_reserve (&self->heap, graph->n))
    return FALSE;
  for (guint i = 0; i < n_points; i++)
    rows[i] = nerve_rips_graph_row (graph, simplex->points[i]);

  /* The new point stands behind @before others, from the largest on. */
  for (guint before = 0; before <= n_points; before++)
    {
      guint begin = before < n_points ? simplex->points[before] + 1 : 0;
      guint low_bits = self->bits * (n_points - before);
      Key low = points & (((Key) 1 << low_bits) - 1);
      Key rest = (points >> low_bits) << (low_bits + self->bits) | low;

      for (guint v = begin; v < end; v++)
        {
          guint32 rank = simplex->rank;
          Key key;

          for (guint i = 0; i < n_points; i++)
            rank = MAX (rank, rows[i][v]);
          if (rank == NERVE_RIPS_NO_RANK || rank < least)
            continue;
          key = (Key) rank << shift | rest | (Key) v << low_bits;
          if (after == NO_KEY || key > after)
            heap_push (&self->heap, key);
        }
      end = before < n_points ? simplex->points[before] : 0;
    }
  self->work += graph->n;

  return TRUE;
}

static gboolean
is_before (const Kernel *self, const Simplex *simplex, guint v)
{
  for (gsize i = 0; i < simplex->n_points; i++)
    if (nerve_rips_graph_row (self->graph, simplex->points[i])[v] >= simplex->rank)
      return FALSE;

  return TRUE;
}

/* The last facet of @coface, if the two are an apparent pair. */
static gboolean
find_apparent_facet (Kernel *self, const Simplex *coface, Simplex *facet)
{
  const NerveRipsEdge *edge = &self->graph->edges[coface->rank];
  gsize left_out = coface->n_points - 1;

  while (coface->points[left_out] == edge->x || coface->points[left_out] == edge->y)
    left_out--;
  facet->n_points = coface->n_points - 1;
  facet->rank = coface->rank;
  memcpy (facet->points, coface->points, left_out * sizeof (guint));
  memcpy (facet->points + left_out, coface->points + left_out + 1, (facet->n_points - left_out) * sizeof (guint));

  self->work += coface->points[left_out];
  for (guint v = 0; v < coface->points[left_out]; v++)
    if (is_before (self, facet, v))
      return FALSE;

  return TRUE;
}

static gboolean
set_memory_error (GError **error)
{
  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                       "the reduction does not fit into memory: fewer points, a lower threshold or a lower dimension");
  return FALSE;
}

static gboolean
add_simplex (Kernel *self, Key key, gsize n_points, Key after, GError **error)
{
  Simplex simplex;

  if (!is_wanted (self))
    return nerve_progress_set_cancelled (error);
  read_key (self, key, n_points, &simplex);

  return (keys_add (&self->summed, key) && push_cofaces (self, &simplex, after)) || set_memory_error (error);
}

static gboolean
add_column (Kernel *self, gsize column, gsize n_points, Key pivot, GError **error)
{
  for (gsize i = self->starts[column]; i < self->starts[column + 1]; i++)
    if (!add_simplex (self, self->stored.keys[i], n_points, pivot, error))
      return FALSE;

  return TRUE;
}

/* What was summed an odd number of times is what the column is from now on. Sorted by way of the heap, whose cofaces
 * nobody needs any more. */
static gboolean
store_sum (Kernel *self, gsize column, GError **error)
{
  Key key;

  self->heap.n = 0;
  if (!keys_reserve (&self->heap, self->summed.n))
    return set_memory_error (error);
  for (gsize i = 0; i < self->summed.n; i++)
    {
      heap_push (&self->heap, self->summed.keys[i]);
      self->work += PUSH_COST;
      if (!is_wanted (self))
        return nerve_progress_set_cancelled (error);
    }

  do
    {
      if (!heap_pop_pivot (self, &key))
        return nerve_progress_set_cancelled (error);
      if (key != NO_KEY && !keys_add (&self->stored, key))
        return set_memory_error (error);
    }
  while (key != NO_KEY);
  self->starts[column + 1] = self->stored.n;

  return TRUE;
}

/* *pivot: NO_KEY if nothing is left of it. */
static gboolean
reduce_column (Kernel *self, gsize column, gsize n_points, Key *pivot, GError **error)
{
  self->heap.n = 0;
  self->summed.n = 0;
  if (!add_simplex (self, self->columns.keys[column], n_points, NO_KEY, error))
    return FALSE;

  while (TRUE)
    {
      Simplex coface;
      Simplex facet;
      gsize owner;

      if (!heap_pop_pivot (self, pivot))
        return nerve_progress_set_cancelled (error);
      if (*pivot == NO_KEY)
        break;
      read_key (self, *pivot, n_points + 1, &coface);
      if (owners_have (&self->owners, *pivot, &owner))
        {
          if (!add_column (self, owner, n_points, *pivot, error))
            return FALSE;
        }
      else if (find_apparent_facet (self, &coface, &facet))
        {
          if (!add_simplex (self, make_key (self, &facet), n_points, *pivot, error))
            return FALSE;
        }
      else
        {
          break;
        }
    }
  if (*pivot != NO_KEY)
    owners_add (&self->owners, *pivot, column);

  return store_sum (self, column, error);
}

static gboolean
reduce_columns (Kernel *self, int dimension, GArray *bars, const NerveProgress *progress, GError **error)
{
  gsize n_points = dimension + 1;

  self->stored.n = 0;
  self->starts[0] = 0;
  for (gsize i = 0; i < self->columns.n; i++)
    {
      Simplex simplex;
      NerveBar bar = { dimension, 0.0, INFINITY };
      Key pivot;

      if (!nerve_progress_step (progress, (double) i / self->columns.n))
        return nerve_progress_set_cancelled (error);
      if (!reduce_column (self, i, n_points, &pivot, error))
        return FALSE;
      read_key (self, self->columns.keys[i], n_points, &simplex);
      bar.birth = self->graph->edges[simplex.rank].distance;
      if (pivot != NO_KEY)
        bar.death = self->graph->edges[(guint) (pivot >> self->bits * (n_points + 1))].distance;
      if (bars != NULL && bar.death > bar.birth)
        g_array_append_val (bars, bar);
    }

  return TRUE;
}

static gboolean
has_below (const guint64 *words, guint point)
{
  for (guint i = 0; i < point / 64; i++)
    if (words[i] != 0)
      return TRUE;

  return (words[point / 64] & ((G_GUINT64_CONSTANT (1) << point % 64) - 1)) != 0;
}

/* @edge and @n_inner points of its lune, descending: a column, unless it is cleared or half of an apparent pair. */
static gboolean
add_candidate (Kernel *self, const NerveRipsEdge *edge, guint rank, const guint *inner, gsize n_inner)
{
  Simplex simplex = { .rank = rank };
  gsize taken = 0;
  guint ends[2] = { edge->x, edge->y };
  Key key;

  for (guint i = 0; i < 2; i++)
    {
      while (taken < n_inner && inner[taken] > ends[i])
        simplex.points[simplex.n_points++] = inner[taken++];
      simplex.points[simplex.n_points++] = ends[i];
    }
  while (taken < n_inner)
    simplex.points[simplex.n_points++] = inner[taken++];
  key = make_key (self, &simplex);

  return owners_have (&self->cleared, key, NULL) || keys_add (&self->columns, key);
}

/* @common: the points that see all of @edge and @inner before; @left more of them are to be chosen, below the last, the
 * largest first: so simplices come in falling order. */
static gboolean
choose_inner (Kernel *self, const NerveRipsEdge *edge, guint rank, guint *inner, gsize n_inner, gsize left,
              const guint64 *common, guint64 *scratch, GError **error)
{
  guint below = n_inner > 0 ? inner[n_inner - 1] : self->graph->n;

  for (guint v = below; v-- > 0;)
    {
      const guint64 *row = self->rows + v * self->n_words;

      if ((common[v / 64] & (G_MAXUINT64 >> (63 - v % 64))) == 0)
        {
          v &= ~63u;
          continue;
        }
      if ((common[v / 64] >> v % 64 & 1) == 0)
        continue;
      /* The last one chosen, if it is the first there is: apparent in the dimension below. */
      if (left == 1 && !has_below (common, v))
        break;
      self->work += self->n_words;
      if (!is_wanted (self))
        return nerve_progress_set_cancelled (error);
      for (gsize i = 0; i < self->n_words; i++)
        scratch[i] = common[i] & row[i];
      inner[n_inner] = v;
      if (left > 1)
        {
          if (!choose_inner (self, edge, rank, inner, n_inner + 1, left - 1, scratch, scratch + self->n_words, error))
            return FALSE;
        }
      else if (!has_below (scratch, v) && !add_candidate (self, edge, rank, inner, n_inner + 1))
        {
          return set_memory_error (error);
        }
    }

  return TRUE;
}

static gboolean
is_empty (const guint64 *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (words[i] != 0)
      return FALSE;

  return TRUE;
}

static void
set_row (Kernel *self, guint x, guint y, gboolean value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << y % 64;

  if (value)
    self->rows[x * self->n_words + y / 64] |= bit;
  else
    self->rows[x * self->n_words + y / 64] &= ~bit;
}

static gboolean
fill_rows (Kernel *self, GError **error)
{
  for (gsize i = 0; i < self->graph->n_edges; i++)
    {
      set_row (self, self->graph->edges[i].x, self->graph->edges[i].y, TRUE);
      set_row (self, self->graph->edges[i].y, self->graph->edges[i].x, TRUE);
      if (i % WORK_PER_QUESTION == WORK_PER_QUESTION - 1 && !nerve_progress_check (self->progress, error))
        return FALSE;
    }

  return TRUE;
}

/* All columns of @dimension that have to be reduced, in falling order. */
static gboolean
list_columns (Kernel *self, int dimension, const NerveProgress *progress, GError **error)
{
  g_autofree guint64 *scratch = g_new (guint64, (dimension + 1) * self->n_words);
  guint inner[MOST_POINTS];

  self->columns.n = 0;
  if (!fill_rows (self, error))
    return FALSE;
  for (gsize rank = self->graph->n_edges; rank-- > 0;)
    {
      const NerveRipsEdge *edge = &self->graph->edges[rank];

      if (rank % EDGES_PER_STEP == 0 && !nerve_progress_step (progress, 1 - (double) rank / self->graph->n_edges))
        return nerve_progress_set_cancelled (error);
      set_row (self, edge->x, edge->y, FALSE);
      set_row (self, edge->y, edge->x, FALSE);
      for (gsize i = 0; i < self->n_words; i++)
        scratch[i] = self->rows[edge->x * self->n_words + i] & self->rows[edge->y * self->n_words + i];
      self->work += self->n_words;
      if (!is_wanted (self))
        return nerve_progress_set_cancelled (error);
      if (dimension > 1)
        {
          if (!choose_inner (self, edge, rank, inner, 0, dimension - 1, scratch, scratch + self->n_words, error))
            return FALSE;
        }
      else if (!self->graph->joins[rank] && is_empty (scratch, self->n_words))
        {
          if (!add_candidate (self, edge, rank, inner, 0))
            return set_memory_error (error);
        }
    }

  return TRUE;
}

static gboolean
run_dimension (Kernel *self, int dimension, GArray *bars, const NerveProgress *progress, GError **error)
{
  NerveProgress listing = nerve_progress_part (progress, 0.0, 0.3);
  NerveProgress reducing = nerve_progress_part (progress, 0.3, 1.0);

  owners_clear (&self->cleared);
  self->cleared = self->owners;
  self->owners = (Owners) { 0 };
  self->progress = &listing;
  if (!list_columns (self, dimension, &listing, error))
    return FALSE;
  g_free (self->starts);
  self->starts = g_try_new (gsize, self->columns.n + 1);
  if (self->starts == NULL || !owners_reserve (&self->owners, self->columns.n))
    return set_memory_error (error);
  if (!owners_empty (&self->owners, &reducing))
    return nerve_progress_set_cancelled (error);

  self->progress = &reducing;
  return reduce_columns (self, dimension, dimension > 1 ? bars : NULL, &reducing, error);
}

static void
kernel_clear (Kernel *self)
{
  g_free (self->rows);
  g_free (self->columns.keys);
  g_free (self->heap.keys);
  g_free (self->summed.keys);
  g_free (self->stored.keys);
  g_free (self->starts);
  owners_clear (&self->owners);
  owners_clear (&self->cleared);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kernel, kernel_clear)

gboolean
NERVE_RIPS_HIGHER (const NerveRipsGraph *graph, int max_dimension, GArray *bars, const NerveProgress *progress,
                   GError **error)
{
  g_auto (Kernel) self = { .graph = graph, .bits = nerve_rips_point_bits (graph->n) };

  self.n_words = (graph->n + 63) / 64;
  self.rows = g_new0 (guint64, graph->n * self.n_words);
  for (int dimension = 1; dimension <= max_dimension; dimension++)
    {
      /* Each dimension takes far longer than the one before. */
      double end = dimension < max_dimension ? dimension * 0.1 : 1.0;
      NerveProgress part = nerve_progress_part (progress, (dimension - 1) * 0.1, end);

      if (!run_dimension (&self, dimension, bars, &part, error))
        return FALSE;
    }

  return TRUE;
}
