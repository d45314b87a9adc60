#include "homology/rips-keys.h"

#include <float.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

#define LEAST_CELLS 1024
#define MOST_CELLS (128 * 1024)
#define N_SAMPLES 4096
#define VALUES_AT_ONCE (64 * 1024)
#define SIDE 32  /* of the blocks in which the matrix is filled: a cache line */
#define LANES 64 /* rows are filled up to a multiple of this */
#define ALIGNMENT 64
#define HEAVY 32 /* keys a cell must be worth before it is looked at more closely */

/* Distances are first thrown into cells by the leading bits of their representation, the cells then into
 * keys by how many distances lie below. A cell that holds far too many for one key is cut once more: at even
 * steps of the distance or, if all in it are equal, of the index. */
typedef struct
{
  guint16 first; /* key */
  guint16 heavy; /* number in the list of heavy cells, from 1; 0: not one */
} Cell;

typedef struct
{
  guint64 least;
  guint64 most;
  guint   n_keys;
  double  step;  /* keys for each unit in the last place, or for each index if all are equal */
} HeavyCell;

typedef struct
{
  NerveRipsKeys *keys;
  double         limit;
  gsize          n_values;
  guint64        low;      /* where cells begin; [0] is for zero and [1] for what lies below */
  guint          shift;
  guint          n_cells;
  Cell          *cells;
  guint32       *counts;   /* n_cells for each worker */
  guint32       *in_keys;  /* n_keys for each worker: edges that a heavy cell gave to a key */
  guint          n_workers;
  GArray        *heavy;    /* of HeavyCell */
  guint64       *extents;  /* least and most of each heavy cell, for each worker */
} Builder;

static inline guint64
get_bits (double value)
{
  guint64 bits;

  /* Negative zero becomes zero. */
  value += 0.0;
  memcpy (&bits, &value, sizeof bits);

  return bits;
}

static inline guint
find_cell (const Builder *self, guint64 bits)
{
  guint64 cell;

  if (bits < self->low)
    return bits != 0;
  cell = 2 + ((bits - self->low) >> self->shift);

  return MIN (cell, self->n_cells - 1);
}

/* Cells span what a sample of the distances does; the few outside share the first and the last. */
static void
choose_cells (Builder *self)
{
  const double *values = self->keys->values;
  gsize step = self->n_values / N_SAMPLES + 1;
  guint64 low = G_MAXUINT64;
  guint64 high = 0;

  for (gsize i = 0; i < self->n_values; i += step)
    if (values[i] > 0.0 && values[i] <= self->limit)
      {
        guint64 bits = get_bits (values[i]);

        low = MIN (low, bits);
        high = MAX (high, bits);
      }

  self->n_cells = LEAST_CELLS;
  while (self->n_cells < MOST_CELLS && self->n_cells < 4 * self->n_values)
    self->n_cells *= 2;
  self->low = MIN (low, high);
  while ((high - self->low) >> self->shift >= self->n_cells - 2)
    self->shift++;
}

static gboolean
count_cells (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Builder *self = user_data;
  guint32 *counts = self->counts + (gsize) worker * self->n_cells;
  const double *values = self->keys->values;

  for (gsize i = begin; i < end; i++)
    if (values[i] <= self->limit)
      counts[find_cell (self, get_bits (values[i]))]++;

  return TRUE;
}

/* Sums the counts of all workers into the first one's. */
static gsize
sum_counts (const Builder *self, guint32 *counts, guint length)
{
  gsize total = 0;

  for (guint i = 0; i < length; i++)
    {
      for (guint worker = 1; worker < self->n_workers; worker++)
        counts[i] += counts[(gsize) worker * length + i];
      total += counts[i];
    }

  return total;
}

static void
share_out_keys (Builder *self)
{
  guint64 total = sum_counts (self, self->counts, self->n_cells);
  guint64 n_keys = CLAMP (total, 1, NERVE_RIPS_NO_EDGE - NERVE_RIPS_LEAST_KEY);
  guint64 below = 0;

  self->keys->n_edges = total;
  self->keys->n_keys = n_keys;
  for (guint i = 0; i < self->n_cells; i++)
    if (self->counts[i] > 0)
      {
        guint first = below * n_keys / total;
        guint last = (below + self->counts[i] - 1) * n_keys / total;

        self->cells[i].first = first;
        if (last - first >= HEAVY)
          {
            HeavyCell heavy = { .n_keys = last - first + 1 };

            g_array_append_val (self->heavy, heavy);
            self->cells[i].heavy = self->heavy->len;
          }
        below += self->counts[i];
      }
}

