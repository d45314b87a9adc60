/* How a layer orders its classes: a tree by average linkage. SCIENCE §5. */
#pragma once

#include "cloud/cloud.h"
#include "layers/linkage.h"
#include "layers/sharing.h"

G_BEGIN_DECLS

/* Immutable, reference-counted. */
typedef struct _NerveHierarchy NerveHierarchy;

/**
 * nerve_hierarchy_new_from_cloud:
 *
 * Distances are means over all pairs of points of two classes. Classes without points are left out.
 * Errors: NERVE_ERROR_NOT_FOUND (no labels, no class), and those of nerve_class_distances()
 */
NerveHierarchy *nerve_hierarchy_new_from_cloud  (const NerveCloud *cloud, NerveDataset *dataset,
                                                 const NerveProgress *progress, GError **error);
/* Distances are 1 − mix, at least 0; classes of which no two points share a node (see get_n_loose) are 1 from all. */
NerveHierarchy *nerve_hierarchy_new_from_mapper (const NerveMapper *mapper, NerveDataset *dataset, GError **error);
NerveHierarchy *nerve_hierarchy_ref             (NerveHierarchy *self);
void            nerve_hierarchy_unref           (NerveHierarchy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveHierarchy, nerve_hierarchy_unref)

guint               nerve_hierarchy_get_n           (const NerveHierarchy *self);
const guint        *nerve_hierarchy_get_classes     (const NerveHierarchy *self); /* leaf: class */
const double       *nerve_hierarchy_get_distances   (const NerveHierarchy *self); /* n × n */
const NerveMerge   *nerve_hierarchy_get_merges      (const NerveHierarchy *self); /* n − 1 */
const guint        *nerve_hierarchy_get_order       (const NerveHierarchy *self); /* leaves, as drawn */
gboolean            nerve_hierarchy_is_from_mapper  (const NerveHierarchy *self);
guint               nerve_hierarchy_get_n_loose     (const NerveHierarchy *self);
/* Correlation of the heights at which classes come together here and in the file's class tree; NaN without one. */
double              nerve_hierarchy_get_cophenetic  (const NerveHierarchy *self);
/* The same with the distances the tree was made from: how well a tree suits them. */
double              nerve_hierarchy_get_faithfulness (const NerveHierarchy *self);
const char         *nerve_hierarchy_get_badge       (const NerveHierarchy *self); /* of the cloud it is of */
/* (transfer full) */
char               *nerve_hierarchy_newick          (const NerveHierarchy *self, NerveDataset *dataset);

G_END_DECLS
