/* Layers against layers, of the network itself or of another that is open: matrix, curve, map, and the graphs of the
 * two layers of a cell. */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define NERVE_TYPE_COMPARE_PAGE (nerve_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (NerveComparePage, nerve_compare_page, NERVE, COMPARE_PAGE, GtkWidget)

/* What there is to compare with: a list of NerveDocument. */
void nerve_compare_page_set_open     (NerveComparePage *self, GListModel *documents);
/* NULL: none. */
void nerve_compare_page_set_document (NerveComparePage *self, NerveDocument *document);
/* What it shows is computed only while somebody sees it. */
void nerve_compare_page_set_shown    (NerveComparePage *self, gboolean shown);
/* @changes: NerveChange flags */
void nerve_compare_page_update       (NerveComparePage *self, guint changes);

G_END_DECLS
