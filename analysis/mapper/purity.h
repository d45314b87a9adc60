/* How pure nodes, points and classes are: P1's measures and better ones beside them. SCIENCE §5. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

typedef struct
{
  double purity;   /* 1 / number of distinct labels (P1); NaN if no member is labelled */
  double majority; /* share of the commonest label */
  double entropy;  /* of the shares, divided by ln(number of classes) */
  int    label;    /* the commonest (the lower one of two), -1 if none */
} NerveNodePurity;

typedef struct _NervePurity NervePurity;

/* @labels: one a point of the mapper's cloud, -1 unlabelled; @n_classes of them. */
NervePurity *nerve_purity_new   (const NerveMapper *mapper, const int *labels, guint n_classes);
NervePurity *nerve_purity_ref   (NervePurity *self);
void         nerve_purity_unref (NervePurity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NervePurity, nerve_purity_unref)

guint                  nerve_purity_get_n_classes (const NervePurity *self);
const NerveNodePurity *nerve_purity_get_node      (const NervePurity *self, guint node);
/* n_classes counts of the members of a node. */
const guint32         *nerve_purity_get_counts    (const NervePurity *self, guint node);
double                 nerve_purity_get_nodewise  (const NervePurity *self); /* mean over nodes; NaN if none */
double                 nerve_purity_get_nodewise_weighted (const NervePurity *self); /* by size */
/* P1's class-wise purity; NaN for a class without points. */
double                 nerve_purity_get_class     (const NervePurity *self, guint label);

/* Labels of a cloud's points at a level of the class tree: 0 classes, 1 superclasses, …; (transfer full), NULL
 * without labels. */
int *nerve_purity_labels (const NerveCloud *cloud, NerveDataset *dataset, guint level, guint *n_classes);

G_END_DECLS
