#include "homology/rips-bare.h"

#include "base/parallel.h"
#include "homology/rips-order.h"
#include "homology/rips-target.h"

#define BLOCK 64
#define PAIRS_AT_ONCE (64 * 1024)
#define OPEN_PER_QUESTION 64
#define N_WITNESSES (8 + NERVE_RIPS_N_NEAREST)

typedef struct
{
  const NerveRipsKeys   *keys;
  const NerveRipsGuides *guides;
  GArray               **found; /* of NerveRipsEdge, for each worker */
  const NerveProgress   *progress;
} Search;

/* Row x, and what became of its edges to the points before x. */
typedef struct
{
  const gint16 *row;
  gsize         x;
  const gint16 *witness_rows[N_WITNESSES];
  gint16        witness_keys[N_WITNESSES];
  guint         n_witnesses;
  guint32      *open; /* ends of the edges that none of the witnesses is a witness for */
  gsize         n_open;
} Row;

typedef struct
{
  const gint16 *a;
  const gint16 *b;
  gsize         length;
  gint16        key;
  gboolean      has_witness; /* surely */
  gboolean      has_tie;     /* perhaps, among equal keys */
} Pair;

/* Tests 64 edges of a row against one witness after another. */
NERVE_RIPS_TARGET_INLINE void
close_edges_body (Row *self)
{
  for (gsize block = 0; block < self->x; block += BLOCK)
    {
      const gint16 *row = self->row + block;
      gint16 open[BLOCK];
      gint16 any = 0;

      for (guint i = 0; i < BLOCK; i++)
        open[i] = row[i] < NERVE_RIPS_NO_EDGE ? -1 : 0;
      for (guint w = 0; w < self->n_witnesses; w++)
        {
          const gint16 *other = self->witness_rows[w] + block;
          gint16 key = self->witness_keys[w];

          any = 0;
          for (guint i = 0; i < BLOCK; i++)
            {
              open[i] &= (key > other[i] ? key : other[i]) < row[i] ? 0 : -1;
              any |= open[i];
            }
          if (any == 0)
            break;
        }
      if (any == 0 && self->n_witnesses > 0)
        continue;
      for (guint i = 0; i < BLOCK && block + i < self->x; i++)
        if (open[i] != 0)
          self->open[self->n_open++] = block + i;
    }
}

NERVE_RIPS_TARGET_CLONES (close_edges, (Row *self), (self))

NERVE_RIPS_TARGET_INLINE void
search_pair_body (Pair *self)
{
  gint16 tie = 0;

  for (gsize block = 0; block < self->length; block += BLOCK)
    {
      const gint16 *a = self->a + block;
      const gint16 *b = self->b + block;
      gint16 witness = 0;

      for (guint i = 0; i < BLOCK; i++)
        {
          gint16 later = a[i] > b[i] ? a[i] : b[i];

          witness |= later < self->key ? -1 : 0;
          tie |= later == self->key ? -1 : 0;
        }
      if (witness != 0)
        {
          self->has_witness = TRUE;
          return;
        }
    }
  self->has_tie = tie != 0;
}

NERVE_RIPS_TARGET_CLONES (search_pair, (Pair *self), (self))

static gboolean
has_exact_witness (const NerveRipsKeys *keys, const Pair *pair, guint32 x, guint32 y)
{
  for (guint32 z = 0; z < keys->n; z++)
    if (MAX (pair->a[z], pair->b[z]) == pair->key && z != x && z != y
        && nerve_rips_keys_before (keys, x, z, x, y) && nerve_rips_keys_before (keys, y, z, x, y))
      return TRUE;

  return FALSE;
}

static gboolean
is_bare (const Search *self, guint32 x, guint32 y)
{
  const gint16 *row = nerve_rips_keys_row (self->keys, x);
  const gint16 *other = nerve_rips_keys_row (self->keys, y);
  const guint32 *nearest = nerve_rips_guides_nearest (self->guides, y);
  Pair pair = { .a = row, .b = other, .length = self->keys->stride, .key = row[y] };

  for (guint i = 0; i < NERVE_RIPS_N_NEAREST; i++)
    if (MAX (row[nearest[i]], other[nearest[i]]) < pair.key)
      return FALSE;

  search_pair (&pair);
  if (pair.has_witness)
    return FALSE;

  return !pair.has_tie || !has_exact_witness (self->keys, &pair, x, y);
}

static void
add_witness (const Search *self, Row *row, guint32 z)
{
  if (z == row->x || row->n_witnesses == N_WITNESSES)
    return;

  row->witness_rows[row->n_witnesses] = nerve_rips_keys_row (self->keys, z);
  row->witness_keys[row->n_witnesses] = row->row[z];
  row->n_witnesses++;
}

static gboolean
search_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Search *self = user_data;
  g_autofree guint32 *open = g_new (guint32, end);

  for (gsize x = begin; x < end; x++)
    {
      Row row = { .row = nerve_rips_keys_row (self->keys, x), .x = x, .open = open };

      for (guint i = 0; i < MIN (self->guides->n_hubs, N_WITNESSES - NERVE_RIPS_N_NEAREST); i++)
        add_witness (self, &row, self->guides->hubs[i]);
      for (guint i = 0; i < NERVE_RIPS_N_NEAREST; i++)
        add_witness (self, &row, nerve_rips_guides_nearest (self->guides, x)[i]);
      close_edges (&row);

      for (gsize i = 0; i < row.n_open; i++)
        {
          NerveRipsEdge edge = { self->keys->values[nerve_rips_index (x, open[i])] + 0.0, x, open[i] };

          if (is_bare (self, x, open[i]))
            g_array_append_val (self->found[worker], edge);
          if (i % OPEN_PER_QUESTION == OPEN_PER_QUESTION - 1 && !nerve_progress_wanted (self->progress))
            return FALSE;
        }
    }

  return TRUE;
}

GArray *
nerve_rips_find_bare_edges (const NerveRipsKeys *keys, const NerveRipsGuides *guides,
                            const NerveProgress *progress, GError **error)
{
  guint n_workers = nerve_parallel_get_threads ();
  g_autofree GArray **found = g_new (GArray *, n_workers);
  GArray *edges;
  Search search = { .keys = keys, .guides = guides, .found = found, .progress = progress };
  gsize rows_at_once = PAIRS_AT_ONCE / MAX (keys->n, 1) + 1;
  gboolean done;

  for (guint i = 0; i < n_workers; i++)
    found[i] = g_array_new (FALSE, FALSE, sizeof (NerveRipsEdge));
  done = nerve_parallel_for (keys->n, rows_at_once, search_rows, &search, progress);
  edges = found[0];
  for (guint i = 1; i < n_workers; i++)
    {
      g_array_append_vals (edges, found[i]->data, found[i]->len);
      g_array_unref (found[i]);
    }
  if (!done || !nerve_rips_sort ((NerveRipsEdge *) edges->data, edges->len, progress))
    {
      g_array_unref (edges);
      nerve_progress_set_cancelled (error);
      return NULL;
    }

  return edges;
}
