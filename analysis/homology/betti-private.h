/* What the files of the Betti kernel share: sets of voxels as bits, and their labelling. */
#pragma once

#include "homology/betti.h"

G_BEGIN_DECLS

/* Scratch memory that only grows. */
typedef struct
{
  gpointer data;
  gsize    size;
} NerveBettiBuffer;

/* At least @n × @size bytes, contents undefined; NULL with NERVE_ERROR_MEMORY if there are none. */
gpointer nerve_betti_buffer_get   (NerveBettiBuffer *self, gsize n, gsize size, GError **error);
void     nerve_betti_buffer_clear (NerveBettiBuffer *self);

/* How voxels lie in words: a row of bits runs along the axis that makes the fewest words, row
 * i · extent[1] + j holds the voxels (i, j, ·), and starts a word. Betti numbers don't care which axis is which. */
typedef struct
{
  gsize   extent[3]; /* [2]: along the bits */
  gsize   n_rows;
  gsize   row_words;
  gsize   n_words;   /* all rows */
  guint64 tail;      /* the bits in use of a row's last word */
} NerveBettiGrid;

/* Connected components of a set of voxels: one label for each run of bits in a row, joined across rows. */
typedef struct
{
  NerveBettiBuffer starts;
  NerveBettiBuffer base;
  NerveBettiBuffer parent;
  NerveBettiBuffer marks;
  guint32          n_labels;
} NerveBettiLabels;

void     nerve_betti_labels_clear   (NerveBettiLabels *self);

/* Labels @bits under 6-neighbours. @euler: vertices − edges + squares − cubes of the cells all of whose vertices
 * are in. */
gboolean nerve_betti_labels_inside  (NerveBettiLabels *self, const NerveBettiGrid *grid, const guint64 *bits,
                                     guint64 *components, gint64 *euler, const NerveProgress *progress, GError **error);

/* Labels the complement of @bits in space under 26-neighbours. What touches the border is joined to the outside,
 * which is component 0 and always counted. */
gboolean nerve_betti_labels_outside (NerveBettiLabels *self, const NerveBettiGrid *grid, const guint64 *bits,
                                     guint64 *components, const NerveProgress *progress, GError **error);

/* After one of the above with @bits: how many of its components hold a voxel of @marks, a subset of what was
 * labelled; @outside: that component counts as marked. */
gboolean nerve_betti_labels_marked  (NerveBettiLabels *self, const NerveBettiGrid *grid, const guint64 *marks,
                                     gboolean outside, guint64 *components, GError **error);

/* Scratch memory of the function below. */
typedef struct
{
  NerveBettiBuffer cells;
  NerveBettiBuffer parent;
  NerveBettiBuffer base;
  NerveBettiBuffer columns;
  NerveBettiBuffer rank;
} NerveBettiRelative;

void     nerve_betti_relative_clear  (NerveBettiRelative *self);

/**
 * nerve_betti_relative_second:
 * @upto: {value ≤ η}
 * @below: {value < η}
 * @least: what the caller knows the dimension to be at least
 *
 * dim H₂(K≤η, K<η) over Z/2, from the cells whose value is exactly η. Linear but for a core that is small on the
 * volumes tried: random ones with few different values are the worst (0.6 µs a voxel).
 */
gboolean nerve_betti_relative_second (NerveBettiRelative *self, const NerveBettiGrid *grid, const guint64 *upto,
                                      const guint64 *below, guint64 least, guint64 *dimension,
                                      const NerveProgress *progress, GError **error);

/* Entries of a column in nerve_betti_rank(), and what stands for fewer. */
#define NERVE_BETTI_ENTRIES 4
#define NERVE_BETTI_NO_ROW  G_MAXUINT32

/**
 * nerve_betti_rank:
 * @scratch: memory to use
 * @entries: (array): NERVE_BETTI_ENTRIES rows a column, different ones
 * @enough: the rank is known not to be larger
 *
 * Rank over Z/2 of a sparse matrix, by elimination in the order of least fill (Markowitz).
 */
gboolean nerve_betti_rank            (NerveBettiBuffer *scratch, const guint32 *entries, gsize n_columns,
                                      gsize n_rows, guint64 enough, guint64 *rank, const NerveProgress *progress,
                                      GError **error);

G_END_DECLS
