#include "homology/betti-private.h"

#include <string.h>

/* Rows with at least this many entries wait in one list. */
#define N_DEGREES 16

/* Entries looked at between two questions: a few milliseconds. */
#define WORK_PER_QUESTION 65536

/* A short list of numbers; while they are short, they lie in scratch memory. */
typedef struct
{
  guint32 *items;
  guint32  n;
  guint32  capacity;
} List;

typedef struct
{
  List                *columns; /* their rows, ascending */
  List                *rows;    /* their columns */
  gsize                n_columns;
  gsize                n_rows;
  gsize                n_lists; /* of both, as far as they are set up */
  GArray              *degrees[N_DEGREES]; /* rows by number of entries; stale ones among them */
  guint32             *sum;
  guint32              sum_capacity;
  gsize                n_worked;
  gsize                n_asked; /* n_worked at the last question */
  const NerveProgress *progress;
} Matrix;

static gboolean
matrix_is_wanted (Matrix *self,
                  gsize   work)
{
  self->n_worked += work;
  if (self->n_worked - self->n_asked < WORK_PER_QUESTION)
    return TRUE;

  self->n_asked = self->n_worked;
  return nerve_progress_wanted (self->progress);
}

static void
list_reserve (List    *self,
              guint32  n)
{
  guint32 *items;

  if (n <= self->capacity)
    return;

  items = g_new (guint32, MAX (n, self->capacity * 2));
  memcpy (items, self->items, self->n * sizeof (guint32));
  if (self->capacity > NERVE_BETTI_ENTRIES)
    g_free (self->items);
  self->items = items;
  self->capacity = MAX (n, self->capacity * 2);
}

static void
list_clear (List *self)
{
  if (self->capacity > NERVE_BETTI_ENTRIES)
    g_free (self->items);
  *self = (List) { NULL, 0, 0 };
}

static void
list_add (List    *self,
          guint32  item)
{
  list_reserve (self, self->n + 1);
  self->items[self->n++] = item;
}

static void
list_remove (List    *self,
             guint32  item)
{
  for (guint32 k = 0; k < self->n; k++)
    if (self->items[k] == item)
      {
        self->items[k] = self->items[--self->n];
        return;
      }
}

/* A row is listed anew whenever its number of entries may have changed. */
static void
matrix_list_row (Matrix  *self,
                 guint32  row)
{
  guint32 degree = self->rows[row].n;

  if (degree > 0)
    g_array_append_val (self->degrees[MIN (degree, N_DEGREES) - 1], row);
}

static void
matrix_fill_column (Matrix        *self,
                    guint32        c,
                    const guint32 *entries)
{
  List *column = &self->columns[c];

  for (guint k = 0; k < NERVE_BETTI_ENTRIES; k++)
    {
      guint32 row = entries[k];
      guint32 place = column->n;

      if (row == NERVE_BETTI_NO_ROW)
        continue;
      list_add (&self->rows[row], c);
      list_add (column, row);
      for (; place > 0 && column->items[place - 1] > row; place--)
        column->items[place] = column->items[place - 1];
      column->items[place] = row;
    }
}

static gboolean
matrix_init (Matrix               *self,
             NerveBettiBuffer     *scratch,
             gsize                 n_columns,
             gsize                 n_rows,
             const NerveProgress  *progress,
             GError              **error)
{
  gsize list_size = sizeof (List) + NERVE_BETTI_ENTRIES * sizeof (guint32);

  *self = (Matrix) { .progress = progress };
  self->columns = nerve_betti_buffer_get (scratch, n_columns + n_rows, list_size, error);
  if (self->columns == NULL)
    return FALSE;

  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->rows = self->columns + n_columns;
  for (guint d = 0; d < N_DEGREES; d++)
    self->degrees[d] = g_array_new (FALSE, FALSE, sizeof (guint32));

  return TRUE;
}

static gboolean
matrix_fill (Matrix        *self,
             const guint32 *entries)
{
  gsize n_lists = self->n_columns + self->n_rows;
  guint32 *items = (guint32 *) (gpointer) (self->columns + n_lists);

  for (; self->n_lists < n_lists; self->n_lists++, items += NERVE_BETTI_ENTRIES)
    {
      if (!matrix_is_wanted (self, 1))
        return FALSE;
      self->columns[self->n_lists] = (List) { items, 0, NERVE_BETTI_ENTRIES };
    }
  for (gsize c = 0; c < self->n_columns; c++)
    {
      if (!matrix_is_wanted (self, NERVE_BETTI_ENTRIES))
        return FALSE;
      matrix_fill_column (self, c, entries + c * NERVE_BETTI_ENTRIES);
    }
  for (gsize r = 0; r < self->n_rows; r++)
    {
      if (!matrix_is_wanted (self, 1))
        return FALSE;
      matrix_list_row (self, r);
    }

  return TRUE;
}

