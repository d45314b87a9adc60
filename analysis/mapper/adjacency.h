/* Lists of near points, in both directions, in shells of rising distance. */
#pragma once

#include "cloud/search.h"

G_BEGIN_DECLS

/* At most. Each holds some three times the pairs before it, so that a smaller eps looks at few pairs beyond it. */
#define NERVE_SHELLS 4
/* Those that a larger eps added to them. */
#define NERVE_OUTER_SHELLS 4

typedef struct
{
  gsize    n;
  guint    n_shells;
  double   bounds[NERVE_SHELLS + NERVE_OUTER_SHELLS]; /* the farthest a shell may hold, rising */
  gsize   *offsets;              /* n × n_shells + 1, into others and distances */
  gsize   *splits;               /* n × n_shells: where the positions after a point's own begin */
  guint32 *others;               /* of a shell ascending */
  double  *distances;
  gboolean is_bare;              /* distances are not kept, and there is one shell */
  guint32 *components;           /* n_shells × n: of the pairs of a shell and those before it */
} NerveAdjacency;

/* What a pair takes. */
#define NERVE_ADJACENCY_ENTRY (2 * (sizeof (guint32) + sizeof (double)))

/* No pairs; @eps: of those to come. */
void     nerve_adjacency_init            (NerveAdjacency *self, gsize n, double eps);
/* As nerve_adjacency_take() without known pairs; of @pairs only who they are is kept. */
gboolean nerve_adjacency_take_bare       (NerveAdjacency *self, GPtrArray *pairs, const NerveProgress *progress);
/**
 * nerve_adjacency_take:
 * @self: without pairs
 * @pairs: arrays of NervePair as nerve_search() gives them, freed one by one
 * @known: (nullable): whose pairs are taken as well; @pairs are all farther apart (@self's eps is the larger one: one
 *   shell more), or those of any point are nearer in position than @pairs'
 *
 * O(pairs). Returns: %FALSE if @progress stopped it
 */
gboolean nerve_adjacency_take            (NerveAdjacency *self, GPtrArray *pairs, const NerveAdjacency *known,
                                          const NerveProgress *progress);
/* O(pairs). Returns: %FALSE if @progress stopped it */
gboolean nerve_adjacency_find_components (NerveAdjacency *self, const NerveProgress *progress);
void     nerve_adjacency_clear           (NerveAdjacency *self);

gsize    nerve_adjacency_get_n_pairs     (const NerveAdjacency *self);
gsize    nerve_adjacency_get_bytes       (const NerveAdjacency *self);

/* The shells that may hold pairs within @eps, and, of them, those that hold no other. */
guint    nerve_adjacency_count_shells    (const NerveAdjacency *self, double eps, guint *n_sure);

G_END_DECLS
