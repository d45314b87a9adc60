/* All parameters of one layer's results: the analyses' own structs side by side, reached by table. */
#pragma once

#include "cloud/cloud.h"
#include "homology/bootstrap.h"
#include "homology/rips.h"
#include "layers/decay.h"
#include "layers/projection.h"
#include "mapper/mapper.h"

G_BEGIN_DECLS

typedef struct
{
  NerveCloudParameters  cloud;          /* of the mapper graph */
  NerveMapperParameters mapper;
  int                   diagram_points; /* the persistence cloud's max-points (the window: 1,000) */
  gboolean              diagram_bands;  /* around Betti curves */
  gboolean              diagram_significance;
  NerveRipsParameters   rips;
  NerveBettiParameters  betti;
  NerveBootstrapParameters bootstrap;
  NerveProjectionParameters projection;
} NerveLayerParameters;

/* "cloud", "mapper", "diagram", "rips", "betti", "bootstrap", "projection" */
typedef struct
{
  const NerveParameterTable *table;
  gsize                      offset;
} NerveParameterGroup;

const NerveParameterGroup *nerve_parameter_groups     (guint *n);
const NerveParameterGroup *nerve_parameter_group_find (const char *name);

/* The command line's defaults (P1's values). */
void     nerve_layer_parameters_init        (NerveLayerParameters *self);
/* The window's: pool-mean for tensors, the automatic preset, 1,000 points for persistence. */
void     nerve_layer_parameters_init_window (NerveLayerParameters *self, const NerveLayer *layer);
void     nerve_layer_parameters_clear       (NerveLayerParameters *self);
void     nerve_layer_parameters_copy        (NerveLayerParameters *self, const NerveLayerParameters *from);
gboolean nerve_layer_parameters_equal       (const NerveLayerParameters *a, const NerveLayerParameters *b);
gboolean nerve_layer_parameters_set         (NerveLayerParameters *self, const char *group, const char *name,
                                             const char *text, GError **error);
char    *nerve_layer_parameters_get         (const NerveLayerParameters *self, const char *group, const char *name);

/* Of @n layers; (transfer full): nerve_layer_parameters_free_all() */
NerveLayerParameters *
         nerve_layer_parameters_copy_all    (const NerveLayerParameters *from, guint n);
void     nerve_layer_parameters_free_all    (NerveLayerParameters *parameters, guint n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveLayerParameters, nerve_layer_parameters_clear)

G_END_DECLS
