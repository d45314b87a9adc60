/* Actions on the board: its rows. */
#pragma once

#include "app/document-actions.h"

G_BEGIN_DECLS

/* Adds them to a document's others; what can't be done is said by @report. */
void nerve_board_actions_add (GSimpleActionGroup *group, NerveDocument *document, NerveReportFunc report,
                              gpointer user_data);

G_END_DECLS
