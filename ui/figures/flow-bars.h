/* Mapper graphs as columns of bars, a node each, with ribbons from one column to the next: what becomes of nodes. */
#pragma once

#include <cairo.h>

#include "figures/figure.h"

G_BEGIN_DECLS

/* One column: a graph, marked as the model says of that layer. */
typedef struct
{
  const NerveFigureModel *model;
  guint                   layer;
  NerveGraph             *graph; /* NULL: none */
  const char             *name;  /* written above it; NULL in all columns: no names */
} NerveFlowEnd;

/* Everything is borrowed but what is private to flow-bars.c. */
typedef struct
{
  const NerveStyle        *style;
  struct _NerveFlowColumn *columns;
  guint                    n;
  NerveCoupling * const   *couplings; /* from the i-th column to the next */
  guint                    n_couplings;
  double                   width;
  double                   bar;
  double                   top;
  double                   bottom;
} NerveFlowBars;

/* @n: at least 1; @width, @height: at least 1. */
void  nerve_flow_bars_init  (NerveFlowBars *self, const NerveFlowEnd *ends, guint n, NerveCoupling * const *couplings,
                             guint n_couplings, const NerveStyle *style, double width, double height);
void  nerve_flow_bars_clear (NerveFlowBars *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveFlowBars, nerve_flow_bars_clear)

void  nerve_flow_bars_draw        (const NerveFlowBars *self, cairo_t *cr);
guint nerve_flow_bars_get_n_nodes (const NerveFlowBars *self, guint column);
/* Fills in index and place of @hit. */
void  nerve_flow_bars_place       (const NerveFlowBars *self, guint column, guint node, NerveHit *hit);
/* The column whose bar stands at (x, y), filling in index and place of @hit; or -1. */
int   nerve_flow_bars_find        (const NerveFlowBars *self, double x, double y, NerveHit *hit);

G_END_DECLS
