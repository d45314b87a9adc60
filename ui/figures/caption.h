/* What a figure's caption says about how it was made. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

/* Of some panels side by side, lettered from "a"; what differs between them is said with their letters.
 * @flags: NERVE_FIGURE_NEEDS_…, what is on the page
 * @name_marks: say what dots and triangles are; (transfer full). */
char *nerve_caption_new (const NerveFigureModel *model, const guint *layers, guint n_layers, guint flags,
                         gboolean name_marks);

/* How the clouds behind the layers' graphs were sampled, each way once; (transfer full). */
char *nerve_caption_new_sampling (const NerveFigureModel *model, const guint *layers, guint n_layers);

G_END_DECLS
