/* Paints a mapper graph whose geometry, shares and marks are known. */
#pragma once

#include <cairo.h>

#include "figures/mapper-marks.h"
#include "figures/mapper-scene.h"
#include "figures/mapper-shares.h"

G_BEGIN_DECLS

/* @px: a logical pixel on the page; @thumbnail: pies as soon as they can be seen, no separators, no letters */
void nerve_mapper_paint (NerveGraph *graph, const NerveMapperScene *scene, NerveMapperShares *shares,
                         const NerveMapperMarks *marks, const NerveStyle *style, double px, gboolean thumbnail,
                         cairo_t *cr);

G_END_DECLS
