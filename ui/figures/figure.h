/* Every kind of figure, in one table that the board, the export dialog, nerve-cli figure and the tests read. */
#pragma once

#include <cairo.h>

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_FIGURE_NEEDS_GRAPH      = 1 << 0,
  NERVE_FIGURE_NEEDS_HOMOLOGY   = 1 << 1,
  NERVE_FIGURE_NEEDS_BETTI      = 1 << 2,
  NERVE_FIGURE_PER_LAYER        = 1 << 3, /* of one layer; else of the network */
  NERVE_FIGURE_NEEDS_MATRIX     = 1 << 4, /* and below: of the model's network results */
  NERVE_FIGURE_NEEDS_PARTING    = 1 << 5,
  NERVE_FIGURE_NEEDS_HIERARCHY  = 1 << 6,
  NERVE_FIGURE_NEEDS_PROJECTION = 1 << 7, /* of the layer's own results */
  NERVE_FIGURE_NEEDS_COUPLINGS  = 1 << 8,
  NERVE_FIGURE_NEEDS_SENSITIVITY = 1 << 9,
  NERVE_FIGURE_NEEDS_CURVES     = 1 << 10, /* Betti curves of all layers */
  NERVE_FIGURE_NEEDS_IMAGE      = 1 << 11, /* one image's tensor, which it reads itself */
  NERVE_FIGURE_NEEDS_RANKING    = 1 << 12, /* of several files */
  NERVE_FIGURE_NEEDS_SWEEP      = 1 << 13, /* of the model's network results */
  NERVE_FIGURE_NEEDS_SPECIFICITY = 1 << 15, /* of several files, of the model's network results */
  NERVE_FIGURE_NEEDS_NOISE      = 1 << 16, /* of two files, of the model's network results */
  NERVE_FIGURE_OVER_ETA         = 1 << 14, /* of several files, at many thresholds */
  NERVE_FIGURE_OF_IMAGES        = 1 << 17, /* its marks are images */
} NerveFigureFlags;

/* By a measure of their distance. */
#define NERVE_FIGURE_COMPARES_LAYERS (NERVE_FIGURE_NEEDS_MATRIX | NERVE_FIGURE_NEEDS_SENSITIVITY | \
                                      NERVE_FIGURE_NEEDS_SPECIFICITY)
/* Of one file, or of several. */
#define NERVE_FIGURE_TESTS_DISTANCE (NERVE_FIGURE_NEEDS_SENSITIVITY | NERVE_FIGURE_NEEDS_SPECIFICITY)

typedef enum
{
  NERVE_HIT_NOTHING,
  NERVE_HIT_NODE,   /* index: node */
  NERVE_HIT_NOISY_NODE, /* index: node of the graph of noisy inputs */
  NERVE_HIT_LAYER,  /* index: layer */
  NERVE_HIT_CLASS,  /* index: class */
  NERVE_HIT_GROUP,  /* index: superclass */
  NERVE_HIT_BAR,    /* index: bar of the diagram */
  NERVE_HIT_CELL,   /* layer: of the row, index: the column's layer, in the matrix of layers */
  NERVE_HIT_PAIR,   /* layer and index: two classes */
  NERVE_HIT_IMAGE,  /* index: image */
  NERVE_HIT_SWEEP,  /* index: cell of a sweep, row by row */
  NERVE_HIT_CURVE,  /* index: dimension of a Betti curve, level of a landscape from 0 */
} NerveHitKind;

typedef struct
{
  NerveHitKind kind;
  guint        layer;
  guint        index;
  double       x, y, radius; /* where the mark is, for focus rings and pop-overs */
  double       reach;        /* half its width where that is more than the radius; else 0 */
  double       at, value;    /* of a curve, in the units of its axes; else 0 */
  const char  *name;         /* of it, interned; else NULL */
} NerveHit;

typedef struct
{
  const char *name;    /* as in CLI.md: "mapper" */
  const char *title;   /* N_() */
  guint       flags;
  double      aspect;  /* default height / width */
  /* On a ground that is already painted, into [0, width] × [0, height]. @layer: for PER_LAYER kinds. */
  void      (*draw)    (const NerveFigureModel *model, guint layer, const NerveStyle *style, cairo_t *cr,
                        double width, double height);
  /* What stands at (x, y); may be NULL. */
  gboolean  (*hit)     (const NerveFigureModel *model, guint layer, const NerveStyle *style,
                        double width, double height, double x, double y, NerveHit *hit);
  /* One or two sentences in words, for screen readers and captions; translated; (transfer full). */
  char     *(*describe) (const NerveFigureModel *model, guint layer);
  /* Appends a NerveHit for every mark that hit() finds, of a curve for places all along it: for boxes and the arrow
   * keys; may be NULL. */
  void      (*marks)   (const NerveFigureModel *model, guint layer, const NerveStyle *style,
                        double width, double height, GArray *hits);
  /* What suits a page of @width, where that is not its aspect; may be NULL. */
  double    (*height)  (const NerveFigureModel *model, const NerveStyle *style, double width);
} NerveFigureKind;

const NerveFigureKind *nerve_figure_kinds (guint *n);
const NerveFigureKind *nerve_figure_kind_find (const char *name);
/* The height that suits a panel of @width. */
double                 nerve_figure_kind_height (const NerveFigureKind *self, const NerveFigureModel *model,
                                                 const NerveStyle *style, double width);

/* What the mapper figure adds for the window: nodes whose centre lies in a rectangle; (transfer full) array of
 * guint. */
GArray *nerve_mapper_figure_nodes_in (const NerveFigureModel *model, guint layer, const NerveStyle *style,
                                      double width, double height, double x, double y, double w, double h);
/* The nearest node in a direction (dx, dy) from @node, or -1: arrow keys. -1 as @node: any first one. */
int     nerve_mapper_figure_step (const NerveFigureModel *model, guint layer, const NerveStyle *style,
                                  double width, double height, int node, int dx, int dy);
/* "27 nodes · 11 comp. · 89 %"; with a selection "47 of 55 selected in 23 nodes"; hovering: that node;
 * (transfer full) */
char   *nerve_mapper_figure_summary (const NerveFigureModel *model, guint layer);
/* The same in fewer and fewer words, the longest first; (transfer full). */
char  **nerve_mapper_figure_summaries (const NerveFigureModel *model, guint layer);

G_END_DECLS
