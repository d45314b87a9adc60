/* Several files side by side with all that figures of them need, computed here and now: a scene of many. */
#pragma once

#include "app/cli/accuracy-values.h"
#include "app/cli/scene.h"
#include "app/study-origin.h"

G_BEGIN_DECLS

/* What is asked for on the command line. */
typedef struct
{
  const char         *scores[NERVE_N_RANKING_SCORES + 1]; /* all there are */
  int                 score;
  int                 x;
  int                 over;
  NerveAccuracyValues accuracies;
} NerveStudyValues;

void     nerve_study_values_declare (NerveStudyValues *self, NerveOptions *options);
void     nerve_study_values_clear   (NerveStudyValues *self);

/* Everything that a model borrows while it is drawn. */
typedef struct
{
  guint             n;
  NerveScene       *networks;
  NerveModelStudy  *study;
  NerveRanking     *ranking;
  NerveStudyOrigin *origin;
  NerveRankingScore score;
  NerveDepth        depth;
} NerveStudyScene;

/* Opens all files of the invocation and computes what a figure of @kind needs. What a file cannot give is warned of;
 * NERVE_ERROR_NOT_FOUND: nothing would be drawn. */
gboolean nerve_study_scene_compute  (NerveStudyScene *self, const NerveFigureKind *kind,
                                     const NerveStudyValues *values, const NerveSceneValues *scene,
                                     NerveInvocation *invocation, GError **error);
void     nerve_study_scene_clear    (NerveStudyScene *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveStudyScene, nerve_study_scene_clear)

void     nerve_study_scene_model    (NerveStudyScene *self, NerveFigureModel *model);

G_END_DECLS
