/* That the command an export dialog copies makes the bytes that it exports. */
#pragma once

#include "app/export-dialog.h"

G_BEGIN_DECLS

/* Takes @dialog: exports by it, and runs its command as a person does in another folder. */
void command_fixture_assert_same (NerveExportDialog *dialog);

G_END_DECLS
