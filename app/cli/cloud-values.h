/* The cloud options, wherever a command makes a cloud. */
#pragma once

#include "app/cli/command.h"
#include "cloud/cloud.h"

G_BEGIN_DECLS

typedef struct
{
  char                *layer;
  NerveCloudParameters parameters;
} NerveCloudValues;

void        nerve_cloud_values_declare (NerveCloudValues *self, NerveOptions *options);
void        nerve_cloud_values_clear   (NerveCloudValues *self);
/* The cloud of the layer asked for. @layer: (nullable): out, which one it is. */
NerveCloud *nerve_cloud_values_make    (const NerveCloudValues *self, NerveInvocation *invocation,
                                        NerveDataset *dataset, const NerveLayer **layer,
                                        const NerveProgress *progress, GError **error);

/* What was left out of the cloud without having been asked for. */
void        nerve_cloud_values_warn    (const NerveCloudParameters *parameters, NerveInvocation *invocation,
                                        const NerveLayer *layer, NerveCloud *cloud);

/* Sets those of @clouds, one a layer, to NULL that the layer does not suit, and warns of it. The first one's error if
 * none is left. */
gboolean    nerve_cloud_values_leave_out (NerveInvocation *invocation, NerveDataset *dataset,
                                          const NerveCloudParameters **clouds, GError **error);

/* Label of an image as in the file: the class's name where that is a number, else its place among the names; -1 for
 * none. */
gint64      nerve_label_number         (NerveDataset *dataset, gsize image);

G_END_DECLS
