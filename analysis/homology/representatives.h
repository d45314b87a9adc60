/* From a bar back to the data: components and cycles that the bars of H0 and H1 stand for. SCIENCE §3. */
#pragma once

#include "cloud/metric.h"
#include "homology/rips-cloud.h"

G_BEGIN_DECLS

/* Bars above have none. */
#define NERVE_REPRESENTATIVES_MOST_DIMENSION 1

/* One bar and what is there while it lasts. Points are rows of the cloud. */
typedef struct
{
  NerveBar bar;
  /* H0: the component that joins a larger one (equally large: one with an earlier row) at the death, ascending;
   * an essential bar: a whole component. H1: the points of the cycle, in order around it. */
  guint32 *points;
  gsize    n_points;
  /* H0: the edge at which the component joins; none if it never does. H1: the edges of the cycle, two points each, in
   * order around it, the one at which it is born first; closed walk after closed walk if the cycle has several. */
  guint32 *edges;
  gsize    n_edges;
  double   length;   /* sum of the edges' distances */
  /* H1: this cycle is a shortest one of those with that birth; it too is a boundary at the death and not before. */
  gboolean is_shortest;
  /* H1, if not: a shortest cycle that is born here and does NOT pass for the bar, as above; else NULL. */
  guint32 *shortest;
  gsize    n_shortest; /* edges */
  double   shortest_length;
} NerveRepresentative;

typedef struct _NerveRepresentatives NerveRepresentatives;

/**
 * nerve_representatives_new:
 * @threshold: as in NerveRipsParameters
 * @wanted: the bar to explain, of dimension 0 or 1, as nerve_rips() gave it; NULL: all of them
 *
 * A cycle of H1 is the reduced column left when its birth pairs, as edges of the minimum spanning forest and births:
 * its latest edge is the birth, it is a boundary at the death and not before. In its place stands a shortest cycle born
 * there if that one passes the same check. The time of nerve_rips(), and O(n²) at most for each wanted bar of H1.
 *
 * Returns: immutable, in the order of nerve_rips(); of several bars equal to @wanted all. Errors: those of nerve_rips()
 */
NerveRepresentatives *nerve_representatives_new   (const NerveDistances *distances, double threshold,
                                                   const NerveBar *wanted, const NerveProgress *progress,
                                                   GError **error);

/**
 * nerve_representatives_of_cloud:
 * @plan: nerve_rips_plan() for H0 and H1: without a matrix if that says so
 *
 * The same of a cloud whose distances are nowhere yet. Errors: those of nerve_rips_cloud()
 */
NerveRepresentatives *nerve_representatives_of_cloud (const NerveCloud *cloud, double threshold,
                                                      const NerveRipsPlan *plan, const NerveBar *wanted,
                                                      const NerveProgress *progress, GError **error);
NerveRepresentatives *nerve_representatives_ref   (NerveRepresentatives *self);
void                  nerve_representatives_unref (NerveRepresentatives *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveRepresentatives, nerve_representatives_unref)

gsize                      nerve_representatives_get_n   (const NerveRepresentatives *self);
const NerveRepresentative *nerve_representatives_get     (const NerveRepresentatives *self, gsize i);
/* All bars, zero lengths left out, as nerve_rips() with max_dimension 1 gives them. */
NerveDiagram              *nerve_representatives_get_diagram (const NerveRepresentatives *self);

G_END_DECLS
