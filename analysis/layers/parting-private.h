/* What the files of a parting share; for them alone. */
#pragma once

#include "layers/parting.h"

/* Ends of the interval. */
#define NERVE_PARTING_LOW .025
#define NERVE_PARTING_HIGH .975

/* Classes, or groups of them. */
typedef struct
{
  guint             n;
  guint            *groups; /* of each class */
  NervePartingPair *pairs;  /* a < b, see nerve_parting_pair_index() */
  NerveMixPoint    *points; /* n_pairs × n_layers */
  double            control;
  NerveMixPoint    *control_points; /* n_layers */
} NervePartingLevel;

struct _NerveParting
{
  gatomicrefcount        references;
  NervePartingParameters parameters;
  guint                  n_layers;
  guint                  n_classes;
  gsize                  n_images;
  gboolean              *counted;
  guint                  n_levels;
  NervePartingLevel                 *levels;
};

static inline gsize
nerve_parting_count_pairs (guint n)
{
  return n > 0 ? (gsize) n * (n - 1) / 2 : 0;
}

static inline gsize
nerve_parting_pair_index (guint a, guint b)
{
  return a < b ? (gsize) b * (b - 1) / 2 + a : (gsize) a * (a - 1) / 2 + b;
}

static inline gboolean
nerve_parting_is_parted (const NerveParting *self, const NerveMixPoint *point)
{
  return point->high < self->parameters.parted_below;
}

/* Draws of the images, bootstraps × n_images; @stream: which labelling. Errors: MEMORY */
guint16 *nerve_parting_draw            (const NerveParting *self, const int *labels, guint64 seed, guint64 stream,
                                        GError **error);

/* Room for the mix of each pair in each draw, an array a level. Errors: MEMORY */
double **nerve_parting_mixes_new       (const NerveParting *self, GError **error);
void     nerve_parting_mixes_free      (double **mixes, guint n);

/* All pairs of all levels at one layer: into @points, an array a level, @stride apart. Errors: CANCELLED */
gboolean nerve_parting_measure_layer   (NerveParting *self, const NerveSharing *sharing, const int *labels,
                                        const guint16 *weights, double **mixes, NerveMixPoint **points, gsize stride,
                                        const NerveProgress *progress, GError **error);

/* How many pairs part when labels are permuted, and how mixed they are. Errors: MEMORY, CANCELLED */
gboolean nerve_parting_measure_control (NerveParting *self, NerveSharing * const *sharing, const int *labels,
                                        guint64 seed, const NerveProgress *progress, GError **error);
