/* What the cubical kernels are compared with. */
#pragma once

#include "homology/diagram.h"

/* The textbook: all cells of the V-construction, the whole boundary matrix, columns reduced from left to right. */
NerveDiagram *textbook_cubical (const double *volume, const gsize shape[3]);
