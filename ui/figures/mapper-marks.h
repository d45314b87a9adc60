/* How the selection shows in one mapper graph: which nodes hold the selected images, how much of them. */
#pragma once

#include "figures/model.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean active;     /* something is selected */
  guint    n_nodes;
  double  *shares;     /* selected members of each node / its members */
  gsize    n_selected; /* images */
  gsize    n_covered;  /* of them in some node */
  guint    n_holding;  /* nodes */
  int      selected;   /* the node that was clicked, -1 */
  int      hovered;
} NerveMapperMarks;

void     nerve_mapper_marks_init    (NerveMapperMarks *self, const NerveFigureModel *model, guint layer,
                                     NerveGraph *graph);
void     nerve_mapper_marks_clear   (NerveMapperMarks *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveMapperMarks, nerve_mapper_marks_clear)

/* 1 from a share of 10 %, .6 below, .2 for none; 1 when nothing is selected. */
double   nerve_mapper_marks_opacity (const NerveMapperMarks *self, guint node);
double   nerve_mapper_marks_edge_opacity (const NerveMapperMarks *self, const NerveEdge *edge);
/* The arc around a node, as a share of the whole circle; 0: none. */
double   nerve_mapper_marks_arc     (const NerveMapperMarks *self, guint node);

G_END_DECLS
