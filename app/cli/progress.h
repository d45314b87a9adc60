/* The bar on the terminal. */
#pragma once

#include "base/progress.h"

G_BEGIN_DECLS

typedef struct _NerveProgressBar NerveProgressBar;

/* Shown on stderr after 0.3 s if that is a terminal and not @is_quiet. */
NerveProgressBar    *nerve_progress_bar_new  (const char *label, gboolean is_quiet);
/* Wipes it off the terminal. */
void                 nerve_progress_bar_free (NerveProgressBar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveProgressBar, nerve_progress_bar_free)

/* Wiped until the next step: something else is to be printed. */
void                 nerve_progress_bar_hide (NerveProgressBar *self);

/* Says no once somebody wants to stop. */
const NerveProgress *nerve_progress_bar_get  (NerveProgressBar *self);

G_END_DECLS
