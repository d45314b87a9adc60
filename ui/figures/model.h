/* What figures are drawn from: a dataset, its results so far, and what the person looks at. */
#pragma once

#include "base/bitset.h"
#include "data/dataset.h"
#include "figures/decay-view.h"
#include "figures/network.h"
#include "figures/palette.h"
#include "homology/bootstrap.h"
#include "homology/diagram.h"
#include "layers/betti-curves.h"
#include "layers/decay.h"
#include "layers/projection.h"
#include "mapper/diagnosis.h"
#include "mapper/layout.h"
#include "mapper/mapper.h"
#include "mapper/purity.h"

G_BEGIN_DECLS

/* A mapper graph, where its nodes stand, and its purities: made together, immutable. */
typedef struct
{
  gatomicrefcount ref;
  NerveMapper    *mapper;
  NerveLayout    *layout;
  NerveDiagnosis  diagnosis;
  NervePurity    *purity[2];  /* by class, by superclass (level 1); NULL without labels or tree */
  char           *badge;      /* of its cloud */
  gpointer        scenes;     /* private to figures/mapper-scene.c: geometry for the sizes drawn last */
} NerveGraph;

NerveGraph *nerve_graph_ref   (NerveGraph *self);
void        nerve_graph_unref (NerveGraph *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveGraph, nerve_graph_unref)

/* A persistence diagram with the unit of its cloud and how that was sampled. */
typedef struct
{
  gatomicrefcount ref;
  NerveDiagram   *diagram;
  double          median;     /* of the cloud's distances; NaN or 0: no unit */
  gsize           n_points;
  gsize           n_available;
  gint64          seed;
  char           *badge;
  NerveBootstrap *bands;      /* around Betti curves; NULL: not asked for */
  double          significance; /* bars up to this length may be noise; 0: not asked for */
} NerveHomology;

NerveHomology *nerve_homology_ref   (NerveHomology *self);
void           nerve_homology_unref (NerveHomology *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveHomology, nerve_homology_unref)

/* One layer's results, each NULL until it is there. */
typedef struct
{
  NerveGraph      *graph;
  NerveHomology   *homology;
  NerveBettiLayer *betti;
  NerveBettiCurves *curves; /* the same for any threshold */
  NerveProjection  *projection;
  NerveHierarchy   *hierarchy;  /* of the classes, by their points */
} NerveLayerResults;

/* What colours stand for; see figures/node-measure.h. */
typedef enum
{
  NERVE_COLOR_BY_SUPERCLASS,
  NERVE_COLOR_BY_CLASS,
  NERVE_COLOR_BY_LENS,
  NERVE_COLOR_BY_PURITY,
  NERVE_COLOR_BY_ENTROPY,
  NERVE_COLOR_BY_ACCURACY,
  NERVE_N_COLOR_BY,
} NerveColorBy;
/* What the area of a node, the width of an edge stand for. */
typedef enum { NERVE_NODE_SIZE_MEMBERS, NERVE_NODE_SIZE_LOGARITHM, NERVE_NODE_SIZE_EQUAL, NERVE_N_NODE_SIZES }
  NerveNodeSize;
typedef enum { NERVE_EDGE_WIDTH_JACCARD, NERVE_EDGE_WIDTH_SHARED, NERVE_EDGE_WIDTH_EQUAL, NERVE_N_EDGE_WIDTHS }
  NerveEdgeWidth;
/* How nodes are laid out: by springs, or across by their lens. */
typedef enum { NERVE_LAYOUT_SPRINGS, NERVE_LAYOUT_SORTED, NERVE_N_LAYOUTS } NerveLayoutKind;
typedef enum { NERVE_UNITS_MEDIAN, NERVE_UNITS_ABSOLUTE, NERVE_UNITS_FIT } NerveUnits;

