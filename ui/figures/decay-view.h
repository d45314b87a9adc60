/* How the figures of Betti decay show it, and what they need beside the layers' results. */
#pragma once

#include "layers/betti-band.h"
#include "layers/betti-heat.h"
#include "layers/decay-curve.h"
#include "layers/invariance.h"
#include "layers/model-study.h"
#include "layers/ranking.h"
#include "layers/sublevel.h"

G_BEGIN_DECLS

typedef enum { NERVE_DECAY_BY_NOTHING, NERVE_DECAY_BY_CLASS, NERVE_DECAY_BY_SUPERCLASS } NerveDecayBy;

/* All zero: a logarithmic axis, no bands. Pointers are borrowed. */
typedef struct
{
  gboolean         linear;
  gboolean         bands;     /* asked for; drawn where there is a bootstrap */
  NerveDecayBy     by;
  NerveDepth       depth;     /* what overlaid curves are drawn over */
  NerveResampling  *bootstrap; /* NULL: no bands */
  NerveModelStudy *study;     /* of several files */
  NerveRanking    *ranking;
  NerveRankingScore score;    /* what the study shows */
  NerveSublevel   *sublevel;  /* NULL: the figure reads what is asked for */
  gsize            image;     /* of the sublevel */
  NerveBettiHeat  *heat;      /* NULL: not there yet */
  gboolean         at_eta;    /* numbers are those of the layers' curves at @eta; else of the layers' Betti results */
  double           eta;       /* of the sublevel too */
  NerveBettiCount  count;     /* of the layer walked to */
} NerveDecayView;

G_END_DECLS
