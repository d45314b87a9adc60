/* The selected images as a table for other programs. */
#pragma once

#include "figures/model.h"

G_BEGIN_DECLS

/* CSV: image, sample_id, label, prediction (empty where the file has none). Errors: NERVE_ERROR_WRITE */
gboolean nerve_selection_table_write (const NerveFigureModel *model, const char *path, GError **error);

G_END_DECLS
