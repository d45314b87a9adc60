/* Positions of a layer's map that lie on an image's foreground or background. SCIENCE §2. */
#pragma once

#include "cloud/sampling.h"

G_BEGIN_DECLS

/**
 * nerve_mask_weights:
 * @weights: (array): out, height × width of the map: how much of the region that a position covers, when the map
 *   is scaled to the mask, is foreground. Exact: in units that make the whole region mask->width × mask->height.
 */
void     nerve_mask_weights (const NerveImage *mask, gsize height, gsize width, guint64 *weights);

/**
 * nerve_mask_place:
 * @positions: (array): out, the sampler's k positions, those of most weight first, ties by a draw that depends on
 *   the seed and the image alone
 *
 * Returns: %FALSE if the mask is empty, or has none of the ground asked for
 */
gboolean nerve_mask_place   (const NerveSampler *sampler, const NerveImage *mask, gsize image, gint32 *positions);

G_END_DECLS
