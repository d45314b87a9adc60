#include "homology/rips-shortest.h"

#include <math.h>

#define PAIRS_PER_QUESTION (64 * 1024)

/* A point met, at the length of a way to it; the same one may stand here at several. */
typedef struct
{
  double  length;
  guint32 point;
} Visit;

typedef struct
{
  const NerveRipsEdge *birth;
  double              *lengths; /* from the start; negative once settled (−1 − length) */
  guint32             *before;  /* on the way */
  GArray              *visits;  /* a heap, the next one on top; without a matrix only */
  double              *last;    /* with a matrix only: from a point to the end by one edge, INFINITY if there is none */
  double               shortest_edge;
  double               shortest_last;
  double               longest; /* no way to the end need be longer */
} Search;

/* Of equally long ways that to the end comes first, then the one to the least point. */
static gboolean
is_earlier (const Search *self, Visit a, Visit b)
{
  if (a.length != b.length)
    return a.length < b.length;

  return a.point != b.point && (a.point == self->birth->y || (b.point != self->birth->y && a.point < b.point));
}

static void
push (Search *self, Visit visit)
{
  guint place = self->visits->len;
  Visit *heap;

  g_array_append_val (self->visits, visit);
  heap = (Visit *) (gpointer) self->visits->data;
  for (; place > 0 && is_earlier (self, visit, heap[(place - 1) / 2]); place = (place - 1) / 2)
    heap[place] = heap[(place - 1) / 2];
  heap[place] = visit;
}

static Visit
pop (Search *self)
{
  Visit *heap = (Visit *) (gpointer) self->visits->data;
  guint n = self->visits->len - 1;
  Visit first = heap[0];
  Visit last = heap[n];
  guint place = 0;

  for (guint child = 1; child < n; child = 2 * place + 1)
    {
      child += child + 1 < n && is_earlier (self, heap[child + 1], heap[child]);
      if (!is_earlier (self, heap[child], last))
        break;
      heap[place] = heap[child];
      place = child;
    }
  heap[place] = last;
  g_array_set_size (self->visits, n);

  return first;
}

static void
settle (Search *self, guint32 point)
{
  self->lengths[point] = -1 - self->lengths[point];
}

/* The last edge of every way. */
static void
find_last (Search *self, const NerveRipsKeys *keys)
{
  guint32 x = self->birth->x;
  guint32 y = self->birth->y;

  for (guint32 i = 0; i < keys->n; i++)
    {
      gboolean is_edge = i != y && nerve_rips_keys_before (keys, y, i, x, y);

      self->last[i] = is_edge ? keys->values[nerve_rips_index (y, i)] : INFINITY;
      self->shortest_last = MIN (self->shortest_last, self->last[i]);
    }
}

/* Whether a way over @point, which is @length from the start, must be too long: it comes to the end by one edge or by
 * two at least. Sums are rounded in the order of the way, so this holds for the rounded ones as well. */
static inline gboolean
leads_too_far (const Search *self, guint32 point, double length)
{
  return length + self->last[point] > self->longest
         && length + self->shortest_edge + self->shortest_last > self->longest && point != self->birth->y;
}

static void
relax_row (Search *self, const NerveRipsKeys *keys, guint32 point, double length)
{
  const gint16 *row = nerve_rips_keys_row (keys, point);
  gint16 key = nerve_rips_keys_row (keys, self->birth->x)[self->birth->y];

  for (guint32 i = 0; i < keys->n; i++)
    {
      double longer;

      if (row[i] > key || self->lengths[i] < 0 || i == point)
        continue;
      longer = length + keys->values[nerve_rips_index (point, i)];
      if (longer < self->lengths[i] && !leads_too_far (self, i, longer)
          && nerve_rips_keys_before (keys, point, i, self->birth->x, self->birth->y))
        {
          self->lengths[i] = longer;
          self->before[i] = point;
          self->longest = MIN (self->longest, i == self->birth->y ? longer : longer + self->last[i]);
        }
    }
}

