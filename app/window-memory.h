/* What the window remembers from one start to the next: its size and what it shows. */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

void nerve_window_memory_restore (NerveWindow *window, GSettings *settings);
void nerve_window_memory_keep    (NerveWindow *window, GSettings *settings);

G_END_DECLS
