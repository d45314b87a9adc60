#include "mapper/cells.h"

#include <string.h>

typedef struct
{
  guint first[2]; /* [first, last) of each lens */
  guint last[2];
} Place;

static Place *
locate_points (gsize n, const double *const values[2], NerveInterval *const intervals[2], const guint n_intervals[2])
{
  Place *places = g_new (Place, n);

  for (gsize i = 0; i < n; i++)
    {
      places[i] = (Place) { { 0, 0 }, { 1, 1 } };
      for (guint lens = 0; lens < 2 && values[lens] != NULL; lens++)
        nerve_cover_locate (intervals[lens], n_intervals[lens], values[lens][i], &places[i].first[lens],
                            &places[i].last[lens]);
    }

  return places;
}

static void
count_members (NerveCells *self, const Place *places, gsize n, guint columns)
{
  self->offsets = g_new0 (gsize, self->n + 1);
  for (gsize i = 0; i < n; i++)
    for (guint a = places[i].first[0]; a < places[i].last[0]; a++)
      for (guint b = places[i].first[1]; b < places[i].last[1]; b++)
        self->offsets[a * columns + b + 1]++;
  for (guint cell = 0; cell < self->n; cell++)
    self->offsets[cell + 1] += self->offsets[cell];
}

/* Points in the order of @rows (NULL: as they come); what is written is the row or the position. */
static guint32 *
deal (const NerveCells *self, const Place *places, gsize n, guint columns, const guint32 *rows)
{
  guint32 *out = g_new (guint32, self->offsets[self->n]);
  g_autofree gsize *next = g_memdup2 (self->offsets, (self->n + 1) * sizeof (gsize));

  for (gsize i = 0; i < n; i++)
    {
      const Place *place = &places[rows != NULL ? rows[i] : i];

      for (guint a = place->first[0]; a < place->last[0]; a++)
        for (guint b = place->first[1]; b < place->last[1]; b++)
          out[next[a * columns + b]++] = i;
    }

  return out;
}

void
nerve_cells_init (NerveCells *self, gsize n_points, const double *const values[2], NerveInterval *const intervals[2],
                  const guint n_intervals[2], const guint32 *rows)
{
  guint columns = values[1] != NULL ? n_intervals[1] : 1;
  g_autofree Place *places = locate_points (n_points, values, intervals, n_intervals);

  self->n = n_intervals[0] * columns;
  count_members (self, places, n_points, columns);
  self->rows = deal (self, places, n_points, columns, NULL);
  self->positions = deal (self, places, n_points, columns, rows);
}

void
nerve_cells_clear (NerveCells *self)
{
  g_clear_pointer (&self->offsets, g_free);
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->positions, g_free);
}
