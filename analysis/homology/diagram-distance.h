/* Distances between persistence diagrams. SCIENCE §3. */
#pragma once

#include "base/parameters.h"
#include "base/progress.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_DIAGRAM_SLICED_WASSERSTEIN,
  NERVE_DIAGRAM_WASSERSTEIN,
  NERVE_DIAGRAM_BOTTLENECK,
} NerveDiagramMeasure;

/* Described by nerve_diagram_distance_table ("measure", "order"). */
typedef struct
{
  int    measure; /* NerveDiagramMeasure */
  double order;   /* p of the p-Wasserstein distance; INFINITY: the bottleneck distance */
} NerveDiagramDistanceParameters;

extern const NerveParameterTable nerve_diagram_distance_table;

/**
 * nerve_diagram_distance:
 * @dimension: of the bars that are compared
 *
 * Symmetric, and 0 for equal diagrams. Wasserstein and bottleneck: essential bars are matched by birth (in order,
 * which is the best matching of numbers); different numbers of them: infinity. Sliced Wasserstein leaves them out.
 * Of two diagrams of 10,000 bars a core takes 0.2 s over the sliced distance, 0.04 over the bottleneck distance, 2 over
 * Wasserstein's (tests/bench/diagrams; persim 3.3, GUDHI 0.44, Hera to 1 % 2.8).
 *
 * Errors: CANCELLED; VALUE, if the sliced distance is larger than a number can be
 */
gboolean nerve_diagram_distance (const NerveDiagram *a, const NerveDiagram *b, int dimension,
                                 const NerveDiagramDistanceParameters *parameters, double *distance,
                                 const NerveProgress *progress, GError **error);

G_END_DECLS
