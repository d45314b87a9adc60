#include "homology/rips-reduction.h"

#include <string.h>

#include "base/error.h"

#define WORK_PER_QUESTION (256 * 1024)
#define INSERTIONS_PER_QUESTION (32 * 1024)
#define FIRST_TABLE_SIZE 4096
#define FIRST_CAPACITY 1024
#define UNRESOLVED G_MAXUINT32 /* a length */
#define ALIVE G_MAXUINT64      /* a relation */

/* An edge, and the sum of births it stands for: @length terms from @place on. */
struct _NerveRipsCocycle
{
  guint64 points; /* 0: free, as no edge has two points 0 */
  guint32 place;  /* while unresolved: the third point of the triangle */
  guint32 length;
};

static inline guint64
pack (guint32 x, guint32 y)
{
  return (guint64) MAX (x, y) << 32 | MIN (x, y);
}

static inline gsize
hash (guint64 points)
{
  points *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return points ^ points >> 29;
}

/* The place of an edge in the table, or where it would be. */
static gsize
find_place (const NerveRipsReduction *self, guint64 points)
{
  gsize place = hash (points) & self->mask;

  while (self->edges[place].points != 0 && self->edges[place].points != points)
    place = (place + 1) & self->mask;

  return place;
}

static void
set_table_size (NerveRipsReduction *self, gsize size)
{
  NerveRipsCocycle *old = self->edges;
  gsize old_size = old != NULL ? self->mask + 1 : 0;

  self->edges = g_new0 (NerveRipsCocycle, size);
  self->mask = size - 1;
  for (gsize i = 0; i < old_size; i++)
    if (old[i].points != 0)
      self->edges[find_place (self, old[i].points)] = old[i];
  g_free (old);
}

/* Makes room for @n edges, so that they go in without the table being moved. */
static void
reserve_table (NerveRipsReduction *self, gsize n)
{
  gsize size = FIRST_TABLE_SIZE;

  while (size / 2 < n)
    size *= 2;
  set_table_size (self, size);
}

static NerveRipsCocycle *
insert (NerveRipsReduction *self, guint64 points)
{
  NerveRipsCocycle *edge;

  if (self->n_edges >= (self->mask + 1) / 8 * 5)
    set_table_size (self, 2 * (self->mask + 1));
  edge = &self->edges[find_place (self, points)];
  edge->points = points;
  self->n_edges++;

  return edge;
}

static gboolean
is_wanted (NerveRipsReduction *self)
{
  if (self->work < WORK_PER_QUESTION)
    return TRUE;

  self->work = 0;
  return nerve_progress_wanted (self->progress);
}

/* Puts @sum behind the other terms; FALSE if numbers of 32 bits no longer count them. */
static gboolean
keep_sum (NerveRipsReduction *self, const guint32 *sum, guint32 n, guint32 *place)
{
  gsize end = self->n_terms + n;

  self->is_full = end >= G_MAXUINT32;
  if (self->is_full)
    return FALSE;

  if (end > self->capacity)
    {
      self->capacity = MAX (2 * self->capacity, end + FIRST_CAPACITY);
      self->terms = g_renew (guint32, self->terms, self->capacity);
    }
  if (n > 0)
    memcpy (self->terms + self->n_terms, sum, n * sizeof (guint32));
  *place = self->n_terms;
  self->n_terms = end;

  return TRUE;
}

static void
add_terms (NerveRipsReduction *self, guint32 place, guint32 length)
{
  for (guint32 i = 0; i < length; i++)
    nerve_rips_column_flip (&self->column, self->terms[place + i]);
  self->work += length;
}

static void
add_edge (NerveRipsReduction *self, guint64 points)
{
  const NerveRipsCocycle *edge = &self->edges[find_place (self, points)];

  add_terms (self, edge->place, edge->length);
}

