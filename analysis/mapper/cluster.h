/* Clusters of the points of one interval, on the neighbour graph: a table. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "mapper/neighbours.h"

G_BEGIN_DECLS

typedef enum { NERVE_CLUSTERER_DBSCAN } NerveClusterer;

extern const NerveChoice nerve_cluster_choices[];

#define NERVE_CLUSTER_NOISE   (-1)
#define NERVE_CLUSTER_OUTSIDE (-2)

/**
 * nerve_cluster:
 * @eps: at most the graph's
 * @min_samples: neighbours that make a core point, itself among them
 * @members: (array): rows in the interval, ascending
 * @labels: (array): one a point of the cloud, all NERVE_CLUSTER_OUTSIDE; each member's cluster afterwards,
 *   or NERVE_CLUSTER_NOISE
 * @n_clusters: out
 *
 * DBSCAN (Ester et al. 1996) as scikit-learn orders it: clusters numbered by their first core point, a border
 * point in the lowest-numbered cluster that has a core point within eps.
 *
 * O(edges between members). Returns: %FALSE if @progress stopped it
 */
gboolean nerve_cluster (NerveClusterer clusterer, const NerveNeighbours *neighbours, double eps, guint min_samples,
                        const guint32 *members, gsize n_members, gint32 *labels, guint *n_clusters,
                        const NerveProgress *progress);

G_END_DECLS
