/* Is a distance between layers meaningful? What it makes of a layer whose lowest principal directions are dropped, set
 * beside what it makes of chance. SCIENCE §3. */
#pragma once

#include "layers/layer-matrix.h"

G_BEGIN_DECLS

/* Described by nerve_sensitivity_table ("step", "bootstraps"). */
typedef struct
{
  int step;       /* directions that are dropped at a time */
  int bootstraps; /* of one file: how many draws make the line to pass */
} NerveSensitivityParameters;

extern const NerveParameterTable nerve_sensitivity_table;

/* What the line to pass is made of. */
typedef enum
{
  NERVE_LEVEL_SEEDS,      /* the same layer of other files */
  NERVE_LEVEL_POINTS,     /* bootstraps over the points: measures that don't match points */
  NERVE_LEVEL_DIRECTIONS, /* bootstraps over the coordinates: those that do */
} NerveLevelKind;

typedef struct
{
  gsize  n_dropped;
  double share;    /* of the directions */
  double variance; /* share of the variance that went with them */
  double distance; /* to the whole layer: a distance, or 1 − a similarity; NaN where it is not defined */
} NerveSensitivityStep;

/* Immutable, reference-counted. */
typedef struct _NerveSensitivity NerveSensitivity;

/**
 * nerve_sensitivity_new:
 * @datasets: (array): the first is the one whose layer is cut; others, of other seeds, make the line to pass
 * @layers: (array): of each, which
 * @cloud: with its `paper`: the directions of the cloud as it is; else of the centred one
 *
 * The distance of the layer to itself without its lowest 4, 8, … directions, for any measure but NERVE_MEASURE_MAPPER.
 * What turning a cloud doesn't change is measured in the principal coordinates, the rest in the layer's own.
 *
 * O(n p min (n, p)), and the measure once for each step and pair of files. Purvine et al. (2023); Ding et al.,
 * Grounding Representation Similarity with Statistical Testing (2021).
 * Errors: NERVE_ERROR_PARAMETER (mapper), SHAPE (images can't be matched), VALUE (all points coincide), those of the
 * analyses, CANCELLED
 */
NerveSensitivity *nerve_sensitivity_new   (NerveDataset * const *datasets, const guint *layers, guint n_datasets,
                                           const NerveCloudParameters *cloud, const NerveMeasureParameters *measure,
                                           const NerveSensitivityParameters *parameters,
                                           const NerveProgress *progress, GError **error);
NerveSensitivity *nerve_sensitivity_ref   (NerveSensitivity *self);
void              nerve_sensitivity_unref (NerveSensitivity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveSensitivity, nerve_sensitivity_unref)

const char                 *nerve_sensitivity_get_layer        (const NerveSensitivity *self);
NerveMeasureKind            nerve_sensitivity_get_measure      (const NerveSensitivity *self);
gsize                       nerve_sensitivity_get_n_directions (const NerveSensitivity *self);
/* From nothing dropped on. */
const NerveSensitivityStep *nerve_sensitivity_get_steps        (const NerveSensitivity *self, guint *n);
/* The line to pass: the mean of the distances it is made of; NaN: none is defined. @low, @high: least and greatest. */
double                      nerve_sensitivity_get_level        (const NerveSensitivity *self, double *low,
                                                                double *high);
NerveLevelKind              nerve_sensitivity_get_level_kind   (const NerveSensitivity *self);
/* The least share dropped from which on the distance stays at the line or above; NaN: it never does. */
double                      nerve_sensitivity_get_passed       (const NerveSensitivity *self);
const char                 *nerve_sensitivity_get_badge        (const NerveSensitivity *self); /* the cloud's */
const char * const         *nerve_sensitivity_get_notes        (const NerveSensitivity *self);
/* "seeds", "bootstrap of points", "bootstrap of directions" */
const char                 *nerve_level_kind_name              (NerveLevelKind kind);

G_END_DECLS
