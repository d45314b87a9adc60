/* Confidence bands of a decay curve and its θ, and the classes one may draw it for. */
#pragma once

#include "layers/decay-curve.h"

G_BEGIN_DECLS

/* 95 % of the replicates, layer by layer. */
typedef struct
{
  guint   n;    /* layers */
  double *low;
  double *high;
  double  theta_low;
  double  theta_high;
} NerveDecayBand;

/* Images resampled within their classes; @wanted as in nerve_decay_curve_omega(). NERVE_ERROR_MEMORY */
NerveDecayBand *nerve_decay_band_new  (const NerveDecayCurve *curve, guint dimensions, NerveDecayX x,
                                       const gboolean *wanted, gsize n_replicates, guint64 seed, GError **error);
/* With a bootstrap that is there: a millisecond for ten layers of 1,000 images. */
NerveDecayBand *nerve_decay_band_new_with (const NerveDecayCurve *curve, guint dimensions, NerveDecayX x,
                                           const gboolean *wanted, const NerveResampling *bootstrap);
void            nerve_decay_band_free (NerveDecayBand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDecayBand, nerve_decay_band_free)

/* Sets of classes with a name each. */
typedef struct
{
  guint     n;
  guint     n_classes;
  char    **names;
  gboolean *members; /* n × n_classes */
} NerveDecayGroups;

/* @level: 0 for the classes themselves, 1 for superclasses; none of what the file has not. */
NerveDecayGroups *nerve_decay_groups_new  (NerveDataset *dataset, guint level);
void              nerve_decay_groups_free (NerveDecayGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDecayGroups, nerve_decay_groups_free)
const gboolean   *nerve_decay_groups_get  (const NerveDecayGroups *self, guint group);

G_END_DECLS
