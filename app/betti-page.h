/* A document's Betti numbers with room: their decay, Ω over layers and η, and what is counted in one image. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define NERVE_TYPE_BETTI_PAGE (nerve_betti_page_get_type ())
G_DECLARE_FINAL_TYPE (NerveBettiPage, nerve_betti_page, NERVE, BETTI_PAGE, GtkWidget)

/* @document: NULL for none */
void nerve_betti_page_set_document (NerveBettiPage *self, NerveDocument *document);
/* Curves are computed only for who looks. */
void nerve_betti_page_set_shown    (NerveBettiPage *self, gboolean shown);
/* @changes: NerveChange flags */
void nerve_betti_page_update       (NerveBettiPage *self, guint changes);

G_END_DECLS
