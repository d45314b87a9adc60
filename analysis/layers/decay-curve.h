/* Betti numbers of a model's images over its layers, from a file of activations or a ready table: what decay scores,
 * rankings and comparisons of curves are made of. SCIENCE §4. */
#pragma once

#include "layers/resampling.h"
#include "layers/decay.h"

G_BEGIN_DECLS

/* What the layers of a curve are. */
typedef enum
{
  NERVE_DECAY_OF_TENSORS,
  NERVE_DECAY_OF_SAMPLES, /* vectors sampled from tensors: β0 only, and another quantity */
  NERVE_DECAY_OF_VECTORS,
  NERVE_DECAY_OF_INPUT,
  NERVE_DECAY_OF_TABLE,   /* counted before; nothing is known of η */
} NerveDecaySource;

/* Which Betti numbers Ω is the sum of: bit d for βd. */
#define NERVE_DECAY_ALL_DIMENSIONS 7

/* The layers that make a curve: tensors, the input left out (P2 starts at the first block), for β0 of a vector is
 * another quantity; where there are none, the next best. (transfer full) (element-type guint) */
GArray *nerve_decay_choose_layers (NerveDataset *dataset, NerveDecaySource *source);

/* N_(): what a curve of that source is not; NULL: it is what it should be. */
const char *nerve_decay_source_warning (NerveDecaySource source);

/* What to call the model: the file's attribute, else its name without folder and suffix; (transfer full). */
char   *nerve_decay_model_name    (NerveDataset *dataset);

/* Immutable, reference-counted. */
typedef struct _NerveDecayCurve NerveDecayCurve;

/**
 * nerve_decay_curves_new:
 * @etas: (array): thresholds
 *
 * The input is left out (P2 starts at the first block), and vectors where there are tensors. A table is a .npy of shape
 * classes × images × layers × 3 (or, of one class, without the first extent); it gives one curve, whatever @etas.
 * Memory: threads × one block, and 24 bytes an image, layer and threshold.
 *
 * Errors: those of nerve_betti_layer_new(); NERVE_ERROR_VALUE (a table with negative numbers)
 *
 * Returns: (transfer full) (element-type NerveDecayCurve): one for each threshold
 */
GPtrArray       *nerve_decay_curves_new  (NerveDataset *dataset, const double *etas, gsize n_etas,
                                          NerveBettiCount count, const NerveProgress *progress, GError **error);
/* From Betti layers that are there: @betti (NULL: left out) of each of the layers, at their @eta-th threshold. */
NerveDecayCurve *nerve_decay_curve_new_for_layers (NerveDataset *dataset, NerveBettiLayer * const *betti, gsize eta,
                                                   GError **error);
NerveDecayCurve *nerve_decay_curve_ref   (NerveDecayCurve *self);
void             nerve_decay_curve_unref (NerveDecayCurve *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDecayCurve, nerve_decay_curve_unref)

const char      *nerve_decay_curve_get_model      (const NerveDecayCurve *self);
NerveDecaySource nerve_decay_curve_get_source     (const NerveDecayCurve *self);
double           nerve_decay_curve_get_eta        (const NerveDecayCurve *self); /* NaN: a table */
guint            nerve_decay_curve_get_n_layers   (const NerveDecayCurve *self);
const char      *nerve_decay_curve_get_layer_name (const NerveDecayCurve *self, guint layer);
gsize            nerve_decay_curve_get_n_images   (const NerveDecayCurve *self);
/* Of each image, -1 for none; without labels all are of class 0. */
const int       *nerve_decay_curve_get_classes    (const NerveDecayCurve *self, gsize *n_classes);

/* Means over the images of a class, then over classes. @beta: n_layers × 3. */
void             nerve_decay_curve_mean  (const NerveDecayCurve *self, double *beta);
/* Ω summed over @dimensions, of all (@wanted NULL) or some classes; NaN if these have no images. @omega: n_layers. */
void             nerve_decay_curve_omega (const NerveDecayCurve *self, guint dimensions, const gboolean *wanted,
                                          double *omega);
/* The same with images weighted by @shares (as nerve_resampling_shares() makes them). */
void             nerve_decay_curve_weigh (const NerveDecayCurve *self, guint dimensions, const double *shares,
                                          double *omega);
/* Replicates of nerve_decay_curve_omega(); @omegas: n_replicates × n_layers. */
void             nerve_decay_curve_replicate (const NerveDecayCurve *self, guint dimensions, const gboolean *wanted,
                                              const NerveResampling *bootstrap, double *omegas);
/* Images resampled within their classes. */
NerveResampling  *nerve_decay_curve_bootstrap (const NerveDecayCurve *self, gsize n_replicates, guint64 seed,
                                              GError **error);

/* "0,1,2" as bits; NERVE_ERROR_PARAMETER. */
gboolean         nerve_decay_parse_dimensions (const char *text, guint *dimensions, GError **error);

G_END_DECLS
