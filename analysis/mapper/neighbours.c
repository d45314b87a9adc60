#include "mapper/neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "mapper/adjacency.h"

struct _NerveNeighbours
{
  gatomicrefcount   ref_count;
  const NerveCloud *cloud;
  double            eps;
  double            lens_width;
  gboolean          is_contraction;
  gsize             n;
  guint32          *rows;
  guint32          *positions;
  double           *lens;     /* by position */
  NerveAdjacency    near;
};

typedef struct
{
  double  value;
  guint32 row;
} LensEntry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const LensEntry *x = a;
  const LensEntry *y = b;

  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;

  return (x->row > y->row) - (x->row < y->row);
}

static void
sort_by_lens (NerveNeighbours *self, const double *lens)
{
  g_autofree LensEntry *entries = g_new (LensEntry, self->n);

  for (gsize i = 0; i < self->n; i++)
    entries[i] = (LensEntry) { lens[i], i };
  if (self->n > 1)
    qsort (entries, self->n, sizeof (LensEntry), compare_entries);
  for (gsize i = 0; i < self->n; i++)
    {
      self->rows[i] = entries[i].row;
      self->positions[entries[i].row] = i;
      self->lens[i] = entries[i].value;
    }
}

static NerveNeighbours *
graph_new (const NerveCloud *cloud, gboolean is_contraction)
{
  NerveNeighbours *self = g_new0 (NerveNeighbours, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->cloud = nerve_cloud_ref ((NerveCloud *) cloud);
  self->n = nerve_cloud_get_n (cloud);
  self->is_contraction = is_contraction;
  self->eps = -1.0;
  self->lens_width = -1.0;
  self->rows = g_new (guint32, self->n);
  self->positions = g_new (guint32, self->n);
  self->lens = g_new (double, self->n);
  nerve_adjacency_init (&self->near, self->n, -1.0);

  return self;
}

static NerveNeighbours *
graph_like (const NerveNeighbours *other)
{
  NerveNeighbours *self = graph_new (other->cloud, other->is_contraction);

  if (self->n == 0)
    return self;
  memcpy (self->rows, other->rows, self->n * sizeof (guint32));
  memcpy (self->positions, other->positions, self->n * sizeof (guint32));
  memcpy (self->lens, other->lens, self->n * sizeof (double));

  return self;
}

NerveNeighbours *
nerve_neighbours_order (const NerveCloud *cloud, const double *lens, gboolean is_contraction)
{
  NerveNeighbours *self = graph_new (cloud, is_contraction);

  sort_by_lens (self, lens);

  return self;
}

/* What pairs on the way to their place may take: they stand there twice for a moment. */
static guint64
find_budget (gsize known)
{
  guint64 available = nerve_memory_available () / 10 * 8;
  guint64 taken = known * NERVE_ADJACENCY_ENTRY;

  return available > taken ? (available - taken) / (sizeof (NervePair) + NERVE_ADJACENCY_ENTRY) : 0;
}

static gboolean
find_pairs (NerveNeighbours *self, const NerveNeighbours *known, NerveSearch *search, const NerveProgress *progress,
            GError **error)
{
  NerveProgress finding = nerve_progress_part (progress, 0.0, 0.95);
  g_autoptr (GPtrArray) pairs = NULL;
  gsize n_pairs;

  search->cloud = self->cloud;
  search->order = self->rows;
  search->lens = self->lens;
  search->eps = self->eps;
  pairs = nerve_search (search, find_budget (known != NULL ? nerve_neighbours_get_n_pairs (known) : 0), &n_pairs,
                        &finding, error);
  if (pairs == NULL)
    return FALSE;

  nerve_adjacency_clear (&self->near);
  nerve_adjacency_init (&self->near, self->n, self->eps);

  return (search->only_near
            ? nerve_adjacency_take_bare (&self->near, pairs, progress)
            : nerve_adjacency_take (&self->near, pairs, known != NULL ? &known->near : NULL, progress)) ||
         nerve_progress_set_cancelled (error);
}

static gboolean
find_components (NerveNeighbours *self, const NerveProgress *progress, GError **error)
{
  return nerve_adjacency_find_components (&self->near, progress) || nerve_progress_set_cancelled (error);
}

/* Where points that are near are near in the lens: how near, with room for the lens's rounding. */
static double
find_reach (const NerveNeighbours *self, double eps, double unit)
{
  double largest = self->n > 0 ? MAX (fabs (self->lens[0]), fabs (self->lens[self->n - 1])) : 0.0;

  return eps * unit * (1.0 + 1e-9) + 1e-9 * largest;
}

/* The width to search so that @width is covered, and what is then covered in fact. */
static gboolean
choose_width (const NerveNeighbours *self, double eps, double width, double *searched, double *covered,
              const NerveProgress *progress, GError **error)
{
  double unit;

  *searched = *covered = width;
  if (!self->is_contraction)
    return TRUE;
  if (!nerve_cloud_get_unit (self->cloud, &unit, progress, error))
    return FALSE;
  if (find_reach (self, eps, unit) <= width)
    {
      *searched = find_reach (self, eps, unit);
      *covered = INFINITY;
    }

  return TRUE;
}

/* The same width, a larger eps: only pairs beyond the known ones are measured. */
static NerveNeighbours *
search_beyond (const NerveNeighbours *known, double eps, const NerveProgress *progress, GError **error)
{
  const NerveAdjacency *near = &known->near;
  g_autoptr (NerveNeighbours) self = graph_like (known);
  NerveKnownPairs pairs = { known->n, near->n_shells, near->offsets, near->splits, near->others };
  NerveSearch search = { .begin = 0, .end = self->n, .beyond = -1.0, .known = &pairs, .known_eps = known->eps };

  self->eps = eps;
  if (!choose_width (self, eps, known->lens_width, &search.width, &self->lens_width, progress, error) ||
      !find_pairs (self, known, &search, progress, error) || !find_components (self, progress, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
has_room_beyond (const NerveNeighbours *self)
{
  return self->eps >= 0.0 && self->near.n_shells < NERVE_SHELLS + NERVE_OUTER_SHELLS &&
         nerve_neighbours_get_n_pairs (self) > 0;
}

static NerveNeighbours *
search_anew (const NerveNeighbours *like, double eps, double lens_width, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveNeighbours) self = graph_like (like);
  NerveSearch search = { .begin = 0, .end = self->n, .beyond = -1.0 };

  self->eps = eps;
  if (!choose_width (self, eps, lens_width, &search.width, &self->lens_width, progress, error) ||
      !find_pairs (self, NULL, &search, progress, error) || !find_components (self, progress, error))
    return NULL;

  return g_steal_pointer (&self);
}

NerveNeighbours *
nerve_neighbours_new (const NerveCloud *cloud, double eps, const double *lens, double lens_width,
                      gboolean is_contraction, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveNeighbours) order = NULL;

  g_return_val_if_fail (eps >= 0.0, NULL);
  g_return_val_if_fail (lens_width >= 0.0, NULL);

  if (!nerve_progress_check (progress, error))
    return NULL;
  order = nerve_neighbours_order (cloud, lens, is_contraction);

  return search_anew (order, eps, lens_width, progress, error);
}

NerveNeighbours *
nerve_neighbours_part (const NerveNeighbours *like, double eps, gsize begin, gsize end, const NerveProgress *progress,
                       GError **error)
{
  g_autoptr (NerveNeighbours) self = graph_like (like);
  NerveSearch search = { .begin = begin, .end = end, .beyond = -1.0, .width = INFINITY };

  g_return_val_if_fail (begin <= end && end <= like->n, NULL);

  self->eps = eps;
  if (!find_pairs (self, NULL, &search, progress, error))
    return NULL;

  return g_steal_pointer (&self);
}

NerveNeighbours *
nerve_neighbours_once (const NerveNeighbours *like, double eps, double lens_width, const guint32 *ends,
                       const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveNeighbours) self = graph_like (like);
  NerveSearch search = { .begin = 0, .end = self->n, .beyond = -1.0, .ends = ends, .only_near = TRUE };

  self->eps = eps;
  if (!choose_width (self, eps, lens_width, &search.width, &self->lens_width, progress, error) ||
      !find_pairs (self, NULL, &search, progress, error))
    return NULL;
  self->lens_width = -1.0;

  return g_steal_pointer (&self);
}

NerveNeighbours *
nerve_neighbours_grow (NerveNeighbours *self, double eps, double lens_width, const NerveProgress *progress,
                       GError **error)
{
  g_autoptr (NerveNeighbours) grown = NULL;
  NerveSearch search = { .begin = 0, .end = self->n, .beyond = self->lens_width };

  if (eps <= self->eps && lens_width <= self->lens_width)
    return nerve_neighbours_ref (self);
  if (eps > self->eps && lens_width <= self->lens_width && has_room_beyond (self))
    return search_beyond (self, eps, progress, error);
  if (eps > self->eps)
    return search_anew (self, eps, MAX (lens_width, self->lens_width), progress, error);

  grown = graph_like (self);
  grown->eps = self->eps;
  if (!choose_width (grown, grown->eps, lens_width, &search.width, &grown->lens_width, progress, error) ||
      !find_pairs (grown, self, &search, progress, error) || !find_components (grown, progress, error))
    return NULL;

  return g_steal_pointer (&grown);
}

NerveNeighbours *
nerve_neighbours_ref (NerveNeighbours *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
nerve_neighbours_unref (NerveNeighbours *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  nerve_cloud_unref ((NerveCloud *) self->cloud);
  g_free (self->rows);
  g_free (self->positions);
  g_free (self->lens);
  nerve_adjacency_clear (&self->near);
  g_free (self);
}

double
nerve_neighbours_get_eps (const NerveNeighbours *self)
{
  return self->eps;
}

double
nerve_neighbours_get_lens_width (const NerveNeighbours *self)
{
  return self->lens_width;
}

gsize
nerve_neighbours_get_n (const NerveNeighbours *self)
{
  return self->n;
}

gsize
nerve_neighbours_get_n_pairs (const NerveNeighbours *self)
{
  return nerve_adjacency_get_n_pairs (&self->near);
}

gsize
nerve_neighbours_get_bytes (const NerveNeighbours *self)
{
  return self->n * (2 * sizeof (guint32) + sizeof (double)) + nerve_adjacency_get_bytes (&self->near);
}

const guint32 *
nerve_neighbours_get_rows (const NerveNeighbours *self)
{
  return self->rows;
}

const guint32 *
nerve_neighbours_get_positions (const NerveNeighbours *self)
{
  return self->positions;
}

const double *
nerve_neighbours_get_lens (const NerveNeighbours *self)
{
  return self->lens;
}

NerveNear
nerve_neighbours_within (const NerveNeighbours *self, double eps)
{
  const NerveAdjacency *near = &self->near;
  guint n_sure;
  guint n_shells = nerve_adjacency_count_shells (near, eps, &n_sure);

  return (NerveNear) {
    eps, near->others, near->distances, self->n, near->offsets, near->splits, n_shells, n_sure,
    near->components != NULL ? near->components + (n_shells - 1) * self->n : NULL,
  };
}
