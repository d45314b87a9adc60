/* The eps-neighbour graph of a cloud and its nearest-neighbour distances. KERNELS §3. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

typedef struct _NerveNeighbours NerveNeighbours;

/* The pairs within an eps, and some others. */
typedef struct
{
  double         eps;
  const guint32 *others;     /* positions */
  const double  *distances;  /* NULL: not known, n_sure is n_shells */
  gsize          n;
  const gsize   *offsets;    /* of position p's shell s: at s × n + p, into others and distances */
  const gsize   *splits;     /* the same: where the positions after p begin */
  guint          n_shells;   /* of each position; those of a shell ascend */
  guint          n_sure;     /* shells where all are within eps; in the others their distance decides */
  const guint32 *components; /* by position: numbers that are equal where there is a pair; NULL: not known */
} NerveNear;

/**
 * nerve_neighbours_new:
 * @lens: one value a point
 * @lens_width: pairs further apart in the lens are never needed (inf: all pairs)
 * @is_contraction: no two points are further apart in the lens than in the cloud's metric, so that pairs
 *   further apart than @eps aren't looked at and the graph covers any width
 *
 * All pairs with distance ≤ @eps decided in double, with their distances. Immutable. Same graph for any number of
 * threads. O(pairs within the width × d) single-precision operations, plus d a kept pair in double; 24 bytes a pair.
 * Errors: MEMORY, CANCELLED
 */
NerveNeighbours *nerve_neighbours_new   (const NerveCloud *cloud, double eps, const double *lens, double lens_width,
                                         gboolean is_contraction, const NerveProgress *progress, GError **error);
/* Of the positions [begin, end) alone, all others without neighbours; @like: where positions come from. */
NerveNeighbours *nerve_neighbours_part  (const NerveNeighbours *like, double eps, gsize begin, gsize end,
                                         const NerveProgress *progress, GError **error);
/* What one graph of one cover asks for: the pairs within eps of each position p and those before @ends[p] (rising, and
 * no farther than @lens_width), without their distances. Covers no other question. */
NerveNeighbours *nerve_neighbours_once  (const NerveNeighbours *like, double eps, double lens_width,
                                         const guint32 *ends, const NerveProgress *progress, GError **error);
/* No pairs at all, only the order of positions: covers no eps. */
NerveNeighbours *nerve_neighbours_order (const NerveCloud *cloud, const double *lens, gboolean is_contraction);
/* A graph that covers @eps and @lens_width too: a wider lens adds the strip that is missing, a larger eps the pairs
 * beyond (some times; then, or where both are larger, all are looked for anew). @self itself where it covers both.
 * Errors: MEMORY, CANCELLED */
NerveNeighbours *nerve_neighbours_grow  (NerveNeighbours *self, double eps, double lens_width,
                                         const NerveProgress *progress, GError **error);
NerveNeighbours *nerve_neighbours_ref   (NerveNeighbours *self);
void             nerve_neighbours_unref (NerveNeighbours *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveNeighbours, nerve_neighbours_unref)

double         nerve_neighbours_get_eps        (const NerveNeighbours *self); /* −1: none */
double         nerve_neighbours_get_lens_width (const NerveNeighbours *self);
gsize          nerve_neighbours_get_n          (const NerveNeighbours *self);
gsize          nerve_neighbours_get_n_pairs    (const NerveNeighbours *self);
gsize          nerve_neighbours_get_bytes      (const NerveNeighbours *self);
/* Points stand by rising lens, ties by row: position → row, row → position. */
const guint32 *nerve_neighbours_get_rows       (const NerveNeighbours *self);
const guint32 *nerve_neighbours_get_positions  (const NerveNeighbours *self);
const double  *nerve_neighbours_get_lens       (const NerveNeighbours *self); /* by position */
/* Belongs to @self. */
NerveNear      nerve_neighbours_within         (const NerveNeighbours *self, double eps);

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
