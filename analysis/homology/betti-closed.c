#include "homology/betti-private.h"

#include <string.h>

/* dim H₂(A, B) for A = {≤ η}, B = {< η}. The relative chains are the cells of value exactly η: those of A that are
 * not in B. Over Z/2 it is n₂ − rank ∂₂ − rank ∂₃, with n₂ the number of such squares. In four steps:
 *
 * 1. rank ∂₃. A square bounds at most two cubes of A, and those have value η too: ∂₃ is the incidence matrix of a
 *    graph with the cubes and one ground (for missing ones) as nodes and the squares as edges. Its rank is the size
 *    of a spanning forest F, and the rows of F are independent in it. Since ∂₂∂₃ = 0, every column of ∂₂ in F is a
 *    sum of columns outside F: those in F can go, which leaves n₂ − rank ∂₃.
 * 2. Dually, ∂₁ is the incidence matrix of the voxels of value η and a ground (for those of B), joined by the edges:
 *    since ∂₁∂₂ = 0, the rows of ∂₂ in a spanning forest are sums of other rows, and can go.
 * 3. What is left of ∂₂ has at most four entries in each row and column, all given by geometry: no matrix is stored. A
 *    row or column with a single entry is a pivot that changes nothing else; taking it leaves others with one.
 * 4. The core, where none is left, is small; its rank is found by elimination.
 *
 * That both forests grow along the same axis first (edges along it, cubes stacked along it) makes the core several
 * times smaller than other orders do.
 *
 * A cell is its least corner and the set of directions it spans, a mask of 3 bits: 0 a voxel, 1 2 4 edges, 3 5 6
 * squares, 7 a cube. */

#define N_CELLS 8
#define EDGES   (1 << 1 | 1 << 2 | 1 << 4)
#define CUBE    7

/* Cells, or words of cells, between two questions: a few milliseconds. */
#define WORK_PER_QUESTION 4096

/* In the order in which forests grow; masks of edges from the low end, of squares from the high end. */
static const guint8 edges[] = { 1, 2, 4 };
static const guint8 squares[] = { 6, 5, 3 };

typedef struct
{
  guint32 position;
  guint8  mask;
} Cell;

typedef struct
{
  const NerveBettiGrid *grid;
  guint64              *cells[N_CELLS]; /* of value η and not yet used up; a bit at the least corner */
  guint32              *parent;         /* of positions, the ground last */
  guint32               ground;
  guint32               stride[3];      /* between positions, by direction */
  GArray               *stack;
  guint64               n_pivots;
  guint64               n_worked;
  const NerveProgress  *progress;
} Relative;

static gboolean
is_wanted (Relative *self)
{
  return ++self->n_worked % WORK_PER_QUESTION != 0 || nerve_progress_wanted (self->progress);
}

static inline gboolean
has_cell (const Relative *self,
          guint           mask,
          guint32         position)
{
  return self->cells[mask][position / 64] >> position % 64 & 1;
}

static inline void
drop_cell (Relative *self,
           guint     mask,
           guint32   position)
{
  self->cells[mask][position / 64] &= ~(G_GUINT64_CONSTANT (1) << position % 64);
}

/* bits &= bits, one voxel on in @direction. Reads ahead only: in place. */
static void
meet_next (const NerveBettiGrid *grid,
           guint64              *bits,
           guint                 direction)
{
  if (direction == 2)
    {
      for (gsize w = 0; w < grid->n_words; w++)
        {
          gboolean is_last = (w + 1) % grid->row_words == 0;

          bits[w] &= bits[w] >> 1 | (is_last ? 0 : bits[w + 1] << 63);
        }
      return;
    }

  for (gsize row = 0; row < grid->n_rows; row++)
    {
      gboolean is_last = direction == 1 ? (row + 1) % grid->extent[1] == 0 : row + grid->extent[1] >= grid->n_rows;
      gsize ahead = (direction == 1 ? 1 : grid->extent[1]) * grid->row_words;
      guint64 *words = bits + row * grid->row_words;

      for (gsize w = 0; w < grid->row_words; w++)
        words[w] &= is_last ? 0 : words[w + ahead];
    }
}

/* The cells that span @mask with all corners in @voxels. */
static void
find_cells (const NerveBettiGrid *grid,
            const guint64        *voxels,
            guint                 mask,
            guint64              *out)
{
  memcpy (out, voxels, grid->n_words * sizeof (guint64));
  for (guint direction = 0; direction < 3; direction++)
    if (mask >> direction & 1)
      meet_next (grid, out, direction);
}

static gboolean
find_all_cells (Relative      *self,
                const guint64 *upto,
                const guint64 *below,
                guint64       *words)
{
  gsize n_words = self->grid->n_words;
  guint64 *in_below = words + N_CELLS * n_words;

  for (guint mask = 0; mask < N_CELLS; mask++)
    {
      if (!nerve_progress_wanted (self->progress))
        return FALSE;

      self->cells[mask] = words + mask * n_words;
      find_cells (self->grid, upto, mask, self->cells[mask]);
      find_cells (self->grid, below, mask, in_below);
      for (gsize w = 0; w < n_words; w++)
        self->cells[mask][w] &= ~in_below[w];
    }

  return TRUE;
}