static guint32
find_nearest (const Search *self, gsize n)
{
  guint32 nearest = self->birth->y;

  for (guint32 i = 0; i < n; i++)
    if (self->lengths[i] >= 0 && self->lengths[i] < self->lengths[nearest]
        && !leads_too_far (self, i, self->lengths[i]))
      nearest = i;

  return nearest;
}

static gboolean
search_matrix (Search *self, const NerveRipsKeys *keys, const NerveProgress *progress, GError **error)
{
  gsize work = 0;

  find_last (self, keys);
  for (guint32 point = self->birth->x; point != self->birth->y; point = find_nearest (self, keys->n))
    {
      double length = self->lengths[point];

      settle (self, point);
      relax_row (self, keys, point, length);
      work += keys->n;
      if (work < PAIRS_PER_QUESTION)
        continue;
      work = 0;
      if (!nerve_progress_check (progress, error))
        return FALSE;
    }

  return TRUE;
}

/* Returns how many neighbours there were to look at. */
static gsize
relax_neighbours (Search *self, const NerveRipsAdjacency *adjacency, guint32 rank, Visit visit)
{
  const NerveRipsNeighbour *first = adjacency->neighbours + adjacency->begins[visit.point];
  const NerveRipsNeighbour *end = adjacency->neighbours + adjacency->begins[visit.point + 1];
  const NerveRipsNeighbour *neighbour = first;

  for (; neighbour < end && neighbour->rank < rank; neighbour++)
    {
      double longer = visit.length + adjacency->edges[neighbour->rank].distance;

      if (longer >= self->lengths[neighbour->point])
        continue;
      self->lengths[neighbour->point] = longer;
      self->before[neighbour->point] = visit.point;
      push (self, (Visit) { longer, neighbour->point });
    }

  return neighbour - first + 1;
}

static gboolean
search_neighbours (Search *self, const NerveRipsAdjacency *adjacency, const NerveProgress *progress, GError **error)
{
  guint32 rank = nerve_rips_adjacency_find (adjacency, self->birth->x, self->birth->y);
  Visit visit = { 0, self->birth->x };
  gsize work = 0;

  while (visit.point != self->birth->y)
    {
      /* Not met again by a longer way. */
      if (visit.length == self->lengths[visit.point])
        {
          settle (self, visit.point);
          work += relax_neighbours (self, adjacency, rank, visit);
        }
      if (work > PAIRS_PER_QUESTION)
        {
          work = 0;
          if (!nerve_progress_check (progress, error))
            return FALSE;
        }
      visit = pop (self);
    }

  return TRUE;
}

static void
add_edge (GArray *points, guint32 a, guint32 b)
{
  g_array_append_val (points, a);
  g_array_append_val (points, b);
}

GArray *
nerve_rips_find_shortest_cycle (const NerveRipsState *state, const NerveRipsEdge *birth, const NerveProgress *progress,
                                GError **error)
{
  g_autofree double *lengths = g_new (double, state->n);
  g_autofree guint32 *before = g_new (guint32, state->n);
  g_autofree double *last = state->keys != NULL ? g_new (double, state->n) : NULL;
  g_autoptr (GArray) visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  Search search = {
    birth, lengths, before, visits, last, g_array_index (state->forest, NerveRipsEdge, 0).distance, INFINITY, INFINITY,
  };
  GArray *points;

  /* Of short cycles there are many. */
  if (!nerve_progress_check (progress, error))
    return NULL;
  for (gsize i = 0; i < state->n; i++)
    lengths[i] = INFINITY;
  lengths[birth->x] = 0;
  if (state->keys != NULL ? !search_matrix (&search, state->keys, progress, error)
                          : !search_neighbours (&search, state->adjacency, progress, error))
    return NULL;

  points = g_array_new (FALSE, FALSE, sizeof (guint32));
  add_edge (points, birth->x, birth->y);
  for (guint32 point = birth->y; point != birth->x; point = before[point])
    add_edge (points, point, before[point]);

  return points;
}
