/* How a layer's tensor becomes points: a table. SCIENCE §2. A new sampling is a line in it. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

/* One sampling of one layer, everything resolved. */
typedef struct
{
  const NerveLayer *layer;
  NerveSampling     sampling;  /* how rows are read */
  NerveSampling     counts_as; /* what its points are: differs for vectors sampled beforehand */
  gsize             positions; /* k, at most H · W */
  guint64           seed;
  gboolean          relu;      /* before anything else */
  gboolean          paper;
} NerveSampler;

typedef enum
{
  NERVE_MASK_NONE,
  NERVE_MASK_FOREGROUND,
  NERVE_MASK_BACKGROUND,
} NerveMaskUse;

/* SCIENCE's table of published procedures on the ReLU before sampling. */
typedef enum
{
  NERVE_PAPER_RELU_AS_SAID,
  NERVE_PAPER_RELU_ON,
  NERVE_PAPER_RELU_OFF,
} NervePaperRelu;

typedef struct
{
  gboolean       is_seeded; /* another seed gives other points */
  NerveMaskUse   mask;
  NervePaperRelu paper_relu;
  gsize        (*per_image) (const NerveSampler *self);
  gsize        (*dimension) (const NerveSampler *self);
  /* A point's place i · W + j when it needs neither values nor masks. NULL: a whole image, or see below. */
  gint32       (*place)     (const NerveSampler *self, gsize image, gsize slot);
  /* The places of an image's points when its values decide. */
  void         (*rank)      (const NerveSampler *self, const double *tensor, gint32 *positions);
  /* A whole image's point. */
  void         (*reduce)    (const NerveSampler *self, const double *tensor, double *out);
} NerveSamplingType;

extern const NerveChoice nerve_sampling_choices[];

const NerveSamplingType *nerve_sampling_type    (NerveSampling sampling);

/* NERVE_SAMPLING_DEFAULT for a name that isn't one; "random-spatial" is read as "random". */
NerveSampling            nerve_sampling_parse   (const char *name);

/**
 * nerve_sampler_init:
 *
 * A vector layer is taken as it is under every sampling but foreground and background, which need positions:
 * NERVE_ERROR_PARAMETER. One that was sampled beforehand counts as what its attribute says.
 */
gboolean                 nerve_sampler_init     (NerveSampler *self, const NerveLayer *layer,
                                                 const NerveCloudParameters *parameters, GError **error);

gsize                    nerve_sampler_per_image (const NerveSampler *self);
gsize                    nerve_sampler_dimension (const NerveSampler *self);
/* Values in a row of the layer: C · H · W. */
gsize                    nerve_sampler_row_size  (const NerveSampler *self);

G_END_DECLS
