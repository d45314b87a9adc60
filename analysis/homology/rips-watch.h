/* Who wants to know more of a Rips filtration than its bars looks on while it is computed. */
#pragma once

#include "cloud/metric.h"
#include "homology/rips.h"
#include "homology/rips-reduction.h"

G_BEGIN_DECLS

/* What there is to see; owned by the run. */
typedef struct
{
  const NerveRipsKeys *keys;
  const GArray        *forest; /* of NerveRipsEdge, in order: deaths of H0 */
  const GArray        *births; /* of NerveRipsEdge, in order: births of H1 */
  NerveRipsReduction  *reduction;
} NerveRipsState;

typedef struct
{
  /* Once, when forest and births are known; there is no reduction yet. */
  gboolean (*start)  (const NerveRipsState *state, gpointer user_data, const NerveProgress *progress, GError **error);
  /* For each birth in the order of deaths: it has died right now, at edge @death, and the reduction's sum tells of
   * what; or @death is NULL: it never does, and the reduction is at its end. */
  gboolean (*paired) (const NerveRipsState *state, guint32 birth, const NerveRipsEdge *death, gpointer user_data,
                      const NerveProgress *progress, GError **error);
  gpointer   user_data;
} NerveRipsWatch;

/* As nerve_rips() for H0 and H1, with @watch looking on. */
NerveDiagram *nerve_rips_watched (const NerveDistances *distances, double threshold, const NerveRipsWatch *watch,
                                  const NerveProgress *progress, GError **error);

G_END_DECLS
