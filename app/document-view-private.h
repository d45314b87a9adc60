/* What the files that make up a document's view share. */
#pragma once

#include <adwaita.h>

#include "app/classes-page.h"
#include "app/betti-page.h"
#include "app/compare-page.h"
#include "app/document-view.h"
#include "app/guest-columns.h"
#include "app/sweep-page.h"
#include "views/board-tabs.h"
#include "views/fitting-label.h"
#include "views/layer-list.h"
#include "views/legend-strip.h"
#include "views/parameter-flap.h"

G_BEGIN_DECLS

struct _NerveDocumentView
{
  GtkWidget           parent_instance;
  NerveDocument      *document;
  guint               changes;        /* not looked at yet */
  guint               update_source;
  gboolean            wants_sidebar;  /* what the person said; there may be no room for it */
  gboolean            show_parameters;
  int                 drawer_height;
  int                 room;           /* the width that folding was decided for */
  guint               fold_source;
  int                 paned_height;
  gboolean            settled;
  AdwFlap            *sidebar;
  AdwFlap            *flap;
  GtkStack           *views;
  NerveClassesPage   *classes;
  NerveBettiPage     *betti;
  NerveComparePage   *compare;
  NerveSweepPage     *sweep;
  GtkPaned           *paned;
  GtkLabel           *file_name;
  NerveFittingLabel  *file_line;
  GtkWidget          *assumptions;
  GtkLabel           *assumed;
  NerveLayerList     *layers;
  NerveBoardTabs     *tabs;
  guint               shown_board;
  NerveBoard         *board;
  NerveGuestColumns  *guests;         /* of other networks, on the board */
  NerveLegendStrip   *legend;
  NerveDrawer        *drawer;
  NerveParameterFlap *parameters;
  GMenuModel         *graph_menu;
  GMenuModel         *diagram_menu;
  GMenuModel         *pane_menu;      /* of what has no other choices */
  char               *layout;         /* the rows and columns that menus were made for */
  GMenuModel         *network_menu;
};

/* document-view-texts.c: what the document says of itself. */
void nerve_document_view_update_file       (NerveDocumentView *self);
void nerve_document_view_update_parameters (NerveDocumentView *self);
void nerve_document_view_update_captions   (NerveDocumentView *self);

G_END_DECLS
