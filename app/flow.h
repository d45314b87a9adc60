/* How the mapper graphs of neighbouring columns flow into each other. */
#pragma once

#include "data/dataset.h"
#include "figures/model.h"
#include "figures/twin.h"

G_BEGIN_DECLS

#define NERVE_FLOW_MOST 16

/* Immutable, reference-counted. */
typedef struct
{
  gatomicrefcount ref;
  guint           columns[NERVE_FLOW_MOST]; /* layers */
  guint           n_columns;
  NerveCoupling  *couplings[NERVE_FLOW_MOST]; /* from the i-th column to the next; NULL: one has no nodes */
  NerveTwin      *twin;                       /* in place of columns: to another network */
} NerveFlow;

/* @layers: (array): one a layer of @dataset. Errors: those of nerve_coupling_new() */
NerveFlow *nerve_flow_new   (NerveDataset *dataset, const guint *columns, guint n_columns,
                             const NerveLayerResults *layers, const NerveProgress *progress, GError **error);
/* Takes @twin. */
NerveFlow *nerve_flow_new_of_twin (NerveTwin *twin);
NerveFlow *nerve_flow_ref   (NerveFlow *self);
void       nerve_flow_unref (NerveFlow *self);
gsize      nerve_flow_size  (const NerveFlow *self); /* bytes, about */
/* It is between these. */
gboolean   nerve_flow_is_of (const NerveFlow *self, const guint *columns, guint n_columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveFlow, nerve_flow_unref)

G_END_DECLS
