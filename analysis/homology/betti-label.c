#include "homology/betti-private.h"

#include <string.h>

/* The popcount instruction is younger than the baseline of amd64. (What chooses between clones runs before
 * ThreadSanitizer is ready for it.) */
#if defined (__x86_64__) && defined (__GLIBC__) && !defined (__SANITIZE_THREAD__)
# define WITH_POPCOUNT __attribute__ ((target_clones ("popcnt", "default")))
#else
# define WITH_POPCOUNT
#endif

/* Some 100 µs of rows, unless they are very long. */
#define ROWS_PER_QUESTION 64

/* Plain arrays while a volume is labelled. The set's words are "bits" with @flip applied: 0, or all ones for the
 * complement. */
typedef struct
{
  const NerveBettiGrid *grid;
  const guint64        *bits;
  guint64               flip;
  guint64              *starts; /* first voxels of runs */
  guint32              *base;   /* of each word: labels given before it */
  guint32              *parent;
  guint64               n_joins;
} Labelling;

static G_ALWAYS_INLINE inline guint64
word_at (const Labelling *self,
         gsize            row,
         gsize            word)
{
  const NerveBettiGrid *grid = self->grid;
  guint64 value = self->bits[row * grid->row_words + word] ^ self->flip;

  return word + 1 == grid->row_words ? value & grid->tail : value;
}

static G_ALWAYS_INLINE inline guint32
find (guint32 *parent,
      guint32  x)
{
  while (parent[x] != x)
    x = parent[x] = parent[parent[x]];

  return x;
}

/* The smaller label stays the root, so that label 0 stays the outside's. */
static G_ALWAYS_INLINE inline void
join (Labelling *self,
      guint32    a,
      guint32    b)
{
  a = find (self->parent, a);
  b = find (self->parent, b);
  if (a == b)
    return;

  self->parent[MAX (a, b)] = MIN (a, b);
  self->n_joins++;
}

/* Label of the run that holds @bit of @word (an index over all rows). */
static G_ALWAYS_INLINE inline guint32
label_at (const guint64 *starts,
          const guint32 *base,
          gsize          word,
          guint          bit)
{
  return base[word] + __builtin_popcountll (starts[word] & (G_MAXUINT64 >> (63 - bit))) - 1;
}

/* Label of the last run that starts before @bit. */
static G_ALWAYS_INLINE inline guint32
label_before (const guint64 *starts,
              const guint32 *base,
              gsize          word,
              guint          bit)
{
  return base[word] + __builtin_popcountll (starts[word] & ((G_GUINT64_CONSTANT (1) << bit) - 1)) - 1;
}

/* Gives each run of row @row a label of its own, from @next on. */
static G_ALWAYS_INLINE inline guint32
start_row (Labelling *self,
           gsize      row,
           guint32    next)
{
  gsize row_words = self->grid->row_words;
  guint64 carry = 0;

  for (gsize w = 0; w < row_words; w++)
    {
      guint64 x = word_at (self, row, w);
      guint64 starts = x & ~(x << 1 | carry);
      guint n = __builtin_popcountll (starts);

      self->starts[row * row_words + w] = starts;
      self->base[row * row_words + w] = next;
      for (guint k = 0; k < n; k++)
        self->parent[next + k] = next + k;
      next += n;
      carry = x >> 63;
    }

  return next;
}

/* Joins runs of the two rows that share a place; returns how many stretches they share. */
static G_ALWAYS_INLINE inline guint
join_overlaps (Labelling *self,
               gsize      row,
               gsize      other)
{
  gsize row_words = self->grid->row_words;
  guint64 carry = 0;
  guint n = 0;

  for (gsize w = 0; w < row_words; w++)
    {
      guint64 shared = word_at (self, row, w) & word_at (self, other, w);
      guint64 starts = shared & ~(shared << 1 | carry);

      carry = shared >> 63;
      for (; starts != 0; starts &= starts - 1, n++)
        {
          guint bit = __builtin_ctzll (starts);

          join (self,
                label_at (self->starts, self->base, row * row_words + w, bit),
                label_at (self->starts, self->base, other * row_words + w, bit));
        }
    }

  return n;
}

