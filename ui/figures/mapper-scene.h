/* The geometry of a mapper graph for one size of its pane: what stands where. It depends on neither colours nor
 * selection, so recolouring moves nothing. */
#pragma once

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

/* Immutable, reference-counted. */
typedef struct
{
  gatomicrefcount ref;
  double          width;
  double          height;
  double          factor;
  double          scale;
  NerveNodeSize   node_size;
  NerveLayoutKind layout;
  double          shrink;   /* under 1 in a crowd: discs, gaps and lines are that much smaller */
  guint           n;
  NervePlace     *places;
  double         *radii;
  guint          *order;    /* nodes by radius, largest first */
  double          hairline; /* above the shelf of single nodes; negative: none */
} NerveMapperScene;

/* Kept with @graph: asked again for one of the last sizes, it is there. Any thread. O(nodes) then. */
NerveMapperScene *nerve_mapper_scene_get    (NerveGraph *graph, NerveNodeSize node_size, NerveLayoutKind layout,
                                             const NerveStyle *style, double width, double height);
/* The same with discs @factor times the size of DESIGN.md's, and nothing below @least. */
NerveMapperScene *nerve_mapper_scene_get_scaled (NerveGraph *graph, NerveNodeSize node_size,
                                                 NerveLayoutKind layout, double factor, double scale, double least,
                                                 double width, double height);
NerveMapperScene *nerve_mapper_scene_ref    (NerveMapperScene *self);
void              nerve_mapper_scene_unref  (NerveMapperScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveMapperScene, nerve_mapper_scene_unref)
/* Drops what is kept with @graph; for its end. */
void              nerve_mapper_scene_forget (NerveGraph *graph);

/* The node at a point, or -1. */
int               nerve_mapper_scene_pick   (const NerveMapperScene *self, double x, double y, double reach);

G_END_DECLS
