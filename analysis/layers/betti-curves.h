/* The Betti curves of all images of a layer, kept, so that any threshold is a look-up: what a slider over η needs. */
#pragma once

#include "layers/decay.h"

G_BEGIN_DECLS

/* What the curves of a layer may take, unless told otherwise: 64 MB. */
#define NERVE_BETTI_CURVES_BYTES (64u << 20)

/* The half-open count; immutable, reference-counted. */
typedef struct _NerveBettiCurves NerveBettiCurves;

/**
 * nerve_betti_curves_new:
 * @max_bytes: what the result may take; where steps are too many, every image keeps as many as fit, evenly chosen
 *
 * Images in parallel. Errors: those of nerve_betti_curve_new() and of reading
 */
NerveBettiCurves *nerve_betti_curves_new      (NerveDataset *dataset, guint layer, gsize max_bytes,
                                               const NerveProgress *progress, GError **error);
NerveBettiCurves *nerve_betti_curves_ref      (NerveBettiCurves *self);
void              nerve_betti_curves_unref    (NerveBettiCurves *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBettiCurves, nerve_betti_curves_unref)

/* No step was left out: nerve_betti_curves_at() is what nerve_betti_layer_new() gives. Else it is that of the last
 * threshold kept below, and whoever wants more asks nerve_betti_layer_new() once the slider rests. */
gboolean          nerve_betti_curves_is_exact (const NerveBettiCurves *self);
gsize             nerve_betti_curves_get_bytes (const NerveBettiCurves *self);
/* Where something changes: from the first image's first step to the last's last; FALSE if nothing does. */
gboolean          nerve_betti_curves_get_range (const NerveBettiCurves *self, double *low, double *high);
/* Below which a share @q of the steps lies, on average over the images: where a slider's ends belong, for the last
 * steps of a long tail change nothing to be seen. NaN if nothing changes. */
double            nerve_betti_curves_get_quantile (const NerveBettiCurves *self, double q);
/* O(images · log (steps)) a threshold: 0.3 ms for 1,000 images. (transfer full) */
NerveBettiLayer  *nerve_betti_curves_at       (const NerveBettiCurves *self, const double *etas, gsize n_etas,
                                               GError **error);
/* As bytes and back; NULL if these are none. */
void              nerve_betti_curves_pack     (const NerveBettiCurves *self, GByteArray *out);
NerveBettiCurves *nerve_betti_curves_unpack   (NerveUnpack *in);

G_END_DECLS
