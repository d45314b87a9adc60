/* Which points of a mapper graph share a node: what the mix of two classes is counted from. SCIENCE §5. */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

/* Points in the same nodes are alike, so that few kinds of points stand for all. Immutable, reference-counted; keeps
 * neither graph nor cloud. */
typedef struct _NerveSharing NerveSharing;

/* O(points + members + pairs of kinds that share a node). */
NerveSharing *nerve_sharing_new   (const NerveMapper *mapper);
NerveSharing *nerve_sharing_ref   (NerveSharing *self);
void          nerve_sharing_unref (NerveSharing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveSharing, nerve_sharing_unref)

/* Pairs of points counted by class; weights of points as many times. */
typedef struct
{
  guint   n_classes;
  double *pairs;   /* n_classes², symmetric: pairs of different points that share a node */
  double *covered; /* points in some node */
  double *squares; /* Σ weight² of these: what pairs a point would make with itself */
  double *total;   /* points, covered or not */
} NervePairCounts;

void     nerve_pair_counts_init  (NervePairCounts *self, guint n_classes);
void     nerve_pair_counts_clear (NervePairCounts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NervePairCounts, nerve_pair_counts_clear)

/**
 * nerve_sharing_count:
 * @labels: (array): class of each image of the dataset, -1: none
 * @weights: (array) (nullable): how many times each image counts; NULL: once
 * @out: initialised; overwritten
 */
void     nerve_sharing_count     (const NerveSharing *self, const int *labels, const guint16 *weights,
                                  NervePairCounts *out);

/* Joins classes to groups: @groups[c] is the group of class c. @out: initialised for the groups. */
void     nerve_pair_counts_join  (const NervePairCounts *self, const guint *groups, NervePairCounts *out);
/* Share of (a, b) pairs that share a node over the geometric mean of the same of (a, a) and (b, b); may be NaN. */
double   nerve_pair_counts_mix   (const NervePairCounts *self, guint a, guint b);
/* Share of the points of @a that are in some node; 0 if there are none. */
double   nerve_pair_counts_coverage (const NervePairCounts *self, guint a);

G_END_DECLS
