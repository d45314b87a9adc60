/* Columns of other open networks on a document's board: each is drawn from that network's own document, in the
 * colours and rows of the board, with the images marked that are selected on the board and that it has, too. */
#pragma once

#include "app/document-actions.h"
#include "views/board.h"

G_BEGIN_DECLS

typedef struct _NerveGuestColumns NerveGuestColumns;

/* @changed (@user_data): something of a guest is not what it was, and _update() is due. */
NerveGuestColumns *nerve_guest_columns_new          (NerveBoard *board, void (*changed) (gpointer user_data),
                                                     gpointer user_data);
void               nerve_guest_columns_free         (NerveGuestColumns *self);
/* NerveDocument; NULL: none. */
void               nerve_guest_columns_set_open     (NerveGuestColumns *self, GListModel *open);
/* Whose board it is. NULL: nobody's; before its model goes. */
void               nerve_guest_columns_set_host     (NerveGuestColumns *self, NerveDocument *host);
/* The host's actions, and where it says what can't be done. */
void               nerve_guest_columns_set_actions  (NerveGuestColumns *self, GSimpleActionGroup *actions,
                                                     NerveReportFunc report, gpointer user_data);
/* Those columns that the host wants and whose networks are open, as they are now. */
void               nerve_guest_columns_update       (NerveGuestColumns *self);
/* Of the @guest-th column on the board. */
NerveDocument     *nerve_guest_columns_get_document (NerveGuestColumns *self, guint guest);
/* Which of the host's guests it is: those of closed networks aren't on the board. */
guint              nerve_guest_columns_get_place    (NerveGuestColumns *self, guint guest);
const NerveFigureModel *
                   nerve_guest_columns_get_model    (NerveGuestColumns *self, guint guest);
/* The other networks, each with the layer that goes with the host's @layer; NULL: there are none. (transfer full) */
GMenuModel        *nerve_guest_columns_new_menu     (NerveGuestColumns *self, guint layer);
/* Changes with what menus say; (transfer full). */
char              *nerve_guest_columns_key          (NerveGuestColumns *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveGuestColumns, nerve_guest_columns_free)

G_END_DECLS
