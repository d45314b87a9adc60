/* What "auto" stands for on a cloud: the presets of SCIENCE §5 "Defaults". */
#pragma once

#include "mapper/mapper.h"

G_BEGIN_DECLS

/* What the search for eps came upon. */
typedef struct
{
  double  *k_distances; /* to the min_samples-th nearest other point, ascending */
  double   knee;        /* of the distances to the nearest point, or, if these are all zero, to the nearest one that
                           is not at distance zero; NaN: there is none */
  gboolean coincident;  /* eps could not be found and is 0 */
} NerveAutomatic;

void     nerve_automatic_clear (NerveAutomatic *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveAutomatic, nerve_automatic_clear)

/* NERVE_ERROR_PARAMETER unless all values are within their limits. */
gboolean nerve_automatic_check (const NerveMapperParameters *parameters, GError **error);

/* Replaces "auto" in intervals and overlap; preset AUTOMATIC goes by the number of points. */
void     nerve_automatic_cover (NerveMapperParameters *parameters, gsize n);

/* Fills in the distances and the knee of @out: @nearest to the nearest other point, @kth (transfer full) to the
 * min_samples-th. */
void     nerve_automatic_measure (const double *nearest, double *kth, gsize n, gboolean paper, NerveAutomatic *out);

/* Replaces "auto" in eps by what was measured. */
void     nerve_automatic_eps     (NerveMapperParameters *parameters, gsize n, NerveAutomatic *measured);

G_END_DECLS