static gboolean
find_extents (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Builder *self = user_data;
  guint64 *extents = self->extents + (gsize) worker * 2 * self->heavy->len;
  const double *values = self->keys->values;

  for (gsize i = begin; i < end; i++)
    if (values[i] <= self->limit)
      {
        guint64 bits = get_bits (values[i]);
        guint heavy = self->cells[find_cell (self, bits)].heavy;

        if (heavy > 0)
          {
            guint64 *extent = extents + 2 * (heavy - 1);

            /* The least is kept inverted, so that zero is a start for both. */
            extent[0] = MAX (extent[0], ~bits);
            extent[1] = MAX (extent[1], bits);
          }
      }

  return TRUE;
}

static gboolean
cut_heavy_cells (Builder *self, const NerveProgress *progress)
{
  guint n = self->heavy->len;

  if (n == 0)
    return TRUE;

  self->extents = g_new0 (guint64, (gsize) self->n_workers * 2 * n);
  if (!nerve_parallel_for (self->n_values, VALUES_AT_ONCE, find_extents, self, progress))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      HeavyCell *heavy = &g_array_index (self->heavy, HeavyCell, i);
      guint64 least = 0;

      for (guint worker = 0; worker < self->n_workers; worker++)
        {
          least = MAX (least, self->extents[2 * ((gsize) worker * n + i)]);
          heavy->most = MAX (heavy->most, self->extents[2 * ((gsize) worker * n + i) + 1]);
        }
      heavy->least = ~least;
      if (heavy->most > heavy->least)
        heavy->step = heavy->n_keys / ((double) (heavy->most - heavy->least) + 1.0);
      else
        heavy->step = heavy->n_keys / (double) self->n_values;
    }

  return TRUE;
}

static inline guint
find_key (const Builder *self, double value, gsize index, guint32 *in_keys)
{
  guint64 bits = get_bits (value);
  Cell cell = self->cells[find_cell (self, bits)];

  if (G_UNLIKELY (cell.heavy > 0))
    {
      const HeavyCell *heavy = &g_array_index (self->heavy, HeavyCell, cell.heavy - 1);
      double place = heavy->most > heavy->least ? bits - heavy->least : index;
      guint key = place * heavy->step;

      key = cell.first + MIN (key, heavy->n_keys - 1);
      in_keys[key]++;

      return key;
    }

  return cell.first;
}

static void
fill_row (Builder *self, gsize x, guint32 *in_keys)
{
  gsize first = x * (x - 1) / 2;
  const double *values = self->keys->values + first;
  gint16 *row = self->keys->rows + x * self->keys->stride;

  for (gsize y = 0; y < x; y++)
    if (values[y] <= self->limit)
      row[y] = NERVE_RIPS_LEAST_KEY + (gint) find_key (self, values[y], first + y, in_keys);
    else
      row[y] = NERVE_RIPS_NO_EDGE;
}

/* Mirrors the part of rows [begin, end) left of the diagonal, block by block. */
static void
mirror_rows (NerveRipsKeys *keys, gsize begin, gsize end)
{
  for (gsize block = 0; block < end; block += SIDE)
    for (gsize y = block; y < MIN (block + SIDE, end); y++)
      {
        gint16 *row = keys->rows + y * keys->stride;

        for (gsize x = MAX (begin, y + 1); x < end; x++)
          row[x] = keys->rows[x * keys->stride + y];
      }
}

static gboolean
fill_block_row (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Builder *self = user_data;
  NerveRipsKeys *keys = self->keys;
  guint32 *in_keys = self->in_keys + (gsize) worker * keys->n_keys;

  for (gsize block = begin; block < end; block++)
    {
      gsize first = block * SIDE;
      gsize last = MIN (first + SIDE, keys->n);

      for (gsize x = first; x < last; x++)
        {
          gint16 *row = keys->rows + x * keys->stride;

          fill_row (self, x, in_keys);
          row[x] = NERVE_RIPS_NO_EDGE;
          for (gsize y = keys->n; y < keys->stride; y++)
            row[y] = NERVE_RIPS_NO_EDGE;
        }
      mirror_rows (keys, first, last);
    }

  return TRUE;
}

