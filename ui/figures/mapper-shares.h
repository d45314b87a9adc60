/* What nodes are made of under the present colouring: shares of classes or of superclasses, in class-tree order. */
#pragma once

#include "figures/node-measure.h"

G_BEGIN_DECLS

typedef struct
{
  const NerveFigureModel *model;
  NervePurity            *purity;   /* whose counts are summed; NULL: nothing is known */
  gboolean                by_group;
  gboolean                summed;   /* groups from counts of classes */
  guint                   n;        /* kinds of wedge; the last one is "no label" */
  guint                  *kinds;    /* class or group at each place of the tree's order */
  NerveColor             *colors;
  guint32                *counts;   /* of the node asked for last */
  NerveNodeMeasure        measure;  /* what colours stand for, if not for these */
} NerveMapperShares;

void        nerve_mapper_shares_init  (NerveMapperShares *self, const NerveFigureModel *model, NerveGraph *graph,
                                       gboolean dark);
void        nerve_mapper_shares_clear (NerveMapperShares *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveMapperShares, nerve_mapper_shares_clear)

/* @n counts that sum to the node's members; valid until the next call. */
const guint32 *nerve_mapper_shares_get (NerveMapperShares *self, NerveGraph *graph, guint node);
/* The commonest kind of those counts, the first of two. */
guint       nerve_mapper_shares_majority (const NerveMapperShares *self);
/* "Tr"; "" for no label. */
const char *nerve_mapper_shares_code  (const NerveMapperShares *self, guint kind);
const char *nerve_mapper_shares_name  (const NerveMapperShares *self, guint kind);
/* Some kinds stay coloured and the others are grey. */
gboolean    nerve_mapper_shares_has_solo (const NerveMapperShares *self);
gboolean    nerve_mapper_shares_is_grey  (const NerveMapperShares *self, guint kind);

G_END_DECLS
