/* The open networks side by side: their order by a score and how well they do, their curves over each other, what
 * fewer images would say. */
#pragma once

#include <adwaita.h>

#include "app/export-dialog.h"
#include "app/ranking-table.h"
#include "views/figure-view.h"

G_BEGIN_DECLS

#define NERVE_TYPE_RANKING_WINDOW (nerve_ranking_window_get_type ())
G_DECLARE_FINAL_TYPE (NerveRankingWindow, nerve_ranking_window, NERVE, RANKING_WINDOW, AdwWindow)

NerveRankingWindow *nerve_ranking_window_new         (NerveSession *session, GtkWindow *parent);
/* What is shown, best first; NULL: no file is open. */
NerveRanking       *nerve_ranking_window_get_ranking (NerveRankingWindow *self);
NerveRankingTable  *nerve_ranking_window_get_table   (NerveRankingWindow *self);
NerveStudyRun      *nerve_ranking_window_get_run     (NerveRankingWindow *self);
/* "ranking", "models", "subsamples" */
void                nerve_ranking_window_show_page   (NerveRankingWindow *self, const char *name);
/* A CSV file of accuracies, "model,accuracy"; those of networks that are not open are left out, and counted. */
gboolean            nerve_ranking_window_read        (NerveRankingWindow *self, const char *path, GError **error);
/* Ready to be shown: what is on the page, to export it; NULL: no file is open. */
NerveExportDialog  *nerve_ranking_window_export      (NerveRankingWindow *self);

G_END_DECLS
