/* One open dataset: what is looked at, with which parameters, what is selected, every change reversible;
 * and the results that belong to just that. The one model that everybody in the window observes. */
#pragma once

#include "app/jobs.h"

G_BEGIN_DECLS

/* What a change touched. */
typedef enum
{
  NERVE_CHANGE_BOARD      = 1 << 0, /* columns, pins, current layer */
  NERVE_CHANGE_PARAMETERS = 1 << 1,
  NERVE_CHANGE_SELECTION  = 1 << 2,
  NERVE_CHANGE_COLORS     = 1 << 3, /* color_by, solo, sizes */
  NERVE_CHANGE_UNITS      = 1 << 4,
  NERVE_CHANGE_HOVER      = 1 << 5, /* not in the history */
  NERVE_CHANGE_RESULTS    = 1 << 6, /* not in the history */
  NERVE_CHANGE_JOBS       = 1 << 7, /* progress or failure of some job */
  NERVE_CHANGE_PAIR       = 1 << 8, /* the two classes whose parting is looked at */
  NERVE_CHANGE_PANES      = 1 << 9, /* which figures the board shows */
  NERVE_CHANGE_DECAY      = 1 << 10, /* how Betti decay is shown, and at which η */
  NERVE_CHANGE_SWEEP      = 1 << 11, /* what a sweep of parameters varies */
  NERVE_CHANGE_BOARDS     = 1 << 13, /* which boards there are, and which is shown */
  NERVE_CHANGE_MATRIX     = 1 << 12, /* how layers are compared, and the two looked at */
} NerveChange;

typedef enum { NERVE_SELECT_REPLACE, NERVE_SELECT_ADD, NERVE_SELECT_TOGGLE } NerveSelectMode;

/* Signal "changed" (NerveDocument *, guint changes, gpointer). Main thread only. */
#define NERVE_TYPE_DOCUMENT (nerve_document_get_type ())
G_DECLARE_FINAL_TYPE (NerveDocument, nerve_document, NERVE, DOCUMENT, GObject)

NerveDocument *nerve_document_new (NerveDataset *dataset, NerveJobs *jobs);
/* The same with another sampling of tensors than pool-mean to begin with. */
NerveDocument *nerve_document_new_sampled (NerveDataset *dataset, NerveJobs *jobs, NerveSampling sampling);

NerveDataset  *nerve_document_get_dataset (NerveDocument *self);
NervePalette  *nerve_document_get_palette (NerveDocument *self);
/* Classes in greys with letters instead of colours; not in the history. */
void           nerve_document_set_grey    (NerveDocument *self, gboolean grey);
/* Valid as long as @self; its contents change with "changed". A layer's result stands for the parameters in force,
 * or, while nerve_document_is_stale(), for the ones before. */
const NerveFigureModel *
               nerve_document_get_model   (NerveDocument *self);
const NerveLayerParameters *
               nerve_document_get_parameters (NerveDocument *self, guint layer);
/* The job that works on a result, NULL once it is there. A failed one stays until parameters change. */
NerveJob      *nerve_document_get_job     (NerveDocument *self, guint layer, NerveResultKind kind);
/* The picture in the model is older than the parameters. */
gboolean       nerve_document_is_stale    (NerveDocument *self, guint layer, NerveResultKind kind);
/* Curves of all layers, which are computed only once somebody wants another η than the parameters'. */
void           nerve_document_want_curves (NerveDocument *self);
/* Where most of them change, at any layer; FALSE: not there yet. */
gboolean       nerve_document_get_eta_range (NerveDocument *self, double *low, double *high);
/* How they are counted there, where it is not the half-open count of the parameter: curves know no other. */
const char    *nerve_document_get_count_note (NerveDocument *self);
/* The η that Betti numbers are shown at. */
double         nerve_document_get_eta     (NerveDocument *self);
/* All results asked for are there, or failed. */
gboolean       nerve_document_is_settled  (NerveDocument *self);
/* A result of the network is computed only while somebody looks at it; it comes with CHANGE_RESULTS. */
void          nerve_document_want_network (NerveDocument *self, NerveNetworkKind kind, gboolean wanted);
gpointer      nerve_document_get_network  (NerveDocument *self, NerveNetworkKind kind); /* borrowed; NULL: not yet */
/* The job that works on it or failed; NULL once it is there, or while what it needs is not. */
NerveJob     *nerve_document_get_network_job (NerveDocument *self, NerveNetworkKind kind);
/* One that is under way; starts again what failed or was cancelled. */
void          nerve_document_cancel_network (NerveDocument *self, NerveNetworkKind kind);
void          nerve_document_retry_network  (NerveDocument *self, NerveNetworkKind kind);
/* NerveOpenModel: the other networks that there are to compare with; NULL: none. */
void          nerve_document_set_others    (NerveDocument *self, GPtrArray *others);
/* What is there was made from results before the latest ones. */
gboolean      nerve_document_is_network_stale (NerveDocument *self, NerveNetworkKind kind);
/* Starts again what failed or was cancelled. */
void           nerve_document_retry       (NerveDocument *self, guint layer, NerveResultKind kind);
void           nerve_document_cancel      (NerveDocument *self, guint layer, NerveResultKind kind);

