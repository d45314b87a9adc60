#include "homology/rips-guides.h"

#include "base/parallel.h"
#include "homology/rips-target.h"

#define BLOCK 64
#define ROWS_AT_ONCE 64

typedef struct
{
  const NerveRipsKeys *keys;
  guint32             *nearest;
  gint64              *sums; /* of each row's keys */
} Search;

/* The keys of one row that are least so far, ascending. */
typedef struct
{
  gint16  keys[NERVE_RIPS_N_NEAREST];
  guint32 points[NERVE_RIPS_N_NEAREST];
  gint64  sum;
} Row;

NERVE_RIPS_TARGET_INLINE void
insert (Row *row, gint16 key, guint32 point)
{
  guint place = NERVE_RIPS_N_NEAREST - 1;

  for (; place > 0 && row->keys[place - 1] > key; place--)
    {
      row->keys[place] = row->keys[place - 1];
      row->points[place] = row->points[place - 1];
    }
  row->keys[place] = key;
  row->points[place] = point;
}

NERVE_RIPS_TARGET_INLINE void
search_row_body (const gint16 *keys, gsize length, Row *row)
{
  for (gsize block = 0; block < length; block += BLOCK)
    {
      gint16 worst = row->keys[NERVE_RIPS_N_NEAREST - 1];
      gint16 found = 0;
      gint32 sum = 0;

      for (gsize i = block; i < block + BLOCK; i++)
        {
          found |= keys[i] < worst;
          sum += keys[i];
        }
      row->sum += sum;
      if (found == 0)
        continue;
      for (gsize i = block; i < block + BLOCK; i++)
        if (keys[i] < row->keys[NERVE_RIPS_N_NEAREST - 1])
          insert (row, keys[i], i);
    }
}

NERVE_RIPS_TARGET_CLONES (search_row, (const gint16 *keys, gsize length, Row *row), (keys, length, row))

static gboolean
search_rows (gsize begin, gsize end, guint worker, gpointer user_data)
{
  Search *self = user_data;

  for (gsize x = begin; x < end; x++)
    {
      Row row = { .sum = 0 };

      for (guint i = 0; i < NERVE_RIPS_N_NEAREST; i++)
        {
          row.keys[i] = NERVE_RIPS_NO_EDGE;
          row.points[i] = x;
        }
      search_row (nerve_rips_keys_row (self->keys, x), self->keys->stride, &row);
      for (guint i = 0; i < NERVE_RIPS_N_NEAREST; i++)
        self->nearest[x * NERVE_RIPS_N_NEAREST + i] = row.points[i];
      self->sums[x] = row.sum;
    }

  return TRUE;
}

static void
choose_hubs (NerveRipsGuides *self, const gint64 *sums, gsize n)
{
  gint64 best[NERVE_RIPS_N_HUBS];

  for (gsize x = 0; x < n; x++)
    {
      guint place = self->n_hubs;

      while (place > 0 && best[place - 1] > sums[x])
        place--;
      if (place == NERVE_RIPS_N_HUBS)
        continue;
      if (self->n_hubs < NERVE_RIPS_N_HUBS)
        self->n_hubs++;
      for (guint i = self->n_hubs - 1; i > place; i--)
        {
          best[i] = best[i - 1];
          self->hubs[i] = self->hubs[i - 1];
        }
      best[place] = sums[x];
      self->hubs[place] = x;
    }
}

gboolean
nerve_rips_guides_init (NerveRipsGuides *self, const NerveRipsKeys *keys, const NerveProgress *progress,
                        GError **error)
{
  g_autofree gint64 *sums = g_new (gint64, keys->n);
  Search search = { .keys = keys, .sums = sums };

  self->keys = keys;
  self->nearest = g_new (guint32, keys->n * NERVE_RIPS_N_NEAREST);
  self->n_hubs = 0;
  search.nearest = self->nearest;
  if (!nerve_parallel_for (keys->n, ROWS_AT_ONCE, search_rows, &search, progress))
    {
      nerve_rips_guides_clear (self);
      return nerve_progress_set_cancelled (error);
    }

  choose_hubs (self, sums, keys->n);
  return TRUE;
}

void
nerve_rips_guides_clear (NerveRipsGuides *self)
{
  g_clear_pointer (&self->nearest, g_free);
}
