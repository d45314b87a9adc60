/* Persistent homology of a cloud: Vietoris–Rips over Z/2. SCIENCE §3, KERNELS §1. */
#pragma once

#include "base/parameters.h"
#include "base/progress.h"
#include "cloud/metric.h"
#include "homology/diagram.h"

G_BEGIN_DECLS

/* Described by nerve_rips_table ("max-dim", "threshold"). */
typedef struct
{
  int    max_dimension; /* 0, 1, … */
  double threshold;     /* NaN ("auto"): the enclosing radius */
} NerveRipsParameters;

extern const NerveParameterTable nerve_rips_table;

/**
 * nerve_rips:
 * @distances: an edge enters at the distance itself; inf: no edge
 *
 * H0 by the minimum spanning forest, H1 by lunes (KERNELS §1): every birth is an edge without a lune;
 * columns only for the extra components of a lune. Above: nerve_rips_higher().
 *
 * Errors: NERVE_ERROR_VALUE (NaN or negative, with row and column), MEMORY, CANCELLED
 */
NerveDiagram *nerve_rips        (const NerveDistances *distances, const NerveRipsParameters *parameters,
                                 const NerveProgress *progress, GError **error);

/* The same, and above H1, where nobody can foretell how much memory columns will take, it is given up with
 * NERVE_ERROR_MEMORY as soon as the process would take more than @limit bytes in all; 0: more than is free. */
NerveDiagram *nerve_rips_within (const NerveDistances *distances, const NerveRipsParameters *parameters,
                                 guint64 limit, const NerveProgress *progress, GError **error);

G_END_DECLS
