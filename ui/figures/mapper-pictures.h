/* Images inside a node that is drawn large enough to look into. */
#pragma once

#include <cairo.h>

#include "figures/model.h"

G_BEGIN_DECLS

/* A node of @radius, at @zoom pixels to a unit, has room for images, and there are some. */
gboolean nerve_mapper_pictures_fit   (NerveDataset *dataset, double radius, double zoom);

/* Members spread evenly over the node's, in a square inside the disc, as many as can be made out at @zoom pixels to a
 * unit; its class shares stay around them. FALSE, and nothing drawn, where it is too small or outside what is
 * drawn. */
gboolean nerve_mapper_pictures_paint (NerveDataset *dataset, const NerveMapper *mapper, guint node, NervePlace at,
                                      double radius, double zoom, cairo_t *cr);

G_END_DECLS
