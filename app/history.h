/* What can be undone and done again: states by the names of the commands that left them. */
#pragma once

#include "app/document-state.h"

G_BEGIN_DECLS

typedef struct _NerveHistory NerveHistory;

NerveHistory       *nerve_history_new   (void);
void                nerve_history_free  (NerveHistory *self);
/* Takes @before, the state that the command called @label left. Nothing can be done again any more. */
void                nerve_history_push  (NerveHistory *self, NerveDocumentState *before, const char *label);
/* The state to go to (transfer full), for which it takes @now; NULL: nothing to undo, @now stays the caller's. */
NerveDocumentState *nerve_history_undo  (NerveHistory *self, NerveDocumentState *now);
NerveDocumentState *nerve_history_redo  (NerveHistory *self, NerveDocumentState *now);
/* NULL: nothing to undo */
const char         *nerve_history_get_undo_label (NerveHistory *self);
const char         *nerve_history_get_redo_label (NerveHistory *self);
/* The commands until end_drag are one step. */
void                nerve_history_begin_drag (NerveHistory *self);
void                nerve_history_end_drag   (NerveHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveHistory, nerve_history_free)

G_END_DECLS
