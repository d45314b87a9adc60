#include "homology/rips-order.h"

#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "homology/rips-target.h"

#define LANES 64
#define MOST_BINS 1024
#define PAIRS_AT_ONCE (64 * 1024)
#define EDGES_PER_PIECE (32 * 1024)

/* One slice being made: its edges are put into bins by their keys, whichever comes first, then the bins sorted. How
 * many edges have which key is known, so each bin has its place from the start. */
typedef struct
{
  NerveRipsOrder      *order;
  gint                 first_key;
  guint                n_keys;
  guint                shift;     /* from a key to its bin */
  guint                n_bins;
  guint32             *bins;      /* n_bins + 1: where each begins */
  guint32             *places;    /* n_bins: where the next edge goes */
  gboolean             is_shared; /* by several threads */
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

static inline guint32
take_place (const Slice *self, gint16 key)
{
  guint32 *place = &self->places[(guint) (key - self->first_key) >> self->shift];

  return self->is_shared ? __atomic_fetch_add (place, 1, __ATOMIC_RELAXED) : (*place)++;
}

static gboolean
place_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  const Slice *self = user_data;
  const NerveRipsKeys *keys = self->order->keys;
  g_autofree guint32 *columns = g_new (guint32, end + LANES);

  for (gsize x = MAX (begin, 1); x < end; x++)
    {
      const double *values = keys->values + nerve_rips_index (x, 0);
      Selection selection = {
        .row = nerve_rips_keys_row (keys, x),
        .length = x,
        .first_key = self->first_key,
        .last_key = self->first_key + (gint) self->n_keys - 1,
        .columns = columns,
      };

      select_columns (&selection);
      for (gsize i = 0; i < selection.n; i++)
        {
          guint32 y = columns[i];

          /* Adding zero makes a negative zero positive: sorting looks at the bits. */
          self->order->edges[take_place (self, selection.row[y])] = (NerveRipsEdge) { values[y] + 0.0, x, y };
        }
    }

  return TRUE;
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
  gsize n = self->order->keys->n;
  gsize bins_per_piece = (gsize) EDGES_PER_PIECE * self->n_bins / MAX (self->order->n_edges, 1) + 1;

  return nerve_parallel_for (n, PAIRS_AT_ONCE / n + 1, place_rows, self, self->progress)
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
  g_autofree guint32 *bins = NULL;
  g_autofree guint32 *places = NULL;
  Slice slice = { .order = self, .is_shared = nerve_parallel_get_threads () > 1, .progress = progress };
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
  slice.bins = bins = g_new (guint32, slice.n_bins + 1);
  for (guint bin = 0; bin <= slice.n_bins; bin++)
    bins[bin] = keys->below[MIN (self->next_key + (bin << slice.shift), end)] - keys->below[self->next_key];
  slice.places = places = g_memdup2 (bins, slice.n_bins * sizeof (guint32));
  self->next_key = end;

  return make_slice (&slice) || nerve_progress_set_cancelled (error);
}
