/* What a Rips run will need, told before it starts. */
#pragma once

#include "homology/rips.h"

G_BEGIN_DECLS

typedef struct
{
  guint64  bytes;    /* at its peak, the matrix of distances included; on top of what is there when it starts */
  double   seconds;  /* about: on one core of 2020 and clouds as networks make them; others differ tenfold */
  gboolean is_least; /* both: more if there are voids, whose columns nobody can foretell */
} NerveRipsEstimate;

/**
 * nerve_rips_estimate:
 * @d: coordinates of a point; 0: the distances are there already, and count neither in time nor in memory
 * @n_edges: up to the threshold, about: nerve_near_count(); INFINITY: all pairs
 * @threads: as nerve_parallel_get_threads()
 *
 * Of @n points. Memory is never below what H0 and H1 take, and at most half above it from 500 points on (measured:
 * tests/bench/memory). The same goes for H2 where nothing is hollow; a sphere of 450 points took three times as much,
 * and forty times as long.
 */
void     nerve_rips_estimate (gsize n, gsize d, double n_edges, int max_dimension, guint threads,
                              NerveRipsEstimate *out);

/* Seconds on top of that, where bars of H1 are to have representatives: of eleven clouds of 900 to 5,000 points ten
 * took a fifteenth of it to all of it, one (rotations, o3_1024) three times as long. */
double   nerve_rips_estimate_representatives (gsize n, double n_edges);

/**
 * nerve_rips_estimate_sparse:
 * @n_edges: up to the threshold, about: nerve_near_count()
 *
 * Of H0 and H1 without a matrix. Memory is never below what it takes if there are no more edges than that, and at most
 * half above if there are as many (measured: tests/bench/sparse).
 */
void     nerve_rips_estimate_sparse (gsize n, gsize d, double n_edges, guint threads, NerveRipsEstimate *out);

/**
 * nerve_rips_check_fits:
 * @limit: bytes that the process may take in all; 0: what it has and what is free
 * @n_fitting: (out) (optional): the most points that would fit
 *
 * Errors: NERVE_ERROR_MEMORY with both numbers
 */
gboolean nerve_rips_check_fits (gsize n, gsize d, int max_dimension, guint64 limit, gsize *n_fitting, GError **error);

/* The same of an estimate that was made. */
gboolean nerve_rips_check_estimate (gsize n, const NerveRipsEstimate *estimate, guint64 limit, GError **error);

/* What the process takes now, to be added to an estimate. */
guint64  nerve_memory_resident (void);

/* "2G", "1.5 GB", "800M", "500000" (bytes); powers of 1000. 0 for what is none. */
guint64  nerve_memory_parse (const char *text);

G_END_DECLS
