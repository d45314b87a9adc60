/* A model that stands still while the document goes on: everything in it is owned. What a picture was drawn
 * from is kept as one, and an export works on one in a thread of its own. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

NerveFigureModel *nerve_model_snapshot_new  (const NerveFigureModel *model);
void              nerve_model_snapshot_free (NerveFigureModel *snapshot);

/* Would @kind look the same of both? The hover is left out. */
gboolean nerve_model_same_picture (const NerveFigureModel *a, const NerveFigureModel *b, const NerveFigureKind *kind,
                                   guint layer);
/* Would its marks stand in the same places and mean the same? Colours and selection are left out, too. */
gboolean nerve_model_same_places  (const NerveFigureModel *a, const NerveFigureModel *b, const NerveFigureKind *kind,
                                   guint layer);
/* Everything that @kind needs of @layer is there. */
gboolean nerve_model_has_results  (const NerveFigureModel *model, const NerveFigureKind *kind, guint layer);

G_END_DECLS
