/* What can be computed for a layer, in one table: jobs, the command line and the headless run all go through it. */
#pragma once

#include "app/layer-parameters.h"
#include "base/pack.h"
#include "figures/model.h"
#include "mapper/store.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_RESULT_GRAPH,    /* NerveGraph */
  NERVE_RESULT_HOMOLOGY, /* NerveHomology */
  NERVE_RESULT_BETTI,    /* NerveBettiLayer */
  NERVE_RESULT_CURVES,   /* NerveBettiCurves */
  NERVE_RESULT_PROJECTION, /* NerveProjection */
  NERVE_RESULT_HIERARCHY,  /* NerveHierarchy */
  NERVE_N_RESULTS,
} NerveResultKind;

typedef struct
{
  const char *name;
  const char *title;           /* N_() */
  const char *groups[5];       /* the parameter groups it depends on, NULL-terminated */
  /* A layer's; those of the network have one of their own, see network-results.h. */
  gpointer  (*compute) (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                        const NerveProgress *progress, GError **error);
  gpointer  (*ref)     (gpointer result);
  void      (*unref)   (gpointer result);
  gsize     (*size)    (gpointer result); /* bytes, about */
  /* As bytes, for what outlives the program, and back; NULL: it does not, or these are not of that. */
  void      (*pack)    (gpointer result, GByteArray *out);
  gpointer  (*unpack)  (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters, NerveUnpack *in,
                        const NerveProgress *progress);
} NerveResultType;

const NerveResultType *nerve_result_type (NerveResultKind kind);

/* The mapper graph of a store's cloud, laid out. @judged: with the distances and the diagnosis that the window shows
 * beside it. Errors: those of the mapper and its layout */
NerveGraph *nerve_results_draw_graph (NerveMapperStore *store, NerveDataset *dataset,
                                      const NerveLayerParameters *parameters, gboolean judged,
                                      const NerveProgress *progress, GError **error);

/* The points that a layer's diagram is made of: the mapper's cloud, but for its size. Errors: nerve_cloud_new() */
NerveCloud *nerve_diagram_cloud_new (NerveDataset *dataset, guint layer, const NerveLayerParameters *parameters,
                                     const NerveProgress *progress, GError **error);

/* (fingerprint, layer, the parameters it depends on) as text: the same key, the same result. */
char *nerve_result_key (NerveResultKind kind, NerveDataset *dataset, guint layer,
                        const NerveLayerParameters *parameters);

/* The slot for @kind in @results, for those who fill a model. */
gpointer *nerve_result_slot (NerveLayerResults *results, NerveResultKind kind);

G_END_DECLS
