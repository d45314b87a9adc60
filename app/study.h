/* The open networks side by side, off the main thread: a study of several documents is a job like another. */
#pragma once

#include "app/results.h"
#include "layers/model-study.h"

G_BEGIN_DECLS

/* Thresholds that scores are varied over. */
#define NERVE_STUDY_ETAS 25

/* What a study is made from; immutable, reference-counted. */
typedef struct _NerveStudyInput NerveStudyInput;

NerveStudyInput *nerve_study_input_new   (void);
NerveStudyInput *nerve_study_input_ref   (NerveStudyInput *self);
void             nerve_study_input_unref (NerveStudyInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveStudyInput, nerve_study_input_unref)

/* Before it is asked for: one more network. @layers: its results, one a layer, which it refers to. @at: NULL, or the η
 * at which its curves are read instead of its Betti numbers. @key: of these results. Scores are varied over all η at
 * which a network's curves change, where none of them is missing. */
void             nerve_study_input_add   (NerveStudyInput *self, NerveDataset *dataset,
                                          const NerveLayerResults *layers, const double *at, const char *key);
const char      *nerve_study_input_get_key (NerveStudyInput *self);

/* NerveModelStudy. */
const NerveResultType *nerve_study_type  (void);
NerveModelStudy *nerve_study_compute     (NerveStudyInput *self, const NerveProgress *progress, GError **error);

G_END_DECLS
