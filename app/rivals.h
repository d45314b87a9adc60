/* Scores of a network that come from no curve: the rivals of θ. */
#pragma once

#include "data/dataset.h"
#include "layers/ranking.h"

G_BEGIN_DECLS

/* Immutable, reference-counted. */
typedef struct _NerveRivals NerveRivals;

/**
 * nerve_rivals_new:
 * @source: NERVE_RANKING_OF_DIAGRAMS (τ: all bars of all tensors, which takes its time) or NERVE_RANKING_OF_TRANSFER
 *
 * What a file cannot give (it has no labels, no logits, …) is no failure of the others: each score has its own cause.
 *
 * Errors: NERVE_ERROR_CANCELLED
 */
NerveRivals *nerve_rivals_new        (NerveDataset *dataset, NerveRankingSource source, const NerveProgress *progress,
                                      GError **error);
NerveRivals *nerve_rivals_ref        (NerveRivals *self);
void         nerve_rivals_unref      (NerveRivals *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveRivals, nerve_rivals_unref)

/* NaN: there is none. */
double       nerve_rivals_get_score  (NerveRivals *self, NerveRankingScore score);
/* Why there is none; NULL: there is. */
const char  *nerve_rivals_get_cause  (NerveRivals *self, NerveRankingScore score);

G_END_DECLS
