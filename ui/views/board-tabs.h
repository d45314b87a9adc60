/* The boards of a document as tabs, which are there only where there is more than one. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is done comes out as actions: "document.show-board" (u), "document.close-board" (u), "document.rename-board"
 * (us), "document.add-board". */
#define NERVE_TYPE_BOARD_TABS (nerve_board_tabs_get_type ())
G_DECLARE_FINAL_TYPE (NerveBoardTabs, nerve_board_tabs, NERVE, BOARD_TABS, GtkWidget)

/* @names: ends with NULL. @shown: the one in front */
void nerve_board_tabs_set    (NerveBoardTabs *self, const char *const *names, guint shown);
/* Asks for another name of the one in front. */
void nerve_board_tabs_rename (NerveBoardTabs *self);

G_END_DECLS
