/* Lenses that need all points of a cloud: see mapper/lens.h. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/* @number is never "auto". */
typedef gboolean (*NerveLensFunc) (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                   GError **error);

gboolean nerve_lens_coordinate   (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);
gboolean nerve_lens_pca1         (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);
gboolean nerve_lens_pca2         (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);
gboolean nerve_lens_density      (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);
gboolean nerve_lens_eccentricity (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);
gboolean nerve_lens_knn          (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);
gboolean nerve_lens_dtm          (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);
gboolean nerve_lens_logit        (const NerveCloud *cloud, int number, double *out, const NerveProgress *progress,
                                  GError **error);

G_END_DECLS
