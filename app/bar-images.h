/* From a bar of a layer's diagram back to the images: what stands for it, as points of the cloud it came from. */
#pragma once

#include "app/results.h"

G_BEGIN_DECLS

/* Immutable, reference-counted. */
typedef struct
{
  gatomicrefcount ref;
  NerveBar        bar;
  guint32        *images;   /* ascending, each once */
  gsize           n_images;
  gboolean        is_cycle; /* H1: born and filled just when the bar says; else a component */
} NerveBarImages;

/* Which bar: @nth of those with just these values, as they follow each other in the diagram. */
typedef struct
{
  NerveBar bar;
  gsize    nth;
} NerveBarChoice;

/* The bar with number @index of @diagram. */
NerveBarChoice        nerve_bar_choice_new   (const NerveDiagram *diagram, gsize index);

/**
 * nerve_bar_images_new:
 * @choice: of dimension NERVE_REPRESENTATIVES_MOST_DIMENSION at most
 * @parameters: those that the diagram was computed with: the same cloud is made again
 *
 * Errors: those of the diagram itself
 */
NerveBarImages       *nerve_bar_images_new   (NerveDataset *dataset, guint layer,
                                              const NerveLayerParameters *parameters, const NerveBarChoice *choice,
                                              const NerveProgress *progress, GError **error);
NerveBarImages       *nerve_bar_images_ref   (NerveBarImages *self);
void                  nerve_bar_images_unref (NerveBarImages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveBarImages, nerve_bar_images_unref)

/* Name, ref, unref and size, for jobs. */
const NerveResultType *nerve_bar_images_type (void);
char                  *nerve_bar_images_key  (NerveDataset *dataset, guint layer,
                                              const NerveLayerParameters *parameters, const NerveBarChoice *choice);

G_END_DECLS
