/* What colours, sizes and widths of mapper graphs stand for, as a menu of the document's actions. */
#pragma once

#include "figures/model.h"

G_BEGIN_DECLS

/* Only what @dataset has what it takes for; (transfer full) */
GMenuModel *nerve_look_menu_new (NerveDataset *dataset);

G_END_DECLS
