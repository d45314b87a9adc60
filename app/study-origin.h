/* Where a figure of several networks comes from: what made it, in words for its metadata, and as a command. As origin.h
 * is for those of one file: the window and the command line both describe their figures here. */
#pragma once

#include "app/layer-parameters.h"
#include "app/origin.h"

G_BEGIN_DECLS

/* Reference-counted; not to be changed once it is shared. */
typedef struct _NerveStudyOrigin NerveStudyOrigin;

NerveStudyOrigin *nerve_study_origin_new   (NerveDecayX x);
NerveStudyOrigin *nerve_study_origin_ref   (NerveStudyOrigin *self);
void              nerve_study_origin_unref (NerveStudyOrigin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveStudyOrigin, nerve_study_origin_unref)

/* One more network. @parameters: (array): one a layer; @at: (nullable): the η at which its curves are read instead of
 * theirs; @typed: an accuracy that the file does not say itself, else NaN. */
void              nerve_study_origin_add   (NerveStudyOrigin *self, NerveDataset *dataset,
                                            const NerveLayerParameters *parameters, const double *at, double typed);
/* No command says it: why not; translated. */
void              nerve_study_origin_refuse (NerveStudyOrigin *self, const char *why);

const char * const *nerve_study_x_names    (void); /* by NerveDecayX */
const char * const *nerve_study_over_names (void); /* how the command line calls depths, its default first */
NerveDepth          nerve_study_over_depth (int over);

/* See nerve_origin_describe() and nerve_origin_command(). */
char             *nerve_study_origin_describe (const NerveStudyOrigin *self, const NerveFigureKind *kind,
                                               const NerveFigureModel *model);
char             *nerve_study_origin_command  (const NerveStudyOrigin *self, const NerveFigureKind *kind,
                                               const NerveFigureModel *model, const NerveOriginPage *page,
                                               const char *output, GError **error);

G_END_DECLS
