#include "mapper/neighbours.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "mapper/measure.h"

#define PATIENCE (1 << 18) /* entries moved between two questions to the progress: a few milliseconds */

struct _NerveNeighbours
{
  gatomicrefcount ref_count;
  double          eps;
  double          lens_width;
  gsize           n;
  gsize          *offsets;   /* n + 1 */
  guint32        *others;
  double         *distances;
};

typedef struct
{
  guint32 a;
  guint32 b;
  double  distance;
} Pair;

typedef struct
{
  const NerveMeasure *measure;
  const double       *lens; /* by position, rising; NULL: all pairs */
  double              width;
  double              eps;
  GArray             *strips;
  GPtrArray          *pairs;  /* an array of them for each strip */
  guint64             budget; /* pairs that fit into memory */
  atomic_size_t       n_pairs;
} Search;

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

/* Rows by rising lens, and the lens in that order. */
static guint32 *
sort_by_lens (const double *lens, gsize n, double **sorted)
{
  g_autofree LensEntry *entries = g_new (LensEntry, n);
  guint32 *order = g_new (guint32, n);

  *sorted = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    entries[i] = (LensEntry) { lens[i], i };
  if (n > 1)
    qsort (entries, n, sizeof (LensEntry), compare_entries);
  for (gsize i = 0; i < n; i++)
    {
      order[i] = entries[i].row;
      (*sorted)[i] = entries[i].value;
    }

  return order;
}

/* How far right each block of rows has to look. */
static gsize *
find_ends (const Search *search)
{
  gsize n = search->measure->n;
  gsize *ends = g_new (gsize, n / NERVE_MEASURE_ROWS + 1);
  gsize end = 0;

  for (gsize row = 0; row < n; row += NERVE_MEASURE_ROWS)
    {
      gsize last = MIN (row + NERVE_MEASURE_ROWS, n) - 1;

      while (end < n && search->lens[end] - search->lens[last] <= search->width)
        end++;
      ends[row / NERVE_MEASURE_ROWS] = end;
    }

  return ends;
}

/* Those within eps, some of them perhaps not to be kept. */
static gsize
count_close (const Search *search, const double *distances, gsize n)
{
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    count += distances[i] <= search->eps;

  return count;
}

static GArray *
collect_pairs (const Search *search, const NerveStrip *strip, const double *distances)
{
  gsize n_close = count_close (search, distances, strip->n_rows * strip->n_columns);
  GArray *pairs = g_array_sized_new (FALSE, FALSE, sizeof (Pair), n_close);

  for (gsize i = 0; i < strip->n_rows && n_close > 0; i++)
    for (gsize j = 0; j < strip->n_columns; j++)
      {
        Pair pair = { strip->row + i, strip->column + j, distances[i * strip->n_columns + j] };

        if (pair.distance <= search->eps && pair.b > pair.a &&
            (search->lens == NULL || search->lens[pair.b] - search->lens[pair.a] <= search->width))
          g_array_append_val (pairs, pair);
      }

  return pairs;
}

static gboolean
search_strips (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Search *search = user_data;

  for (gsize i = begin; i < end; i++)
    {
      const NerveStrip *strip = &g_array_index (search->strips, NerveStrip, i);
      g_autofree double *distances = g_new (double, strip->n_rows * strip->n_columns);
      GArray *pairs;

      nerve_measure_block (search->measure, strip->row, strip->n_rows, strip->column, strip->n_columns, distances);
      pairs = collect_pairs (search, strip, distances);
      search->pairs->pdata[i] = pairs;
      if (atomic_fetch_add (&search->n_pairs, pairs->len) + pairs->len > search->budget)
        return FALSE;
    }

  return TRUE;
}

static gboolean
find_pairs (Search *search, const NerveProgress *progress, GError **error)
{
  g_autofree gsize *ends = search->lens != NULL ? find_ends (search) : NULL;

  /* A pair, and its two entries in the graph twice over while that is put in order. */
  search->budget = nerve_memory_available () / (sizeof (Pair) + 4 * (sizeof (guint32) + sizeof (double)));
  search->strips = nerve_measure_cut (search->measure, ends);
  g_ptr_array_set_size (search->pairs, search->strips->len);
  if (nerve_parallel_for (search->strips->len, 1, search_strips, search, progress))
    return TRUE;

  if (search->n_pairs <= search->budget)
    return nerve_progress_set_cancelled (error);

  g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
               "more than %" G_GUINT64_FORMAT " pairs of points are within eps = %g of each other: they don't fit "
               "into memory, lower eps or the number of points", search->budget, search->eps);
  return FALSE;
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

