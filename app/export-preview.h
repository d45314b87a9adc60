/* A figure as it will be on paper, at true size; where that has no room, as large as there is, and how large that is
 * said. */
#pragma once

#include <adwaita.h>

#include "app/export-job.h"

G_BEGIN_DECLS

/* Signals "drawn" (gboolean: it can be) and "resized": it would be of another size now, if it were drawn again. */
#define NERVE_TYPE_EXPORT_PREVIEW (nerve_export_preview_get_type ())
G_DECLARE_FINAL_TYPE (NerveExportPreview, nerve_export_preview, NERVE, EXPORT_PREVIEW, AdwBin)

/* Takes @job; of several in a row, the last one is drawn. @warning: (nullable): to be said with its size. */
void nerve_export_preview_draw (NerveExportPreview *self, NerveExportJob *job, const char *warning);
/* There is nothing to draw, and @text says why. */
void nerve_export_preview_fail (NerveExportPreview *self, const char *text);
/* In place of its size. */
void nerve_export_preview_say  (NerveExportPreview *self, const char *text);

G_END_DECLS