/* What a row of the board shows, each at most once; see figures/board-rows.h. */
typedef enum
{
  NERVE_BOARD_VIEW_MAPPER,
  NERVE_BOARD_VIEW_DIAGRAM,
  NERVE_BOARD_VIEW_BARCODE,
  NERVE_BOARD_VIEW_BETTI,
  NERVE_BOARD_VIEW_PROJECTION,
  NERVE_BOARD_VIEW_DENDROGRAM,
  NERVE_BOARD_VIEW_PICTURES,
  NERVE_N_BOARD_VIEWS,
} NerveBoardView;

typedef struct
{
  NerveBoardView view;
  guint          share; /* of the height, against the other rows' */
} NerveBoardRow;

/* One bar of one layer's diagram; -1, -1: none. */
typedef struct
{
  int layer;
  int bar;
} NerveBarMark;

#define NERVE_BAR_MARK_NONE ((NerveBarMark) { -1, -1 })

/* One point of one of a layer's curves. */
typedef struct
{
  int         layer; /* -1: none */
  const char *name;  /* of the curve, "β₁"; interned */
  double      at;    /* in the units of the axes */
  double      value;
} NerveCurveMark;

#define NERVE_CURVE_MARK_NONE ((NerveCurveMark) { .layer = -1 })

#define NERVE_MOST_BESIDE 20

/* Plain, single-threaded; pointers are borrowed unless said otherwise. A figure never changes it. */
typedef struct
{
  NerveDataset      *dataset;
  NervePalette      *palette;
  NerveLayerResults *layers;      /* one for each layer of the dataset */
  guint              n_layers;
  NerveNetworkResults *network; /* what compares layers and classes; NULL: nothing yet */

  guint              columns[16]; /* layers shown on the board, left to right */
  gboolean           pinned[16];
  guint              n_columns;
  guint              current;     /* the layer walked to */
  NerveBoardRow      rows[NERVE_N_BOARD_VIEWS]; /* of every column, from top to bottom */
  guint              n_rows;

  NerveColorBy       color_by;
  NerveNodeSize      node_size;
  NerveEdgeWidth     edge_width;
  NerveLayoutKind    layout;
  NerveUnits         units;
  NerveBitset       *shown;       /* classes (or groups, by color_by) that keep their colours; NULL: all */
  int                pair[2];     /* the two classes whose parting is looked at; -1: none */
  NerveBitset       *selection;   /* images; NULL or empty: nothing selected */
  int                selected_layer; /* the node that was clicked; -1: none */
  int                selected_node;
  int                hover_layer;
  int                hover_node;
  NerveBarMark       selected_bar;   /* the one whose images are selected, or looked for */
  NerveBarMark       hover_bar;
  NerveCurveMark     hover_curve;

  /* Of columns of other networks on the same board: they share the axes. */
  NerveHomology     *beside[NERVE_MOST_BESIDE];
  guint              n_beside;

  NerveDecayView     decay;
} NerveFigureModel;

/* The bar that @mark is on in @layer; -1: none. */
int  nerve_bar_mark_in (NerveBarMark mark, guint layer);

void nerve_figure_model_init (NerveFigureModel *self, NerveDataset *dataset, NervePalette *palette,
                              NerveLayerResults *layers);

/* Betti numbers of a layer at the η they are shown at, as its 0-th threshold; (transfer full); NULL: not there. */
NerveBettiLayer *nerve_figure_model_betti (const NerveFigureModel *self, guint layer);
/* That η, whatever is there of it. */
double           nerve_figure_model_eta   (const NerveFigureModel *self);

/* The tree of classes that is there of a layer; borrowed; NULL: none. */
NerveHierarchy  *nerve_figure_model_hierarchy (const NerveFigureModel *self, guint layer);

/* Opening columns: the first hidden layer, the middle one, the last before the logits; fewer if there are fewer.
 * Returns how many (≤ 3). */
guint nerve_figure_model_opening_columns (NerveDataset *dataset, guint columns[3]);

/* Whether a class (or group) keeps its colour. */
gboolean nerve_figure_model_shows (const NerveFigureModel *self, guint kind);

G_END_DECLS
