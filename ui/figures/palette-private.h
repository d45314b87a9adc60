/* What tests and siblings need of a palette besides palette.h. */
#pragma once

#include "figures/palette.h"

G_BEGIN_DECLS

/* @groups: of each class; with @n_groups 0 there is no tree and both group arrays may be NULL. */
NervePalette *nerve_palette_new_from_tree (const char * const *classes, guint n_classes, const guint *groups,
                                           const char * const *group_names, guint n_groups);
/* Of what has no class. */
NerveColor    nerve_palette_get_neutral   (gboolean dark);

G_END_DECLS
