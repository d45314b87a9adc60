/* The options of Betti counts: thresholds, how to count, the published way. */
#pragma once

#include "app/cli/command.h"
#include "layers/decay.h"

G_BEGIN_DECLS

typedef struct
{
  NerveBettiParameters parameters;
  int                  compat; /* 1: paper */
} NerveBettiValues;

void     nerve_betti_values_declare (NerveBettiValues *self, NerveOptions *options);
void     nerve_betti_values_clear   (NerveBettiValues *self);
/* @etas: (transfer full): the thresholds. @count: what was asked for, else what the compatibility says. */
gboolean nerve_betti_values_resolve (const NerveBettiValues *self, NerveOptions *options, double **etas,
                                     gsize *n_etas, NerveBettiCount *count, GError **error);
/* Says so if some of @n layers hold vectors that were sampled beforehand: their β0 is not the tensors'. */
void     nerve_betti_values_warn    (NerveInvocation *invocation, NerveDataset *dataset, guint first, guint n);
/* A table from a .npy file is one 2-D volume, not an image a row. */
gboolean nerve_betti_values_is_volume (NerveDataset *dataset, const NerveLayer *layer);

G_END_DECLS
