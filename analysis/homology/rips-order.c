#include "homology/rips-order.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "homology/rips-target.h"

#define LANES 64
#define MOST_BINS 1024
#define MOST_BLOCKS 128
#define PAIRS_PER_BLOCK (128 * 1024)
#define EDGES_PER_PIECE (32 * 1024)

/* One slice being made: rows are cut into blocks of about as many pairs, keys into bins; each block knows where in
 * each bin its edges go, so that blocks can be worked on at the same time and edges of equal distance stay in order. */
typedef struct
{
  NerveRipsOrder      *order;
  gint                 first_key;
  guint                n_keys;
  guint                shift;   /* from a key to its bin */
  guint                n_bins;
  guint                n_blocks;
  guint32             *places;  /* n_blocks × n_bins: counts, then where the next edge goes */
  guint32             *bins;    /* n_bins + 1: where each begins */
  gboolean             is_counted;
  const NerveProgress *progress;
} Slice;

/* The columns of a row whose keys lie in the slice. */
typedef struct
{
  const gint16 *row;
  gsize         length;
  gint16        first_key;
  gint16        last_key;
  guint32      *columns;
  gsize         n;
} Selection;

NERVE_RIPS_TARGET_INLINE void
select_columns_body (Selection *self)
{
  for (gsize block = 0; block < self->length; block += LANES)
    {
      const gint16 *row = self->row + block;
      guint8 inside[LANES];

      for (guint i = 0; i < LANES; i++)
        inside[i] = (row[i] >= self->first_key) & (row[i] <= self->last_key);
      for (guint i = 0; i < LANES; i += 8)
        {
          guint64 word;

          memcpy (&word, inside + i, sizeof word);
          for (word = GUINT64_FROM_LE (word); word != 0; word &= word - 1)
            self->columns[self->n++] = block + i + (guint) __builtin_ctzll (word) / 8;
        }
    }
  while (self->n > 0 && self->columns[self->n - 1] >= self->length)
    self->n--;
}

NERVE_RIPS_TARGET_CLONES (select_columns, (Selection *self), (self))

static gsize
find_block_begin (const Slice *self, gsize block)
{
  gsize n = self->order->keys->n;

  return block >= self->n_blocks ? n : (gsize) (n * sqrt ((double) block / self->n_blocks));
}

static inline guint
find_bin (const Slice *self, gint16 key)
{
  return (guint) (key - self->first_key) >> self->shift;
}

static void
count_row (const Slice *self, const Selection *selection, guint32 *places)
{
  for (gsize i = 0; i < selection->n; i++)
    places[find_bin (self, selection->row[selection->columns[i]])]++;
}

static void
place_row (const Slice *self, const Selection *selection, gsize x, guint32 *places)
{
  const double *values = self->order->keys->values + nerve_rips_index (x, 0);

  for (gsize i = 0; i < selection->n; i++)
    {
      guint32 y = selection->columns[i];

      /* Adding zero makes a negative zero positive: sorting looks at the bits. */
      self->order->edges[places[find_bin (self, selection->row[y])]++] = (NerveRipsEdge) { values[y] + 0.0, x, y };
    }
}

static gboolean
work_on_blocks (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Slice *self = user_data;
  gsize last_row = find_block_begin (self, end);
  g_autofree guint32 *columns = g_new (guint32, last_row + LANES);

  for (gsize block = begin; block < end; block++)
    for (gsize x = MAX (find_block_begin (self, block), 1); x < find_block_begin (self, block + 1); x++)
      {
        Selection selection = {
          .row = nerve_rips_keys_row (self->order->keys, x),
          .length = x,
          .first_key = self->first_key,
          .last_key = self->first_key + (gint) self->n_keys - 1,
          .columns = columns,
        };

        select_columns (&selection);
        if (!self->is_counted)
          count_row (self, &selection, self->places + block * self->n_bins);
        else
          place_row (self, &selection, x, self->places + block * self->n_bins);
      }

  return TRUE;
}

static void
find_places (Slice *self)
{
  guint32 sum = 0;

  for (guint bin = 0; bin < self->n_bins; bin++)
    {
      self->bins[bin] = sum;
      for (guint block = 0; block < self->n_blocks; block++)
        {
          guint32 count = self->places[(gsize) block * self->n_bins + bin];

          self->places[(gsize) block * self->n_bins + bin] = sum;
          sum += count;
        }
    }
  self->bins[self->n_bins] = sum;
  self->is_counted = TRUE;
}

static gboolean
sort_bins (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Slice *self = user_data;

  for (gsize bin = begin; bin < end; bin++)
    if (!nerve_rips_sort (self->order->edges + self->bins[bin], self->bins[bin + 1] - self->bins[bin], self->progress))
      return FALSE;

  return TRUE;
}

static gboolean
make_slice (Slice *self)
{
  gsize bins_per_piece = (gsize) EDGES_PER_PIECE * self->n_bins / MAX (self->order->n_edges, 1) + 1;

  if (!nerve_parallel_for (self->n_blocks, 1, work_on_blocks, self, self->progress))
    return FALSE;
  find_places (self);

  return nerve_parallel_for (self->n_blocks, 1, work_on_blocks, self, self->progress)
         && nerve_parallel_for (self->n_bins, bins_per_piece, sort_bins, self, self->progress);
}

static gboolean
reserve (NerveRipsOrder *self, gsize n, GError **error)
{
  if (n <= self->capacity)
    return TRUE;

  g_clear_pointer (&self->edges, g_free);
  self->edges = nerve_memory_new (n, sizeof (NerveRipsEdge), "the edges of the filtration", error);
  self->capacity = self->edges != NULL ? n : 0;

  return self->edges != NULL;
}

void
nerve_rips_order_init (NerveRipsOrder *self, const NerveRipsKeys *keys)
{
  memset (self, 0, sizeof *self);
  self->keys = keys;
}

void
nerve_rips_order_clear (NerveRipsOrder *self)
{
  g_clear_pointer (&self->edges, g_free);
  self->n_edges = 0;
  self->capacity = 0;
}

gboolean
nerve_rips_order_next (NerveRipsOrder *self, gsize wanted, const NerveProgress *progress, GError **error)
{
  const NerveRipsKeys *keys = self->keys;
  gsize n_pairs = keys->n * (keys->n - MIN (keys->n, 1)) / 2;
  g_autofree guint32 *places = NULL;
  g_autofree guint32 *bins = NULL;
  Slice slice = { .order = self, .progress = progress };
  guint end = self->next_key;

  while (end < keys->n_keys && keys->below[end] - keys->below[self->next_key] < MAX (wanted, 1))
    end++;
  self->n_edges = keys->below[end] - keys->below[self->next_key];
  if (self->n_edges == 0)
    return TRUE;
  if (!reserve (self, self->n_edges, error))
    return FALSE;

  slice.first_key = NERVE_RIPS_LEAST_KEY + (gint) self->next_key;
  slice.n_keys = end - self->next_key;
  while ((slice.n_keys - 1) >> slice.shift >= MOST_BINS)
    slice.shift++;
  slice.n_bins = ((slice.n_keys - 1) >> slice.shift) + 1;
  slice.n_blocks = CLAMP (n_pairs / PAIRS_PER_BLOCK, 1, MOST_BLOCKS);
  slice.places = places = g_new0 (guint32, (gsize) slice.n_blocks * slice.n_bins);
  slice.bins = bins = g_new (guint32, slice.n_bins + 1);
  self->next_key = end;

  return make_slice (&slice) || nerve_progress_set_cancelled (error);
}
