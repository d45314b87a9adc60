#include "homology/rips-sparse-lunes.h"

#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

#define POINTS_AT_ONCE 64
#define WORK_PER_QUESTION (1024 * 1024)
#define SPLITS_PER_QUESTION (1024 * 1024)
#define NOWHERE G_MAXUINT32

/* What a thread needs, n of each. */
typedef struct
{
  guint32 *ranks;   /* of the edges from x to all points; NOWHERE: none */
  guint32 *inside;  /* the edge in whose lune a point is and not yet reached; NOWHERE: none */
  guint32 *lune;
  guint32 *pending; /* reached, not yet visited */
  gsize    work;    /* since progress was asked */
  GArray  *splits;
} Desk;

typedef struct
{
  NerveRipsSparseLunes *lunes;
  gsize                 begin; /* edges of this walk */
  gsize                 end;
  Desk                 *desks; /* one for each worker */
  const NerveProgress  *progress;
} Walk;

static void
desk_prepare (Desk *self, gsize n)
{
  if (self->ranks != NULL)
    return;

  self->ranks = g_new (guint32, n);
  self->inside = g_new (guint32, n);
  self->lune = g_new (guint32, n);
  self->pending = g_new (guint32, n);
  memset (self->ranks, 0xff, n * sizeof (guint32));
  memset (self->inside, 0xff, n * sizeof (guint32));
}

static void
desk_clear (Desk *self)
{
  g_free (self->ranks);
  g_free (self->inside);
  g_free (self->lune);
  g_free (self->pending);
  g_array_unref (self->splits);
}

static gboolean
is_wanted (Desk *desk, const NerveProgress *progress)
{
  if (desk->work < WORK_PER_QUESTION)
    return TRUE;

  desk->work = 0;
  return nerve_progress_wanted (progress);
}

/* Lays out the edges of x, or takes them away. */
static void
mark_row (Desk *desk, const NerveRipsAdjacency *adjacency, gsize x, gboolean is_there)
{
  for (gsize i = adjacency->begins[x]; i < adjacency->begins[x + 1]; i++)
    desk->ranks[adjacency->neighbours[i].point] = is_there ? adjacency->neighbours[i].rank : NOWHERE;
}

/* The point z whose later edge to x, laid out, and to y comes first, if that is before @edge. */
static guint32
find_apex (Desk *desk, const NerveRipsAdjacency *adjacency, guint32 y, guint32 edge)
{
  guint32 earliest = edge;
  guint32 apex = NERVE_RIPS_NO_APEX;
  gsize i = adjacency->begins[y];

  /* What follows has a later edge to y. */
  for (; adjacency->neighbours[i].rank < earliest; i++)
    {
      guint32 point = adjacency->neighbours[i].point;
      guint32 later = MAX (adjacency->neighbours[i].rank, desk->ranks[point]);

      apex = later < earliest ? point : apex;
      earliest = MIN (later, earliest);
    }
  desk->work += i - adjacency->begins[y];

  return apex;
}

static gboolean
find_apexes (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Walk *self = user_data;
  Desk *desk = &self->desks[worker];
  const NerveRipsAdjacency *adjacency = self->lunes->adjacency;

  desk_prepare (desk, adjacency->n);
  for (gsize x = begin; x < end; x++)
    {
      mark_row (desk, adjacency, x, TRUE);
      for (gsize i = adjacency->begins[x]; i < adjacency->begins[x + 1]; i++)
        {
          NerveRipsNeighbour y = adjacency->neighbours[i];

          if (y.point < x)
            self->lunes->apexes[y.rank] = find_apex (desk, adjacency, y.point, y.rank);
          if (!is_wanted (desk, self->progress))
            return FALSE;
        }
      mark_row (desk, adjacency, x, FALSE);
    }

  return TRUE;
}

/* Lists the points with edges before @edge to both x, laid out, and y. */
static gsize
list_lune (Desk *desk, const NerveRipsAdjacency *adjacency, guint32 y, guint32 edge)
{
  gsize n = 0;
  gsize i = adjacency->begins[y];

  for (; adjacency->neighbours[i].rank < edge; i++)
    {
      guint32 point = adjacency->neighbours[i].point;

      desk->lune[n] = point;
      n += desk->ranks[point] < edge;
    }
  desk->work += i - adjacency->begins[y];
  for (i = 0; i < n; i++)
    desk->inside[desk->lune[i]] = edge;

  return n;
}

/* Reaches what is connected with @start by edges before @edge within the lune, of which @n_left points are left;
 * returns how many are then. FALSE in @done: stopped. */
static gsize
flood (Desk *desk, const NerveRipsAdjacency *adjacency, guint32 start, guint32 edge, gsize n_left,
       const NerveProgress *progress, gboolean *done)
{
  gsize n_pending = 0;

  desk->inside[start] = NOWHERE;
  desk->pending[n_pending++] = start;
  n_left--;
  while (n_pending > 0 && n_left > 0)
    {
      guint32 point = desk->pending[--n_pending];
      gsize i = adjacency->begins[point];
      gsize end = adjacency->begins[point + 1];

      for (; i < end && adjacency->neighbours[i].rank < edge && n_left > 0; i++)
        if (desk->inside[adjacency->neighbours[i].point] == edge)
          {
            desk->inside[adjacency->neighbours[i].point] = NOWHERE;
            desk->pending[n_pending++] = adjacency->neighbours[i].point;
            n_left--;
          }
      desk->work += i - adjacency->begins[point];
      if (!is_wanted (desk, progress))
        {
          *done = FALSE;
          return 0;
        }
    }

  return n_left;
}

