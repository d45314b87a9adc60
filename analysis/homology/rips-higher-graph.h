/* The edges of a filtration by rank: a total order, by (distance, index), which all of rips-higher works on. */
#pragma once

#include "homology/rips-keys.h"

G_BEGIN_DECLS

#define NERVE_RIPS_NO_RANK G_MAXUINT32

typedef struct
{
  gsize          n;
  gsize          n_edges;
  NerveRipsEdge *edges; /* ascending */
  guint32       *ranks; /* n × n; NERVE_RIPS_NO_RANK: no edge */
  guint8        *joins; /* of each edge: whether it joins two components */
} NerveRipsGraph;

/* Errors: MEMORY, CANCELLED */
gboolean nerve_rips_graph_init  (NerveRipsGraph *self, const double *values, gsize n, double threshold,
                                 const NerveProgress *progress, GError **error);
void     nerve_rips_graph_clear (NerveRipsGraph *self);

static inline const guint32 *
nerve_rips_graph_row (const NerveRipsGraph *self, gsize x)
{
  return self->ranks + x * self->n;
}

G_END_DECLS
