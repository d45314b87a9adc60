/* What the files that make up a document share. */
#pragma once

#include "app/document-state.h"
#include "app/history.h"

G_BEGIN_DECLS

/* Where one result of one layer, or of the network, stands. */
typedef struct
{
  NerveDocument *document;
  guint          layer;
  guint          kind;
  NerveJob      *job;    /* works on the result wanted, or failed to; NULL once it is there */
  gulong         handler;
  char          *wanted; /* key of what the parameters ask for */
  char          *shown;  /* key of what the model holds */
} NerveDocumentSlot;

struct _NerveDocument
{
  GObject             parent_instance;
  NerveDataset       *dataset;
  NervePalette       *palette;
  gboolean            grey;
  NerveSampling       sampling; /* of tensors, to begin with */
  NerveJobs          *jobs;
  NerveLayerResults  *results;
  NerveDocumentSlot (*slots)[NERVE_N_RESULTS];
  NerveDocumentSlot   network_slots[NERVE_N_NETWORK_RESULTS];
  gpointer            network[NERVE_N_NETWORK_RESULTS];
  guint               network_layer; /* that the tree of classes belongs to */
  guint               tested_layer;  /* that the sensitivity belongs to */
  NerveDocumentSlot   bar_slot;      /* of the bar clicked last: kind is its number, wanted its diagram's key */
  NerveSelectMode     bar_mode;
  guint               wants_network; /* 1 << NerveNetworkKind: somebody looks at it */
  gboolean            wants_curves;
  guint               wants_views;   /* 1 << NerveBoardView: as a guest on another one's board */
  GPtrArray          *others;        /* NerveOpenModel: what else is open, to compare with; NULL: nobody said */
  guint               n_layers;
  NerveDocumentState *state;
  NerveFigureModel    model;
  NerveHistory       *history;
};

void  nerve_document_emit           (NerveDocument *self, guint changes);
/* The state as figures see it. */
void  nerve_document_sync_model     (NerveDocument *self);
/* Takes @after; what it changes is one step called @label. */
void  nerve_document_commit         (NerveDocument *self, NerveDocumentState *after, const char *label);
gboolean nerve_document_is_on_board (NerveDocument *self, guint layer);
/* Asks for what the parameters in force say, unless it is there or on its way. Returns what changed. */
guint nerve_document_update_slots   (NerveDocument *self);
void  nerve_document_drop_jobs      (NerveDocument *self);
void  nerve_document_clear_slots    (NerveDocument *self);
void  nerve_document_slot_drop_job  (NerveDocument *self, NerveDocumentSlot *slot);
/* Selects @images; @node, @bar: the one they are of, -1: none. */
void  nerve_document_select_images  (NerveDocument *self, const NerveBitset *images, NerveSelectMode mode, int layer,
                                     int node, int bar, const char *name);
/* Nobody waits for a bar's images any more; the second: if its diagram is no longer the one wanted. Return what
 * changed. */
guint nerve_document_drop_bar       (NerveDocument *self);
guint nerve_document_check_bar      (NerveDocument *self);
/* Asks for results of the network that somebody looks at, as soon as what they need is there. */
guint nerve_document_update_network (NerveDocument *self);
/* The model sees what the state says of the network's results. */
void  nerve_document_sync_network   (NerveDocument *self);
void  nerve_document_clear_network  (NerveDocument *self);

G_END_DECLS
