/* The kernel of rips-higher, compiled once for each width of Key. A key is rank × 2^s + points, the largest point
 * first: so keys are in the order of the filtration. */
#pragma once

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/unionfind.h"
#include "homology/rips-higher-owners.h"
#include "homology/rips-higher-private.h"

#define WORK_PER_QUESTION (256 * 1024) /* points looked at, keys moved */
#define EDGES_PER_STEP 1024
#define PUSH_COST 8 /* as work */
#define POP_COST 16

/* So many cofaces of a sum are kept at least, and so many for each of its simplices. Fewer only for tests. */
#ifndef LEAST_KEPT
#define LEAST_KEPT (64 * 1024)
#define KEPT_PER_SIMPLEX 16
#endif

typedef struct
{
  gsize n_points;
  guint points[NERVE_RIPS_MOST_VERTICES]; /* descending */
  guint rank;
} Simplex;

typedef struct
{
  const NerveRipsGraph *graph;
  const NerveProgress  *progress;
  NerveMemoryBudget    *budget;
  guint                 bits;    /* of a point */
  gsize                 n_words; /* of a row */
  guint64              *rows;    /* edges before the one that is looked at */
  guint32              *found;   /* the points that cofaces of one simplex have more */
  guint32              *ranks;   /* of these cofaces */
  Keys                  columns; /* of this dimension, descending */
  Owners                owners;  /* their pivots */
  Owners                cleared; /* pivots of the dimension below */
  Queue                 queue;   /* the sum's first cofaces */
  Keys                  summed;  /* the columns in the sum */
  Keys                  stored;  /* those of all columns reduced so far, one after the other */
  gsize                *starts;  /* in stored, of each column, and of its end */
  gsize                 n_starts;
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
set_memory_error (Kernel *self, gsize n_points, GError **error)
{
  g_autofree char *what = g_strdup_printf ("the reduction of dimension %" G_GSIZE_FORMAT, n_points - 1);

  return nerve_memory_budget_refuse (self->budget, what, "fewer points, a lower threshold or a lower dimension",
                                     error);
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

/* Cofaces of @simplex onto the queue, as far as it takes them. FALSE: no memory */
static gboolean
push_cofaces (Kernel *self, const Simplex *simplex)
{
  guint shift = self->bits * (simplex->n_points + 1);
  Queue *queue = &self->queue;
  guint most = MIN (queue->end >> shift, self->graph->n_edges - 1);
  Key points = make_key (self, simplex) & (((Key) 1 << (shift - self->bits)) - 1);
  guint before = simplex->n_points;
  gsize n = nerve_rips_graph_find_cofaces (self->graph, simplex->points, before, simplex->rank, queue->last >> shift,
                                           most, self->found, self->ranks);

  self->work += self->graph->n;
  for (gsize i = 0; i < n; i++)
    {
      Key key = (Key) self->ranks[i] << shift;
      guint low_bits;

      /* The new point stands behind so many others, the largest first. */
      while (before > 0 && self->found[i] > simplex->points[before - 1])
        before--;
      low_bits = self->bits * (simplex->n_points - before);
      key |= (points >> low_bits) << (low_bits + self->bits) | (Key) self->found[i] << low_bits;
      key |= points & (((Key) 1 << low_bits) - 1);
      if (key > queue->last && !queue_push (queue, key))
        return FALSE;
    }

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

/* Most of what a sum's cofaces are is never asked for, and there are hundreds to a simplex: only the first are kept. */
static gboolean
push_first_cofaces (Kernel *self, Key key, gsize n_points, GError **error)
{
  gsize most = MAX (LEAST_KEPT, self->summed.n * KEPT_PER_SIMPLEX);
  Simplex simplex;

  if (!is_wanted (self))
    return nerve_progress_set_cancelled (error);
  read_key (self, key, n_points, &simplex);
  if (!push_cofaces (self, &simplex))
    return set_memory_error (self, n_points, error);
  if (self->queue.n > most)
    {
      self->work += self->queue.n;
      queue_shed (&self->queue, most / 4 * 3);
    }

  return TRUE;
}

/* No coface is left of those that were kept: makes them all anew from there on. */
static gboolean
push_next_cofaces (Kernel *self, gsize n_points, GError **error)
{
  queue_reset (&self->queue, self->queue.end - 1);
  for (gsize i = 0; i < self->summed.n; i++)
    if (!push_first_cofaces (self, self->summed.keys[i], n_points, error))
      return FALSE;

  return TRUE;
}

/* *pivot: the first coface that is there an odd number of times; NO_KEY: none. */
static gboolean
take_pivot (Kernel *self, gsize n_points, Key *pivot, GError **error)
{
  Queue *queue = &self->queue;
  gsize count;

  do
    {
      gsize n_moved = 0;

      if (!queue_advance (queue, &count, &n_moved))
        return set_memory_error (self, n_points, error);
      self->work += POP_COST + n_moved;
      if (!is_wanted (self))
        return nerve_progress_set_cancelled (error);
      if (count == 0 && queue->end == NO_KEY)
        {
          *pivot = NO_KEY;
          return TRUE;
        }
      if (count == 0 && !push_next_cofaces (self, n_points, error))
        return FALSE;
    }
  while (count % 2 == 0);
  *pivot = queue->last;

  return TRUE;
}

static gboolean
add_simplex (Kernel *self, Key key, gsize n_points, GError **error)
{
  return keys_add (&self->summed, key, self->budget) ? push_first_cofaces (self, key, n_points, error)
                                             : set_memory_error (self, n_points, error);
}

static gboolean
add_column (Kernel *self, gsize column, gsize n_points, GError **error)
{
  for (gsize i = self->starts[column]; i < self->starts[column + 1]; i++)
    if (!add_simplex (self, self->stored.keys[i], n_points, error))
      return FALSE;

  return TRUE;
}

/* What was summed an odd number of times is what the column is from now on. Sorted by way of the queue, whose cofaces
 * nobody needs any more. */
static gboolean
store_sum (Kernel *self, gsize column, gsize n_points, GError **error)
{
  gsize count;

  queue_reset (&self->queue, 0);
  for (gsize i = 0; i < self->summed.n; i++)
    {
      if (!queue_push (&self->queue, self->summed.keys[i]))
        return set_memory_error (self, n_points, error);
      self->work += PUSH_COST;
      if (!is_wanted (self))
        return nerve_progress_set_cancelled (error);
    }

  do
    {
      gsize n_moved = 0;

      if (!queue_advance (&self->queue, &count, &n_moved)
          || (count % 2 != 0 && !keys_add (&self->stored, self->queue.last, self->budget)))
        return set_memory_error (self, n_points, error);
      self->work += POP_COST + n_moved;
      if (!is_wanted (self))
        return nerve_progress_set_cancelled (error);
    }
  while (count > 0);
  self->starts[column + 1] = self->stored.n;

  return TRUE;
}

/* *pivot: NO_KEY if nothing is left of it. */
static gboolean
reduce_column (Kernel *self, gsize column, const Simplex *simplex, Key *pivot, GError **error)
{
  gsize n_points = simplex->n_points;

  /* No coface comes before the simplex. */
  queue_reset (&self->queue, (Key) simplex->rank << self->bits * (n_points + 1));
  self->summed.n = 0;
  if (!add_simplex (self, self->columns.keys[column], n_points, error))
    return FALSE;

  while (TRUE)
    {
      Simplex coface;
      Simplex facet;
      gsize owner;

      if (!take_pivot (self, n_points, pivot, error))
        return FALSE;
      if (*pivot == NO_KEY)
        break;
      read_key (self, *pivot, n_points + 1, &coface);
      if (owners_have (&self->owners, *pivot, &owner))
        {
          if (!add_column (self, owner, n_points, error))
            return FALSE;
        }
      else if (find_apparent_facet (self, &coface, &facet))
        {
          if (!add_simplex (self, make_key (self, &facet), n_points, error))
            return FALSE;
        }
      else
        {
          break;
        }
    }
  if (*pivot != NO_KEY)
    owners_add (&self->owners, *pivot, column);

  return store_sum (self, column, n_points, error);
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
      Key pivot = NO_KEY;

      if (!nerve_progress_step (progress, (double) i / self->columns.n))
        return nerve_progress_set_cancelled (error);
      read_key (self, self->columns.keys[i], n_points, &simplex);
      if (!reduce_column (self, i, &simplex, &pivot, error))
        return FALSE;
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

  return owners_have (&self->cleared, key, NULL) || keys_add (&self->columns, key, self->budget);
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
          return set_memory_error (self, n_inner + 3, error);
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
  guint inner[NERVE_RIPS_MOST_VERTICES];

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
            return set_memory_error (self, dimension + 1, error);
        }
    }

  return TRUE;
}

static gboolean
reserve_columns (Kernel *self)
{
  gsize n = self->columns.n;

  nerve_memory_budget_give (self->budget, self->n_starts * sizeof (gsize));
  self->n_starts = 0;
  g_clear_pointer (&self->starts, g_free);
  if (!nerve_memory_budget_take (self->budget, (n + 1) * sizeof (gsize)))
    return FALSE;
  self->n_starts = n + 1;
  self->starts = g_try_new (gsize, n + 1);

  return self->starts != NULL && owners_reserve (&self->owners, n, self->budget);
}

static gboolean
run_dimension (Kernel *self, int dimension, GArray *bars, const NerveProgress *progress, GError **error)
{
  NerveProgress listing = nerve_progress_part (progress, 0.0, 0.3);
  NerveProgress reducing = nerve_progress_part (progress, 0.3, 1.0);

  owners_clear (&self->cleared, self->budget);
  self->cleared = self->owners;
  self->owners = (Owners) { 0 };
  self->progress = &listing;
  if (!list_columns (self, dimension, &listing, error))
    return FALSE;
  if (!reserve_columns (self))
    return set_memory_error (self, dimension + 1, error);
  if (!owners_empty (&self->owners, &reducing))
    return nerve_progress_set_cancelled (error);

  self->progress = &reducing;
  return reduce_columns (self, dimension, dimension > 1 ? bars : NULL, &reducing, error);
}

static void
kernel_clear (Kernel *self)
{
  g_free (self->rows);
  g_free (self->found);
  g_free (self->ranks);
  g_free (self->columns.keys);
  queue_clear (&self->queue);
  g_free (self->summed.keys);
  g_free (self->stored.keys);
  g_free (self->starts);
  owners_clear (&self->owners, self->budget);
  owners_clear (&self->cleared, self->budget);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kernel, kernel_clear)

gboolean
NERVE_RIPS_HIGHER (const NerveRipsGraph *graph, int max_dimension, GArray *bars, NerveMemoryBudget *budget,
                   const NerveProgress *progress, GError **error)
{
  g_auto (Kernel) self = { .graph = graph, .budget = budget, .bits = nerve_rips_point_bits (graph->n) };

  self.n_words = (graph->n + 63) / 64;
  queue_init (&self.queue, budget);
  if (!nerve_memory_budget_take (budget, graph->n * (self.n_words + 1) * sizeof *self.rows))
    return set_memory_error (&self, 3, error);
  self.rows = g_new0 (guint64, graph->n * self.n_words);
  self.found = g_new (guint32, graph->n + 1);
  self.ranks = g_new (guint32, graph->n + 1);
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