static void
count_below (Builder *self)
{
  NerveRipsKeys *keys = self->keys;
  guint32 below = 0;

  sum_counts (self, self->in_keys, keys->n_keys);
  for (guint i = 0; i < self->n_cells; i++)
    if (self->cells[i].heavy == 0)
      self->in_keys[self->cells[i].first] += self->counts[i];

  keys->below = g_new (guint32, keys->n_keys + 1);
  for (guint i = 0; i < keys->n_keys; i++)
    {
      keys->below[i] = below;
      below += self->in_keys[i];
    }
  keys->below[keys->n_keys] = below;
}

static gboolean
fill_matrix (Builder *self, const NerveProgress *progress)
{
  NerveRipsKeys *keys = self->keys;

  self->in_keys = g_new0 (guint32, (gsize) self->n_workers * keys->n_keys);
  if (!nerve_parallel_for ((keys->n + SIDE - 1) / SIDE, 1, fill_block_row, self, progress))
    return FALSE;
  count_below (self);

  return TRUE;
}

static gboolean
allocate_rows (NerveRipsKeys *self, GError **error)
{
  g_autofree char *what = g_strdup_printf ("the persistent homology of %" G_GSIZE_FORMAT " points", self->n);

  if (self->n > NERVE_RIPS_MOST_POINTS)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_MEMORY,
                   "%" G_GSIZE_FORMAT " points are too many for persistent homology (at most %d): take a sample",
                   self->n, NERVE_RIPS_MOST_POINTS);
      return FALSE;
    }

  self->stride = (self->n + LANES - 1) / LANES * LANES;
  /* Rows a multiple of a page apart would fight for the same lines of the cache. */
  if (self->stride % 1024 == 0)
    self->stride += LANES;
  self->memory = nerve_memory_new (self->n * self->stride + ALIGNMENT, sizeof (gint16), what, error);
  if (self->memory == NULL)
    return FALSE;
  self->rows = (gint16 *) (((guintptr) self->memory + ALIGNMENT - 1) & ~(guintptr) (ALIGNMENT - 1));

  return TRUE;
}

static gboolean
build (Builder *self, const NerveProgress *progress)
{
  NerveProgress counting = nerve_progress_part (progress, 0.0, 0.3);
  NerveProgress filling = nerve_progress_part (progress, 0.3, 1.0);

  choose_cells (self);
  self->cells = g_new0 (Cell, self->n_cells);
  self->counts = g_new0 (guint32, (gsize) self->n_workers * self->n_cells);
  if (!nerve_parallel_for (self->n_values, VALUES_AT_ONCE, count_cells, self, &counting))
    return FALSE;
  share_out_keys (self);

  return cut_heavy_cells (self, &counting) && fill_matrix (self, &filling);
}

gboolean
nerve_rips_keys_init (NerveRipsKeys *self, const double *values, gsize n, double threshold,
                      const NerveProgress *progress, GError **error)
{
  Builder builder = { .keys = self, .n_values = n * (n - MIN (n, 1)) / 2, .n_workers = nerve_parallel_get_threads () };
  gboolean done;

  memset (self, 0, sizeof *self);
  self->n = n;
  self->values = values;
  if (!allocate_rows (self, error))
    return FALSE;

  /* An infinite distance is no edge, whatever the threshold. */
  builder.limit = MIN (threshold, DBL_MAX);
  builder.heavy = g_array_new (FALSE, TRUE, sizeof (HeavyCell));
  done = build (&builder, progress);
  g_array_unref (builder.heavy);
  g_free (builder.cells);
  g_free (builder.counts);
  g_free (builder.in_keys);
  g_free (builder.extents);
  if (!done)
    {
      nerve_rips_keys_clear (self);
      return nerve_progress_set_cancelled (error);
    }

  return TRUE;
}

void
nerve_rips_keys_clear (NerveRipsKeys *self)
{
  g_clear_pointer (&self->memory, g_free);
  g_clear_pointer (&self->below, g_free);
  self->rows = NULL;
}
