/* Which points a cloud will have, before a value is read: images of the classes asked for, positions,
 * the cap on full clouds, the random subsample. */
#pragma once

#include "cloud/sampling.h"

G_BEGIN_DECLS

typedef struct
{
  gsize    n;
  guint32 *images;      /* n, ascending */
  gint32  *positions;   /* n; -1 for whole images, the rank among its image's for those that values decide */
  gsize    n_available; /* before the cap and the subsample */
  gsize    n_empty;     /* images without a point, since their masks are empty */
  gsize    n_full;      /* the same, since they are all foreground */
  gboolean is_capped;   /* `full` beyond NERVE_FULL_CAP */
} NervePlan;

#define NERVE_FULL_CAP 800000

/**
 * nerve_plan_init:
 *
 * With maxmin, which needs the values, the subsample is left to the caller.
 * Errors: NERVE_ERROR_NOT_FOUND (class, masks), PARAMETER, MEMORY, CANCELLED, without the layer's name
 */
gboolean nerve_plan_init  (NervePlan *self, NerveDataset *dataset, const NerveSampler *sampler,
                           const NerveCloudParameters *parameters, const NerveProgress *progress, GError **error);
void     nerve_plan_clear (NervePlan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NervePlan, nerve_plan_clear)

/* Marks the classes that @text ("A,B": names or numbers) names; @wanted has one entry a class. */
gboolean nerve_plan_parse_classes (NerveDataset *dataset, const char *text, gboolean *wanted, GError **error);

G_END_DECLS
