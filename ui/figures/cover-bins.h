/* The histogram of a mapper's lens, each bin coloured as the nodes of its points are: in shares of classes, or by
 * what colours stand for. */
#pragma once

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

#define NERVE_COVER_BINS 40

/* Bins of equal width over [lower, upper]. */
typedef struct
{
  guint       n_kinds;  /* of colour in a bin: classes in the tree's order, "no label" last; 1: one for all of it */
  guint32    *counts;   /* NERVE_COVER_BINS × n_kinds points */
  NerveColor *colors;   /* NERVE_COVER_BINS × n_kinds */
  guint32     points[NERVE_COVER_BINS];
  guint32     tallest;  /* at least 1 */
  gboolean    plain;    /* nothing is known that colours could stand for: ink */
} NerveCoverBins;

/* O(points + members of nodes) */
void nerve_cover_bins_init  (NerveCoverBins *self, const NerveFigureModel *model, NerveGraph *graph,
                             const NerveStyle *style, double lower, double upper);
void nerve_cover_bins_clear (NerveCoverBins *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveCoverBins, nerve_cover_bins_clear)

G_END_DECLS
