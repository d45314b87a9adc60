/* Is a distance between layers meaningful? Whether it finds the same layer again in a network of another seed, set
 * beside layers that were dealt out at random. SCIENCE §3. */
#pragma once

#include "layers/layer-matrix.h"

G_BEGIN_DECLS

/* Described by nerve_specificity_table ("permutations"). */
typedef struct
{
  int permutations; /* of the layers: the control */
} NerveSpecificityParameters;

extern const NerveParameterTable nerve_specificity_table;

/* One layer, over all ordered pairs of files. Dissimilarities; NaN where none is defined. */
typedef struct
{
  double   same;          /* to the same layer of another file: mean */
  double   others;        /* to the other layers of another file: mean */
  double   nearest;       /* the least mean distance to another layer */
  guint  nearest_layer;
  double   rank;          /* of the same layer among all, by distance: 1 is the nearest; mean */
  double   share;         /* of other layers that are farther than the same one; ties count half */
  double   control_low;   /* the 2.5 and 97.5 % quantiles of `same` with the layers' names permuted */
  double control_high;
  double   p;             /* share of permutations, this one counted, where `same` is no greater */
  gboolean left_out;      /* of one file at least, and so of all: nothing is defined */
} NerveSpecificityLayer;

/* Immutable, reference-counted. */
typedef struct _NerveSpecificity NerveSpecificity;

/**
 * nerve_specificity_new:
 * @models: (array): two at least, of the same layers
 * @seed: of the permutations
 *
 * One matrix of layers against layers for each pair of files. The control gives the layers of the second file of each
 * pair the names of others, at random, the same for all layers at once.
 *
 * Purvine et al. (2023); Ding et al. (2021), §4.
 * Errors: NERVE_ERROR_SHAPE (layers differ), those of nerve_layer_matrix_new()
 */
NerveSpecificity *nerve_specificity_new   (const NerveModelLayers *models, guint n_models,
                                           const NerveMeasureParameters *measure,
                                           const NerveSpecificityParameters *parameters, guint64 seed,
                                           const NerveProgress *progress, GError **error);
NerveSpecificity *nerve_specificity_ref   (NerveSpecificity *self);
void              nerve_specificity_unref (NerveSpecificity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveSpecificity, nerve_specificity_unref)

NerveMeasureKind             nerve_specificity_get_measure  (const NerveSpecificity *self);
guint                        nerve_specificity_get_n_models (const NerveSpecificity *self);
guint                        nerve_specificity_get_n        (const NerveSpecificity *self);
const NerveSpecificityLayer *nerve_specificity_get_layer    (const NerveSpecificity *self, guint layer);
/* Over all layers; nearest and nearest_layer mean nothing here. */
const NerveSpecificityLayer *nerve_specificity_get_all      (const NerveSpecificity *self);
const char * const          *nerve_specificity_get_notes    (const NerveSpecificity *self);

G_END_DECLS
