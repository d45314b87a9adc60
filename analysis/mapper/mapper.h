/* The mapper graph: lens → cover → clusters → nerve. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "cloud/cloud.h"
#include "data/graph.h"
#include "mapper/cover.h"
#include "mapper/nerve.h"

G_BEGIN_DECLS

typedef enum { NERVE_PRESET_NONE, NERVE_PRESET_AUTOMATIC } NerveMapperPreset;

/* Described by nerve_mapper_table, in this order but for the struct's. */
typedef struct
{
  int    preset;    /* NerveMapperPreset: what AUTOMATIC fills in (intervals, overlap, eps) yields to values
                       that were set, i.e. differ from the "auto" below */
  int    lens;      /* NerveLens */
  int    lens_number;  /* which coordinate or class, how many neighbours, what power; -1 "auto" */
  int    second_lens;  /* -1 "none" */
  int    second_number;
  int    cover;
  int    intervals; /* -1 "auto"; along each lens */
  double overlap;   /* NaN "auto" */
  int    clusterer;
  int    cut;       /* NerveCut */
  double gap;
  int    bins;
  double eps;       /* NaN "auto" */
  int    min_samples;
  int    min_intersection;
  double min_jaccard; /* shared points / points of either */
  gboolean merge;   /* nodes with the same members become one, the first of them */
} NerveMapperParameters;

extern const NerveParameterTable nerve_mapper_table;

typedef struct
{
  guint         interval;    /* of two lenses: i₁ · n₂ + i₂ */
  guint         cluster;     /* within its interval, in scikit-learn's order */
  const guint32 *members;    /* rows of the cloud, ascending */
  gsize         n_members;
  double        lens_mean;
} NerveNode;

typedef struct _NerveMapperStore NerveMapperStore;

/* Immutable, reference-counted. Nodes by interval, then cluster; edges by source, then target. */
typedef struct _NerveMapper NerveMapper;

/**
 * nerve_mapper_new:
 * @paper: the published automatic eps (first knee, 3 decimals) instead of the corrected one
 *
 * What is "auto" is resolved from the cloud (preset AUTOMATIC: n from 10 at ≤ 2,000 points to 40 at 50,000,
 * p from 0.5 to 0.25, eps = max (knee, 0.75-quantile of the distance to the min_samples-th nearest other point);
 * preset NONE: n = 40, p = 0.25, eps = knee).
 *
 * Errors: NERVE_ERROR_PARAMETER, MEMORY, CANCELLED; an empty graph is a result, not an error
 */
NerveMapper *nerve_mapper_new   (const NerveCloud *cloud, const NerveMapperParameters *parameters, gboolean paper,
                                 const NerveProgress *progress, GError **error);
/**
 * nerve_mapper_measure:
 *
 * Brings the distances and the knee that the automatic rule goes by, where eps was given and nothing asked for
 * them; @store is of the same cloud. Only before anyone shares @self. O(n² d). Errors: MEMORY, CANCELLED
 */
gboolean     nerve_mapper_measure (NerveMapper *self, NerveMapperStore *store, gboolean paper,
                                   const NerveProgress *progress, GError **error);
/**
 * nerve_mapper_new_from_store:
 *
 * The same graph, from what @store knows already: see there.
 */
NerveMapper *nerve_mapper_new_from_store (NerveMapperStore *store, const NerveMapperParameters *parameters,
                                          gboolean paper, const NerveProgress *progress, GError **error);
/**
 * nerve_mapper_new_from_file:
 *
 * The graph that another program made, of points that are not known: lens 0, cover "ball", eps 0.
 */
NerveMapper *nerve_mapper_new_from_file (NerveCloud *cloud, const NerveGraphFile *file);
NerveMapper *nerve_mapper_ref   (NerveMapper *self);
void         nerve_mapper_unref (NerveMapper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveMapper, nerve_mapper_unref)

NerveCloud          *nerve_mapper_get_cloud      (const NerveMapper *self);
/* As used: nothing is "auto" any more. */
const NerveMapperParameters *
                     nerve_mapper_get_parameters (const NerveMapper *self);
guint                nerve_mapper_get_n_nodes    (const NerveMapper *self);
const NerveNode     *nerve_mapper_get_node       (const NerveMapper *self, guint node);
/* "cube3_cluster0" */
char                *nerve_mapper_get_node_id    (const NerveMapper *self, guint node);
guint                nerve_mapper_get_n_edges    (const NerveMapper *self);
const NerveEdge     *nerve_mapper_get_edges      (const NerveMapper *self);
/* The nodes that hold @point, ascending. */
const guint32       *nerve_mapper_get_point_nodes (const NerveMapper *self, gsize point, gsize *n);
guint                nerve_mapper_get_n_components (const NerveMapper *self);
/* Component of a node, numbered by size in nodes (largest first), ties by first node. */
guint                nerve_mapper_get_component  (const NerveMapper *self, guint node);
/* Share of points in some node. */
double               nerve_mapper_get_coverage   (const NerveMapper *self);
gsize                nerve_mapper_get_n_noise    (const NerveMapper *self); /* points in no node */
/* Of the first lens; of a "ball" cover no intervals. */
const double        *nerve_mapper_get_lens       (const NerveMapper *self); /* one a point */
guint                nerve_mapper_get_n_intervals (const NerveMapper *self);
const NerveInterval *nerve_mapper_get_intervals  (const NerveMapper *self);
/* What nodes lie in: intervals, products of two, or balls. */
guint                nerve_mapper_get_n_cells    (const NerveMapper *self);
gsize                nerve_mapper_get_interval_count (const NerveMapper *self, guint cell); /* points in it */
/* Of those the ones in none of its nodes. */
gsize                nerve_mapper_get_cell_noise (const NerveMapper *self, guint cell);
/* The neighbour graph did not fit into memory, so intervals were looked at one by one. */
gboolean             nerve_mapper_is_piecewise   (const NerveMapper *self);
/* Distances to the min_samples-th nearest other point, ascending, n of them; NULL when eps was given, until
 * nerve_mapper_measure(). */
const double        *nerve_mapper_get_k_distances (const NerveMapper *self);
/* The knee of the automatic rule; NaN when all points coincide, or eps was given (but see nerve_mapper_measure()). */
double               nerve_mapper_get_knee       (const NerveMapper *self);
/* All points stand in one place. No automatic eps was found (it reads 0): each interval with min_samples points
 * is one node. */
gboolean             nerve_mapper_is_coincident  (const NerveMapper *self);

G_END_DECLS
