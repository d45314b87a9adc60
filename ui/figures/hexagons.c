#include "figures/hexagons.h"

#include <math.h>

#include "figures/color.h"

#define FAINTEST .16
#define STRONGEST .8

typedef struct { int column, row; guint count; } Cell;

/* Two interlocked rectangular lattices; the nearer centre is the cell's. Rows 1.5 and columns √3 radii apart. */
static void
cell_of (NerveDot dot, double radius, int *column, int *row)
{
  double dx = radius * sqrt (3);
  double dy = radius * 1.5;
  double best = INFINITY;
  int near = (int) floor (dot.y / dy);

  for (int r = near; r <= near + 1; r++)
    {
      double shift = r & 1 ? .5 : 0;
      int c = (int) lrint (dot.x / dx - shift);
      double x = (c + shift) * dx - dot.x;
      double y = r * dy - dot.y;

      if (x * x + y * y < best)
        {
          best = x * x + y * y;
          *column = c;
          *row = r;
        }
    }
}

static guint
hash_cell (gconstpointer key)
{
  const Cell *cell = key;

  return (guint) cell->row * 65537u + (guint) cell->column;
}

static gboolean
equal_cells (gconstpointer a, gconstpointer b)
{
  const Cell *one = a;
  const Cell *other = b;

  return one->column == other->column && one->row == other->row;
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *one = *(const Cell **) a;
  const Cell *other = *(const Cell **) b;

  return one->row != other->row ? one->row - other->row : one->column - other->column;
}

static void
add_hexagon (cairo_t *cr, double x, double y, double radius)
{
  for (int corner = 0; corner < 6; corner++)
    {
      double angle = (corner + .5) * G_PI / 3;

      if (corner == 0)
        cairo_move_to (cr, x + radius * cos (angle), y + radius * sin (angle));
      else
        cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

void
nerve_hexagons_paint (cairo_t *cr, const NerveDot *dots, gsize n, double radius, NerveColor ink, NerveColor paper)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_cell, equal_cells);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint most = 1;

  for (gsize i = 0; i < n; i++)
    {
      Cell key = { .count = 0 };
      Cell *cell;

      cell_of (dots[i], radius, &key.column, &key.row);
      cell = g_hash_table_lookup (seen, &key);
      if (cell == NULL)
        {
          cell = g_memdup2 (&key, sizeof key);
          g_ptr_array_add (cells, cell);
          g_hash_table_add (seen, cell);
        }
      most = MAX (most, ++cell->count);
    }

  g_ptr_array_sort (cells, compare_cells);
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = g_ptr_array_index (cells, i);
      double share = log1p (cell->count) / log1p (most);

      nerve_color_set (cr, nerve_color_mix (ink, paper, FAINTEST + (STRONGEST - FAINTEST) * share));
      add_hexagon (cr, (cell->column + (cell->row & 1 ? .5 : 0)) * radius * sqrt (3), cell->row * 1.5 * radius,
                   .94 * radius);
      cairo_fill (cr);
    }
}
