/* What to export, in which format and size, as it will look; then where to, or as a command, a caption, a picture. */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "app/study-origin.h"

G_BEGIN_DECLS

/* Signal "done" (string: what to say; written, or why not; gboolean: written). */
#define NERVE_TYPE_EXPORT_DIALOG (nerve_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NerveExportDialog, nerve_export_dialog, NERVE, EXPORT_DIALOG, AdwWindow)

NerveExportDialog *nerve_export_dialog_new    (NerveDocument *document, GtkWindow *parent);
/* Of several networks, as they are now: @model with their study. */
NerveExportDialog *nerve_export_dialog_new_of_study (const NerveFigureModel *model, NerveStudyOrigin *origin,
                                                     GtkWindow *parent);
/* Chooses a pane: @figure as in the table, @layer for figures of one layer. */
void               nerve_export_dialog_select (NerveExportDialog *self, const char *figure, guint layer);
/* The line that makes the same file, by the name that is proposed for it; (transfer full). Errors: see
 * nerve_origin_command(). */
char              *nerve_export_dialog_command (NerveExportDialog *self, GError **error);
/* Writes what is chosen to @place, on this machine or elsewhere, off the main thread; then "done". */
void               nerve_export_dialog_write  (NerveExportDialog *self, GFile *place);

G_END_DECLS
