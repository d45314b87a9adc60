/* How the files beside decay.c make what it defines. */
#pragma once

#include "layers/decay.h"

G_BEGIN_DECLS

/* @labels: copied; NULL: none. @numbers: n_etas × n_images × 3, to be filled before anyone else sees the layer. */
NerveBettiLayer *nerve_betti_layer_make (const int *labels, gsize n_images, guint n_classes, const double *etas,
                                         gsize n_etas, guint64 **numbers, GError **error);

G_END_DECLS
