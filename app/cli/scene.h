/* A file with the results that its figures need, computed here and now: what `figure` and `report` draw from. */
#pragma once

#include "app/cli/command.h"
#include "app/comparisons.h"
#include "figures/figure.h"

G_BEGIN_DECLS

/* What is asked for on the command line. */
typedef struct
{
  NerveLayerParameters      given; /* of all layers */
  NerveComparisonParameters comparison;
  gboolean                  window; /* begin with the window's parameters */
  char                    **set;    /* "LAYER:NAME=VALUE" */
  int                       color_by;
  int                       palette;
  int                       choices[8]; /* as nerve_model_choices() */
  int                       order;
  int                       from;
  int                       sweep;
  char                     *solo;
  char                     *images;
} NerveSceneValues;

void nerve_scene_values_declare (NerveSceneValues *self, NerveOptions *options);
void nerve_scene_values_clear   (NerveSceneValues *self);

/* Everything that a model borrows while it is drawn. */
typedef struct
{
  const NerveSceneValues *values;
  NerveInvocation      *invocation;
  NerveDataset         *dataset;
  NervePalette         *palette;
  NerveBitset          *selection;
  NerveResampling      *bootstrap; /* of the images */
  NerveComparisonParameters comparison; /* borrowed from the values, with order and source */
  NerveLayerParameters *parameters; /* one a layer */
  NerveLayerResults    *results;    /* one a layer */
  NerveNetworkResults   network;
  guint                 n_layers;
  guint                 columns[16];
  guint                 n_columns;
  gboolean              by_name;    /* these columns were asked for */
  NerveBitset          *shown;
} NerveScene;

/* Opens the only, or the @file-th, file; the parameters of its layers are set, nothing is computed. */
gboolean nerve_scene_open     (NerveScene *self, const NerveSceneValues *values, NerveInvocation *invocation,
                               guint file, GError **error);
void     nerve_scene_clear    (NerveScene *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveScene, nerve_scene_clear)

/* @names: "A,B,…", or NULL: those that the window opens with, or near ones that their sampling suits. */
gboolean nerve_scene_choose   (NerveScene *self, const char *names, GError **error);
/* What figures with these NerveFigureFlags need; warns of layers left out, as their sampling does not suit them. */
gboolean nerve_scene_compute  (NerveScene *self, guint flags, const NerveProgress *progress, GError **error);
void     nerve_scene_model    (NerveScene *self, guint flags, NerveFigureModel *model);

G_END_DECLS