/* Joins runs that meet at a corner: one ends just before the other starts. What overlaps besides is joined above. */
static G_ALWAYS_INLINE inline void
join_corners (Labelling *self,
              gsize      row,
              gsize      other)
{
  gsize row_words = self->grid->row_words;
  guint64 carry_x = 0, carry_y = 0;

  for (gsize w = 0; w < row_words; w++)
    {
      gsize i = row * row_words + w, j = other * row_words + w;
      guint64 x = word_at (self, row, w), y = word_at (self, other, w);
      guint64 after_x = ~x & (x << 1 | carry_x), after_y = ~y & (y << 1 | carry_y);

      for (guint64 meet = after_x & self->starts[j]; meet != 0; meet &= meet - 1)
        {
          guint bit = __builtin_ctzll (meet);

          join (self, label_before (self->starts, self->base, i, bit), label_at (self->starts, self->base, j, bit));
        }
      for (guint64 meet = after_y & self->starts[i]; meet != 0; meet &= meet - 1)
        {
          guint bit = __builtin_ctzll (meet);

          join (self, label_at (self->starts, self->base, i, bit), label_before (self->starts, self->base, j, bit));
        }
      carry_x = x >> 63;
      carry_y = y >> 63;
    }
}

/* Stretches that a row shares with the three before it: squares across minus cubes. */
static G_ALWAYS_INLINE inline guint
count_blocks (const Labelling *self,
              gsize            row)
{
  gsize row_words = self->grid->row_words, below = self->grid->extent[1];
  guint64 carry = 0;
  guint n = 0;

  for (gsize w = 0; w < row_words; w++)
    {
      guint64 shared = (word_at (self, row, w) & word_at (self, row - 1, w) &
                        word_at (self, row - below, w) & word_at (self, row - below - 1, w));

      n += __builtin_popcountll (shared & ~(shared << 1 | carry));
      carry = shared >> 63;
    }

  return n;
}

/* A row has vertices − edges = its runs, and so has every set of stretches that rows share: with @row's own
 * neighbours before it, χ = runs − overlaps with each of two rows + overlaps of all four. */
WITH_POPCOUNT static gboolean
label_inside (Labelling           *self,
              guint32             *n_labels,
              gint64              *euler,
              const NerveProgress *progress)
{
  gsize below = self->grid->extent[1];
  guint32 next = 0;
  gint64 n_overlaps = 0, n_blocks = 0;

  for (gsize row = 0; row < self->grid->n_rows; row++)
    {
      gboolean has_left = row % below != 0, has_below = row >= below;

      if (row % ROWS_PER_QUESTION == 0 && !nerve_progress_wanted (progress))
        return FALSE;

      next = start_row (self, row, next);
      if (has_left)
        n_overlaps += join_overlaps (self, row, row - 1);
      if (has_below)
        n_overlaps += join_overlaps (self, row, row - below);
      if (has_left && has_below)
        n_blocks += count_blocks (self, row);
    }

  *n_labels = next;
  *euler = (gint64) next - n_overlaps + n_blocks;
  return TRUE;
}

/* Every voxel of a border row has a neighbour outside. */
static G_ALWAYS_INLINE inline void
join_border_row (Labelling *self,
                 guint32    first,
                 guint32    next)
{
  for (guint32 label = first; label < next; label++)
    self->parent[label] = 0;
  self->n_joins += next - first;
}

static G_ALWAYS_INLINE inline void
join_row_ends (Labelling *self,
               gsize      row,
               guint32    first,
               guint32    next)
{
  gsize row_words = self->grid->row_words;
  guint last = (self->grid->extent[2] - 1) % 64;

  if (word_at (self, row, 0) & 1)
    join (self, 0, first);
  if (word_at (self, row, row_words - 1) >> last & 1)
    join (self, 0, next - 1);
}

static G_ALWAYS_INLINE inline void
join_neighbours (Labelling *self,
                 gsize      row,
                 gsize      other)
{
  join_overlaps (self, row, other);
  join_corners (self, row, other);
}

WITH_POPCOUNT static gboolean
label_outside (Labelling           *self,
               guint32             *n_labels,
               const NerveProgress *progress)
{
  const NerveBettiGrid *grid = self->grid;
  gsize below = grid->extent[1];
  guint32 next = 1;

  self->parent[0] = 0;
  for (gsize row = 0; row < grid->n_rows; row++)
    {
      gsize i = row / below, j = row % below;
      guint32 first = next;

      if (row % ROWS_PER_QUESTION == 0 && !nerve_progress_wanted (progress))
        return FALSE;

      next = start_row (self, row, next);
      if (i == 0 || i + 1 == grid->extent[0] || j == 0 || j + 1 == below)
        join_border_row (self, first, next);
      else
        join_row_ends (self, row, first, next);

      /* A border row needs its neighbours all the same: they may be inner ones. */
      if (j > 0)
        join_neighbours (self, row, row - 1);
      if (i > 0)
        join_neighbours (self, row, row - below);
      if (i > 0 && j > 0)
        join_neighbours (self, row, row - below - 1);
      if (i > 0 && j + 1 < below)
        join_neighbours (self, row, row - below + 1);
    }

  *n_labels = next;
  return TRUE;
}

