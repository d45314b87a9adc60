/* The selected images as a table for other programs. */
#pragma once

#include <gio/gio.h>

#include "figures/model.h"

G_BEGIN_DECLS

/* CSV: image, sample_id, label, prediction (empty where the file has none). Errors: NERVE_ERROR_WRITE */
gboolean nerve_selection_table_write (const NerveFigureModel *model, const char *path, GError **error);

/**
 * nerve_selection_table_save_async:
 * @model: as it is now; it may change afterwards
 * @place: where to; on this machine or elsewhere
 *
 * Off the main thread; the table is there whole or not at all.
 */
void     nerve_selection_table_save_async  (const NerveFigureModel *model, GFile *place, GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean nerve_selection_table_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