static inline guint32
find (guint32 *parent,
      guint32  x)
{
  while (parent[x] != x)
    x = parent[x] = parent[parent[x]];

  return x;
}

/* The two nodes that an edge or square joins: the voxels at its ends, or the cubes on its sides. */
static inline void
get_ends (const Relative *self,
          guint           mask,
          guint32         position,
          guint32         ends[2])
{
  gboolean is_edge = EDGES >> mask & 1;
  guint node = is_edge ? 0 : CUBE;
  guint32 stride = self->stride[(mask ^ node) >> 1]; /* 1, 2, 4: direction 0, 1, 2 */
  gboolean has_second = is_edge || position >= stride;
  guint32 second = is_edge ? position + stride : position - stride;

  ends[0] = has_cell (self, node, position) ? position : self->ground;
  ends[1] = has_second && has_cell (self, node, second) ? second : self->ground;
}

/* Drops those cells of the word that join two trees of nodes; returns how many stay. */
static inline guint
drop_joining (Relative *self,
              guint     mask,
              gsize     w)
{
  guint n_left = 0;

  for (guint64 word = self->cells[mask][w]; word != 0; word &= word - 1)
    {
      guint32 position = w * 64 + __builtin_ctzll (word);
      guint32 ends[2], a, b;

      get_ends (self, mask, position, ends);
      a = find (self->parent, ends[0]);
      b = find (self->parent, ends[1]);
      if (a == b)
        {
          n_left++;
          continue;
        }
      self->parent[MIN (a, b)] = MAX (a, b);
      drop_cell (self, mask, position);
    }

  return n_left;
}

/* Drops a spanning forest of the graph whose edges are the cells with the three @masks; @n_left: how many stay. */
static gboolean
drop_forest (Relative     *self,
             const guint8  masks[3],
             guint64      *n_left)
{
  for (gsize w = 0; w < self->grid->n_words; w++)
    {
      if (!is_wanted (self))
        return FALSE;
      for (guint32 k = 0; k < 64; k++)
        self->parent[w * 64 + k] = w * 64 + k;
    }
  self->parent[self->ground] = self->ground;

  *n_left = 0;
  for (guint m = 0; m < 3; m++)
    for (gsize w = 0; w < self->grid->n_words; w++)
      {
        if (!is_wanted (self))
          return FALSE;
        *n_left += drop_joining (self, masks[m], w);
      }

  return TRUE;
}

/* The squares left that an edge bounds, or the edges left that bound a square. */
static inline guint
get_neighbours (const Relative *self,
                Cell            cell,
                Cell            out[NERVE_BETTI_ENTRIES])
{
  gboolean is_edge = EDGES >> cell.mask & 1;
  guint n = 0;

  for (guint direction = 0; direction < 3; direction++)
    {
      guint32 stride = self->stride[direction];
      guint mask = cell.mask ^ 1 << direction;

      if ((cell.mask >> direction & 1) == is_edge)
        continue;
      if (has_cell (self, mask, cell.position))
        out[n++] = (Cell) { cell.position, mask };
      if (is_edge && cell.position >= stride && has_cell (self, mask, cell.position - stride))
        out[n++] = (Cell) { cell.position - stride, mask };
      if (!is_edge && has_cell (self, mask, cell.position + stride))
        out[n++] = (Cell) { cell.position + stride, mask };
    }

  return n;
}

/* Takes pivots from @cell on as long as some row or column has a single entry; empty ones go. */
static gboolean
take_pivots (Relative *self,
             Cell      cell)
{
  g_array_append_val (self->stack, cell);
  while (self->stack->len > 0)
    {
      Cell top = g_array_index (self->stack, Cell, self->stack->len - 1);
      Cell partner[NERVE_BETTI_ENTRIES], others[NERVE_BETTI_ENTRIES];
      guint n;

      g_array_set_size (self->stack, self->stack->len - 1);
      if (!is_wanted (self))
        return FALSE;
      if (!has_cell (self, top.mask, top.position) || (n = get_neighbours (self, top, partner)) > 1)
        continue;

      drop_cell (self, top.mask, top.position);
      if (n == 0)
        continue;
      drop_cell (self, partner[0].mask, partner[0].position);
      self->n_pivots++;
      n = get_neighbours (self, partner[0], others);
      g_array_append_vals (self->stack, others, n);
    }

  return TRUE;
}

static gboolean
take_all_pivots (Relative *self)
{
  for (gsize w = 0; w < self->grid->n_words; w++)
    for (guint mask = 1; mask < CUBE; mask++)
      for (guint64 word = self->cells[mask][w]; word != 0; word &= word - 1)
        if (!take_pivots (self, (Cell) { w * 64 + __builtin_ctzll (word), mask }))
          return FALSE;

  return TRUE;
}

