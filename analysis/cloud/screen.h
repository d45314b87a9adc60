/* Products of many points in single precision that reject pairs which are surely far apart. KERNELS §3.
 * What is not rejected is decided in double, so no result hangs on the processor or on rounding. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NERVE_SCREEN_LANES 32 /* points of a panel: d × NERVE_SCREEN_LANES floats, the points changing fastest */
#define NERVE_SCREEN_TILE  8  /* points measured against a panel at once */

/* What a product is compared with: the sum of a row's and a column's. */
typedef struct
{
  const float *rows;    /* NERVE_SCREEN_TILE */
  const float *columns; /* NERVE_SCREEN_LANES */
} NerveScreenLimits;

/**
 * nerve_screen_tile:
 * @rows: a panel from the lane of the first of NERVE_SCREEN_TILE points on
 * @panel: (array): d × NERVE_SCREEN_LANES
 * @limits: from nerve_screen_limit()
 * @sure_limits: (nullable): from nerve_screen_sure_limit()
 * @masks: (array): out, for each row a bit a column: set unless ⟨row, column⟩ < limits
 * @sure: (array): out, if @sure_limits are given the same, set only if ⟨row, column⟩ ≥ sure limits
 *
 * O(d). A product that is not a number rejects nothing and is not sure.
 */
void  nerve_screen_tile  (const float *rows, const float *panel, gsize d, const NerveScreenLimits *limits,
                          const NerveScreenLimits *sure_limits, guint32 *masks, guint32 *sure);

/**
 * nerve_screen_limit:
 * @square: Σ x² of a point in double
 * @bound: square of the distance up to which no pair may be rejected
 *
 * Two points x, y at distance² ≤ bound have ⟨x, y⟩ ≥ limit (x) + limit (y) also where the product is summed in
 * single precision in any order: ⟨x, y⟩ = (|x|² + |y|² − distance²) / 2, less a margin for the coordinates' rounding
 * (2u |x| |y|, u = 2⁻²⁴), the sum's ((d + 1) u |x| |y|), and the limits' own, with |x| |y| ≤ (|x|² + |y|²) / 2. An
 * eightfold u for the coordinates themselves leaves room for those that were computed.
 */
float nerve_screen_limit (double square, double bound, gsize d);
/* The other way round: where ⟨x, y⟩ is at least the sum of two of these, the points are at distance² ≤ bound. */
float nerve_screen_sure_limit (double square, double bound, gsize d);

G_END_DECLS
