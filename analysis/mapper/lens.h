/* Lenses (filter functions): a table. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "cloud/cloud.h"

G_BEGIN_DECLS

extern const NerveChoice nerve_lens_choices[];

/* @out: one value a point. */
gboolean nerve_lens_evaluate (int lens, const NerveCloud *cloud, double *out,
                              const NerveProgress *progress, GError **error);

G_END_DECLS
