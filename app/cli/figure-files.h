/* What a figure of several files compares: layers of the first one's network with those of the others. */
#pragma once

#include "app/cli/scene.h"

G_BEGIN_DECLS

/* Into @scene, which is the first file's; @flags: what the figure needs (NerveFigureFlags). */
gboolean nerve_figure_files_compare (NerveScene *scene, guint flags, const NerveSceneValues *values,
                                     NerveInvocation *invocation, GError **error);

G_END_DECLS
