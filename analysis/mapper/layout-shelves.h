/* Shapes on shelves, in their order, as low as possible. Private to layout-pack.c. */
#pragma once

#include "mapper/layout-piece.h"

G_BEGIN_DECLS

/* The shapes that something can take: heights rising, widths falling. */
typedef struct
{
  NerveExtent shapes[NERVE_LAYOUT_TURNS];
  guint       n;
} NerveShapes;

typedef struct
{
  guint  first; /* thing */
  guint  n;
  double height;
} NerveShelf;

/* Adds a shape; those that are no better than another one go. */
void     nerve_shapes_add    (NerveShapes *self, NerveExtent shape);
/* Width of the narrowest one at most @height high; inf if there is none. */
double   nerve_shapes_narrow (const NerveShapes *self, double height);

/**
 * nerve_shelves_fill:
 * @between: room between neighbours and between shelves
 * @shelves: (array): out, up to @n
 *
 * Cuts the things, in order, into shelves of the least height together (or near it, for over a hundred of them).
 * Returns: how many shelves, 0 if something is wider than @width
 */
guint    nerve_shelves_fill  (const NerveShapes *things, guint n, double width, double between, NerveShelf *shelves);

G_END_DECLS
