/* What the rows of a board show: a table of views, each a figure of layers; and the rows as text. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* of its figure, in sessions and on the command line */
  const char *title; /* N_(): what its line on the board says */
  double      ratio; /* of height to width on a page */
  guint       share; /* of the height, when it comes to a board */
  guint       least; /* of the height on a screen, in pixels, with its line: below that it says nothing */
} NerveBoardViewType;

const NerveBoardViewType *nerve_board_view        (NerveBoardView view);
/* By its name. */
gboolean                  nerve_board_view_find   (const char *name, NerveBoardView *view);
const NerveFigureKind    *nerve_board_view_figure (NerveBoardView view);
/* One of the ways to look at bars. */
gboolean                  nerve_board_view_is_of_bars (NerveBoardView view);
/* Whether the file has what it shows. */
gboolean                  nerve_board_view_is_available (NerveBoardView view, NerveDataset *dataset);

/* Of a share. */
#define NERVE_BOARD_MOST_SHARE 100000

/* The opening rows: graphs over diagrams. @rows: NERVE_N_BOARD_VIEWS of them. */
void     nerve_board_rows_init    (NerveBoardRow *rows, guint *n);
/* Where a view stands; -1: nowhere. */
int      nerve_board_rows_find    (const NerveBoardRow *rows, guint n, NerveBoardView view);
/* The first row of bars; -1: none. */
int      nerve_board_rows_find_bars (const NerveBoardRow *rows, guint n);
/* "mapper,diagram"; (transfer full) */
char    *nerve_board_rows_to_text (const NerveBoardRow *rows, guint n);
/* Back; each view at most once. NERVE_ERROR_PARAMETER. */
gboolean nerve_board_rows_parse   (const char *text, NerveBoardRow *rows, guint *n, GError **error);
/* These views in this order, whatever their shares. */
gboolean nerve_board_rows_same_views (const NerveBoardRow *a, guint n_a, const NerveBoardRow *b, guint n_b);

/* NerveFigureFlags of @kind; of a board also of its rows, but for PER_LAYER. */
guint    nerve_figure_flags       (const NerveFigureKind *kind, const NerveFigureModel *model);

G_END_DECLS
