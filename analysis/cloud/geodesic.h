/* Hops in a nearest-neighbour graph. SCIENCE §2; Naitzat, Zhitnikov and Lim, "Topology of deep neural
 * networks", 2020. */
#pragma once

#include "base/error.h"
#include "base/progress.h"

G_BEGIN_DECLS

typedef struct _NerveGeodesic NerveGeodesic;

/**
 * nerve_geodesic_new:
 * @neighbors: k: two points are joined if either is among the other's k nearest in the Euclidean
 *   metric, itself not counted, the lower index first among equals
 *
 * O(n² d) time on all threads, O(n k) memory. Errors: VALUE (a distance overflows), MEMORY, CANCELLED
 */
NerveGeodesic *nerve_geodesic_new  (const double *points, gsize n, gsize d, guint neighbors,
                                    const NerveProgress *progress, GError **error);
void           nerve_geodesic_free (NerveGeodesic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveGeodesic, nerve_geodesic_free)

/**
 * nerve_geodesic_within:
 * @hops: (inout): n; G_MAXUINT32 for all points not reached yet, so for all before
 * @queue: (out): room for n: the points reached, by rising hops, @source first
 *
 * Walks from @source as far as @limit hops. Returns: how many points were reached
 */
gsize          nerve_geodesic_within (const NerveGeodesic *self, gsize source, double limit, guint32 *hops,
                                      guint32 *queue);

/* Hops from @source to points 0 … n_out − 1, inf if there is no way. O(n k). */
void           nerve_geodesic_hops (const NerveGeodesic *self, gsize source, double *out, gsize n_out);

G_END_DECLS
