/* The open networks in the order of a score, each with how well it does, which can be typed in; below, how well each
 * score's order is that of the accuracies. */
#pragma once

#include "app/study-run.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_RANKING_TABLE (nerve_ranking_table_get_type ())
G_DECLARE_FINAL_TYPE (NerveRankingTable, nerve_ranking_table, NERVE, RANKING_TABLE, GtkWidget)

/* What is being typed in stays. */
void     nerve_ranking_table_fill      (NerveRankingTable *self, NerveStudyRun *run, NerveRankingScore score,
                                        NerveDecayX x);
/* The field for the accuracy of the network at @place, the best at 0. */
GtkEntry *nerve_ranking_table_get_entry (NerveRankingTable *self, guint place);
/* Whether @score has numbers to be compared by. */
gboolean nerve_ranking_table_has_score (NerveRankingTable *self, NerveRankingScore score);

G_END_DECLS