/* Commands: each one step of the history, unless it follows one of its own kind within a drag (see _begin_drag). */
void     nerve_document_walk_to       (NerveDocument *self, guint layer);
void     nerve_document_walk_by       (NerveDocument *self, int step);
/* These take the place of what is not pinned, then of what is, and the board is in the network's order; the last of
 * them is walked to. */
void     nerve_document_show_layers   (NerveDocument *self, const guint *layers, guint n);
void     nerve_document_toggle_pin    (NerveDocument *self, guint column);
void     nerve_document_set_color_by  (NerveDocument *self, NerveColorBy color_by);
void     nerve_document_set_node_size (NerveDocument *self, NerveNodeSize node_size);
void     nerve_document_set_layout    (NerveDocument *self, NerveLayoutKind layout);
void     nerve_document_set_edge_width (NerveDocument *self, NerveEdgeWidth edge_width);
/* Of groups where colours shall stand for those, else of classes; NULL: all keep their colours. */
void     nerve_document_set_shown     (NerveDocument *self, NerveColorBy color_by, const NerveBitset *shown);
void     nerve_document_set_units     (NerveDocument *self, NerveUnits units);
/* Two classes whose parting is looked at; the same once more: none. */
void     nerve_document_set_pair      (NerveDocument *self, guint a, guint b);
/* Betti numbers are shown at @eta, from the layers' curves, until the parameter is changed. */
void     nerve_document_set_eta       (NerveDocument *self, double eta);
void     nerve_document_set_decay     (NerveDocument *self, gboolean linear, NerveDecayBy by, gboolean bands);
/* How well the network does, typed in: what it is ranked against. NaN: what the file says. */
void     nerve_document_set_accuracy  (NerveDocument *self, double accuracy);
double   nerve_document_get_accuracy  (NerveDocument *self);
void     nerve_document_select_nodes  (NerveDocument *self, guint layer, const guint *nodes, guint n,
                                       NerveSelectMode mode);
/* The images in these nodes; NULL: there is no graph of @layer. (transfer full) */
NerveBitset *nerve_document_images_of_nodes (NerveDocument *self, guint layer, const guint *nodes, guint n);
/* A node of the noisy inputs' graph, where there is a noise test of @layer. */
void     nerve_document_select_noisy_node (NerveDocument *self, guint layer, guint node, NerveSelectMode mode);
/* By their numbers. */
void     nerve_document_select_list   (NerveDocument *self, const guint32 *images, gsize n, NerveSelectMode mode);
/* What the node that was clicked last belongs to. */
void     nerve_document_select_component (NerveDocument *self);
void     nerve_document_select_community (NerveDocument *self);
/* A column of another open network: its fingerprint, and a layer's name; interned. */
typedef struct
{
  const char *network;
  const char *layer;
} NerveGuest;

#define NERVE_MOST_GUESTS 4

/* Guests stand behind the document's own columns, on the board shown; those whose network isn't open are not seen. */
guint    nerve_document_get_guests    (NerveDocument *self, const NerveGuest **guests); /* borrowed */
/* FALSE: there are enough. One that is there already stays. */
gboolean nerve_document_add_guest     (NerveDocument *self, const char *network, const char *layer);
void     nerve_document_set_guest     (NerveDocument *self, guint guest, const char *layer);
void     nerve_document_remove_guest  (NerveDocument *self, guint guest);
/* What the guests' diagrams are: they share the axes. */
void     nerve_document_set_beside    (NerveDocument *self, NerveHomology *const *beside, guint n);
/* 1 << NerveBoardView: what is shown of this one as a guest elsewhere. */
void     nerve_document_want_views    (NerveDocument *self, guint views);
/* Several boards; the one shown is that all else speaks of. FALSE: there are enough. The last one stays. */
gboolean nerve_document_add_board     (NerveDocument *self);
void     nerve_document_show_board    (NerveDocument *self, guint board);
void     nerve_document_close_board   (NerveDocument *self, guint board);
/* @name: empty for its number */
void     nerve_document_rename_board  (NerveDocument *self, guint board, const char *name);
guint    nerve_document_get_n_boards  (NerveDocument *self);
guint    nerve_document_get_board     (NerveDocument *self);
char    *nerve_document_get_board_name (NerveDocument *self, guint board); /* (transfer full) */
/* The rows of the board. A view that comes stands below @after (-1: on top; beyond the end: last), each at most once;
 * the last one stays. */
