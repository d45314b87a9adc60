/* All pairs of points within eps of each other. KERNELS §3. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/* Positions are places in the order of the lens. */
typedef struct
{
  guint32 a;
  guint32 b; /* > a */
  double  distance;
} NervePair;

/* Lists of positions, those of position p at s × n + p for each shell s: ascending, from splits on those after p. */
typedef struct
{
  gsize          n;
  guint          n_shells;
  const gsize   *offsets;
  const gsize   *splits;
  const guint32 *others;
} NerveKnownPairs;

typedef struct
{
  const NerveCloud *cloud;
  const guint32    *order;  /* position → row */
  const double     *lens;   /* by position, rising */
  gsize             begin;  /* positions asked about */
  gsize             end;
  double            eps;
  double            beyond; /* only pairs farther apart in the lens than this (−1: all) */
  double            width;  /* and at most this */
  const guint32    *ends;   /* (nullable): of these only the pairs of a position with those before its end; rising */
  gboolean          only_near; /* how far apart is not asked: 0 where it is plain that a pair is within eps */
  /* (nullable): all that are at most this far apart, which are not looked for again */
  const NerveKnownPairs *known;
  double            known_eps;
} NerveSearch;

/**
 * nerve_search:
 * @budget: how many pairs are acceptable
 * @n_pairs: out
 *
 * Returns: (transfer full): arrays of NervePair; all of one a stand in the order of b, also over several arrays.
 *   NULL with NERVE_ERROR_MEMORY if there are more than @budget, or CANCELLED
 */
GPtrArray *nerve_search (const NerveSearch *self, guint64 budget, gsize *n_pairs, const NerveProgress *progress,
                         GError **error);
/* Says so. */
void       nerve_search_set_too_many (double eps, guint64 budget, GError **error);

G_END_DECLS
