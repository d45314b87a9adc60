#include "homology/rips-order.h"

#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "homology/rips-target.h"

#define LANES 64
#define FIRST_BITS G_GUINT64_CONSTANT (0x0102040810204080) /* times eight bytes: their lowest bits, on top */
#define MOST_BINS 1024
#define MOST_IN_PILE 8
#define PAIRS_AT_ONCE (64 * 1024)
#define EDGES_PER_PIECE (32 * 1024)

/* Edges of one bin that a thread has found. Several at once go to their bin, so that threads seldom write to the same
 * line of the cache. */
typedef struct
{
  guint32       n;
  NerveRipsEdge edges[MOST_IN_PILE];
} Pile;

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
  Pile                *piles;     /* n_bins for each worker */
  guint                n_workers;
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
      guint64 found = 0;

      for (guint i = 0; i < LANES; i++)
        inside[i] = (row[i] >= self->first_key) & (row[i] <= self->last_key);
      for (guint i = 0; i < LANES; i += 8)
        {
          guint64 word;

          memcpy (&word, inside + i, sizeof word);
          found |= GUINT64_FROM_LE (word) * FIRST_BITS >> 56 << i;
        }
      for (; found != 0; found &= found - 1)
        self->columns[self->n++] = block + (guint) __builtin_ctzll (found);
    }
  while (self->n > 0 && self->columns[self->n - 1] >= self->length)
    self->n--;
}

NERVE_RIPS_TARGET_CLONES (select_columns, (Selection *self), (self))

/* Puts what a thread has gathered of a bin where no other thread writes. */
static void
empty_pile (const Slice *self, Pile *pile, guint bin)
{
  guint32 place = __atomic_fetch_add (&self->places[bin], pile->n, __ATOMIC_RELAXED);

  memcpy (self->order->edges + place, pile->edges, pile->n * sizeof (NerveRipsEdge));
  pile->n = 0;
}

static inline void
put (const Slice *self, Pile *piles, gint16 key, NerveRipsEdge edge)
{
  guint bin = (guint) (key - self->first_key) >> self->shift;
  Pile *pile = &piles[bin];

  pile->edges[pile->n++] = edge;
  if (pile->n == MOST_IN_PILE)
    empty_pile (self, pile, bin);
}

static gboolean
place_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  const Slice *self = user_data;
  const NerveRipsKeys *keys = self->order->keys;
  Pile *piles = self->piles + (gsize) worker * self->n_bins;
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
          put (self, piles, selection.row[y], (NerveRipsEdge) { values[y] + 0.0, x, y });
        }
    }

  return TRUE;
}

static void
empty_piles (const Slice *self)
{
  for (guint worker = 0; worker < self->n_workers; worker++)
    for (guint bin = 0; bin < self->n_bins; bin++)
      empty_pile (self, &self->piles[(gsize) worker * self->n_bins + bin], bin);
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

  if (!nerve_parallel_for (n, PAIRS_AT_ONCE / n + 1, place_rows, self, self->progress))
    return FALSE;
  empty_piles (self);

  return nerve_parallel_for (self->n_bins, bins_per_piece, sort_bins, self, self->progress);
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
  g_autofree Pile *piles = NULL;
  Slice slice = { .order = self, .n_workers = nerve_parallel_get_threads (), .progress = progress };
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
  slice.piles = piles = g_new0 (Pile, (gsize) slice.n_workers * slice.n_bins);
  self->next_key = end;

  return make_slice (&slice) || nerve_progress_set_cancelled (error);
}
