/* What a cloud's mapper graphs have in common, kept from one choice of parameters to the next: lens values, distances
 * to nearest neighbours, the neighbour graph. KERNELS §3. */
#pragma once

#include "mapper/automatic.h"
#include "mapper/neighbours.h"

G_BEGIN_DECLS

/* Any thread may ask; what one asked for the others find. A change of intervals, overlap, min_samples,
 * min_intersection, cover or to a smaller eps is answered from the graph that is there, without a distance. */
NerveMapperStore *nerve_mapper_store_new   (const NerveCloud *cloud);
/* For one graph alone, or a few covers each of which is answered from the points anew: less is looked at and kept. */
NerveMapperStore *nerve_mapper_store_new_once (const NerveCloud *cloud);
NerveMapperStore *nerve_mapper_store_ref   (NerveMapperStore *self);
void              nerve_mapper_store_unref (NerveMapperStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveMapperStore, nerve_mapper_store_unref)

NerveCloud       *nerve_mapper_store_get_cloud (const NerveMapperStore *self);
/* nerve_cloud_check_squares(), looked at once. */
gboolean          nerve_mapper_store_check_range (NerveMapperStore *self, GError **error);
/* Memory it keeps, beside the cloud. */
gsize             nerve_mapper_store_get_bytes (NerveMapperStore *self);
/* What sliders may ask for without a wait: −1 before there is a graph (of the lens asked about last). */
double            nerve_mapper_store_get_eps   (NerveMapperStore *self);
double            nerve_mapper_store_get_width (NerveMapperStore *self);

/* Values of a lens that doesn't come from the cloud alone (a class's logit), one a point; copied. */
void              nerve_mapper_store_set_values (NerveMapperStore *self, int lens, int number, const double *values);

/* For nerve_mapper_new_from_store(): (transfer full) n values. */
double          *nerve_mapper_store_lens  (NerveMapperStore *self, int lens, int number, const NerveProgress *progress,
                                           GError **error);
/* The graph for a lens with @eps and those @intervals covered (NULL: any width); eps < 0: only its order is needed.
 * Where the pairs don't fit into memory: only the order, no error. */
NerveNeighbours *nerve_mapper_store_graph (NerveMapperStore *self, int lens, int number, const double *values,
                                           double eps, const NerveInterval *intervals, guint n_intervals,
                                           const NerveProgress *progress, GError **error);
/* Fills in @parameters' eps, or only measures what the rule goes by. */
gboolean         nerve_mapper_store_automatic (NerveMapperStore *self, NerveMapperParameters *parameters,
                                               gboolean paper, NerveAutomatic *out, const NerveProgress *progress,
                                               GError **error);
/* All distances, where there are no others (geodesic); else NULL. What others are divided by. */
gboolean         nerve_mapper_store_distances (NerveMapperStore *self, NerveDistances **distances, double *unit,
                                               const NerveProgress *progress, GError **error);

G_END_DECLS
