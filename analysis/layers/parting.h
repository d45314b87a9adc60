/* Where classes part on their way through a network: the mix of each pair of classes and of groups over the layers,
 * with bootstrap bounds and a control with permuted labels. SCIENCE §5. */
#pragma once

#include "base/parameters.h"
#include "data/dataset.h"
#include "layers/sharing.h"

G_BEGIN_DECLS

/* Described by nerve_parting_table ("bootstraps", "permutations", "parted-below", "least-coverage"). */
typedef struct
{
  int    bootstraps;
  int    permutations;
  double parted_below;   /* upper bound of mix */
  double least_coverage; /* below: no verdict */
} NervePartingParameters;

extern const NerveParameterTable nerve_parting_table;

typedef enum
{
  NERVE_PARTING_NEVER,
  NERVE_PARTING_PARTED,
  NERVE_PARTING_NO_VERDICT, /* in any layer that counts */
} NervePartingVerdict;

typedef struct
{
  NervePartingVerdict verdict;
  guint               layer; /* PARTED: from which on; else the last that counts and has a verdict, or the last */
} NervePartingPair;

/* One pair at one layer. */
typedef struct
{
  double   mix;  /* NaN: undefined */
  double   low;  /* ends of the 95 % interval of the bootstrap */
  double   high;
  double   coverage; /* of the less covered one */
  gboolean has_verdict;
} NerveMixPoint;

/* Immutable, reference-counted. */
typedef struct _NerveParting NerveParting;

/**
 * nerve_parting_new:
 * @sharing: (array): one a layer of @dataset; NULL: the layer has no graph, and no verdict
 * @labels: (array) (nullable): class of each image; NULL: the dataset's
 * @seed: of the bootstrap and of the permutations
 *
 * Images are drawn with replacement within their classes, the same draws at every layer. A pair is parted from the
 * first layer on from which, and in every later layer that has a verdict, the upper end of its interval is below
 * parted_below. Layers of kind "input" are shown and not counted.
 *
 * Errors: NERVE_ERROR_NOT_FOUND (no labels), CANCELLED, MEMORY
 */
NerveParting *nerve_parting_new   (NerveDataset *dataset, NerveSharing * const *sharing, const int *labels,
                                   const NervePartingParameters *parameters, guint64 seed,
                                   const NerveProgress *progress, GError **error);
NerveParting *nerve_parting_ref   (NerveParting *self);
void          nerve_parting_unref (NerveParting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveParting, nerve_parting_unref)

const NervePartingParameters *
                        nerve_parting_get_parameters (const NerveParting *self);
guint                   nerve_parting_get_n_layers (const NerveParting *self);
gboolean                nerve_parting_is_counted   (const NerveParting *self, guint layer);
/* Levels of the class tree: 0 are the classes. */
guint                   nerve_parting_get_n_levels (const NerveParting *self);
guint                   nerve_parting_get_n        (const NerveParting *self, guint level); /* classes or groups */
const NervePartingPair *nerve_parting_get_pair     (const NerveParting *self, guint level, guint a, guint b);
const NerveMixPoint    *nerve_parting_get_point    (const NerveParting *self, guint level, guint a, guint b,
                                                    guint layer);
/* With labels permuted: the share of pairs of a level, over all permutations, that would have parted; NaN without. */
double                  nerve_parting_get_control  (const NerveParting *self, guint level);
/* And the mix that pairs of a level have then at a layer: the mean over pairs and permutations, and what 95 % of them
 * lie between; NULL without permutations. */
const NerveMixPoint    *nerve_parting_get_control_point (const NerveParting *self, guint level, guint layer);

/* "Footwear parts from tops at stage2_block2; …": two sentences, the first in short; translated, (transfer full). */
char                   *nerve_parting_headline     (const NerveParting *self, NerveDataset *dataset);
char                   *nerve_parting_story        (const NerveParting *self, NerveDataset *dataset);
/* "labels permuted 20 times: 0 of 45 pairs part"; translated, (transfer full) */
char                   *nerve_parting_control_text (const NerveParting *self);

G_END_DECLS
