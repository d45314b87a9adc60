/* The open documents as networks side by side: keeps a study of them up to date, and knows their scores and how well
 * they do. */
#pragma once

#include "app/session.h"
#include "app/study-origin.h"

G_BEGIN_DECLS

/* Signals "changed": documents, the study, scores or accuracies; "progress": nothing but how far it is. */
#define NERVE_TYPE_STUDY_RUN (nerve_study_run_get_type ())
G_DECLARE_FINAL_TYPE (NerveStudyRun, nerve_study_run, NERVE, STUDY_RUN, GObject)

NerveStudyRun   *nerve_study_run_new          (NerveSession *session);

/* In the order they were opened. */
guint            nerve_study_run_get_n        (NerveStudyRun *self);
NerveDocument   *nerve_study_run_get_document (NerveStudyRun *self, guint i);
/* NULL: not there yet. */
NerveModelStudy *nerve_study_run_get_study    (NerveStudyRun *self);
/* From 0 to 1; negative: nothing is being computed. */
double           nerve_study_run_get_fraction (NerveStudyRun *self);
/* Some documents are still counting, and not in the study. */
gboolean         nerve_study_run_is_waiting   (NerveStudyRun *self);
const GError    *nerve_study_run_get_error    (NerveStudyRun *self);

/* τ takes its time: it is computed once somebody wants it. */
void             nerve_study_run_want_tau     (NerveStudyRun *self);
/* NaN: there is none, or not yet; @cause (nullable): why, if it will not come. */
double           nerve_study_run_get_score    (NerveStudyRun *self, guint i, NerveRankingScore score, NerveDecayX x,
                                               const char **cause);
/* What was typed in, else what the file says; NaN: neither. */
double           nerve_study_run_get_accuracy (NerveStudyRun *self, guint i);
/* Of all documents; the place of each in it is (nullable) @places. */
NerveRanking    *nerve_study_run_rank         (NerveStudyRun *self, NerveRankingScore score, NerveDecayX x,
                                               guint *places);
/* What made the figures that are shown; (transfer full). */
NerveStudyOrigin *nerve_study_run_get_origin (NerveStudyRun *self, NerveRankingScore score, NerveDecayX x);

G_END_DECLS
