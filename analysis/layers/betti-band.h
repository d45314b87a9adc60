/* Ω of a layer over some classes, with its band. */
#pragma once

#include "layers/resampling.h"
#include "layers/decay.h"

G_BEGIN_DECLS

typedef struct
{
  double mean; /* over the images of a class, then over classes; NaN if there are none */
  double low;  /* NaN without a bootstrap */
  double high;
} NerveBettiBand;

/* Images resampled within their classes, for nerve_betti_band_find(). NERVE_ERROR_MEMORY */
NerveResampling *nerve_betti_band_bootstrap (NerveDataset *dataset, gsize n_replicates, guint64 seed, GError **error);

/* Ω at the @eta-th threshold. @wanted (nullable): a flag a class. 0.1 ms for 1,000 images and 200 replicates. */
void nerve_betti_band_find (const NerveBettiLayer *layer, gsize eta, const gboolean *wanted,
                            const NerveResampling *bootstrap, NerveBettiBand *out);

G_END_DECLS
