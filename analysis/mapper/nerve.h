/* The nerve of a family of sets of points: edges where two of them meet, components. SCIENCE §5, KERNELS §3. */
#pragma once

#include <glib.h>

#include "base/progress.h"

G_BEGIN_DECLS

typedef struct
{
  guint source; /* source < target */
  guint target;
  gsize shared; /* points */
  double jaccard;
} NerveEdge;

/**
 * nerve_nerve_points:
 * @offsets: (array): n_sets + 1; set s holds members[offsets[s]] to members[offsets[s + 1] - 1]
 * @point_offsets: (array): out, n_points + 1, g_free() it
 *
 * Returns: (transfer full): which sets hold each point, ascending
 */
guint32   *nerve_nerve_points     (const guint32 *members, const gsize *offsets, guint n_sets, gsize n_points,
                                   gsize **point_offsets);

/**
 * nerve_nerve_edges:
 * @min_shared: how many points make an edge, ≥ 1
 *
 * Walks each member's list of sets, never all pairs of sets. Edges by source, then target.
 * Returns: (transfer full): array of NerveEdge, NULL if @progress stopped it
 */
GArray    *nerve_nerve_edges      (const guint32 *members, const gsize *offsets, guint n_sets,
                                   const guint32 *point_sets, const gsize *point_offsets, gsize min_shared,
                                   const NerveProgress *progress);

/* Component of each set, numbered by how many sets it has (largest first), ties by first set; returns how many. */
guint      nerve_nerve_components (const NerveEdge *edges, guint n_edges, guint n_sets, guint *components);

G_END_DECLS
