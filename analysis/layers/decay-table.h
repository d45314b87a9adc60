/* Betti numbers counted before, as P2's authors publish them: .npy of shape classes × images × layers × 3. */
#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  NerveDataset *dataset;
  gsize         n_classes;
  gsize         n_images; /* of a class */
  gsize         n_layers;
} NerveDecayTable;

/* A .npy of shape classes × images × layers × 3, or, of one class, without the first extent. (A tensor that looks like
 * it is one layer only, and one layer makes no curve.) */
gboolean nerve_decay_is_table   (NerveDataset *dataset);
void     nerve_decay_table_init (NerveDecayTable *self, NerveDataset *dataset);
/**
 * nerve_decay_table_read:
 * @numbers: (array): layers × 3 × (classes · images)
 * @classes: (array): of each image
 *
 * Errors: NERVE_ERROR_VALUE (negative or not finite), FORMAT, CANCELLED
 */
gboolean nerve_decay_table_read (const NerveDecayTable *self, double *numbers, int *classes,
                                 const NerveProgress *progress, GError **error);

G_END_DECLS
