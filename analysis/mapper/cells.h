/* Which points lie in which cell of a cover: intervals of a lens, or products of those of two. */
#pragma once

#include "mapper/cover.h"

G_BEGIN_DECLS

typedef struct
{
  guint    n;
  gsize   *offsets;   /* n + 1 */
  guint32 *rows;      /* of each cell, ascending */
  guint32 *positions; /* of the same points, ascending */
} NerveCells;

/* One or two lenses (values NULL: no second one). @rows: position → row. O(n log intervals + members) */
void nerve_cells_init  (NerveCells *self, gsize n_points, const double *const values[2],
                        NerveInterval *const intervals[2], const guint n_intervals[2], const guint32 *rows);
void nerve_cells_clear (NerveCells *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveCells, nerve_cells_clear)

static inline gsize
nerve_cells_count (const NerveCells *self, guint cell)
{
  return self->offsets[cell + 1] - self->offsets[cell];
}

G_END_DECLS
