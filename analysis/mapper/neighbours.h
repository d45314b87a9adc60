/* The eps-neighbour graph of a cloud and its nearest-neighbour distances. KERNELS §3. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

typedef struct _NerveNeighbours NerveNeighbours;

/**
 * nerve_neighbours_new:
 * @lens: one value a point, or NULL
 * @lens_width: pairs further apart in the lens are never needed (inf: all pairs)
 *
 * All pairs with distance ≤ @eps decided in double, in CSR with their distances, ascending by index.
 * Records the eps and lens width it covers. Errors: MEMORY, CANCELLED
 */
NerveNeighbours *nerve_neighbours_new   (const NerveCloud *cloud, double eps, const double *lens, double lens_width,
                                         const NerveProgress *progress, GError **error);
NerveNeighbours *nerve_neighbours_ref   (NerveNeighbours *self);
void             nerve_neighbours_unref (NerveNeighbours *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveNeighbours, nerve_neighbours_unref)

double         nerve_neighbours_get_eps        (const NerveNeighbours *self);
double         nerve_neighbours_get_lens_width (const NerveNeighbours *self);
/* The other points within eps of @point. */
const guint32 *nerve_neighbours_get            (const NerveNeighbours *self, gsize point, gsize *n,
                                                const double **distances);

/**
 * nerve_neighbours_kth:
 * @k: (array): which neighbours, each ≥ 1; 1 is the nearest other point
 * @out: (array): n_k × n distances, unsorted, row q for k[q] (inf where there are fewer points)
 *
 * O(n² d), all threads. The cloud's scaling applied.
 */
gboolean nerve_neighbours_kth (const NerveCloud *cloud, const guint *k, guint n_k, double *out,
                               const NerveProgress *progress, GError **error);

/* SCIENCE §5 "Automatic eps": @nearest, n distances to the nearest other point, zeros left out.
 * FALSE when none is left (all points coincide). */
gboolean nerve_neighbours_knee (const double *nearest, gsize n, double *eps);
/* The published rule: first knee of the same curve by Kneedle (Satopää et al. 2011; sensitivity 1, convex,
 * decreasing), rounded to 3 decimals. No knee: the maximum above, rounded. */
gboolean nerve_neighbours_first_knee (const double *nearest, gsize n, double *eps);

G_END_DECLS
