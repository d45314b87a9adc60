#include "textbook-cubical.h"

#include <math.h>

typedef struct
{
  int    dimension;
  double value;
  gsize  index; /* on the grid of all cells, twice the volume's less one */
} Cell;

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const Cell *x = a, *y = b;

  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  if (x->dimension != y->dimension)
    return x->dimension - y->dimension;
  return (x->index > y->index) - (x->index < y->index);
}

static Cell
make_cell (const double *volume,
           const gsize   shape[3],
           const gsize   at[3])
{
  Cell cell = { 0, -INFINITY, 0 };

  for (guint d = 0; d < 3; d++)
    {
      cell.dimension += at[d] % 2;
      cell.index = cell.index * (2 * shape[d] - 1) + at[d];
    }
  for (guint corner = 0; corner < 8; corner++)
    {
      gsize voxel = 0;

      for (guint d = 0; d < 3; d++)
        voxel = voxel * shape[d] + (at[d] + (corner >> d & at[d] & 1)) / 2;
      cell.value = MAX (cell.value, volume[voxel]);
    }

  return cell;
}

/* All cells in the order in which they enter. */
static GArray *
make_cells (const double *volume,
            const gsize   shape[3])
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  gsize at[3];

  for (at[0] = 0; at[0] < 2 * shape[0] - 1; at[0]++)
    for (at[1] = 0; at[1] < 2 * shape[1] - 1; at[1]++)
      for (at[2] = 0; at[2] < 2 * shape[2] - 1; at[2]++)
        {
          Cell cell = make_cell (volume, shape, at);

          g_array_append_val (cells, cell);
        }

  g_array_sort (cells, compare_cells);
  return cells;
}

/* The boundary of a cell, one bit a cell in order of entering. */
static void
set_boundary (guint64       *column,
              const Cell    *cell,
              const gsize    shape[3],
              const guint32 *order)
{
  gsize stride = 1;

  for (guint d = 3; d-- > 0;)
    {
      gsize extent = 2 * shape[d] - 1;

      if (cell->index / stride % extent % 2 == 1)
        for (int side = -1; side <= 1; side += 2)
          {
            guint32 face = order[cell->index + side * (gssize) stride];

            column[face / 64] |= G_GUINT64_CONSTANT (1) << face % 64;
          }
      stride *= extent;
    }
}

static gssize
find_last (const guint64 *column,
           gsize          n_words)
{
  for (gsize w = n_words; w-- > 0;)
    if (column[w] != 0)
      return w * 64 + 63 - __builtin_clzll (column[w]);

  return -1;
}

static void
add_bar (GArray *bars,
         int     dimension,
         double  birth,
         double  death)
{
  NerveBar bar = { dimension, birth, death };

  if (birth < death)
    g_array_append_val (bars, bar);
}

NerveDiagram *
textbook_cubical (const double *volume,
                  const gsize   shape[3])
{
  g_autoptr (GArray) cells = make_cells (volume, shape);
  const Cell *cell = (const Cell *) (gpointer) cells->data;
  gsize n = cells->len, n_words = (n + 63) / 64;
  g_autofree guint32 *order = g_new (guint32, n);
  g_autofree gssize *owner = g_new (gssize, n);
  g_autofree gboolean *paired = g_new0 (gboolean, n);
  g_autofree guint64 *columns = g_new0 (guint64, n * n_words);
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (NerveBar));

  for (gsize k = 0; k < n; k++)
    order[cell[k].index] = k, owner[k] = -1;
  for (gsize k = 0; k < n; k++)
    {
      guint64 *column = columns + k * n_words;
      gssize last;

      set_boundary (column, &cell[k], shape, order);
      while ((last = find_last (column, n_words)) >= 0 && owner[last] >= 0)
        for (gsize w = 0; w < n_words; w++)
          column[w] ^= columns[owner[last] * n_words + w];
      if (last < 0)
        continue;
      owner[last] = k;
      paired[last] = paired[k] = TRUE;
      add_bar (bars, cell[last].dimension, cell[last].value, cell[k].value);
    }
  for (gsize k = 0; k < n; k++)
    if (!paired[k])
      add_bar (bars, cell[k].dimension, cell[k].value, INFINITY);

  return nerve_diagram_new_take (bars, 2);
}
