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
/* How high it is below the rows with what the axis is called and the note, in lines of ticks. */
#define NERVE_TREE_FOOT 4.4
/* "mean distance at pool"; @layer: (nullable): the page has it; (transfer full) */
char  *nerve_tree_axis_title (const NerveHierarchy *hierarchy, const char *layer);
/* Under the axis at @y: sampling, cophenetic correlation with the file's class tree, in at most @room. */
void   nerve_tree_note   (const NerveTree *self, const NerveHierarchy *hierarchy, const NerveStyle *style, cairo_t *cr,
                          double y, double room);
/* Ticks below, from @y on, with @title in italics under them. */
void   nerve_tree_axis   (const NerveTree *self, const NerveStyle *style, cairo_t *cr, double y, const char *title);

G_END_DECLS
