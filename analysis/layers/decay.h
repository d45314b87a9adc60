/* Betti numbers of every image's tensor in a layer, their decay over the layers, the scores. SCIENCE §4 (P2). */
#pragma once

#include "base/pack.h"
#include "data/dataset.h"
#include "homology/betti.h"

G_BEGIN_DECLS

/* Described by nerve_betti_table ("eta", "count"). */
typedef struct
{
  char *etas;  /* "0.5,1" or "-1:3:81" (first, last, how many): thresholds */
  int   count; /* NerveBettiCount */
} NerveBettiParameters;

extern const NerveParameterTable nerve_betti_table;

/* Parses a list of thresholds; NERVE_ERROR_PARAMETER names the bad one. Returns a new array. */
double *nerve_betti_parse_etas (const char *text, gsize *n, GError **error);

/* Betti numbers of all images of one layer at some thresholds; immutable, reference-counted. */
typedef struct _NerveBettiLayer NerveBettiLayer;

/* Images in parallel, each read by hyperslab: memory is bounded by threads × one block. */
NerveBettiLayer *nerve_betti_layer_new   (NerveDataset *dataset, guint layer, const double *etas, gsize n_etas,
                                          NerveBettiCount count, const NerveProgress *progress, GError **error);
NerveBettiLayer *nerve_betti_layer_ref   (NerveBettiLayer *self);
void             nerve_betti_layer_unref (NerveBettiLayer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBettiLayer, nerve_betti_layer_unref)

gsize         nerve_betti_layer_get_n_images (const NerveBettiLayer *self);
gsize         nerve_betti_layer_get_n_etas   (const NerveBettiLayer *self);
const double *nerve_betti_layer_get_etas     (const NerveBettiLayer *self);
/* Of each image, -1 for none; NULL without labels. */
const int    *nerve_betti_layer_get_labels   (const NerveBettiLayer *self, guint *n_classes);
/* β0, β1, β2 of one image at the @eta-th threshold. */
const guint64 *nerve_betti_layer_get_image   (const NerveBettiLayer *self, gsize eta, gsize image);
/* Means over the images of a class, then over classes that have images; over images without labels.
 * out: β0, β1, β2, Ω. */
void          nerve_betti_layer_mean         (const NerveBettiLayer *self, gsize eta, double out[4]);
/* Means over the images of one class (NaN if it has none). */
void          nerve_betti_layer_class_mean   (const NerveBettiLayer *self, gsize eta, guint label, double out[4]);

/* As bytes and back; NULL if these are none. */
void             nerve_betti_layer_pack   (const NerveBettiLayer *self, GByteArray *out);
NerveBettiLayer *nerve_betti_layer_unpack (NerveUnpack *in);

/* Scores of a decay curve; SCIENCE §4. */
typedef struct
{
  double theta;
  double log_slope;  /* least-squares slope of ln Ω over x, NaN if some Ω ≤ 0 */
  double area;       /* trapezoids under Ω / ‖Ω‖₂ over x */
  double first_last; /* Ω₁ / Ω_L */
} NerveDecayScores;

typedef enum { NERVE_DECAY_X_LAYERS, NERVE_DECAY_X_UNIT } NerveDecayX;

/* @omega: @n values, one a layer. Fewer than 2 layers or ‖Ω‖ = 0: NaN scores. */
void nerve_decay_scores (const double *omega, gsize n, NerveDecayX x, NerveDecayScores *out);

G_END_DECLS
