/* A document's commands as actions, so that widgets, menus and keys can ask for them by name. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

/* Told when a command could not be carried out; @message is for the person. */
typedef void (*NerveReportFunc) (const char *message, gpointer user_data);

/**
 * nerve_document_actions_new:
 *
 * The group is to be inserted as "document". Parameters of the actions: views/figure-view.h,
 * views/parameter-flap.h; besides "undo", "redo", "clear", "begin-drag", "end-drag", "toggle-color" without,
 * "walk-by" (i), "toggle-pin" (u column), "cancel" and "retry" (u layer, s figure), "solo" and "hide" (u label,
 * b group), "set-eps" (u layer, s number or "auto"), and the states "color-by" ('class', 'superclass') and "units"
 * ('median', 'absolute', 'fit').
 *
 * Returns: (transfer full): the group; it keeps @document alive
 */
GSimpleActionGroup *nerve_document_actions_new (NerveDocument *document, NerveReportFunc report, gpointer user_data);

G_END_DECLS
