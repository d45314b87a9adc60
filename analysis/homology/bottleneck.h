/* The bottleneck distance of two diagrams, exactly. SCIENCE §3. */
#pragma once

#include "base/progress.h"
#include "homology/diagram-points.h"

G_BEGIN_DECLS

/**
 * nerve_bottleneck:
 *
 * The least radius within which all finite points can be matched with each other or with the diagonal; ground metric
 * L∞. It is one of the distances, bit for bit: between two numbers one of which is too small and one of which is not,
 * the search tries the least distance that the smaller one left open, and halves.
 *
 * That a radius is enough is decided for each diagram by itself: if the points of either that are further than it
 * from the diagonal all find partners in the other, then both do at once (Mendelsohn and Dulmage, 1958).
 * Errors: CANCELLED
 */
gboolean nerve_bottleneck (const NerveDiagramPoints *a, const NerveDiagramPoints *b, double *distance,
                           const NerveProgress *progress, GError **error);

G_END_DECLS