WITH_POPCOUNT static guint64
count_runs (const Labelling *self)
{
  const NerveBettiGrid *grid = self->grid;
  guint64 n = 0;

  for (gsize row = 0; row < grid->n_rows; row++)
    {
      guint64 carry = 0;

      for (gsize w = 0; w < grid->row_words; w++)
        {
          guint64 x = word_at (self, row, w);

          n += __builtin_popcountll (x & ~(x << 1 | carry));
          carry = x >> 63;
        }
    }

  return n;
}

/* Neighbouring bits have one label: the first of each stretch will do. */
WITH_POPCOUNT static guint64
mark (const NerveBettiLabels *self,
      const NerveBettiGrid   *grid,
      const guint64          *marks,
      guint8                 *marked)
{
  guint64 n = 0;

  for (gsize w = 0; w < grid->n_words; w++)
    for (guint64 first = marks[w] & ~(marks[w] << 1); first != 0; first &= first - 1)
      {
        guint32 label = label_at (self->starts.data, self->base.data, w, __builtin_ctzll (first));
        guint32 root = find (self->parent.data, label);

        n += !marked[root];
        marked[root] = 1;
      }

  return n;
}

static gboolean
labelling_init (Labelling             *self,
                NerveBettiLabels      *labels,
                const NerveBettiGrid  *grid,
                const guint64         *bits,
                guint64                flip,
                GError               **error)
{
  gsize n_labels;

  *self = (Labelling) { .grid = grid, .bits = bits, .flip = flip };
  n_labels = count_runs (self) + 1; /* and the outside */

  return (self->starts = nerve_betti_buffer_get (&labels->starts, grid->n_words, sizeof (guint64), error)) != NULL &&
         (self->base = nerve_betti_buffer_get (&labels->base, grid->n_words, sizeof (guint32), error)) != NULL &&
         (self->parent = nerve_betti_buffer_get (&labels->parent, n_labels, sizeof (guint32), error)) != NULL;
}

void
nerve_betti_labels_clear (NerveBettiLabels *self)
{
  nerve_betti_buffer_clear (&self->starts);
  nerve_betti_buffer_clear (&self->base);
  nerve_betti_buffer_clear (&self->parent);
  nerve_betti_buffer_clear (&self->marks);
}

gboolean
nerve_betti_labels_inside (NerveBettiLabels      *self,
                           const NerveBettiGrid  *grid,
                           const guint64         *bits,
                           guint64               *components,
                           gint64                *euler,
                           const NerveProgress   *progress,
                           GError               **error)
{
  Labelling labelling;

  if (!labelling_init (&labelling, self, grid, bits, 0, error))
    return FALSE;
  if (!label_inside (&labelling, &self->n_labels, euler, progress))
    return nerve_progress_set_cancelled (error);

  *components = self->n_labels - labelling.n_joins;
  return TRUE;
}

gboolean
nerve_betti_labels_outside (NerveBettiLabels      *self,
                            const NerveBettiGrid  *grid,
                            const guint64         *bits,
                            guint64               *components,
                            const NerveProgress   *progress,
                            GError               **error)
{
  Labelling labelling;

  if (!labelling_init (&labelling, self, grid, bits, G_MAXUINT64, error))
    return FALSE;
  if (!label_outside (&labelling, &self->n_labels, progress))
    return nerve_progress_set_cancelled (error);

  *components = self->n_labels - labelling.n_joins;
  return TRUE;
}

gboolean
nerve_betti_labels_marked (NerveBettiLabels      *self,
                           const NerveBettiGrid  *grid,
                           const guint64         *marks,
                           gboolean               outside,
                           guint64               *components,
                           GError               **error)
{
  guint8 *marked = nerve_betti_buffer_get (&self->marks, self->n_labels + 1, 1, error);

  if (marked == NULL)
    return FALSE;

  memset (marked, 0, self->n_labels + 1);
  marked[0] = outside;
  *components = outside + mark (self, grid, marks, marked);
  return TRUE;
}