void     nerve_document_add_row       (NerveDocument *self, NerveBoardView view, int after);
void     nerve_document_remove_row    (NerveDocument *self, guint row);
void     nerve_document_move_row      (NerveDocument *self, guint row, guint to);
/* Columns. A layer that is on the board already moves there; @layer -1: the next one that isn't. */
void     nerve_document_add_column    (NerveDocument *self, int layer, guint at);
void     nerve_document_remove_column (NerveDocument *self, guint column);
void     nerve_document_move_column   (NerveDocument *self, guint column, guint to);
/* Another view in this row; one that stands in another row changes places with it. */
void     nerve_document_set_row_view  (NerveDocument *self, guint row, NerveBoardView view);
/* Part of the height that two neighbours share, from 0 to 1, for the upper one. */
void     nerve_document_set_row_share (NerveDocument *self, guint row, double part);
/* The images of what stands for a bar: a job first, then the command. One that comes too late is dropped. A void's bar
 * has none, and is passed over. */
void     nerve_document_select_bar    (NerveDocument *self, guint layer, guint bar, NerveSelectMode mode);
/* @group: FALSE a class, TRUE a superclass */
void     nerve_document_select_class  (NerveDocument *self, guint label, gboolean group, NerveSelectMode mode);
void     nerve_document_select_none   (NerveDocument *self);
/* @all_layers: to every layer, else to @layer. @text as nerve_parameters_set() reads it. */
gboolean nerve_document_set_parameter (NerveDocument *self, guint layer, gboolean all_layers, const char *group,
                                       const char *name, const char *text, GError **error);
void     nerve_document_reset_parameters (NerveDocument *self, guint layer, gboolean all_layers);
/* What a layer begins with. */
void     nerve_document_init_parameters  (NerveDocument *self, NerveLayerParameters *parameters, guint layer);
/* FALSE: there is none of that id; see app/presets.h */
gboolean nerve_document_apply_preset     (NerveDocument *self, guint layer, gboolean all_layers, const char *id);
/* Not in the history: they are the person's, not the document's. */
void     nerve_document_save_preset      (NerveDocument *self, guint layer, const char *name);
void     nerve_document_remove_preset    (NerveDocument *self, const char *name);
/* What a sweep varies beside the intervals. */
gboolean nerve_document_get_sweep_by_eps (NerveDocument *self);
void     nerve_document_set_sweep_by_eps (NerveDocument *self, gboolean by_eps);
/* The parameters of a cell of the layer walked to; of the one a step away from the cell nearest to those in force. */
void     nerve_document_take_sweep    (NerveDocument *self, guint cell);
void     nerve_document_step_sweep    (NerveDocument *self, int columns, int rows);
/* How layers are compared with layers. */
const NerveMatrixView *
         nerve_document_get_matrix_view (NerveDocument *self);
void     nerve_document_set_measure     (NerveDocument *self, NerveMeasureKind measure);
void     nerve_document_set_matrix_dims (NerveDocument *self, NerveMatrixDims dims);
void     nerve_document_set_matrix_options (NerveDocument *self, gboolean scaled, gboolean selected_only,
                                            gboolean by_dendrogram);
/* The other networks that tests of the distance take in: see nerve_seed_tests_choose(). */
GPtrArray *nerve_document_choose_seeds  (NerveDocument *self);
void     nerve_document_set_compare_as  (NerveDocument *self, NerveCompareAs as);
/* One of the others, by nerve_open_model_id(); NULL: itself. */
void     nerve_document_set_rival       (NerveDocument *self, const char *rival);
/* Two layers, put side by side below the matrix; the same once more: none. */
void     nerve_document_set_matrix_cell (NerveDocument *self, guint layer, guint other);
void     nerve_document_begin_drag    (NerveDocument *self); /* the commands until end_drag are one step */
void     nerve_document_end_drag      (NerveDocument *self);

/* What the command will be called in menus, translated; NULL: nothing to undo. */
const char *nerve_document_get_undo_label (NerveDocument *self);
const char *nerve_document_get_redo_label (NerveDocument *self);
void     nerve_document_undo          (NerveDocument *self);
void     nerve_document_redo          (NerveDocument *self);

void     nerve_document_set_hover     (NerveDocument *self, int layer, int node);

void     nerve_document_set_hover_bar (NerveDocument *self, int layer, int bar);
/* @name: of the curve; @layer -1: none. */
void     nerve_document_set_hover_curve (NerveDocument *self, int layer, const char *name, double at, double value);
/* The job that looks for the images of a bar of @layer, or failed to; NULL: none. */
NerveJob *nerve_document_get_bar_job  (NerveDocument *self, guint layer);

/* Of the selection, in words: "node 3 of global_pool · 55 images"; (transfer full); NULL if empty. */
char    *nerve_document_describe_selection (NerveDocument *self);

G_END_DECLS
