/* Options of the commands that look at decay curves, and the curves of the files named. */
#pragma once

#include "app/cli/betti-values.h"
#include "layers/decay-curve.h"

G_BEGIN_DECLS

typedef struct
{
  NerveBettiValues betti;
  int              x;
  char            *dims;
} NerveDecayValues;

void       nerve_decay_values_declare    (NerveDecayValues *self, NerveOptions *options);
void       nerve_decay_values_clear      (NerveDecayValues *self);
gboolean   nerve_decay_values_dimensions (const NerveDecayValues *self, guint *dimensions, GError **error);

/* What a command does with each file that is opened, once its curves are there; may be NULL. */
typedef gboolean (*NerveDecayFileFunc) (NerveDataset *dataset, gpointer user_data, const NerveProgress *progress,
                                        GError **error);

/**
 * nerve_decay_values_count:
 *
 * Returns: (transfer full) (element-type NerveDecayCurve): file by file, for each threshold (once for a table).
 *   @n_etas is how many thresholds there are.
 */
GPtrArray *nerve_decay_values_count      (const NerveDecayValues *self, NerveInvocation *invocation, gsize *n_etas,
                                          NerveDecayFileFunc func, gpointer user_data, GError **error);

/* Of a curve that is not of what it should be. */
void        nerve_decay_values_warn   (NerveInvocation *invocation, NerveDecaySource source);
const char *nerve_decay_values_name_x    (int x);

G_END_DECLS
