/* Persistent homology as textbooks have it: every simplex, one matrix, one reduction. For tests only. */
#pragma once

#include "homology/diagram.h"

/* Bars of dimensions 0 and 1 of a Rips filtration: all edges ≤ @threshold that are not infinite. */
NerveDiagram *textbook_rips (const double *values, gsize n, double threshold);
