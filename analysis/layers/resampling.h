/* Resampling images, so that a mean over them gets a band. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define NERVE_RESAMPLING_REPLICATES 200

/* How often each image is drawn in each replicate; immutable, reference-counted. */
typedef struct _NerveResampling NerveResampling;

/**
 * nerve_resampling_new:
 * @classes: (array): of each image; -1: never drawn
 *
 * Images are drawn with replacement within their class, as many as it has. 2 bytes an image and replicate.
 *
 * Errors: NERVE_ERROR_MEMORY
 */
NerveResampling *nerve_resampling_new   (const int *classes, gsize n_images, gsize n_replicates, guint64 seed,
                                       GError **error);
NerveResampling *nerve_resampling_ref   (NerveResampling *self);
void            nerve_resampling_unref (NerveResampling *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveResampling, nerve_resampling_unref)

gsize           nerve_resampling_get_n_images     (const NerveResampling *self);
gsize           nerve_resampling_get_n_replicates (const NerveResampling *self);

/* Sums of @values over the images drawn, one a replicate. With values times shares: means. */
void            nerve_resampling_sums  (const NerveResampling *self, const double *values, double *out);

/* What lies between the 0.025- and the 0.975-quantile of @n values that are numbers; NaN if there are none. */
void            nerve_resampling_band  (const double *values, gsize n, double *low, double *high);

/**
 * nerve_resampling_shares:
 * @classes: (array): of each image
 * @wanted: (array) (nullable): which classes count
 * @out: (array): what each image counts in a mean over the images of a class, then over classes
 *
 * Returns: how many classes have images
 */
gsize           nerve_resampling_shares (const int *classes, gsize n_images, gsize n_classes, const gboolean *wanted,
                                        double *out);

/* Classes to draw from: those of @labels; all one where there are none (NULL) or no image has one. Returns how many. */
gsize           nerve_resampling_classes (const int *labels, gsize n_images, gsize n_classes, int *out);

G_END_DECLS
