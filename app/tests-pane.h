/* Whether the distance between layers means anything: what it makes of a layer whose lowest directions are dropped, and
 * whether it finds a layer again in other networks. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define NERVE_TYPE_TESTS_PANE (nerve_tests_pane_get_type ())
G_DECLARE_FINAL_TYPE (NerveTestsPane, nerve_tests_pane, NERVE, TESTS_PANE, GtkWidget)

/* NULL: none. */
void nerve_tests_pane_set_document (NerveTestsPane *self, NerveDocument *document);
/* Computed only while somebody sees it. */
void nerve_tests_pane_set_shown    (NerveTestsPane *self, gboolean shown);
/* What the document holds, and how the work on it goes. */
void nerve_tests_pane_update       (NerveTestsPane *self);

G_END_DECLS
