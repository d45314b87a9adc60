/* What can be done in a column of another network: what is pointed at is that network's, what is selected the host's,
 * as far as the two have the same images; all else is the host's. */
#pragma once

#include "app/document-actions.h"

G_BEGIN_DECLS

/* @actions: the host's; (transfer full) */
GSimpleActionGroup *nerve_guest_actions_new (GSimpleActionGroup *actions, NerveDocument *host, NerveDocument *guest,
                                             NerveReportFunc report, gpointer user_data);

G_END_DECLS
