/* Optimal transport between two finite sets, exactly. */
#pragma once

#include "base/error.h"
#include "base/progress.h"

G_BEGIN_DECLS

typedef struct
{
  guint   row;
  guint   column;
  guint64 amount;
} NerveFlow;

/**
 * nerve_transport:
 * @costs: rows × columns
 * @supplies: (array): of the rows; @demands: (array): of the columns; both sum to the same
 * @total: out: Σ cost · amount
 *
 * Successive shortest paths with potentials; amounts are whole numbers, so that nothing is lost to rounding.
 * O((rows + columns) · rows · columns) as a rule. Source: Ahuja, Magnanti, Orlin, Network Flows (1993), §9.7.
 *
 * Returns: (transfer full): array of NerveFlow by row, then column; NULL: CANCELLED or MEMORY
 */
GArray *nerve_transport (const double *costs, guint rows, guint columns, const guint64 *supplies,
                         const guint64 *demands, double *total, const NerveProgress *progress, GError **error);

G_END_DECLS
