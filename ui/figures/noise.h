/* The noise test of a layer: the mapper graphs of clean and of noisy inputs, made alike, and which nodes go with
 * which. */
#pragma once

#include "figures/model.h"

G_BEGIN_DECLS

typedef enum { NERVE_NOISE_CLEAN, NERVE_NOISE_NOISY, NERVE_N_NOISE_SIDES } NerveNoiseSide;

/* What is said of a graph; NaN: not known. */
typedef struct
{
  guint  nodes;
  guint  edges;
  guint  components;
  guint  cycles;
  guint  leaves;
  guint  flares;
  double coverage;
  double purity;          /* of nodes */
  double weighted_purity;
  double accuracy;        /* of all points' predictions */
} NerveNoiseSummary;

/* @purity: (nullable): without labels. @dataset: of the mapper's points. */
void nerve_noise_summary_init (NerveNoiseSummary *self, NerveMapper *mapper, const NervePurity *purity,
                               NerveDataset *dataset);

/* Immutable, reference-counted; NerveNoise is declared in network.h. */
struct _NerveNoise
{
  gatomicrefcount   ref;
  NerveDataset     *datasets[NERVE_N_NOISE_SIDES];
  guint             layers[NERVE_N_NOISE_SIDES]; /* of the same name */
  NerveGraph       *graphs[NERVE_N_NOISE_SIDES];
  NerveNoiseSummary summaries[NERVE_N_NOISE_SIDES];
  NerveCoupling    *coupling;                    /* from clean to noisy; NULL: one has no nodes */
};

/* Both graphs' points are of the same images. @coupling: (nullable). All are referred to. */
NerveNoise *nerve_noise_new   (NerveDataset * const datasets[NERVE_N_NOISE_SIDES],
                               const guint layers[NERVE_N_NOISE_SIDES],
                               NerveGraph * const graphs[NERVE_N_NOISE_SIDES], NerveCoupling *coupling);
NerveNoise *nerve_noise_ref   (NerveNoise *self);
void        nerve_noise_unref (NerveNoise *self);
gsize       nerve_noise_size  (const NerveNoise *self); /* bytes, about, beside the graphs */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveNoise, nerve_noise_unref)

G_END_DECLS
