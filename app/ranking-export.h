/* A figure of several networks, out of the window and into a file. */
#pragma once

#include <gtk/gtk.h>

#include "figures/figure.h"

G_BEGIN_DECLS

/* Asks where to, then writes it as it is now, in the width of a column, beside the main thread. @failed: what to say,
 * perhaps after the window was closed. */
void nerve_ranking_export (GtkWindow *window, const NerveFigureKind *kind, const NerveFigureModel *model,
                           void (*failed) (GtkWindow *window, const char *message));

G_END_DECLS
