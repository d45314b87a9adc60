/* Positions of a layer's map that lie on an image's foreground or background. SCIENCE §2. */
#pragma once

#include "cloud/sampling.h"

G_BEGIN_DECLS

/**
 * nerve_mask_weights:
 * @weights: (array): out, height × width of the map: how much of the region that a position covers, when the map
 *   is scaled to the mask, is foreground. Exact: in units that make the whole region mask->width × mask->height.
 */
void nerve_mask_weights (const NerveImage *mask, gsize height, gsize width, guint64 *weights);

typedef enum
{
  NERVE_MASK_PLACED,
  NERVE_MASK_EMPTY, /* all of the image is background: it gives no point of either ground */
  NERVE_MASK_FULL,  /* all of it is foreground: there is no background to take a point from */
} NerveMaskOutcome;

/**
 * nerve_mask_place:
 * @positions: (array): out, the sampler's k positions, those of most weight first, ties by a draw that depends on
 *   the seed and the image alone
 *
 * Returns: why there is no position, if there is none
 */
NerveMaskOutcome nerve_mask_place (const NerveSampler *sampler, const NerveImage *mask, gsize image,
                                   gint32 *positions);

G_END_DECLS
