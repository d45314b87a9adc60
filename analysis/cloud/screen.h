/* Products of many points in single precision that reject pairs which are surely far apart. KERNELS §3.
 * What is not rejected is decided in double, so no result hangs on the processor or on rounding. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NERVE_SCREEN_LANES 32 /* points of a panel: d × NERVE_SCREEN_LANES floats, the points changing fastest */
#define NERVE_SCREEN_TILE  8  /* points measured against a panel at once */

/**
 * nerve_screen_tile:
 * @rows: a panel from the lane of the first of NERVE_SCREEN_TILE points on
 * @row_limits: (array): NERVE_SCREEN_TILE
 * @panel: (array): d × NERVE_SCREEN_LANES
 * @column_limits: (array): NERVE_SCREEN_LANES
 * @masks: (array): out, for each row a bit a column: set unless ⟨row, column⟩ < row limit + column limit
 *
 * O(d). A product that is not a number rejects nothing.
 */
void  nerve_screen_tile  (const float *rows, const float *row_limits, const float *panel, const float *column_limits,
                          gsize d, guint32 *masks);

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

G_END_DECLS
