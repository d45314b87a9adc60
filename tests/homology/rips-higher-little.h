#pragma once

#include "homology/rips-higher-private.h"

gboolean nerve_rips_higher_little (const NerveRipsGraph *graph, int max_dimension, GArray *bars,
                                   NerveMemoryBudget *budget, const NerveProgress *progress, GError **error);
