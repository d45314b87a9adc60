/* Points of the lunes of a matrix, for the reduction. */
#pragma once

#include "homology/rips-guides.h"
#include "homology/rips-reduction.h"

G_BEGIN_DECLS

/* A hub or a near point if there is one in the lune, else the point whose later edge comes first. */
NerveRipsApexes nerve_rips_apexes_of_matrix (const NerveRipsGuides *guides);

G_END_DECLS
