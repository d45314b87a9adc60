/* Codes beside nodes: one a class and component, where there is room for it. */
#pragma once

#include <cairo.h>

#include "figures/mapper-marks.h"
#include "figures/mapper-scene.h"
#include "figures/mapper-shares.h"

G_BEGIN_DECLS

typedef struct
{
  guint       node;
  const char *text;   /* borrowed from the palette */
  double      x, y;   /* middle of the capitals */
  double      width;
  double      height;
} NerveMapperLabel;

/**
 * nerve_mapper_labels_place:
 * @cr: for measuring text
 *
 * The largest node of each component of which a class is the commonest and at least 40 %; with a selection, only
 * nodes that hold some of it. Twelve directions are tried against discs, edges, arcs and other labels: none free,
 * no label.
 *
 * Returns: (transfer full): array of NerveMapperLabel
 */
GArray *nerve_mapper_labels_place (NerveGraph *graph, const NerveMapperScene *scene, NerveMapperShares *shares,
                                   const NerveMapperMarks *marks, const NerveStyle *style, cairo_t *cr);

G_END_DECLS
