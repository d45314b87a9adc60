/* A document in the window: sidebar, board, legend, drawer and parameters, kept up to date with it. */
#pragma once

#include <gtk/gtk.h>

#include "app/document-actions.h"
#include "views/board.h"
#include "views/drawer.h"

G_BEGIN_DECLS

/* Properties: "show-sidebar", "show-parameters".
 * Signals: "board-drawn": every pane of the board shows its result; "settled": nothing is being computed, and
 * everything is drawn. */
#define NERVE_TYPE_DOCUMENT_VIEW (nerve_document_view_get_type ())
G_DECLARE_FINAL_TYPE (NerveDocumentView, nerve_document_view, NERVE, DOCUMENT_VIEW, GtkWidget)

void           nerve_document_view_set_document (NerveDocumentView *self, NerveDocument *document);
/* All that is open (NerveDocument), to compare with. */
void               nerve_document_view_set_open     (NerveDocumentView *self, GListModel *documents);
NerveDocument *nerve_document_view_get_document (NerveDocumentView *self);
NerveBoard    *nerve_document_view_get_board    (NerveDocumentView *self);
NerveDrawer   *nerve_document_view_get_drawer   (NerveDocumentView *self);
/* The actions of the document shown, and where they say what can't be done. */
void           nerve_document_view_set_actions  (NerveDocumentView *self, GSimpleActionGroup *actions,
                                                 NerveReportFunc report, gpointer user_data);
/* Whose results a widget on the board shows: the document's, or those of another network's. */
NerveDocument *nerve_document_view_find_document (NerveDocumentView *self, GtkWidget *widget);
/* The @column-th of the board, where that is one of another network. */
void           nerve_document_view_remove_guest (NerveDocumentView *self, guint column);
/* Asks for another name of the board shown, where there are several. */
void           nerve_document_view_rename_board (NerveDocumentView *self);
/* Whether it was asked for; "show-sidebar" says whether there is room for it too. */
gboolean       nerve_document_view_wants_sidebar (NerveDocumentView *self);
int            nerve_document_view_get_drawer_height (NerveDocumentView *self);
void           nerve_document_view_set_drawer_height (NerveDocumentView *self, int height);
/* All figures of the board back to the size of their panes. */
void           nerve_document_view_fit          (NerveDocumentView *self);
/* Opens the list to look a class up in, on the board. */
void           nerve_document_view_find_class   (NerveDocumentView *self);

G_END_DECLS
