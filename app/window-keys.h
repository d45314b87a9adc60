/* The window's keys without a modifier: walking, pinning, colours. */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

void nerve_window_keys_add (NerveWindow *window);

G_END_DECLS
