/* Mean Betti numbers of all layers over a grid of thresholds: what a heat map layer × η is drawn from. */
#pragma once

#include "layers/betti-curves.h"

G_BEGIN_DECLS

#define NERVE_BETTI_HEAT_ETAS 128

/* Immutable, reference-counted. */
typedef struct _NerveBettiHeat NerveBettiHeat;

/* Where most steps of the curves lie, at any layer: what a slider over η and a heat map range over. @curves: one a
 * layer, NULL where there is none. FALSE: nothing changes anywhere. */
gboolean        nerve_betti_heat_find_range (NerveBettiCurves * const *curves, guint n_layers, double *low,
                                             double *high);

/**
 * nerve_betti_heat_new:
 * @curves: (array): one a layer, NULL where there is none
 *
 * The mean is that of nerve_betti_layer_mean(). O(layers · images · n_etas · log (steps)).
 *
 * Errors: NERVE_ERROR_CANCELLED, NERVE_ERROR_MEMORY, NERVE_ERROR_VALUE (nothing changes anywhere)
 */
NerveBettiHeat *nerve_betti_heat_new        (NerveBettiCurves * const *curves, guint n_layers, guint n_etas,
                                             const NerveProgress *progress, GError **error);
NerveBettiHeat *nerve_betti_heat_ref        (NerveBettiHeat *self);
void            nerve_betti_heat_unref      (NerveBettiHeat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBettiHeat, nerve_betti_heat_unref)

guint           nerve_betti_heat_get_n_layers (const NerveBettiHeat *self);
guint           nerve_betti_heat_get_n_etas (const NerveBettiHeat *self);
/* From the lowest to the highest, evenly apart. */
const double   *nerve_betti_heat_get_etas   (const NerveBettiHeat *self);
/* β0, β1, β2, Ω of a layer at the @eta-th threshold; NULL: the layer has no curves. */
const double   *nerve_betti_heat_get        (const NerveBettiHeat *self, guint layer, guint eta);

G_END_DECLS
