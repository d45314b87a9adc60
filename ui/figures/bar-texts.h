/* What is said of one bar, and of how the points behind it were taken. */
#pragma once

#include "figures/model.h"

G_BEGIN_DECLS

/* "0.31–0.55" in the units of the axes; (transfer full). */
char  *nerve_bar_span  (const NerveFigureModel *model, const NerveHomology *homology, const NerveBar *bar);
/* "H₁ bar 0.31–0.55 of conv1"; (transfer full). */
char  *nerve_bar_name  (const NerveFigureModel *model, guint layer, const NerveBar *bar);
/* What the selected bar is, in plain words; NULL: none is; (transfer full). */
char  *nerve_bar_explanation (const NerveFigureModel *model);
/* The curve under the pointer, else the bar under it, or that is selected, in fewer and fewer words, the longest first;
 * with none of these the badge of sampled points; nothing to say: one empty wording. (transfer full) */
char **nerve_bar_texts (const NerveFigureModel *model, guint layer);

G_END_DECLS
