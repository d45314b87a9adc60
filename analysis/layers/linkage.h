/* Average linkage, and the tree it makes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is joined: leaves are 0 … n − 1, the k-th merge is n + k. */
typedef struct
{
  guint  a; /* < b */
  guint  b;
  double height;
  guint  size; /* leaves below */
} NerveMerge;

/**
 * nerve_linkage_average:
 * @distances: n × n, symmetric, finite
 *
 * Each leaf weighs 1. By the chain of nearest neighbours; ties as scipy.cluster.hierarchy.linkage() breaks them.
 * O(n²). Source: Murtagh, A survey of recent advances in hierarchical clustering algorithms (1983).
 *
 * Returns: (transfer full): n − 1 merges by height
 */
NerveMerge *nerve_linkage_average     (const double *distances, guint n);
/* @out: n × n: the height at which two leaves come together. */
void        nerve_linkage_cophenetic  (const NerveMerge *merges, guint n, double *out);
/* The leaves as a dendrogram shows them, each merge's a before its b. */
void        nerve_linkage_order       (const NerveMerge *merges, guint n, guint *out);
/* Of the pairs i < j of two n × n matrices; NaN where one does not vary. */
double      nerve_linkage_correlation (const double *a, const double *b, guint n);
/* "((A:1,B:1):0.5,C:1.5);": a branch is as long as its ends' heights differ. (transfer full) */
char       *nerve_linkage_newick      (const NerveMerge *merges, guint n, const char * const *names);

G_END_DECLS
