/* A dendrogram's lines, leaves at the right, heights growing to the left. */
#pragma once

#include <cairo.h>

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

/* Where a tree stands. @y: of each leaf (by leaf, not by place). */
typedef struct
{
  const NerveMerge *merges;
  guint             n;       /* leaves */
  const double     *y;
  double            left;    /* the largest height */
  double            right;   /* height 0 */
} NerveTree;

/* @hierarchy (nullable): branches in one superclass, or class where there is no tree of them, have its colour. */
void   nerve_tree_paint  (const NerveTree *self, const NerveFigureModel *model, const NerveHierarchy *hierarchy,
                          const NerveStyle *style, cairo_t *cr);
double nerve_tree_height (const NerveTree *self);
/* Ticks below, from @y on, with @title in italics under them. */
void   nerve_tree_axis   (const NerveTree *self, const NerveStyle *style, cairo_t *cr, double y, const char *title);

G_END_DECLS
