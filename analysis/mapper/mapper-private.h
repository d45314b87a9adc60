/* For the files that make mapper graphs. */
#pragma once

#include "mapper/automatic.h"
#include "mapper/cells.h"
#include "mapper/store.h"

G_BEGIN_DECLS

struct _NerveMapper
{
  gatomicrefcount       ref_count;
  NerveCloud           *cloud;
  NerveMapperParameters parameters;
  guint                 n_lenses;
  double               *lens[2];
  NerveInterval        *intervals[2];
  guint                 n_intervals[2];
  guint                 n_cells;
  gsize                *cell_counts;
  gsize                *cell_noise;
  gboolean              is_piecewise;
  NerveAutomatic        automatic;
  NerveNode            *nodes;
  guint                 n_nodes;
  guint32              *members;       /* of all nodes */
  gsize                *offsets;       /* n_nodes + 1, into members */
  guint32              *point_nodes;
  gsize                *point_offsets; /* points + 1, into point_nodes */
  GArray               *edges;
  guint                *components;
  guint                 n_components;
  gsize                 n_noise;
};

/* The clusters of one cell. */
typedef struct
{
  const guint32 *rows;   /* of its points, ascending */
  gint32        *labels; /* one a point */
  gsize          n;
  guint          n_clusters;
} NerveSlice;

/* Nodes, edges and components from the clusters of @n cells. Errors: CANCELLED */
gboolean nerve_mapper_assemble  (NerveMapper *self, const NerveSlice *slices, guint n, const NerveProgress *progress,
                                 GError **error);
/* Clusters of the points of each cell of a cover by intervals, then the rest. */
gboolean nerve_mapper_cluster   (NerveMapper *self, NerveMapperStore *store, const NerveProgress *progress,
                                 GError **error);
/* Balls of radius eps, then the rest. */
gboolean nerve_mapper_balls     (NerveMapper *self, NerveMapperStore *store, const NerveProgress *progress,
                                 GError **error);

G_END_DECLS