static void
matrix_clear (Matrix *self)
{
  for (gsize k = 0; k < self->n_lists; k++)
    list_clear (&self->columns[k]);
  for (guint d = 0; d < N_DEGREES; d++)
    g_clear_pointer (&self->degrees[d], g_array_unref);
  g_clear_pointer (&self->sum, g_free);
}

/* A row with the fewest entries. */
static gboolean
matrix_pick_row (Matrix  *self,
                 guint32 *row)
{
  for (guint d = 0; d < N_DEGREES; d++)
    while (self->degrees[d]->len > 0)
      {
        guint32 candidate = g_array_index (self->degrees[d], guint32, self->degrees[d]->len - 1);
        guint32 degree = self->rows[candidate].n;

        g_array_set_size (self->degrees[d], self->degrees[d]->len - 1);
        if (MIN (degree, N_DEGREES) == d + 1)
          {
            *row = candidate;
            return TRUE;
          }
      }

  return FALSE;
}

/* Adds column @a to column @b. Row @pivot, which loses @b by it, is left to the caller. */
static void
matrix_add_column (Matrix  *self,
                   guint32  a,
                   guint32  b,
                   guint32  pivot)
{
  const List *x = &self->columns[a];
  List *y = &self->columns[b];
  guint32 n = 0, p = 0, q = 0;

  if (x->n + y->n > self->sum_capacity)
    {
      self->sum_capacity = 2 * (x->n + y->n);
      self->sum = g_renew (guint32, self->sum, self->sum_capacity);
    }

  while (p < x->n || q < y->n)
    {
      if (p == x->n || (q < y->n && y->items[q] < x->items[p]))
        self->sum[n++] = y->items[q++];
      else if (q == y->n || x->items[p] < y->items[q])
        {
          list_add (&self->rows[x->items[p]], b);
          self->sum[n++] = x->items[p++];
        }
      else
        {
          if (x->items[p] != pivot)
            list_remove (&self->rows[x->items[p]], b);
          p++, q++;
        }
    }

  y->n = 0;
  list_reserve (y, n);
  memcpy (y->items, self->sum, n * sizeof (guint32));
  y->n = n;
  self->n_worked += x->n + n;
}

/* Takes the entry of @pivot in its shortest column: clears the row, drops both. The rows of that column are all that
 * change. */
static void
matrix_eliminate (Matrix  *self,
                  guint32  pivot)
{
  List *row = &self->rows[pivot];
  guint32 shortest = row->items[0];

  for (guint32 k = 1; k < row->n; k++)
    if (self->columns[row->items[k]].n < self->columns[shortest].n)
      shortest = row->items[k];

  for (guint32 k = 0; k < row->n; k++)
    if (row->items[k] != shortest)
      matrix_add_column (self, shortest, row->items[k], pivot);

  for (guint32 k = 0; k < self->columns[shortest].n; k++)
    {
      guint32 other = self->columns[shortest].items[k];

      if (other == pivot)
        continue;
      list_remove (&self->rows[other], shortest);
      matrix_list_row (self, other);
    }
  list_clear (&self->columns[shortest]);
  list_clear (row);
}

/* Pivots until none is left, or there are @enough. */
static gboolean
matrix_reduce (Matrix  *self,
               guint64  enough,
               guint64 *rank)
{
  guint32 pivot;

  while (*rank < enough && matrix_pick_row (self, &pivot))
    {
      if (!matrix_is_wanted (self, 1))
        return FALSE;
      matrix_eliminate (self, pivot);
      *rank += 1;
    }

  return TRUE;
}

gboolean
nerve_betti_rank (NerveBettiBuffer     *scratch,
                  const guint32        *entries,
                  gsize                 n_columns,
                  gsize                 n_rows,
                  guint64               enough,
                  guint64              *rank,
                  const NerveProgress  *progress,
                  GError              **error)
{
  Matrix matrix;
  gboolean done;

  *rank = 0;
  if (!matrix_init (&matrix, scratch, n_columns, n_rows, progress, error))
    return FALSE;

  done = matrix_fill (&matrix, entries) && matrix_reduce (&matrix, enough, rank);
  matrix_clear (&matrix);
  return done || nerve_progress_set_cancelled (error);
}
