/* Why a mapper graph is empty, or says nothing: each cause has another way out. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

/* In the order in which they are looked at: the first that holds. */
typedef enum
{
  NERVE_GRAPH_HAS_NODES,
  NERVE_GRAPH_COINCIDENT,     /* it has nodes, but all points stand in one place */
  NERVE_GRAPH_FEW_POINTS,     /* empty: the whole cloud has fewer than min_samples */
  NERVE_GRAPH_THIN_INTERVALS, /* empty: each interval has fewer than min_samples */
  NERVE_GRAPH_NOISE,          /* empty: no point has min_samples neighbours within eps */
} NerveGraphVerdict;

NerveGraphVerdict nerve_graph_judge            (const NerveMapper *mapper);
/* One line, translated: what is the matter. (transfer full); NULL for HAS_NODES */
char             *nerve_graph_verdict_describe (NerveGraphVerdict verdict, const NerveMapper *mapper);

G_END_DECLS
