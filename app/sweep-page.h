/* A layer's graphs over a grid of parameters: a click, or an arrow key, takes a cell's parameters. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define NERVE_TYPE_SWEEP_PAGE (nerve_sweep_page_get_type ())
G_DECLARE_FINAL_TYPE (NerveSweepPage, nerve_sweep_page, NERVE, SWEEP_PAGE, GtkWidget)

/* @document: NULL for none */
void nerve_sweep_page_set_document (NerveSweepPage *self, NerveDocument *document);
/* Graphs are computed only for who looks. */
void nerve_sweep_page_set_shown    (NerveSweepPage *self, gboolean shown);
/* @changes: NerveChange flags */
void nerve_sweep_page_update       (NerveSweepPage *self, guint changes);

G_END_DECLS
