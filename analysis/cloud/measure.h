/* Blocks of distances between the points of a cloud taken in some order, its metric and scaling applied. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/* Positions are places in the order; without one they are the rows themselves. */
typedef struct
{
  const NerveCloud *cloud;
  gsize             n;
  const guint32    *order;   /* borrowed; NULL: as they come */
  double           *sorted;  /* points in that order */
  double            unit;    /* what distances are divided by */
  double            ready;   /* the share of the progress that preparing took */
  NerveDistances   *all;     /* geodesic: a distance needs all points, there are no blocks of it alone */
} NerveMeasure;

/* Errors: MEMORY, CANCELLED */
gboolean nerve_measure_init  (NerveMeasure *self, const NerveCloud *cloud, const guint32 *order,
                              const NerveProgress *progress, GError **error);
void     nerve_measure_clear (NerveMeasure *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveMeasure, nerve_measure_clear)

/* The row of the cloud at @position. */
static inline gsize
nerve_measure_row (const NerveMeasure *self, gsize position)
{
  return self->order != NULL ? self->order[position] : position;
}

/* @out: n_rows × n_columns distances between [row, row + n_rows) and [column, column + n_columns). */
void     nerve_measure_block (const NerveMeasure *self, gsize row, gsize n_rows, gsize column, gsize n_columns,
                              double *out);

#define NERVE_MEASURE_ROWS 64 /* rows of a strip at most; each strip begins at a multiple of them */

/* Rows against columns: a few milliseconds of work, a block of at most half a megabyte. */
typedef struct
{
  gsize row;
  gsize n_rows;
  gsize column;
  gsize n_columns;
} NerveStrip;

/**
 * nerve_measure_cut:
 * @ends: (array) (nullable): for each NERVE_MEASURE_ROWS rows, one past the last column wanted; NULL: all
 *
 * Returns: (transfer full): array of NerveStrip that holds every pair of positions row < column; the rows
 *   of a strip may be among its columns
 */
GArray  *nerve_measure_cut (const NerveMeasure *self, const gsize *ends);

G_END_DECLS