/* Empties the column into self->sum, with the dead replaced by what they stand for. FALSE if stopped. */
static gboolean
take_sum (NerveRipsReduction *self)
{
  gint64 greatest;

  g_array_set_size (self->sum, 0);
  while ((greatest = nerve_rips_column_greatest (&self->column)) >= 0)
    {
      guint32 birth = greatest;
      guint64 relation = self->relations[birth];

      nerve_rips_column_flip (&self->column, birth);
      if (relation == ALIVE)
        g_array_append_val (self->sum, birth);
      else
        add_terms (self, relation >> 32, (guint32) relation);
      self->work++;
      if (!is_wanted (self))
        return FALSE;
    }

  return TRUE;
}

/* What was taken is what @edge stands for; it goes where the last sum stood if it is no longer. */
static gboolean
set_sum (NerveRipsReduction *self, NerveRipsCocycle *edge)
{
  const guint32 *sum = (const guint32 *) self->sum->data;
  guint32 n = self->sum->len;

  if (edge->length == UNRESOLVED || n > edge->length)
    {
      if (!keep_sum (self, sum, n, &edge->place))
        return FALSE;
    }
  else if (n > 0)
    {
      memcpy (self->terms + edge->place, sum, n * sizeof (guint32));
    }
  edge->length = n;

  return TRUE;
}

/* Replaces the births in an edge's sum that have died since. */
static gboolean
refresh (NerveRipsReduction *self, guint64 points)
{
  NerveRipsCocycle *edge = &self->edges[find_place (self, points)];
  gboolean is_stale = FALSE;

  for (guint32 i = 0; i < edge->length && !is_stale; i++)
    is_stale = self->relations[self->terms[edge->place + i]] != ALIVE;
  if (!is_stale)
    return TRUE;

  add_terms (self, edge->place, edge->length);

  return take_sum (self) && set_sum (self, edge);
}

static void
push (NerveRipsReduction *self, guint64 points)
{
  g_array_append_val (self->stack, points);
}

static gboolean
is_resolved (const NerveRipsReduction *self, guint64 points)
{
  const NerveRipsCocycle *edge = &self->edges[find_place (self, points)];

  return edge->points != 0 && edge->length != UNRESOLVED;
}

/* Resolves the edge on top of the stack if the two others of its triangle are; else puts those on the stack. */
static gboolean
resolve_top (NerveRipsReduction *self)
{
  guint depth = self->stack->len;
  guint64 points = g_array_index (self->stack, guint64, depth - 1);
  guint32 x = points >> 32;
  guint32 y = (guint32) points;
  NerveRipsCocycle *edge = &self->edges[find_place (self, points)];
  guint64 sides[2];

  if (edge->points == 0)
    {
      edge = insert (self, points);
      edge->place = self->apexes.find (self->apexes.data, x, y);
      edge->length = UNRESOLVED;
      self->work += self->apexes.cost;
    }

  sides[0] = pack (x, edge->place);
  sides[1] = pack (y, edge->place);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (!is_resolved (self, sides[i]))
      push (self, sides[i]);
  if (self->stack->len > depth)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    add_edge (self, sides[i]);

  return take_sum (self) && set_sum (self, edge);
}

static gboolean
resolve (NerveRipsReduction *self, guint64 points)
{
  g_array_set_size (self->stack, 0);
  push (self, points);
  while (self->stack->len > 0)
    {
      if (is_resolved (self, g_array_index (self->stack, guint64, self->stack->len - 1)))
        g_array_set_size (self->stack, self->stack->len - 1);
      else if (!resolve_top (self))
        return FALSE;
      if (!is_wanted (self))
        return FALSE;
    }

  return refresh (self, points);
}

/* Sums the births that the edges of a cycle stand for; the youngest of them dies. */
static gboolean
add_cycle (NerveRipsReduction *self, const guint64 *sides, guint n_sides, gint64 *birth)
{
  const guint32 *sum;
  guint32 place;
  guint32 n;

  for (guint i = 0; i < n_sides; i++)
    if (!resolve (self, sides[i]))
      return FALSE;
  for (guint i = 0; i < n_sides; i++)
    add_edge (self, sides[i]);
  if (!take_sum (self))
    return FALSE;
  if (self->sum->len == 0)
    return TRUE;

  sum = (const guint32 *) self->sum->data;
  n = self->sum->len - 1;
  if (!keep_sum (self, sum + 1, n, &place))
    return FALSE;
  self->relations[sum[0]] = (guint64) place << 32 | n;
  self->n_alive--;
  *birth = sum[0];

  return TRUE;
}

