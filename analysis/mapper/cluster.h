/* Clusters of the points of one interval, on the neighbour graph: a table. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "mapper/neighbours.h"

G_BEGIN_DECLS

typedef enum { NERVE_CLUSTERER_DBSCAN, NERVE_CLUSTERER_SINGLE_LINKAGE } NerveClusterer;
/* Where single linkage stops merging. */
typedef enum { NERVE_CUT_EPS, NERVE_CUT_FIRST_GAP, NERVE_CUT_HISTOGRAM_GAP } NerveCut;

extern const NerveChoice nerve_cluster_choices[];
extern const NerveChoice nerve_cut_choices[];

#define NERVE_CLUSTER_NOISE (-1)

typedef struct
{
  NerveClusterer clusterer;
  NerveCut       cut;
  double         gap;  /* FIRST_GAP: its least share of the largest height */
  guint          bins; /* HISTOGRAM_GAP */
  double         eps;  /* at most the graph's */
  guint          min_samples; /* of DBSCAN: neighbours that make a core point, itself among them */
} NerveClusterSettings;

/* The points of an interval. */
typedef struct
{
  const guint32 *rows;      /* ascending */
  const guint32 *positions; /* of the same points in the graph, ascending */
  gsize          n;
} NerveClusterMembers;

/* What a thread needs; the same from call to call. */
typedef struct
{
  guint32 *seats;   /* one a point of the cloud, all NERVE_CLUSTER_OUTSIDE between two calls */
  guint32 *largest; /* by component: a seat in the largest cluster of its members */
  guint32 *kept;    /* neighbours of members */
  gsize    n_kept;  /* room for so many */
} NerveClusterScratch;

#define NERVE_CLUSTER_OUTSIDE G_MAXUINT32

void     nerve_cluster_scratch_init  (NerveClusterScratch *self, gsize n);
void     nerve_cluster_scratch_clear (NerveClusterScratch *self);

/* Whether the clusters come from the graph alone. */
gboolean nerve_cluster_needs_graph (const NerveClusterSettings *settings);

/**
 * nerve_cluster:
 * @graph: that covers eps for any two of the members; always for the order of positions
 * @distances: (nullable): all of the cloud, for a metric without blocks (geodesic), where the graph isn't enough
 * @unit: what other distances are divided by
 * @labels: (array): out, for each member in the order of rows its cluster, or NERVE_CLUSTER_NOISE
 * @n_clusters: out
 *
 * DBSCAN (Ester et al. 1996) as scikit-learn orders it: clusters numbered by their first core point, a border
 * point in the lowest-numbered cluster that has a core point within eps; none for fewer than min_samples members.
 * Single linkage numbers clusters by their first point and knows no noise.
 *
 * On the graph at most O(pairs of members within eps, and about as many again). Where clusters are dense far fewer:
 * each core point is joined with a few others first, then only those outside the largest cluster of their component
 * look at all (Sutton et al. 2018, "Optimizing parallel graph connectivity computation via subgraph sampling").
 * Single linkage cut at a gap: O(members² d).
 * Returns: %FALSE if @progress stopped it
 */
gboolean nerve_cluster (const NerveClusterSettings *settings, const NerveNeighbours *graph, const NerveCloud *cloud,
                        const NerveDistances *distances, double unit, const NerveClusterMembers *members,
                        NerveClusterScratch *scratch, gint32 *labels, guint *n_clusters, const NerveProgress *progress);

G_END_DECLS
