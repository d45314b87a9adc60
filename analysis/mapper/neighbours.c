#include "mapper/neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cloud/search.h"

#define PATIENCE (1 << 18) /* entries moved between two questions to the progress: a few milliseconds */

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
  gsize            *offsets;  /* n + 1 */
  guint32          *others;
  double           *distances;
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
  self->offsets = g_new0 (gsize, self->n + 1);

  return self;
}

static NerveNeighbours *
graph_like (const NerveNeighbours *other)
{
  NerveNeighbours *self = graph_new (other->cloud, other->is_contraction);

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

static gboolean
has_patience (gsize *moved, gsize now, const NerveProgress *progress)
{
  *moved += now;
  if (*moved < PATIENCE)
    return TRUE;
  *moved = 0;

  return nerve_progress_wanted (progress);
}

/* Room for @self's pairs and those of @known (nullable). */
static void
count_entries (NerveNeighbours *self, const GPtrArray *pairs, const NerveNeighbours *known)
{
  for (guint s = 0; s < pairs->len; s++)
    {
      const GArray *found = g_ptr_array_index (pairs, s);

      for (guint p = 0; p < found->len; p++)
        self->offsets[g_array_index (found, NervePair, p).a + 1]++;
    }
  for (gsize i = 0; i < self->n; i++)
    self->offsets[i + 1] += self->offsets[i] + (known != NULL ? known->offsets[i + 1] - known->offsets[i] : 0);
  self->others = g_new (guint32, self->offsets[self->n]);
  self->distances = g_new (double, self->offsets[self->n]);
}

/* Pairs of a wider strip follow those that were known: they are farther apart in the lens, so their positions are
 * later. */
static gboolean
take_pairs (NerveNeighbours *self, GPtrArray *pairs, const NerveNeighbours *known, const NerveProgress *progress)
{
  g_autofree gsize *next = NULL;
  gsize moved = 0;

  count_entries (self, pairs, known);
  next = g_memdup2 (self->offsets, self->n * sizeof (gsize));
  for (gsize i = 0; known != NULL && i < self->n; i++)
    {
      gsize n = known->offsets[i + 1] - known->offsets[i];

      memcpy (self->others + next[i], known->others + known->offsets[i], n * sizeof (guint32));
      memcpy (self->distances + next[i], known->distances + known->offsets[i], n * sizeof (double));
      next[i] += n;
      if (!has_patience (&moved, n, progress))
        return FALSE;
    }
  for (guint s = 0; s < pairs->len; s++)
    {
      const GArray *found = g_ptr_array_index (pairs, s);

      for (guint p = 0; p < found->len; p++)
        {
          const NervePair *pair = &g_array_index (found, NervePair, p);
          gsize place = next[pair->a]++;

          self->others[place] = pair->b;
          self->distances[place] = pair->distance;
        }
      if (!has_patience (&moved, found->len, progress))
        return FALSE;
      g_clear_pointer (&pairs->pdata[s], g_array_unref);
    }

  return TRUE;
}

/* What pairs on the way to their place may take: they stand there twice for a moment. */
static guint64
find_budget (gsize known)
{
  guint64 entry = sizeof (guint32) + sizeof (double);
  guint64 available = nerve_memory_available () / 10 * 8;

  return available > known * entry ? (available - known * entry) / (sizeof (NervePair) + entry) : 0;
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
  pairs = nerve_search (search, find_budget (known != NULL ? known->offsets[known->n] : 0), &n_pairs, &finding, error);

  return pairs != NULL && (take_pairs (self, pairs, known, progress) || nerve_progress_set_cancelled (error));
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

static NerveNeighbours *
search_anew (const NerveNeighbours *like, double eps, double lens_width, const NerveProgress *progress, GError **error)
{
  g_autoptr (NerveNeighbours) self = graph_like (like);
  NerveSearch search = { .begin = 0, .end = self->n, .beyond = -1.0 };

  self->eps = eps;
  if (!choose_width (self, eps, lens_width, &search.width, &self->lens_width, progress, error) ||
      !find_pairs (self, NULL, &search, progress, error))
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
nerve_neighbours_grow (NerveNeighbours *self, double eps, double lens_width, const NerveProgress *progress,
                       GError **error)
{
  g_autoptr (NerveNeighbours) grown = NULL;
  NerveSearch search = { .begin = 0, .end = self->n, .beyond = self->lens_width };

  if (eps <= self->eps && lens_width <= self->lens_width)
    return nerve_neighbours_ref (self);
  if (eps > self->eps)
    return search_anew (self, eps, MAX (lens_width, self->lens_width), progress, error);

  grown = graph_like (self);
  grown->eps = self->eps;
  if (!choose_width (grown, grown->eps, lens_width, &search.width, &grown->lens_width, progress, error) ||
      !find_pairs (grown, self, &search, progress, error))
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
  g_free (self->offsets);
  g_free (self->others);
  g_free (self->distances);
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
  return self->offsets[self->n];
}

gsize
nerve_neighbours_get_bytes (const NerveNeighbours *self)
{
  return self->n * (2 * sizeof (guint32) + sizeof (double) + sizeof (gsize)) +
         self->offsets[self->n] * (sizeof (guint32) + sizeof (double));
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

const guint32 *
nerve_neighbours_get (const NerveNeighbours *self, gsize position, gsize *n, const double **distances)
{
  g_return_val_if_fail (position < self->n, NULL);

  *n = self->offsets[position + 1] - self->offsets[position];
  if (distances != NULL)
    *distances = self->distances + self->offsets[position];

  return self->others + self->offsets[position];
}
