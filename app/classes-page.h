/* Where classes part: the tree and the matrix of pairs, purity and mix over the layers, and the two graphs around the
 * parting of two classes. DESIGN.md "Classes (parting)". */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define NERVE_TYPE_CLASSES_PAGE (nerve_classes_page_get_type ())
G_DECLARE_FINAL_TYPE (NerveClassesPage, nerve_classes_page, NERVE, CLASSES_PAGE, GtkWidget)

/* NULL: none. */
void nerve_classes_page_set_document (NerveClassesPage *self, NerveDocument *document);
/* What it shows is computed only while somebody sees it. */
void nerve_classes_page_set_shown    (NerveClassesPage *self, gboolean shown);
/* @changes: NerveChange flags */
void nerve_classes_page_update       (NerveClassesPage *self, guint changes);

G_END_DECLS
