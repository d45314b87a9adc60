/* Who wants to know more of a Rips filtration than its bars looks on while it is computed. */
#pragma once

#include "cloud/metric.h"
#include "homology/rips-adjacency.h"
#include "homology/rips-cloud.h"
#include "homology/rips-reduction.h"

G_BEGIN_DECLS

/* What there is to see; owned by the run. */
typedef struct
{
  gsize                     n;
  const NerveRipsKeys      *keys;      /* of all pairs; or there is no matrix, and this is NULL, but */
  const NerveRipsAdjacency *adjacency; /* the edges up to the threshold */
  const GArray             *forest;    /* of NerveRipsEdge, in order: deaths of H0 */
  const GArray             *births;    /* of NerveRipsEdge, in order: births of H1 */
  NerveRipsReduction       *reduction;
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

/* Tells the onlooker, if there is one (@self may be NULL), of the start, of a pair, and of all births that no edge has
 * paired (@deaths: of each birth, INFINITY for these). FALSE if the onlooker wants no more. */
gboolean nerve_rips_watch_tell_start     (const NerveRipsWatch *self, const NerveRipsState *state,
                                          const NerveProgress *progress, GError **error);
gboolean nerve_rips_watch_tell_pair      (const NerveRipsWatch *self, const NerveRipsState *state, guint32 birth,
                                          const NerveRipsEdge *death, const NerveProgress *progress, GError **error);
gboolean nerve_rips_watch_tell_essential (const NerveRipsWatch *self, const NerveRipsState *state,
                                          const double *deaths, const NerveProgress *progress, GError **error);

/* The distance of two points that an edge joins. */
static inline double
nerve_rips_state_distance (const NerveRipsState *self, guint32 x, guint32 y)
{
  return self->keys != NULL ? self->keys->values[nerve_rips_index (x, y)]
                            : self->adjacency->edges[nerve_rips_adjacency_find (self->adjacency, x, y)].distance;
}

/* As nerve_rips(), nerve_rips_sparse() and nerve_rips_cloud() for H0 and H1, with @watch looking on. */
NerveDiagram *nerve_rips_watched        (const NerveDistances *distances, double threshold, const NerveRipsWatch *watch,
                                         const NerveProgress *progress, GError **error);
NerveDiagram *nerve_rips_sparse_watched (NerveRipsEdge *edges, gsize n_edges, gsize n, const NerveRipsWatch *watch,
                                         const NerveProgress *progress, GError **error);
NerveDiagram *nerve_rips_cloud_watched  (const NerveCloud *cloud, double threshold, const NerveRipsPlan *plan,
                                         const NerveRipsWatch *watch, const NerveProgress *progress, GError **error);

G_END_DECLS
