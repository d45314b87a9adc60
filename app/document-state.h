/* Everything about a document that undo brings back, as one value. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

/* A board that is not shown, or the name of the one that is. */
typedef struct
{
  char          name[64];   /* "": by its number */
  guint         columns[16];
  gboolean      pinned[16];
  guint         n_columns;
  guint         current;
  NerveBoardRow rows[NERVE_N_BOARD_VIEWS];
  guint         n_rows;
  NerveGuest    guests[NERVE_MOST_GUESTS];
  guint         n_guests;
} NerveBoardLayout;

#define NERVE_MOST_BOARDS 24

/* As much of it as there is room for. */
void nerve_board_layout_set_name (NerveBoardLayout *self, const char *name);

typedef struct
{
  guint                 n_layers;
  NerveLayerParameters *parameters; /* one a layer */
  guint                 columns[16];
  gboolean              pinned[16];
  guint                 n_columns;
  guint                 current;
  NerveBoardRow         rows[NERVE_N_BOARD_VIEWS]; /* of every column */
  guint                 n_rows;
  NerveGuest            guests[NERVE_MOST_GUESTS]; /* columns of other networks */
  guint                 n_guests;
  NerveBoardLayout      boards[NERVE_MOST_BOARDS]; /* of the one shown only the name: it is above */
  guint                 n_boards;
  guint                 board;    /* shown */
  NerveColorBy          color_by;
  NerveNodeSize         node_size;
  NerveLayoutKind       layout;
  NerveEdgeWidth        edge_width;
  gboolean              sweep_by_eps;   /* what a sweep varies beside the intervals; else the overlap */
  NerveMatrixView       matrix;         /* how layers are compared */
  NerveUnits            units;
  double                accuracy;       /* of the network, as typed in; NaN: what the file says */
  NerveDecayView        decay;          /* its axis, lines and η; what it points to is no state */
  NerveBitset          *shown;          /* classes or groups that keep their colours; NULL: all */
  int                   pair[2];        /* of classes; -1: none */
  NerveBitset          *selection;      /* images */
  char                 *selection_name; /* what was selected, in words; NULL if nothing */
  int                   selected_layer;
  int                   selected_node;
  char                 *selected_graph; /* key of the graph that has this node; NULL if none */
  int                   selected_bar;
  char                 *selected_diagram; /* key of the diagram that has this bar; NULL if none */
} NerveDocumentState;

/* The opening state: window defaults, opening columns pinned. */
NerveDocumentState *nerve_document_state_new   (NerveDataset *dataset);
NerveDocumentState *nerve_document_state_copy  (const NerveDocumentState *self);
void                nerve_document_state_free  (NerveDocumentState *self);
/* What differs, as NerveChange flags. */
guint               nerve_document_state_diff  (const NerveDocumentState *a, const NerveDocumentState *b);

/* What is shown, also among the boards; another one shown in its place. */
void                nerve_document_state_stow  (NerveDocumentState *self);
void                nerve_document_state_bring (NerveDocumentState *self, guint board);

/* These take the place of what is not pinned, then of what is, and the board is in the network's order; the last of
 * them is walked to. */
void                nerve_document_state_show_layers (NerveDocumentState *self, const guint *layers, guint n);

/* The one in force; changes with the document. */
const NerveDocumentState *nerve_document_get_state (NerveDocument *document);
/* Takes @state: for a document that nothing was done to yet it is the opening state, else a step that can be undone. */
void                nerve_document_restore     (NerveDocument *document, NerveDocumentState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDocumentState, nerve_document_state_free)

G_END_DECLS
