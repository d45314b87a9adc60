/* How the page of an exported figure is: width, height, font, what stands around it. Each kind of figure keeps what was
 * chosen for it the last time. */
#pragma once

#include <adwaita.h>

#include "app/export-job.h"

G_BEGIN_DECLS

/* Signal "changed". */
#define NERVE_TYPE_EXPORT_PAGE_GROUP (nerve_export_page_group_get_type ())
G_DECLARE_FINAL_TYPE (NerveExportPageGroup, nerve_export_page_group, NERVE, EXPORT_PAGE_GROUP, AdwPreferencesGroup)

/* Takes what was chosen for that kind the last time. @parts: NervePageParts that the figure has. */
void            nerve_export_page_group_set_kind (NerveExportPageGroup *self, const NerveFigureKind *kind, guint parts);
/* Texts are borrowed until the next change. */
NerveExportPage nerve_export_page_group_get      (NerveExportPageGroup *self);

G_END_DECLS