static NerveNeighbours *
graph_new (gsize n, gsize n_entries)
{
  NerveNeighbours *self = g_new0 (NerveNeighbours, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n = n;
  self->offsets = g_new0 (gsize, n + 1);
  self->others = g_new (guint32, n_entries);
  self->distances = g_new (double, n_entries);

  return self;
}

static gsize *
copy_offsets (const NerveNeighbours *self)
{
  return g_memdup2 (self->offsets, self->n * sizeof (gsize));
}

static void
add_entry (NerveNeighbours *self, gsize *next, guint32 row, guint32 other, double distance)
{
  gsize place = next[row]++;

  self->others[place] = other;
  self->distances[place] = distance;
}

static gboolean
count_entries (NerveNeighbours *self, const Search *search, const NerveProgress *progress)
{
  gsize counted = 0;

  for (guint s = 0; s < search->pairs->len; s++)
    {
      const GArray *pairs = g_ptr_array_index (search->pairs, s);

      for (guint p = 0; p < pairs->len; p++)
        {
          self->offsets[nerve_measure_row (search->measure, g_array_index (pairs, Pair, p).a) + 1]++;
          self->offsets[nerve_measure_row (search->measure, g_array_index (pairs, Pair, p).b) + 1]++;
        }
      if (!has_patience (&counted, pairs->len, progress))
        return FALSE;
    }
  for (gsize i = 0; i < self->n; i++)
    self->offsets[i + 1] += self->offsets[i];

  return TRUE;
}

/* Both directions of every pair, which are freed on the way; the others of a row in no order. */
static NerveNeighbours *
graph_from_pairs (const Search *search, const NerveProgress *progress)
{
  g_autoptr (NerveNeighbours) self = graph_new (search->measure->n, 2 * search->n_pairs);
  g_autofree gsize *next = NULL;
  gsize moved = 0;

  if (!count_entries (self, search, progress))
    return NULL;
  next = copy_offsets (self);

  for (guint s = 0; s < search->pairs->len; s++)
    {
      GArray *pairs = g_ptr_array_index (search->pairs, s);

      for (guint p = 0; p < pairs->len; p++)
        {
          const Pair *pair = &g_array_index (pairs, Pair, p);
          guint32 a = nerve_measure_row (search->measure, pair->a);
          guint32 b = nerve_measure_row (search->measure, pair->b);

          add_entry (self, next, a, b, pair->distance);
          add_entry (self, next, b, a, pair->distance);
        }
      if (!has_patience (&moved, pairs->len, progress))
        return NULL;
      g_clear_pointer (&search->pairs->pdata[s], g_array_unref);
    }

  return g_steal_pointer (&self);
}

/* The graph is symmetric: written again row by row, every row comes out ascending. */
static NerveNeighbours *
graph_sorted (const NerveNeighbours *from, const NerveProgress *progress)
{
  g_autoptr (NerveNeighbours) self = graph_new (from->n, from->offsets[from->n]);
  g_autofree gsize *next = copy_offsets (from);
  gsize moved = 0;

  for (gsize row = 0; row < from->n; row++)
    {
      self->offsets[row + 1] = from->offsets[row + 1];
      for (gsize i = from->offsets[row]; i < from->offsets[row + 1]; i++)
        add_entry (self, next, from->others[i], row, from->distances[i]);
      if (!has_patience (&moved, from->offsets[row + 1] - from->offsets[row], progress))
        return NULL;
    }

  return g_steal_pointer (&self);
}

static void
free_pairs (gpointer pairs)
{
  if (pairs != NULL)
    g_array_unref (pairs);
}

static NerveNeighbours *
build_graph (Search *search, const NerveProgress *progress, GError **error)
{
  NerveProgress finding = nerve_progress_part (progress, 0.0, 0.95);
  g_autoptr (NerveNeighbours) unsorted = NULL;
  NerveNeighbours *self;

  if (!find_pairs (search, &finding, error))
    return NULL;

  unsorted = graph_from_pairs (search, progress);
  self = unsorted != NULL ? graph_sorted (unsorted, progress) : NULL;
  if (self == NULL)
    {
      nerve_progress_set_cancelled (error);
      return NULL;
    }
  self->eps = search->eps;
  self->lens_width = search->width;

  return self;
}

NerveNeighbours *
nerve_neighbours_new (const NerveCloud *cloud, double eps, const double *lens, double lens_width,
                      const NerveProgress *progress, GError **error)
{
  NerveProgress searching;
  g_autofree guint32 *order = NULL;
  g_autofree double *sorted = NULL;
  g_auto (NerveMeasure) measure = { NULL };
  Search search = { .measure = &measure, .width = INFINITY, .eps = eps };
  NerveNeighbours *self;

  g_return_val_if_fail (!isnan (eps), NULL);
  g_return_val_if_fail (!isnan (lens_width), NULL);

  if (lens != NULL && lens_width < INFINITY)
    {
      order = sort_by_lens (lens, nerve_cloud_get_n (cloud), &sorted);
      search.lens = sorted;
      search.width = lens_width;
    }
  if (!nerve_measure_init (&measure, cloud, order, progress, error))
    return NULL;

  search.pairs = g_ptr_array_new_with_free_func (free_pairs);
  searching = nerve_progress_part (progress, measure.ready, 1.0);
  self = build_graph (&search, &searching, error);
  g_clear_pointer (&search.pairs, g_ptr_array_unref);
  g_clear_pointer (&search.strips, g_array_unref);

  return self;
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

const guint32 *
nerve_neighbours_get (const NerveNeighbours *self, gsize point, gsize *n, const double **distances)
{
  g_return_val_if_fail (point < self->n, NULL);

  *n = self->offsets[point + 1] - self->offsets[point];
  if (distances != NULL)
    *distances = self->distances + self->offsets[point];

  return self->others + self->offsets[point];
}