/* Number of an edge among those left: by word, then direction, then position. @base: those in earlier words. */
static inline guint32
get_row (const Relative *self,
         const guint32  *base,
         Cell            edge)
{
  gsize w = edge.position / 64;
  guint64 before = (G_GUINT64_CONSTANT (1) << edge.position % 64) - 1;
  guint32 row = base[w];

  for (guint m = 0; edges[m] != edge.mask; m++)
    row += __builtin_popcountll (self->cells[edges[m]][w]);

  return row + __builtin_popcountll (self->cells[edge.mask][w] & before);
}

static void
fill_column (const Relative *self,
             const guint32  *base,
             Cell            square,
             guint32         entries[NERVE_BETTI_ENTRIES])
{
  Cell bounds[NERVE_BETTI_ENTRIES];
  guint n = get_neighbours (self, square, bounds);

  for (guint k = 0; k < NERVE_BETTI_ENTRIES; k++)
    entries[k] = k < n ? get_row (self, base, bounds[k]) : NERVE_BETTI_NO_ROW;
}

/* Rank of the squares and edges left. */
static gboolean
reduce_core (Relative            *self,
             NerveBettiRelative  *scratch,
             guint64              enough,
             guint64             *rank,
             GError             **error)
{
  gsize n_words = self->grid->n_words, n_columns = 0, column = 0;
  guint32 n_rows = 0;
  guint32 *base = nerve_betti_buffer_get (&scratch->base, n_words, sizeof (guint32), error);
  guint32 *entries;

  if (base == NULL)
    return FALSE;
  for (gsize w = 0; w < n_words; w++)
    {
      base[w] = n_rows;
      for (guint m = 0; m < 3; m++)
        {
          n_rows += __builtin_popcountll (self->cells[edges[m]][w]);
          n_columns += __builtin_popcountll (self->cells[squares[m]][w]);
        }
    }

  entries = nerve_betti_buffer_get (&scratch->columns, n_columns, NERVE_BETTI_ENTRIES * sizeof (guint32), error);
  if (entries == NULL)
    return FALSE;
  for (gsize w = 0; w < n_words; w++)
    {
      if (!is_wanted (self))
        return nerve_progress_set_cancelled (error);
      for (guint m = 0; m < 3; m++)
        for (guint64 word = self->cells[squares[m]][w]; word != 0; word &= word - 1)
          fill_column (self, base, (Cell) { w * 64 + __builtin_ctzll (word), squares[m] },
                       entries + NERVE_BETTI_ENTRIES * column++);
    }

  return nerve_betti_rank (&scratch->rank, entries, n_columns, n_rows, enough, rank, self->progress, error);
}

static gboolean
find_dimension (Relative            *self,
                NerveBettiRelative  *scratch,
                guint64              least,
                guint64             *dimension,
                GError             **error)
{
  guint64 n_columns, n_rows, rank;

  if (!drop_forest (self, edges, &n_rows) ||
      !drop_forest (self, squares, &n_columns) ||
      !take_all_pivots (self))
    return nerve_progress_set_cancelled (error);
  if (!reduce_core (self, scratch, n_columns - self->n_pivots - least, &rank, error))
    return FALSE;

  *dimension = n_columns - self->n_pivots - rank;
  return TRUE;
}

void
nerve_betti_relative_clear (NerveBettiRelative *self)
{
  nerve_betti_buffer_clear (&self->cells);
  nerve_betti_buffer_clear (&self->parent);
  nerve_betti_buffer_clear (&self->base);
  nerve_betti_buffer_clear (&self->columns);
  nerve_betti_buffer_clear (&self->rank);
}

gboolean
nerve_betti_relative_second (NerveBettiRelative    *scratch,
                             const NerveBettiGrid  *grid,
                             const guint64         *upto,
                             const guint64         *below,
                             guint64                least,
                             guint64               *dimension,
                             const NerveProgress   *progress,
                             GError               **error)
{
  Relative self = { .grid = grid, .ground = grid->n_words * 64, .progress = progress };
  guint64 *words = nerve_betti_buffer_get (&scratch->cells, N_CELLS + 1, grid->n_words * sizeof (guint64), error);
  gboolean ok;

  if (words == NULL)
    return FALSE;
  self.parent = nerve_betti_buffer_get (&scratch->parent, self.ground + (gsize) 1, sizeof (guint32), error);
  if (self.parent == NULL)
    return FALSE;
  if (!find_all_cells (&self, upto, below, words))
    return nerve_progress_set_cancelled (error);

  self.stride[2] = 1;
  self.stride[1] = 64 * grid->row_words;
  self.stride[0] = self.stride[1] * grid->extent[1];
  self.stack = g_array_new (FALSE, FALSE, sizeof (Cell));
  ok = find_dimension (&self, scratch, least, dimension, error);
  g_array_unref (self.stack);
  return ok;
}
