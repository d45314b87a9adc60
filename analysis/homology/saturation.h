/* Whether all points of a diagram that are too far from the diagonal find partners in another: Hopcroft and Karp. */
#pragma once

#include "base/progress.h"
#include "homology/plane-tree.h"

G_BEGIN_DECLS

/* Rows are matched to columns at most a radius away; only rows that are higher above the diagonal than the radius need
 * a column. A matching is kept from one radius to the next as far as it holds. */
typedef struct
{
  const NervePlanePoint *rows;
  const NervePlanePoint *columns;
  gsize                  n;
  gsize                  m;
  gsize                 *row_matches; /* NERVE_PLANE_NONE: none */
  gsize                 *column_matches;
  guint                 *row_levels;  /* steps from an unmatched row; NERVE_PLANE_OUT: not reached */
  NervePlaneTree         tree;        /* the columns with their levels */
  GArray                *queue;       /* of guint: rows */
  GArray                *path;        /* of guint: rows */
  guint                  n_steps;
} NerveSaturation;

void     nerve_saturation_init  (NerveSaturation *self, const NerveDiagramPoints *rows,
                                 const NerveDiagramPoints *columns);
void     nerve_saturation_clear (NerveSaturation *self);

/**
 * nerve_saturation_try:
 * @value: out; if all rows that need one have a column: the largest distance matched, at most @radius;
 *   else a number above @radius below which they cannot
 *
 * O(√n n log n) for points in general position.
 * Source: Hopcroft and Karp (1973); Efrat, Itai, Katz, Geometry Helps in Bottleneck Matching (2001).
 * Errors: CANCELLED
 */
gboolean nerve_saturation_try   (NerveSaturation *self, double radius, gboolean *saturated, double *value,
                                 const NerveProgress *progress, GError **error);

G_END_DECLS
