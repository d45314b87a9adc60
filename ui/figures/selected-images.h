/* The selected images in the order that people are shown them in. */
#pragma once

#include "figures/model.h"

G_BEGIN_DECLS

/* guint, (transfer full): the commonest class first, within a class in the file's order. O(n log n). */
GArray *nerve_selected_images (const NerveFigureModel *model);

G_END_DECLS
