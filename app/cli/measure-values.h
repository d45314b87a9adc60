/* The options of what compares layers by a measure, and the networks whose layers it compares. */
#pragma once

#include "app/cli/command.h"
#include "layers/layer-matrix.h"

G_BEGIN_DECLS

typedef struct
{
  NerveMeasureParameters measure;
  NerveCloudParameters   cloud;
  NerveMapperParameters  mapper;
} NerveMeasureValues;

/* @with_mapper: whether the measure of mapper graphs is among them. */
void nerve_measure_values_declare (NerveMeasureValues *self, NerveOptions *options, gboolean with_mapper);
void nerve_measure_values_clear   (NerveMeasureValues *self);

/* An open file, the same parameters for each of its layers; zeroed: none. */
typedef struct
{
  NerveModelLayers              layers;  /* borrows what follows */
  NerveDataset                 *dataset;
  const NerveCloudParameters  **clouds;
  const NerveMapperParameters **mappers;
} NerveMeasuredModel;

/* Opens the @file-th file; @values must live as long. */
gboolean nerve_measured_model_init  (NerveMeasuredModel *self, const NerveMeasureValues *values,
                                     NerveInvocation *invocation, guint file, GError **error);
void     nerve_measured_model_clear (NerveMeasuredModel *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveMeasuredModel, nerve_measured_model_clear)

G_END_DECLS