static gboolean
set_stopped (const NerveRipsReduction *self, GError **error)
{
  if (!self->is_full)
    return nerve_progress_set_cancelled (error);

  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                       "the loops between these points need more than 16 GB of memory: take a sample of the points");
  return FALSE;
}

gboolean
nerve_rips_reduction_init (NerveRipsReduction *self, const NerveRipsApexes *apexes, const GArray *forest,
                           const GArray *births, const NerveProgress *progress, GError **error)
{
  memset (self, 0, sizeof *self);
  self->apexes = *apexes;
  self->n_births = births->len;
  self->n_alive = births->len;
  self->relations = g_new (guint64, births->len);
  self->sum = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->stack = g_array_new (FALSE, FALSE, sizeof (guint64));
  nerve_rips_column_init (&self->column, births->len);
  reserve_table (self, (gsize) forest->len + births->len);

  for (guint32 i = 0; i < forest->len; i++)
    {
      const NerveRipsEdge *edge = &g_array_index (forest, NerveRipsEdge, i);

      insert (self, pack (edge->x, edge->y));
    }
  for (guint32 i = 0; i < births->len; i++)
    {
      const NerveRipsEdge *edge = &g_array_index (births, NerveRipsEdge, i);
      NerveRipsCocycle *cocycle = insert (self, pack (edge->x, edge->y));

      self->relations[i] = ALIVE;
      cocycle->length = 1;
      if (!keep_sum (self, &i, 1, &cocycle->place))
        return set_stopped (self, error);
      if (i % INSERTIONS_PER_QUESTION == INSERTIONS_PER_QUESTION - 1 && !nerve_progress_check (progress, error))
        return FALSE;
    }

  return TRUE;
}

void
nerve_rips_reduction_clear (NerveRipsReduction *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->terms, g_free);
  g_clear_pointer (&self->relations, g_free);
  g_clear_pointer (&self->sum, g_array_unref);
  g_clear_pointer (&self->stack, g_array_unref);
  nerve_rips_column_clear (&self->column);
}

gboolean
nerve_rips_reduction_add (NerveRipsReduction *self, const NerveRipsEdge *edge, guint32 a, guint32 b, gint64 *birth,
                          const NerveProgress *progress, GError **error)
{
  const guint64 sides[] = { pack (edge->x, a), pack (edge->y, a), pack (edge->x, b), pack (edge->y, b) };

  *birth = NERVE_RIPS_NO_BIRTH;
  self->progress = progress;

  return add_cycle (self, sides, G_N_ELEMENTS (sides), birth) || set_stopped (self, error);
}

gboolean
nerve_rips_reduction_add_edge (NerveRipsReduction *self, guint32 x, guint32 y, gint64 *birth,
                               const NerveProgress *progress, GError **error)
{
  const guint64 side = pack (x, y);

  *birth = NERVE_RIPS_NO_BIRTH;
  self->progress = progress;

  return add_cycle (self, &side, 1, birth) || set_stopped (self, error);
}

gboolean
nerve_rips_reduction_is_boundary (NerveRipsReduction *self, const guint32 *points, gsize n, gboolean *is_boundary,
                                  const NerveProgress *progress, GError **error)
{
  self->progress = progress;
  for (gsize i = 0; i < n; i++)
    if (!resolve (self, pack (points[2 * i], points[2 * i + 1])))
      return set_stopped (self, error);
  for (gsize i = 0; i < n; i++)
    add_edge (self, pack (points[2 * i], points[2 * i + 1]));
  if (!take_sum (self))
    return set_stopped (self, error);
  *is_boundary = self->sum->len == 0;

  return TRUE;
}