static gboolean
split_lune (Walk *self, Desk *desk, guint32 y, guint32 edge)
{
  const NerveRipsAdjacency *adjacency = self->lunes->adjacency;
  guint32 apex = self->lunes->apexes[edge];
  gsize n_left = list_lune (desk, adjacency, y, edge);
  gboolean done = TRUE;

  n_left = flood (desk, adjacency, apex, edge, n_left, self->progress, &done);
  for (gsize i = 0; n_left > 0; i++)
    if (desk->inside[desk->lune[i]] == edge)
      {
        NerveRipsSplit split = { edge, apex, desk->lune[i] };

        g_array_append_val (desk->splits, split);
        n_left = flood (desk, adjacency, desk->lune[i], edge, n_left, self->progress, &done);
      }

  return done;
}

static gboolean
walk_points (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Walk *self = user_data;
  Desk *desk = &self->desks[worker];
  const NerveRipsAdjacency *adjacency = self->lunes->adjacency;

  desk_prepare (desk, adjacency->n);
  for (gsize x = begin; x < end; x++)
    {
      gsize *next = &self->lunes->nexts[x];

      if (*next == adjacency->begins[x + 1] || adjacency->neighbours[*next].rank >= self->end)
        continue;
      mark_row (desk, adjacency, x, TRUE);
      for (; *next < adjacency->begins[x + 1] && adjacency->neighbours[*next].rank < self->end; (*next)++)
        {
          NerveRipsNeighbour y = adjacency->neighbours[*next];

          if (y.point < x && self->lunes->apexes[y.rank] != NERVE_RIPS_NO_APEX
              && !split_lune (self, desk, y.point, y.rank))
            return FALSE;
        }
      mark_row (desk, adjacency, x, FALSE);
    }

  return TRUE;
}

/* Puts the splits of all workers in order of their edges. Those of one edge were found by one worker, one after the
 * other, and stay so. */
static gboolean
gather_splits (const Walk *self, guint n_workers)
{
  gsize n_edges = self->end - self->begin;
  g_autofree guint32 *places = g_new0 (guint32, n_edges + 1);
  NerveRipsSplit *out;
  gsize n = 0;

  for (guint worker = 0; worker < n_workers; worker++)
    {
      const GArray *splits = self->desks[worker].splits;

      for (guint i = 0; i < splits->len; i++)
        places[g_array_index (splits, NerveRipsSplit, i).edge - self->begin + 1]++;
      n += splits->len;
      if (!nerve_progress_wanted (self->progress))
        return FALSE;
    }
  for (gsize i = 0; i < n_edges; i++)
    places[i + 1] += places[i];

  g_array_set_size (self->lunes->splits, n);
  out = (NerveRipsSplit *) self->lunes->splits->data;
  for (guint worker = 0; worker < n_workers; worker++)
    {
      const GArray *splits = self->desks[worker].splits;

      for (guint i = 0; i < splits->len; i++)
        {
          const NerveRipsSplit *split = &g_array_index (splits, NerveRipsSplit, i);

          out[places[split->edge - self->begin]++] = *split;
          if (i % SPLITS_PER_QUESTION == SPLITS_PER_QUESTION - 1 && !nerve_progress_wanted (self->progress))
            return FALSE;
        }
    }

  return TRUE;
}

/* @work on all points; then, if that is wanted, what splits were found. */
static gboolean
run (NerveRipsSparseLunes *self, NerveParallelFunc work, gsize begin, gsize end, const NerveProgress *progress,
     GError **error)
{
  guint n_workers = nerve_parallel_get_threads ();
  g_autofree Desk *desks = g_new0 (Desk, n_workers);
  Walk walk = { self, begin, end, desks, progress };
  gboolean done;

  for (guint i = 0; i < n_workers; i++)
    desks[i].splits = g_array_new (FALSE, FALSE, sizeof (NerveRipsSplit));
  done = nerve_parallel_for (self->adjacency->n, POINTS_AT_ONCE, work, &walk, progress)
         && gather_splits (&walk, n_workers);
  for (guint i = 0; i < n_workers; i++)
    desk_clear (&desks[i]);

  return done || nerve_progress_set_cancelled (error);
}

gboolean
nerve_rips_sparse_lunes_init (NerveRipsSparseLunes *self, const NerveRipsAdjacency *adjacency,
                              const NerveProgress *progress, GError **error)
{
  memset (self, 0, sizeof *self);
  self->adjacency = adjacency;
  self->splits = g_array_new (FALSE, FALSE, sizeof (NerveRipsSplit));
  self->nexts = g_memdup2 (adjacency->begins, (adjacency->n + 1) * sizeof (gsize));
  self->apexes = nerve_memory_new (adjacency->n_edges, sizeof (guint32), "a point of each lune", error);
  if (self->apexes == NULL || !run (self, find_apexes, 0, 0, progress, error))
    {
      nerve_rips_sparse_lunes_clear (self);
      return FALSE;
    }

  return TRUE;
}

void
nerve_rips_sparse_lunes_clear (NerveRipsSparseLunes *self)
{
  g_clear_pointer (&self->apexes, g_free);
  g_clear_pointer (&self->nexts, g_free);
  g_clear_pointer (&self->splits, g_array_unref);
}

gboolean
nerve_rips_sparse_lunes_walk (NerveRipsSparseLunes *self, gsize end, const NerveProgress *progress, GError **error)
{
  gsize begin = self->n_walked;

  self->n_walked = end;

  return run (self, walk_points, begin, end, progress, error);
}
