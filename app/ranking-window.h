/* The open files as models in the order of a score, beside how well they do: a table and a scatter plot. */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "views/figure-view.h"

G_BEGIN_DECLS

#define NERVE_TYPE_RANKING_WINDOW (nerve_ranking_window_get_type ())
G_DECLARE_FINAL_TYPE (NerveRankingWindow, nerve_ranking_window, NERVE, RANKING_WINDOW, AdwWindow)

NerveRankingWindow *nerve_ranking_window_new         (NerveSession *session, GtkWindow *parent);

G_END_DECLS
