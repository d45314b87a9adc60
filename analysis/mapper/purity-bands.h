/* How sure a graph's node-wise purity is: bootstrap bands over its nodes. SCIENCE §5. */
#pragma once

#include "mapper/purity.h"

G_BEGIN_DECLS

typedef struct
{
  double mean; /* of all nodes with a label, as nerve_purity_get_nodewise() or …_weighted(); NaN without nodes */
  double low;  /* the 2.5 and 97.5 % quantiles over the draws */
  double high;
} NervePurityBand;

/**
 * nerve_purity_band:
 * @weighted: nodes count by their size
 * @draws: how often as many nodes are drawn, with replacement; 1,000 is enough
 *
 * The same @seed gives the same band. O(draws · nodes).
 */
void nerve_purity_band (const NervePurity *self, const NerveMapper *mapper, gboolean weighted, guint draws,
                        guint64 seed, NervePurityBand *out);

G_END_DECLS
